"""Ask the terminal what only it can tell."""

from __future__ import annotations

import os
import select
import sys
import time
from typing import Final

from newsreader.cli.output import is_terminal
from newsreader.patterns import compile_late
from newsreader.text import Clean

_ANSWER: Final = compile_late(rb"\x1b\[\d+;(\d+)R")
_SECONDS: Final = 0.5


def measure_width(text: Clean) -> int | None:
    """Measure how many cells the terminal takes for a text; `None` if it does not tell.

    Prints the text at the beginning of a line, asks where the cursor is (DSR 6, answered by CPR:
    ECMA-48, 8.3.35 and 8.3.14), and clears the line.
    """
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return None
    try:
        import termios  # noqa: PLC0415  (not on every system)
        import tty  # noqa: PLC0415
    except ImportError:
        return None
    descriptor = sys.stdin.fileno()
    try:
        before = termios.tcgetattr(descriptor)
    except termios.error:
        return None
    try:
        tty.setcbreak(descriptor)
        sys.stdout.write(f"\r{text}\x1b[6n")
        sys.stdout.flush()
        answer = _read_answer(descriptor)
        sys.stdout.write("\r\x1b[2K")
        sys.stdout.flush()
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
    return answer - 1 if answer is not None else None


def _read_answer(descriptor: int) -> int | None:
    """The column that the terminal answers with."""
    end = time.monotonic() + _SECONDS
    answer = b""
    while (left := end - time.monotonic()) > 0 and len(answer) < 1000:
        if not select.select([descriptor], [], [], left)[0]:
            break
        answer += os.read(descriptor, 100)
        found = _ANSWER.search(answer)
        if found is not None:
            return int(found[1])
    return None
