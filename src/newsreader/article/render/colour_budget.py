"""Limit the work that the syntax colours of one article may take."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

from newsreader.patterns import compile_late

MOST_CHARACTERS = 50_000
"""Most characters of code in one block that get colours; an article has four times as much."""
MOST_SECONDS = 0.1
"""Seconds that one block may take; an article has three times as much.

Many lexers are quadratic on purpose-made code (`R"(` in C++, `<!--` in XML): 32 KB took 2.4 s.
A lexer of ordinary code takes 50 ms for as much as has colours at all.
"""
LONGEST_LINE = 1_000
LONGEST_BLANK = 500
"""Longest line or run of blanks of code that gets colours.

Between two tokens nobody can stop a lexer: one match in 50,000 line feeds took matlab's 26 s, in a
line of 2,000 characters console's 40 ms, cubic in its length. Within these limits the longest that
any of 90 lexers took for a token of 190 kinds of made-up code was 160 ms (pycon's).
"""

_BLANKS = compile_late(r"\s{2,}+")


class ColourBudget:
    """Characters and processor time that the lexers of an article still have.

    The time is the thread's own, so that colours do not depend on what else the machine does.
    """

    def __init__(self, clock: Callable[[], float] = thread_time) -> None:
        self._clock = clock
        self._characters = 4 * MOST_CHARACTERS
        self._seconds = 3 * MOST_SECONDS
        self._block_seconds = 0.0
        self._since = 0.0

    def begin(self, code: str) -> bool:
        """Begin a block, finding its lexer included; return whether it may have colours."""
        if len(code) > min(MOST_CHARACTERS, self._characters) or self._seconds <= 0:
            return False
        if any(len(line) > LONGEST_LINE for line in code.split("\n")) or any(
            len(blank) > LONGEST_BLANK for blank in _BLANKS.findall(code)
        ):
            return False
        self._characters -= len(code)
        self._block_seconds = MOST_SECONDS
        self._since = self._clock()
        return True

    def go_on(self) -> bool:
        """Take the time since the last call from the budget; return whether any is left."""
        now = self._clock()
        spent, self._since = now - self._since, now
        self._seconds -= spent
        self._block_seconds -= spent
        return self._seconds > 0 and self._block_seconds > 0
