"""The installed command in a real terminal, driven by keys, read from the screen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

COMMAND = Path(sys.executable).with_name("newsreader")
ROWS, COLUMNS = 40, 140
PATIENCE_SECONDS = 20.0


class Terminal:
    """A pty with the command in it, and a screen that its output is drawn on."""

    def __init__(self, arguments: list[str], home: Path) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
        }
        self.process = pexpect.spawn(
            str(COMMAND), arguments, env=environment, dimensions=(ROWS, COLUMNS), cwd=str(home)
        )

    def read(self) -> None:
        """Draw what the command has written."""
        try:
            self._stream.feed(self.process.read_nonblocking(65_536, timeout=0.1))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return

    @property
    def text(self) -> str:
        """What stands on the screen; a wide character takes one place."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, seen: Callable[[str], bool], what: str) -> None:
        """Wait until the screen shows something."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            self.read()
            if seen(self.text):
                return
        raise AssertionError(f"never saw {what}; the screen:\n{self.text}")

    def wait_for(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        self.wait(lambda screen: text in screen, text)

    def press(self, keys: str) -> None:
        """Send keys."""
        self.process.send(keys)

    def end(self) -> int | None:
        """Wait for the command to end; its exit status."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.process.isalive() and time.monotonic() < end:
            self.read()
        assert not self.process.isalive(), f"still running; the screen:\n{self.text}"
        self.process.close()
        status: int | None = self.process.exitstatus
        return status

    def close(self) -> None:
        """Stop the command if it is still running."""
        self.process.close(force=True)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    running: list[Terminal] = []

    def start_command(*arguments: str) -> Terminal:
        terminal = Terminal(list(arguments), tmp_path)
        running.append(terminal)
        return terminal

    yield start_command
    for terminal in running:
        terminal.close()


def test_read_move_bookmark_quit_and_find_the_bookmark_again(
    start: Callable[..., Terminal],
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


def test_a_folder_without_posts_is_said_before_the_screen_is_taken(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    terminal = start(str(tmp_path / "empty"))
    assert terminal.end() == 1
    assert "posts" in terminal.text
    assert "Traceback" not in terminal.text


def test_no_such_folder_is_said_before_the_screen_is_taken(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start(str(tmp_path / "nowhere"))
    assert terminal.end() == 1
    assert "nowhere" in terminal.text
    assert "Traceback" not in terminal.text
