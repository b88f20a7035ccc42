"""Ask the terminal what only it can tell."""

from __future__ import annotations

import os
import select
import sys
import time
from typing import Any, Final

from newsreader.cli.output import is_terminal
from newsreader.patterns import compile_late
from newsreader.text import Clean

_ANSWER: Final = compile_late(rb"\x1b\[\d+;(\d+)R")
_SECONDS: Final = 0.5
_MOST: Final = 1000
"""Bytes that are looked through for an answer; what is typed at once is less."""


class WidthQuestion:
    """Asks how many cells a text takes; the answer is read later, so that nobody waits for it.

    Prints the text at the beginning of a line, asks where the cursor is (DSR 6, answered by CPR:
    ECMA-48, 8.3.35 and 8.3.14), and clears the line. What is typed is not shown until `finish`.

    Attributes:
        typed: What came beside the answer.
    """

    def __init__(self, text: Clean) -> None:
        """Ask, if there is a terminal."""
        self.typed = b""
        self._before: list[Any] | None = None
        if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
            return
        try:
            import termios  # noqa: PLC0415  (not on every system)
            import tty  # noqa: PLC0415
        except ImportError:
            return
        self._descriptor = sys.stdin.fileno()
        try:
            self._before = termios.tcgetattr(self._descriptor)
        except termios.error:
            return
        tty.setcbreak(self._descriptor, termios.TCSADRAIN)  # what is typed already stays
        sys.stdout.write(f"\r{text}\x1b[6n\r\x1b[2K")
        sys.stdout.flush()

    @property
    def is_asked(self) -> bool:
        """Whether an answer is still to come."""
        return self._before is not None

    def finish(self, seconds: float = _SECONDS) -> int | None:
        """Read the answer and give the terminal back.

        Returns:
            How many cells the text takes; `None` if the terminal has not told in time.
        """
        if self._before is None:
            return None
        import termios  # noqa: PLC0415  (it was there)

        try:
            column = self._read_answer(seconds)
        finally:
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)
            self._before = None
        return column - 1 if column is not None else None

    def _read_answer(self, seconds: float) -> int | None:
        """The column that the terminal answers with."""
        end = time.monotonic() + seconds
        while len(self.typed) < _MOST:
            left = max(0.0, end - time.monotonic())
            if not select.select([self._descriptor], [], [], left)[0]:
                break
            self.typed += os.read(self._descriptor, 100)
            found = _ANSWER.search(self.typed)
            if found is not None:
                self.typed = self.typed[: found.start()] + self.typed[found.end() :]
                return int(found[1])
        return None


def measure_width(text: Clean) -> int | None:
    """Measure how many cells the terminal takes for a text; `None` if it does not tell."""
    return WidthQuestion(text).finish()
