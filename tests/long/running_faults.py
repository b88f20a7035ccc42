"""Faults that come while the reader runs: `python -m tests.long.running_faults`.

The reading state is locked by another process for a minute, far longer than a key waits.
The screen answers keys all the while, and says what could not be saved. Short forms are in
`tests/test_terminal.py`.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.terminal import Terminal

MAX_ANSWER_SECONDS = 2.0
"""How long a key may take: far less on a quiet machine, but never as long as a lock."""


def hold_lock(terminal: Terminal, home: Path, seconds: float) -> list[str]:
    """Press keys while the state is locked; say what went wrong."""
    found: list[str] = []
    slowest = 0.0
    with closing(sqlite3.connect(home / "data" / "newsreader" / "state.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.press("m")
        end = time.monotonic() + seconds
        told = False
        while time.monotonic() < end:
            for key, row in (("j", "2 of 2"), ("k", "1 of 2")):
                pressed = time.monotonic()
                terminal.press(key)
                terminal.wait_for(row)
                slowest = max(slowest, time.monotonic() - pressed)
            told = told or "Not bookmarked: another process" in terminal.text
        other.execute("ROLLBACK")
    print(f"slowest key {slowest:.2f} s; the loss was {'told' if told else 'not told'}")
    if slowest > MAX_ANSWER_SECONDS:
        found.append(f"a key took {slowest:.1f} s")
    if not told:
        found.append("nothing was said of what is lost")
    terminal.press("\x1b[27u")
    terminal.press("m")
    terminal.wait_for("★ Bookmarked")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal([], Path(home))
        terminal.wait_for("1 of 2")
        found = hold_lock(terminal, Path(home), options.seconds)
        terminal.press("q")
        code = terminal.end()
    print(f"exit code {code}; {found or 'nothing went wrong'}")
    return 1 if code or found else 0


if __name__ == "__main__":
    raise SystemExit(main())
