"""The words of problems: one table per language, used by the command line and the screen.

Neither of the two may import the other, and nothing below them words anything.
"""

from __future__ import annotations

from newsreader.problems import Problem


def describe(problem: Problem | None) -> str:
    """The sentences that tell the user of a problem; empty if there is none."""
    if problem is None:
        return ""
    # Late: most starts have nothing to complain of.
    from newsreader.messages.english import ENGLISH  # noqa: PLC0415

    arguments = [
        describe(each) if isinstance(each, Problem) else each for each in problem.arguments
    ]
    words = ENGLISH[problem.code]
    return words.format(*arguments) if isinstance(words, str) else words(*arguments)
