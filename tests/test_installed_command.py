"""The installed command in a real terminal, driven by keys, read from the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feeds.made_feeds import RSS_20
from tests.feeds.server import serve
from tests.terminal import StartCommand

pytestmark = pytest.mark.long


def test_read_move_bookmark_quit_and_find_the_bookmark_again(
    start: StartCommand,
) -> None:
    terminal = start()
    terminal.wait_for("newsreader FOLDER")  # the line that says that these are the samples
    terminal.wait_for("1 of 2")
    first = terminal.text
    terminal.press("j")
    terminal.wait_for("2 of 2")
    assert terminal.text != first
    terminal.press("\r")
    terminal.wait_for("back")  # the article's keys
    terminal.press("m")
    terminal.wait_for("★ Bookmarked")
    terminal.press("q")
    terminal.wait_for("quit")
    terminal.press("q")
    assert terminal.end() == 0

    again = start()
    again.wait_for("2 of 2")  # where it was left
    again.press("3")
    again.wait_for("1 of 1")
    again.wait_for("★ ")
    again.press("q")
    assert again.end() == 0


def test_feeds_are_fetched_by_a_key_and_read(start: StartCommand, tmp_path: Path) -> None:
    config = tmp_path / "config" / "newsreader" / "config.yaml"
    config.parent.mkdir(parents=True)
    with serve() as server:
        config.write_text(f"feeds: ['{server.put('/f', RSS_20)}']\n", encoding="utf-8")
        terminal = start()
        terminal.wait_for("Press F5 to fetch your feeds.")
        terminal.press("\x1b[15~")
        terminal.wait_for("1 new")
        terminal.wait_for("第一篇：芯片")
    terminal.press("\r")
    terminal.wait_for("Full text")
    terminal.wait_for("back")  # the article's keys
    terminal.press("m")
    terminal.wait_for("★ Bookmarked")
    assert terminal.leave() == 0


def test_a_folder_without_posts_is_said_before_the_screen_is_taken(
    start: StartCommand, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    terminal = start(str(tmp_path / "empty"))
    assert terminal.end() == 1
    assert "posts" in terminal.text
    assert "Traceback" not in terminal.text


def test_no_such_folder_is_said_before_the_screen_is_taken(
    start: StartCommand, tmp_path: Path
) -> None:
    terminal = start(str(tmp_path / "nowhere"))
    assert terminal.end() == 1
    assert "nowhere" in terminal.text
    assert "Traceback" not in terminal.text
