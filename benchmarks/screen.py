"""How long the reader takes to start and to answer keys: `python -m benchmarks.screen FOLDER`.

The installed command runs in a pseudo-terminal of 140 by 40, on an index that is there. A start is
timed from the fork to the moment at which the first list is drawn, and is compared in the same run
with the smallest Textual app there is, started the same way. A key is timed from the byte sent to
the last byte drawn, the preview of the article included. Nothing of the user's is touched: cache
and data lie in a scratch folder.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path

ROWS, COLUMNS = 40, 140
QUIET_SECONDS = 0.12
"""A screen on which nothing is drawn for so long is taken to be finished."""

EMPTY_APP = (
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Empty(App):\n"
    "    def compose(self):\n"
    "        yield Static('1 of 1')\n"
    "Empty().run()\n"
)


class Screen:
    """A command in a pseudo-terminal."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), environment)
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, size)

    def read(self, seconds: float) -> bytes:
        """What is drawn next; nothing where nothing is drawn for so long."""
        ready, _, _ = select.select([self.file], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self.file, 1 << 20)
        except OSError:
            return b""

    def wait_for(self, text: bytes, seconds: float = 60.0) -> float:
        """Seconds from the start until a text is drawn."""
        drawn = b""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            drawn += self.read(0.5)
            if text in drawn:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{text!r} was never drawn")

    def settle(self, seconds: float = QUIET_SECONDS) -> None:
        """Read until nothing more is drawn."""
        while self.read(seconds):
            pass

    def key(self, key: bytes) -> float:
        """Seconds from the byte sent to the last byte drawn; 0 where nothing is drawn."""
        sent = last = time.perf_counter()
        os.write(self.file, key)
        while self.read(QUIET_SECONDS):
            last = time.perf_counter()
        return last - sent

    def burst(self, key: bytes, times: int, every: float) -> tuple[float, float]:
        """Hold a key down.

        Returns:
            Seconds from the last byte sent to the last byte drawn, and the longest time within the
            burst in which nothing was drawn.
        """
        last = time.perf_counter()
        longest = 0.0
        for _ in range(times):
            os.write(self.file, key)
            sent = time.perf_counter()
            while (left := sent + every - time.perf_counter()) > 0:
                if self.read(left):
                    now = time.perf_counter()
                    longest, last = max(longest, now - last), now
        end = last
        while self.read(QUIET_SECONDS):
            end = time.perf_counter()
        return max(0.0, end - sent), longest

    def memory(self) -> float:
        """Resident megabytes of the process."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def close(self, keys: bytes) -> None:
        """Quit the command."""
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


def spread(seconds: Sequence[float]) -> str:
    """Median, 99th percentile and worst, in milliseconds."""
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return f"{statistics.median(ordered) * 1e3:8.1f} {high * 1e3:8.1f} {ordered[-1] * 1e3:8.1f}"


def measure(folder: Path, scratch: Path, rounds: int) -> None:
    """Print the table."""
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(scratch / "cache"),
        "XDG_DATA_HOME": str(scratch / "data"),
        "XDG_CONFIG_HOME": str(scratch / "config"),
        "XDG_STATE_HOME": str(scratch / "state"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    command = [str(Path(sys.executable).with_name("newsreader")), str(folder)]
    indexing = subprocess.run(
        [command[0], "index", "--source", str(folder)],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    print(indexing.stdout.strip() or indexing.stderr.strip())

    starts, empties = [], []
    for _ in range(max(3, rounds // 10)):
        empty = Screen([sys.executable, "-c", EMPTY_APP], environment)
        empties.append(empty.wait_for(b"1 of 1"))
        empty.settle()
        empty.close(b"\x11")
        screen = Screen(command, environment)
        starts.append(screen.wait_for(b"1 of "))
        screen.settle(0.5)
        screen.close(b"q")
    start, floor = statistics.median(starts), statistics.median(empties)
    print(f"start to the first list      {start * 1e3:8.0f} ms, median of {len(starts)}")
    print(f"start of an empty app        {floor * 1e3:8.0f} ms; ratio {start / floor:.2f}")

    screen = Screen(command, environment)
    screen.wait_for(b"1 of ")
    screen.settle(2.0)
    print("key to the painted screen      median     99th    worst  (ms)")
    for name, keys in {
        "j": [b"j"] * rounds,
        "space": [b" "] * rounds,
        "G and g": [b"G", b"g"] * (rounds // 2),
        "Enter, J": [b"\r", *[b"J"] * (rounds - 1)],
        "q, 2, 1": [b"q", *[b"2", b"1"] * (rounds // 4)],
    }.items():
        times = [screen.key(key) for key in keys]
        print(f"  {name:<24} {spread([seconds for seconds in times if seconds])}")
    screen.key(b"g")
    rest, longest = screen.burst(b"j", 30 * 5, 1 / 30)
    print(
        f"j held down 5 s at 30 a second: behind by {rest * 1e3:.0f} ms at the end, "
        f"longest time without drawing {longest * 1e3:.0f} ms"
    )
    print(f"memory of the process          {screen.memory():8.0f} MB")
    screen.close(b"q")


def main() -> None:
    """Measure a folder of posts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(arguments.folder.resolve(), Path(scratch), arguments.rounds)


if __name__ == "__main__":
    main()
