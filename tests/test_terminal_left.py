"""The reader leaves its terminal to other programs, and takes it back whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal import COMMAND, StartCommand, Terminal

pytestmark = pytest.mark.long


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for day in (1, 2):
        text = f"---\ntitle: T{day}\n---\nText {day}.\n"
        (folder / f"2026-01-0{day}-a.md").write_text(text)
    return folder


def opened(start: StartCommand, site: Path, **variables: str) -> Terminal:
    terminal = start(str(site), **variables)
    terminal.wait_for("Text 2.")
    return terminal


def test_an_editor_gets_the_terminal_as_the_shell_has_it_and_the_post_is_read_again(
    start: StartCommand, site: Path, tmp_path: Path
) -> None:
    editor = script(
        tmp_path / "editor",
        f"""trap "" INT; stty -a > {tmp_path}/stty; echo EDITING; read line
echo "Added $line." >> "$1"
stty raw -echo""",
    )
    terminal = opened(start, site, VISUAL=editor)
    terminal.press("e")
    terminal.wait_for_output(b"EDITING")
    assert terminal.written.rfind(b"\x1b[?1049l") > terminal.written.rfind(b"\x1b[?1049h")
    terminal.press("\x03")  # goes to the editor, and does not end the reader
    terminal.press("by hand\r")
    terminal.wait_for("Text 2. Added by hand.")
    assert re.search(r"(?<!-)icanon", (tmp_path / "stty").read_text())
    terminal.wait_for("1 of 2")
    assert terminal.leave() == 0
    assert terminal.is_restored


def test_a_command_gets_the_article_and_its_output_can_be_read(
    start: StartCommand, site: Path
) -> None:
    terminal = opened(start, site)
    terminal.press("|")
    terminal.wait_for("Give the article to a command")
    terminal.press("head -2 | tail -1; exit 3\r")
    terminal.wait_for_output(b"exit status 3")
    assert b"title:" in terminal.written
    terminal.press("\r")
    terminal.wait_for("exit status 3")
    terminal.wait_for("1 of 2")
    terminal.press("j")
    terminal.wait_for("2 of 2")
    assert terminal.leave() == 0
    assert terminal.is_restored


def test_the_shell_stops_the_reader_and_brings_it_back(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.terminal.COMMAND", Path("/bin/bash"))
    terminal = Terminal(["--norc", "--noprofile", "-i"], tmp_path, PS1="ready> ")
    try:
        terminal.wait_for("ready>")
        terminal.press(f"{COMMAND} {site}\r")
        terminal.wait_for("1 of")
        for _ in range(2):
            before = len(terminal.written)
            terminal.press("\x1a")
            terminal.wait_for("+  Stopped")
            left = terminal.written[before:]
            assert b"\x1b[?1049l" in left
            assert b"\x1b[?1003l" in left
            terminal.press("echo a$((1+1))b\r")
            terminal.wait_for("a2b")
            terminal.press("fg\r")
            terminal.wait_for("1 of")
            terminal.wait_for("Categories")
            terminal.press("j")
            terminal.wait_for("2 of")
            terminal.press("k")
            terminal.wait_for("1 of")
        terminal.press("q")
        terminal.wait_for("ready>")
        terminal.press("exit\r")
        assert terminal.end() == 0
        assert terminal.is_restored
    finally:
        terminal.close()
