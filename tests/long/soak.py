"""Random keys and resizes, for as long as one likes: memory, descriptors and threads stay flat.

Run as `python -m tests.long.soak --keys 20000`.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsreader.tui.background import MAX_THREADS
from tests.terminal import COLUMNS, ESCAPE, ROWS, Terminal

KEYS = [
    *"jjjjkkkk nnnpJKgGhlrmuUvVSAz123]/[",
    "\r",
    "\t",
    "\x06",
    "\x02",
    "\x04",
    "\x15",
    "\x1b[15~",
]
DIALOGS = ["?", ":", "\x10", "S", "A", "N", "/", "：", "？"]
BAD_BYTES = [b"\xff", "金融".encode("gbk"), b"\xe9\x87", b"\x1b[<0;9", b"\x1b[99;99;99u", b"\x00"]
BATCH = 50
TRIES = 20

GROWTH_MB = 16
"""How much a process may grow after its warm-up: an article may be larger than the ones before."""

MAX_DESCRIPTORS = 45
"""Six connections at once with seven descriptors each would be the most there ever is."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a process holds."""

    keys: int
    megabytes: float
    descriptors: int
    threads: int


def take_sample(process: int, keys: int) -> Sample:
    folder = Path("/proc", str(process))
    status = dict(
        line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line
    )
    return Sample(
        keys,
        int(status["VmRSS"].split()[0]) / 1024,
        len(list((folder / "fd").iterdir())),
        int(status["Threads"]),
    )


def random_keys(chance: random.Random, count: int) -> bytes:
    """Keys that do not end the reader, with dialogs that are opened, typed into, and closed."""
    keys: list[bytes] = []
    while len(keys) < count:
        kind = chance.random()
        if kind < 0.05:
            keys.append(chance.choice(BAD_BYTES))
        elif kind < 0.15:
            keys.append(chance.choice(DIALOGS).encode())
            keys += [chance.choice("abjkn水 \x7f").encode() for _ in range(chance.randint(0, 4))]
            keys += [ESCAPE.encode()] * 2
        elif kind < 0.25:
            keys.append(ESCAPE.encode())
        else:
            keys.append(chance.choice(KEYS).encode())
    # What was cut off last ends, and so does every dialog.
    return b"".join(keys) + b"\x1b\\" + ESCAPE.encode() * 3


def synchronize(terminal: Terminal) -> None:
    """Wait until all keys that were sent have been answered."""
    terminal.process.setwinsize(ROWS, COLUMNS)
    for _ in range(TRIES):  # a dialog of one of the keys may open after the keys that close it
        terminal.written = b""
        terminal.press(ESCAPE * 3 + "？")
        with suppress(AssertionError):
            terminal.wait_for_output(b"type to search", seconds=1)
            terminal.press(ESCAPE * 3)
            return
    raise AssertionError(f"no key opens the help; written last: {terminal.written[-1000:]!r}")


def soak(terminal: Terminal, chance: random.Random, *, keys: int, resizes: int) -> Iterator[Sample]:
    """Press keys and change the size of the terminal, and take samples in between."""
    batches = max(1, keys // BATCH)
    for batch in range(batches):
        if chance.random() < resizes / batches:
            terminal.process.setwinsize(chance.randint(5, 60), chance.randint(20, 220))
        terminal.press(random_keys(chance, BATCH))
        synchronize(terminal)
        yield take_sample(terminal.process.pid, (batch + 1) * BATCH)


def grown(samples: list[Sample]) -> list[str]:
    """Say what has grown after the first half, or is more than it ever should be."""
    half = len(samples) // 2
    before, after = (
        max(each.megabytes for each in part) for part in (samples[:half], samples[half:])
    )
    found = [f"memory: {before:.0f} -> {after:.0f} MB"] if after > before + GROWTH_MB else []
    for name, most in (("descriptors", MAX_DESCRIPTORS), ("threads", MAX_THREADS + 4)):
        if (number := max(getattr(each, name) for each in samples)) > most:
            found.append(f"{number} {name}")
    return found


def end(terminal: Terminal) -> int | None:
    """Quit, whatever is open; the exit code."""
    for _ in range(TRIES):
        terminal.press(ESCAPE * 3 + "qqq")
        with suppress(AssertionError):
            return terminal.end(seconds=2)
    return terminal.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=20_000)
    parser.add_argument("--resizes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("folder", nargs="?", help="posts; without one, the samples")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal([options.folder] if options.folder else [], Path(home))
        terminal.draws = False
        terminal.wait_for_output(b"quit")
        samples = []
        for sample in soak(terminal, chance, keys=options.keys, resizes=options.resizes):
            samples.append(sample)
            if len(samples) % max(1, options.keys // BATCH // 10) == 0:
                print(sample, flush=True)
        code = end(terminal)
    found = grown(samples)
    print(f"exit code {code}; grown: {found or 'nothing'}")
    return 1 if code or found else 0


if __name__ == "__main__":
    raise SystemExit(main())
