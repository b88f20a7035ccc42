"""A command in a pseudo-terminal, timed from a byte sent to the last byte drawn.

Nothing of the user's is touched: `environment` puts a command's folders into a scratch folder.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import termios
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import newsreader

ROWS, COLUMNS = 40, 140
QUIET_SECONDS = 0.12
"""A screen on which nothing is drawn for so long is taken to be finished."""

HELD_QUIET_SECONDS = 0.5
"""The same after a key that was held down."""

_GLANCE_SECONDS = 0.05

_CONSOLE_SCRIPT = (
    "import sys\nfrom {module} import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
)


SLOW_BYTES = 50_000
"""Bytes per second that a slow line carries."""

_SLOW_PIECE = 512


class Terminal:
    """A command in a pseudo-terminal of 140 by 40.

    Attributes:
        started: When, on the clock of `time.perf_counter`.
        drawn: Bytes that were read until now.
        rate: Bytes that are read per second; `None`: as fast as they come. The kernel holds 4 KB
            more, and then the command waits, as it does on a slow line.
    """

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self.drawn = 0
        self.rate: float | None = None
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), environment)
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, size)

    def read(self, seconds: float) -> bytes:
        """What is drawn next; nothing where nothing is drawn for so long."""
        ready, _, _ = select.select([self.file], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            data = os.read(self.file, _SLOW_PIECE if self.rate else 1 << 20)
        except OSError:  # the command has ended
            return b""
        self.drawn += len(data)
        if b"\x1b[6n" in data:  # where is the cursor? All terminals tell
            os.write(self.file, b"\x1b[1;2R")
        if self.rate:
            time.sleep(len(data) / self.rate)
        return data

    def wait_for(self, *texts: bytes, seconds: float = 60.0, since: float | None = None) -> float:
        """Seconds from the start, or from `since`, until one of some texts is drawn.

        Raises:
            TimeoutError: It is not, within so many seconds.
        """
        begun = self.started if since is None else since
        drawn = b""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            drawn = drawn[-max(map(len, texts)) :] + self.read(0.5)
            if any(text in drawn for text in texts):
                return time.perf_counter() - begun
        raise TimeoutError(f"{texts!r} was never drawn")

    def settle(self, seconds: float = QUIET_SECONDS) -> float:
        """Read until nothing more is drawn; when the last byte came, on the clock of `time`."""
        last = time.perf_counter()
        while self.read(seconds):
            last = time.perf_counter()
        return last

    def key(self, key: bytes, quiet: float = QUIET_SECONDS) -> float:
        """Seconds from the byte sent to the last byte drawn; 0 where nothing is drawn."""
        sent = last = time.perf_counter()
        os.write(self.file, key)
        while self.read(quiet):
            last = time.perf_counter()
        return last - sent

    def key_until(self, key: bytes, *texts: bytes, seconds: float = 600.0) -> float:
        """Seconds from the byte sent to the last byte of the screen that shows one of the texts."""
        sent = time.perf_counter()
        os.write(self.file, key)
        self.wait_for(*texts, seconds=seconds, since=sent)
        return self.settle() - sent

    def type_until(self, key: bytes, text: bytes, seconds: float = 60.0) -> float:
        """Seconds from the byte sent until a text is drawn, whatever is drawn after it."""
        sent = time.perf_counter()
        os.write(self.file, key)
        return self.wait_for(text, seconds=seconds, since=sent)

    def hold(self, key: bytes, times: int, every: float) -> tuple[float, float]:
        """Hold a key down, and read what is drawn meanwhile.

        A thread sends the keys, each at its time: a slow line delays what is drawn, not what is
        pressed.

        Returns:
            Seconds from the last key sent to the last byte drawn, and the longest time within the
            burst in which nothing was drawn.
        """
        begun = time.perf_counter()
        sent: list[float] = []

        def press() -> None:
            for number in range(times):
                time.sleep(max(0.0, begun + number * every - time.perf_counter()))
                os.write(self.file, key)
                sent.append(time.perf_counter())

        presser = threading.Thread(target=press)
        presser.start()
        last, longest = begun, 0.0
        quiet_since = begun
        while presser.is_alive() or time.perf_counter() - quiet_since < HELD_QUIET_SECONDS:
            if self.read(_GLANCE_SECONDS):
                now = quiet_since = time.perf_counter()
                if presser.is_alive():
                    longest = max(longest, now - last)
                last = now
            elif presser.is_alive():
                quiet_since = time.perf_counter()
        return max(0.0, last - sent[-1]), longest

    def close(self, keys: bytes) -> None:
        """Quit the command with these keys; one that does not is killed."""
        with suppress(OSError):  # it may have ended by itself
            os.write(self.file, keys)
        end = time.perf_counter() + 5
        while time.perf_counter() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            self.read(0.05)
        else:
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)
        os.close(self.file)


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in seconds, in their order."""

    times: tuple[float, ...]

    @classmethod
    def of(cls, times: Sequence[float]) -> Spread:
        """The spread of some times; a time of 0 is none: nothing was drawn."""
        return cls(tuple(sorted(each for each in times if each)))

    @property
    def median(self) -> float:
        """The time that half of them do not pass."""
        return statistics.median(self.times)

    def at(self, percent: int) -> float:
        """The time that so many of a hundred do not pass."""
        return self.times[min(len(self.times) - 1, len(self.times) * percent // 100)]

    @property
    def worst(self) -> float:
        """The longest."""
        return self.times[-1]


def environment(scratch: Path) -> dict[str, str]:
    """What a command sees: its folders in `scratch`, and modules compiled as an installer does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join((str(Path(newsreader.__file__).parents[1]), str(scratch))),
        "XDG_CACHE_HOME": str(scratch / "cache"),
        "XDG_DATA_HOME": str(scratch / "data"),
        "XDG_CONFIG_HOME": str(scratch / "config"),
        "XDG_STATE_HOME": str(scratch / "state"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def console_script(scratch: Path, module: str) -> list[str]:
    """A command that starts the `main` of a module as an installer's script does."""
    script = scratch / f"run-{module.replace('.', '-')}"
    script.write_text(f"#!{sys.executable}\n{_CONSOLE_SCRIPT.format(module=module)}")
    script.chmod(0o755)
    return [str(script)]


def minimal_app(scratch: Path) -> list[str]:
    """A command that starts the smallest Textual app: a line of text that `j` changes."""
    (scratch / "minimal_app.py").write_text(
        "from textual.app import App\n"
        "from textual.widgets import Static\n"
        "class Minimal(App):\n"
        "    BINDINGS = [('j', 'next', '')]\n"
        "    count = 1\n"
        "    def action_next(self):\n"
        "        self.count += 1\n"
        "        self.query_one(Static).update(f'{self.count} of 1')\n"
        "    def compose(self):\n"
        "        yield Static('1 of 1')\n"
        "def main():\n"
        "    Minimal().run()\n"
    )
    return console_script(scratch, "minimal_app")
