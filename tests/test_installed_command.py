"""The installed command in a real terminal, driven by keys, read from the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feeds.made_feeds import RSS_20
from tests.feeds.server import serve
from tests.terminal import COMMAND, ESCAPE, StartCommand, Terminal

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
        terminal.wait_for("F5 fetches your feeds.")
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


def begin(start: StartCommand) -> Terminal:
    """The reader on the sample posts, started by a shell that can stop it and go on."""
    shell = start(
        "--norc", "--noprofile", "-i", program="/bin/bash", PS1="ready> ", SHELL="/bin/sh"
    )
    shell.wait_for("ready>")
    shell.press(f"{COMMAND}\r")
    shell.wait_for("of 20")
    return shell


def end(shell: Terminal) -> None:
    """Quit the reader, and the shell."""
    shell.press(f"{ESCAPE}{ESCAPE}q")
    shell.wait_for_output(b"\x1b[?1049l")
    shell.wait_for("ready>")
    shell.press("exit\r")
    assert shell.end() == 0


def test_a_morning(start: StartCommand, tmp_path: Path) -> None:
    reader = begin(start)
    # The next unread five times, from the first post on.
    reader.press("\r")
    reader.wait_for("先按这几个键")
    for place in range(2, 7):
        reader.press("n")
        reader.wait_for(f"{place} of 20")
    # A search, and its third hit; find in it.
    reader.press(f"{ESCAPE}/")
    reader.wait_for("words")
    reader.press("clock OR suitcase\r")
    reader.wait_for("/ clock OR suitcase")
    reader.wait_for("of 3")
    reader.press("gjj\r")
    reader.wait_for("3 of ")
    reader.wait_for("outline")
    reader.press("/")
    reader.press("time\r")
    reader.wait_for("1/")
    reader.press("n")
    reader.wait_for("2/")
    reader.press(ESCAPE)
    # Headings and the outline.
    reader.press("]")
    reader.press("T")
    reader.wait_for("Outline")
    reader.press(ESCAPE)
    reader.wait(lambda screen: "Outline" not in screen, "the outline closed")
    # A bookmark, taken back and made again.
    reader.press("m")
    reader.wait_for("★ Bookmarked")
    reader.press("u")
    reader.wait_for("Undone")
    reader.press("\x12")
    reader.wait_for("Done again")
    # Copied, and saved.
    reader.press("Y")
    reader.wait_for_output(b"\x1b]52;c;")
    reader.press("s")
    reader.wait_for("Enter saves")
    reader.press(f"\x15{tmp_path}\r")
    reader.wait(lambda _: bool(list(tmp_path.glob("2026-*.md"))), "a saved article")
    # To the shell, and back.
    reader.press("\x1a")
    reader.wait_for_output(b"\x1b[?1049l")
    reader.wait_for("ready>")
    reader.press("fg\r")
    reader.wait_for("3 of ")
    end(reader)

    again = begin(start)
    again.wait_for("★")
    end(again)
