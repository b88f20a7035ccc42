"""Count the steps that work on an article takes between two looks at its token.

A step is a call, of a function or of a method, which every loop makes: unlike time, it is the same
on any machine, and a loop without a look shows as steps that grow with the article.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from newsreader.article.cancellation import CancellationToken
from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import TERMINAL_PALETTE

if TYPE_CHECKING:
    from types import CodeType, FrameType

_RULES = "newsreader.article.parse.kramdown"
_CHECK = CancellationToken.check.__code__


class Stretch(NamedTuple):
    """The steps between two looks at a token, and the functions that took most of them."""

    steps: int
    functions: list[tuple[str, int]]


NO_STRETCH = Stretch(0, [])


class StepCounter:
    """A profiler that finds the longest stretches without a look at a token.

    Attributes:
        ours: The longest of newsreader's own functions.
        others: The longest of libraries' functions, such as markdown-it's and of rules for it.
    """

    def __init__(self) -> None:
        self.ours = NO_STRETCH
        self.others = NO_STRETCH
        self._steps: tuple[Counter[CodeType], Counter[CodeType]] = (Counter(), Counter())
        self._of: dict[CodeType, Counter[CodeType]] = {}

    def profile(self, frame: FrameType, event: str, _argument: object) -> None:
        """Count an event, as `sys.setprofile` reports it."""
        if event not in ("call", "c_call"):
            return
        code = frame.f_code
        if code is _CHECK:
            self._look()
            return
        steps = self._of.get(code)
        if steps is None:
            module = str(frame.f_globals.get("__name__", ""))
            is_ours = module.startswith("newsreader.") and not module.startswith(_RULES)
            steps = self._of[code] = self._steps[not is_ours]
        steps[code] += 1

    def _look(self) -> None:
        ours, others = self._steps
        if ours.total() > self.ours.steps:
            self.ours = _stretch(ours)
        if others.total() > self.others.steps:
            self.others = _stretch(others)
        ours.clear()
        others.clear()


def _stretch(steps: Counter[CodeType]) -> Stretch:
    return Stretch(steps.total(), [(code.co_name, each) for code, each in steps.most_common(3)])


def count_steps(body: str) -> StepCounter:
    """Parse an article and lay it out, and count the steps between two looks at its token."""
    layout(parse_body(body[:400]), 40)  # Tables and lexers are made once.
    token = CancellationToken()
    counter = StepCounter()
    sys.setprofile(counter.profile)
    try:
        layout(parse_body(body, token=token), 40, TERMINAL_PALETTE, token=token)
        token.check()
    finally:
        sys.setprofile(None)
    return counter
