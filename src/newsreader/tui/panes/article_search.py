"""Search inside the article that is laid out: the matches, and which of them is the current one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean, fill
from newsreader.tui.background import run

if TYPE_CHECKING:
    from newsreader.article.render.placed import Layout
    from newsreader.search.model import Search
    from newsreader.tui.panes.matches import JoinedLines, Matches, MatchSpan

MAX_LINES_ON_LOOP = 1_000
"""Lines that are searched on the loop: a few milliseconds; more of them in a thread."""


class SearchedPane(Protocol):
    """Protocol for the pane that shows the article, as far as the search needs it."""

    @property
    def laid_out(self) -> Layout | None:
        """The lines of the article."""

    @property
    def top_line(self) -> int:
        """The first line on the pane."""

    @property
    def visible_lines(self) -> int:
        """How many lines fit on the pane."""

    def go_to_line(self, line: int) -> None:
        """Show a line at the top."""


class ArticleSearch:
    """Searches an article for a text that was typed, else for the words of the list's search.

    Attributes:
        search: The list's search, whose words are marked in every article.
        text: The text that the user looks for in this article; empty: none.
        current: The number of the match that the user went to, from 0.
    """

    def __init__(
        self,
        pane: SearchedPane,
        *,
        changed: Callable[[], None],
        start: Callable[[Callable[[], Awaitable[None]]], None],
        cancel: Callable[[], None],
    ) -> None:
        """Make a search.

        Args:
            pane: Shows the article.
            changed: Is called when there are other matches, or another current one.
            start: Runs work in a worker, instead of the work before.
            cancel: Stops that worker.
        """
        self.search: Search | None = None
        self.text = ""
        self.current: int | None = None
        self._pane = pane
        self._changed = changed
        self._start = start
        self._cancel = cancel
        self._origin: int | None = None
        self._is_left = False
        self._joined: JoinedLines | None = None
        self._matches: Matches | None = None

    @property
    def is_active(self) -> bool:
        """Whether the user looks for something in the article itself."""
        return bool(self.text)

    @property
    def count(self) -> int:
        """How many matches there are."""
        return self._matches.count if self._matches is not None else 0

    @property
    def found_nothing(self) -> bool:
        """Whether it is known that what the user looks for is not in the article."""
        return self.is_active and self._matches is not None and not self._matches.count

    @property
    def result(self) -> Clean:
        """The number of matches, and which of them is the current one: `3/17`."""
        if self._matches is None or not (self.text or self._matches.count):
            return EMPTY
        if not self._matches.count:
            return phrase("not found")
        if self.current is not None:
            return fill("{:,}/{:,}", self.current + 1, self._matches.count)
        if self._matches.count == 1:
            return phrase("1 match")
        return phrase("{:,} matches", self._matches.count)

    @property
    def can_step(self) -> bool:
        """Whether a key goes to the next match: until the user has looked for something else."""
        return self.count > 0 and (self.is_active or not self._is_left)

    def leave(self) -> None:
        """Let keys mean what they mean without matches; those of the list's search stay marked."""
        self._is_left = True
        self._changed()

    def spans(self, line: int) -> tuple[MatchSpan, ...]:
        """The pieces of matches on a line, in their order."""
        return self._matches.spans.get(line, ()) if self._matches is not None else ()

    def highlight(self, search: Search | None) -> None:
        """Mark the words of a search in this and every article shown from now on."""
        if search != self.search:
            self.search = search
            self.current = None
            self._is_left = False
            self._update()

    def find(self, text: str) -> None:
        """Mark a text in this article and go to its next occurrence; empty: no longer."""
        if self._origin is None:
            self._origin = self._pane.top_line
        self.text, self.current = text, None
        self._update(go=bool(text))
        if not text:
            self._origin = None

    def end(self, *, go_back: bool = False) -> None:
        """Look for no text any more.

        Args:
            go_back: Show again what was shown before the user looked for it.
        """
        origin = self._origin
        self.find("")
        if go_back and origin is not None:
            self._pane.go_to_line(origin)

    def go_to_match(self, step: int) -> None:
        """Show the next match, or the one before: the first again after the last."""
        if self._matches is None or not self._matches.count:
            return
        if self.current is None:
            at = bisect_left(self._matches.first_lines, self._pane.top_line)
            at -= step < 0
        else:
            at = self.current + step
        self._show_match(at % self._matches.count)

    def article_changed(self) -> None:
        """Forget what belonged to the article before."""
        self.text, self._origin, self.current, self._is_left = "", None, None, False

    def article_gone(self) -> None:
        """No article is shown any more."""
        self._joined = self._matches = None

    def lines_changed(self, before: Layout | None, now: Layout) -> None:
        """Find everything anew in other lines, or in more of them."""
        if self._origin is not None and before is not None and before.offsets:
            line = min(self._origin, len(before.offsets) - 1)
            self._origin = now.line_at(before.offsets[line])
        self._joined = None
        self._update()

    def _show_match(self, number: int) -> None:
        if self._matches is None:
            return
        self.current = number
        line = self._matches.first_lines[number]
        top, height = self._pane.top_line, self._pane.visible_lines
        if not top <= line < top + max(1, height - 1):
            self._pane.go_to_line(max(0, line - height // 3))
        self._changed()

    def _update(self, *, go: bool = False) -> None:
        """Search the lines that are shown now again.

        Args:
            go: Whether to show the first match from where the search began.
        """
        self._cancel()
        lines = self._pane.laid_out
        if lines is None or not (self.text or self.search):
            had, self._matches = self._matches, None
            if had is not None:
                self._changed()
        elif len(lines.lines) <= MAX_LINES_ON_LOOP:
            self._take(self._find(), go=go)
        else:
            self._start(partial(self._find_in_thread, lines, go))

    async def _find_in_thread(self, lines: Layout, go: bool) -> None:
        matches = await run(self._find)
        if self._pane.laid_out is lines:
            self._take(matches, go=go)

    def _find(self) -> Matches | None:
        from newsreader.tui.panes.matches import JoinedLines  # noqa: PLC0415  (when it is needed)

        joined, lines = self._joined, self._pane.laid_out
        if joined is None and lines is not None:
            joined = self._joined = JoinedLines(lines)
        if joined is None:
            return None
        if self.text:
            return joined.find(self.text)
        return joined.search(self.search) if self.search is not None else None

    def _take(self, matches: Matches | None, *, go: bool) -> None:
        self._matches = matches
        if matches is None or not matches.count:
            self.current = None
        elif self.current is not None:
            self.current = min(self.current, matches.count - 1)
        if go and matches is not None and matches.count:
            after = bisect_left(matches.first_lines, self._origin or 0)
            self._show_match(after % matches.count)
            return
        if go and self._origin is not None:  # nothing: as if nothing had been typed
            self._pane.go_to_line(self._origin)
        self._changed()
