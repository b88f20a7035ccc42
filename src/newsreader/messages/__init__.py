"""The words of problems: one table per language, used by the command line and the screen.

Neither of the two may import the other, and nothing below them words anything.
"""

from __future__ import annotations

from newsreader.problems import Problem
from newsreader.text import EMPTY, Clean, clean_line


def describe(problem: Problem | None) -> Clean:
    """The sentences that tell the user of a problem, on one line; empty if there is none.

    Cleaned here, so arguments may be names of files and words of the system as they are.
    """
    return EMPTY if problem is None else clean_line(_words(problem))


def _words(problem: Problem) -> str:
    # Late: most starts have nothing to complain of.
    from newsreader.messages.english import ENGLISH  # noqa: PLC0415

    arguments = [_words(each) if isinstance(each, Problem) else each for each in problem.arguments]
    words = ENGLISH[problem.code]
    return words.format(*arguments) if isinstance(words, str) else words(*arguments)
