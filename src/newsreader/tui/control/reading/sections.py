"""The sections of the article: from heading to heading, and the outline."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from newsreader.messages import phrase
from newsreader.text import EMPTY, clean_line
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.values import ChoiceEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.article.render.placed import Layout, PlacedHeading

NO_SECTIONS: Final = "This article has no sections"
LAST_SECTION: Final = "This is the last section"
BEGINNING: Final = "This is the beginning"


class SectionControl:
    """Goes to section headings."""

    def __init__(self, screen: ScreenParts, messages: MessageControl) -> None:
        self._pane = screen.article
        self._dialogs = screen.services
        self._messages = messages
        self._went_to: tuple[Layout, int, int] | None = None

    @property
    def current(self) -> int:
        """The number of the section at the top of the pane, from 0; -1 before the first one.

        The last sections may be too short to be scrolled to the top: what the user went to counts
        until the article is scrolled.
        """
        lines, top = self._pane.laid_out, self._pane.top_line
        if lines is None:
            return -1
        if self._went_to is not None and self._went_to[:2] == (lines, top):
            return self._went_to[2]
        return bisect_right(lines.headings, top, key=lambda heading: heading.line) - 1

    def step(self, by: int) -> None:
        """Go to the next heading (1), or to the one before (-1): from within a section, its own."""
        headings = self._headings()
        if not headings:
            return
        self._messages.clear(phrase(LAST_SECTION), phrase(BEGINNING))
        current = self.current
        is_below = current >= 0 and self._pane.top_line > headings[current].line
        at = current if by < 0 and is_below else current + by
        if at >= len(headings):
            self._messages.say(phrase(LAST_SECTION))
        elif at >= 0:
            self._go_to(at)
        else:
            if self._pane.top_line == 0:
                self._messages.say(phrase(BEGINNING))
            self._pane.go_to_line(0)

    def show_outline(self) -> None:
        """Let the user choose a section."""
        headings = self._headings()
        if not headings:
            return
        highest = min(heading.level for heading in headings)
        entries = [
            ChoiceEntry(clean_line(heading.text), heading.level - highest) for heading in headings
        ]
        article = self._pane.article
        post_id = article.post_id if article is not None else None

        def chosen(at: int) -> None:
            now = self._pane.article
            if now is not None and now.post_id == post_id:  # another one may have been loaded
                self._go_to(at)

        self._dialogs.choose(phrase("Outline"), entries, chosen, at=max(0, self.current))

    def _headings(self) -> Sequence[PlacedHeading]:
        lines = self._pane.laid_out
        if lines is None or not lines.headings:
            self._messages.say(EMPTY if lines is None else phrase(NO_SECTIONS))
            return ()
        return lines.headings

    def _go_to(self, at: int) -> None:
        lines = self._pane.laid_out
        if lines is None or at >= len(lines.headings):
            return
        heading = lines.headings[at]
        self._pane.go_to_line(heading.line)
        top = self._pane.top_line
        self._went_to = (lines, top, at)
        if top != heading.line:  # it is on the pane, but not where the eye looks for it
            count, text = len(lines.headings), clean_line(heading.text)
            self._messages.say(phrase("{} of {} · {}", at + 1, count, text))
