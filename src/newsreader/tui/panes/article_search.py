"""Looking for something in an article that is laid out."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import work
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.tui.styles import part_style

if TYPE_CHECKING:
    from newsreader.article.render.placed import Layout
    from newsreader.search.model import Search
    from newsreader.tui.panes.matches import JoinedLines, Matches

AT_ONCE = 1_000
"""Lines that are searched on the loop: a few milliseconds; more of them in a thread."""


class FindPane(ScrollView):
    """Lines in which the words of a search, or a text, are marked and gone through."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"article--match", "article--match-here"}

    @dataclass
    class MatchesFound(Message):
        """It is known how often what is looked for stands in the article, and which is shown."""

        pane: FindPane

        @property
        def control(self) -> FindPane:
            """The pane."""
            return self.pane

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._layout: Layout | None = None
        self._strips: dict[int, Strip] = {}
        self._search: Search | None = None
        self._find = ""
        self._find_from: int | None = None
        self._joined: JoinedLines | None = None
        self._matches: Matches | None = None
        self._here: int | None = None

    def _tell_place(self) -> None:
        """Say where in the article the user is, and what was found."""
        raise NotImplementedError

    @property
    def finding(self) -> bool:
        """Whether the user looks for something in the article itself."""
        return bool(self._find)

    @property
    def match_count(self) -> int:
        """How often what is looked for stands in the article."""
        return self._matches.count if self._matches is not None else 0

    @property
    def found_nothing(self) -> bool:
        """Whether it is known that what the user looks for is not in the article."""
        return self.finding and self._matches is not None and not self._matches.count

    @property
    def found(self) -> str:
        """How often what is looked for was found, and which is shown: `3 of 17`."""
        if self._matches is None or not (self._find or self._matches.count):
            return ""
        if not self._matches.count:
            return "not found"
        if self._here is not None:
            return f"{self._here + 1:,} of {self._matches.count:,}"
        return "1 match" if self._matches.count == 1 else f"{self._matches.count:,} matches"

    def highlight(self, search: Search | None) -> None:
        """Mark the words of a search in this and every article shown from now on."""
        if search != self._search:
            self._search = search
            self._here = None
            self._look()

    def find(self, text: str) -> None:
        """Mark a text in this article and go to where it stands next; empty: no longer."""
        if self._find_from is None:
            self._find_from = self.scroll_offset.y
        self._find, self._here = text, None
        self._look(go=bool(text))
        if not text:
            self._find_from = None

    def stop_finding(self, *, go_back: bool = False) -> None:
        """Look for nothing any more.

        Args:
            go_back: Show again what was shown before.
        """
        top = self._find_from
        self.find("")
        if go_back and top is not None:
            self.scroll_to(y=top, animate=False, force=True)

    def go_to_match(self, step: int) -> None:
        """Show the next match, or the one before: the first again after the last."""
        if self._matches is None or not self._matches.count:
            return
        if self._here is None:
            lines = self._matches.first_lines
            top = self.scroll_offset.y
            at = bisect_left(lines, top) if step > 0 else bisect_left(lines, top) - 1
        else:
            at = self._here + step
        self._show_match(at % self._matches.count)

    def _show_match(self, number: int) -> None:
        if self._matches is None:
            return
        self._here = number
        line = self._matches.first_lines[number]
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not top <= line < top + max(1, height - 1):
            self.scroll_to(y=max(0, line - height // 3), animate=False, force=True)
        self._strips.clear()
        self._tell_matches()

    def _tell_matches(self) -> None:
        self._tell_place()
        self.refresh()
        self.post_message(self.MatchesFound(self))

    def _look(self, *, go: bool = False) -> None:
        """Look for what is wanted in the lines that are shown now."""
        self.workers.cancel_group(self, "matches")
        if self._layout is None or not (self._find or self._search):
            had, self._matches = self._matches, None
            if had is not None:
                self._strips.clear()
                self._tell_matches()
        elif len(self._layout.lines) <= AT_ONCE:
            self._take(self._looked_for(), go=go)
        else:
            self._look_off_the_loop(go)

    @work(group="matches", exclusive=True, description="look for words in the article")
    async def _look_off_the_loop(self, go: bool) -> None:
        placed = self._layout
        matches = await asyncio.to_thread(self._looked_for)
        if self._layout is placed:
            self._take(matches, go=go)

    def _looked_for(self) -> Matches | None:
        from newsreader.tui.panes.matches import JoinedLines  # noqa: PLC0415  (when it is needed)

        joined, placed = self._joined, self._layout
        if joined is None and placed is not None:
            joined = self._joined = JoinedLines(placed)
        if joined is None:
            return None
        if self._find:
            return joined.find(self._find)
        return joined.search(self._search) if self._search is not None else None

    def _take(self, matches: Matches | None, *, go: bool) -> None:
        self._matches = matches
        self._strips.clear()
        if matches is None or not matches.count:
            self._here = None
        elif self._here is not None:
            self._here = min(self._here, matches.count - 1)
        if go and matches is not None and matches.count:
            after = bisect_left(matches.first_lines, self._find_from or 0)
            self._show_match(after % matches.count)
            return
        if go and self._find_from is not None:  # nothing: as if nothing had been typed
            self.scroll_to(y=self._find_from, animate=False, force=True)
        self._tell_matches()

    def _paint(self, line: int, segments: Sequence[Segment]) -> Sequence[Segment]:
        places = self._matches.places.get(line) if self._matches is not None else None
        if not places:
            return segments
        from newsreader.tui.panes.matches import painted  # noqa: PLC0415  (it is there already)

        match = part_style(self, "article--match")
        here = part_style(self, "article--match-here")
        spans = ((p.start, p.end, here if p.match == self._here else match) for p in places)
        return list(painted(segments, spans))
