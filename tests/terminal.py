"""The installed command in a pseudoterminal, driven by keys, read from the screen."""

from __future__ import annotations

import codecs
import fcntl
import os
import struct
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pexpect
import pyte

COMMAND = Path(sys.executable).with_name("newsreader")
ROWS, COLUMNS = 40, 140
PATIENCE_SECONDS = 20.0
ESCAPE = "\x1b[27u"
"""The key as terminals send it that tell it apart, such as kitty.

The byte alone means Alt if another follows before 0.1 s have passed for the reader, and no pause of
a test makes sure of that.
"""
MODES = [(1049, "h", "l"), (2004, "h", "l"), (25, "l", "h"), (7, "l", "h"), (1004, "h", "l")]
MODES += [(mouse, "h", "l") for mouse in (1000, 1003, 1006, 1015)]
"""What the command changes in the terminal, and how it begins and ends."""


class Terminal:
    """A pty with the command in it, and a screen that its output is drawn on.

    Attributes:
        ambiguous: The cells that it takes of an ambiguous width; None: it does not tell.
        home: What the command takes for the home folder.
    """

    def __init__(
        self, arguments: list[str], home: Path, *, program: str = "", **variables: str
    ) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.written = b""
        self.echoes = False
        self.draws = True
        self.ambiguous: int | None = 1
        self.home = home
        self._stream = pyte.Stream(self.screen)
        encoding = variables.get("PYTHONIOENCODING", "utf-8")
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
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
            # Whatever keys are pressed, no other program is to be seen.
            **dict.fromkeys(("BROWSER", "EDITOR", "VISUAL"), "true"),
            **variables,
        }
        self.process = pexpect.spawn(
            program or str(COMMAND),
            arguments,
            env=environment,
            dimensions=(ROWS, COLUMNS),
            cwd=str(home),
        )

    def read(self) -> bool:
        """Draw what the command has written; return whether there was anything."""
        try:
            output = self.process.read_nonblocking(65_536, timeout=0.1)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.written += output
        if b"\x1b[6n" in output and self.ambiguous is not None:
            os.write(self.process.child_fd, b"\x1b[1;%dR" % (1 + self.ambiguous))
        if self.draws:
            self._stream.feed(self._decode(output))
        return True

    @property
    def text(self) -> str:
        """What stands on the screen; a wide character takes one place."""
        # Not `screen.display`: it fails on the second half of a wide character whose first half
        # something else was drawn over. All halves are empty, as are those.
        lines = (self.screen.buffer[y] for y in range(ROWS))
        return "\n".join("".join(line[x].data for x in range(COLUMNS)).rstrip() for line in lines)

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

    def wait_for_output(self, wanted: bytes, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the command has written something, wherever it stands on the screen."""
        end = time.monotonic() + seconds
        while wanted not in self.written:
            self.read()
            assert time.monotonic() < end, f"never wrote {wanted!r}"

    def press(self, keys: str | bytes) -> None:
        """Send keys, 50 ms after what was done before: as pexpect does, and as people do."""
        self.process.send(keys)

    def wait_until_taken(self) -> None:
        """Wait until the command has read all keys that were sent."""
        terminal = os.open(f"/proc/{self.process.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        try:
            end = time.monotonic() + PATIENCE_SECONDS
            while struct.unpack("i", fcntl.ioctl(terminal, termios.FIONREAD, bytes(4))) != (0,):
                self.read()
                assert time.monotonic() < end, "keys are left"
        finally:
            os.close(terminal)

    def leave(self) -> int | None:
        """Press Esc and `q` until the command ends: keys are lost on a dialog that closes."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.process.isalive() and time.monotonic() < end:
            with suppress(OSError):  # it has just ended
                self.press(f"{ESCAPE}q")
            self.read()
        return self.end()

    def end(self, seconds: float = PATIENCE_SECONDS) -> int | None:
        """Wait for the command to end; its exit status."""
        end = time.monotonic() + seconds
        while self.process.isalive() and time.monotonic() < end:
            self.read()
        while self.read():
            pass
        assert not self.process.isalive(), f"still running; the screen:\n{self.text}"
        self.echoes = bool(termios.tcgetattr(self.process.child_fd)[3] & termios.ECHO)
        self.process.close()
        status: int | None = self.process.exitstatus
        return status

    def told(self) -> str:
        """What is known of an end that was not expected: reports of crashes, and the last words."""
        reports = [each.read_text(encoding="utf-8") for each in self.home.rglob("crash-*.txt")]
        return "\n".join([*reports, repr(self.written[-2_000:])])

    @property
    def is_restored(self) -> bool:
        """Whether the command, which has ended, gave back all that it took of the terminal."""
        return (
            all(
                self.written.rfind(f"\x1b[?{mode}{end}".encode())
                > self.written.rfind(f"\x1b[?{mode}{begin}".encode())
                for mode, begin, end in MODES
            )
            and self.echoes
        )

    def children(self) -> set[int]:
        """The processes that the command has started, and those that they have."""
        parents: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                text = stat.read_text(encoding="utf-8", errors="replace")
                state, parent = text[text.rindex(")") + 2 :].split()[:2]
                if state != "Z":
                    parents[int(stat.parent.name)] = int(parent)
        found = {self.process.pid}
        while more := {each for each, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def close(self) -> None:
        """Stop the command if it is still running."""
        self.process.close(force=True)


StartCommand = Callable[..., Terminal]
"""Starts the command with arguments, and environment variables by their names."""


def is_running(process: int) -> bool:
    """Whether a process has not ended."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return text[text.rindex(")") + 2] != "Z"
