"""Protocols for the pane of the article, as far as controllers use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from newsreader.text import Clean
from newsreader.tui.values import Article, KeyTaker, LinkHint

if TYPE_CHECKING:
    from newsreader.article.render.palette import Palette
    from newsreader.article.render.placed import Layout
    from newsreader.search.model import Search


class SearchInArticle(Protocol):
    """The search in the article."""

    @property
    def is_active(self) -> bool:
        """Whether the user looks for something in the article itself."""

    @property
    def count(self) -> int:
        """How many matches there are."""

    @property
    def found_nothing(self) -> bool:
        """Whether it is known that what the user looks for is not there."""

    @property
    def can_step(self) -> bool:
        """Whether a key goes to the next match."""

    def leave(self) -> None:
        """Let keys mean what they mean without matches."""

    @property
    def result(self) -> Clean:
        """The number of matches in words."""

    def highlight(self, search: Search | None) -> None:
        """Mark the words of a search in every article."""

    def find(self, text: str) -> None:
        """Mark a text and go to its next occurrence."""

    def end(self, *, go_back: bool = False) -> None:
        """Look for no text any more."""

    def go_to_match(self, step: int) -> None:
        """Show the next match, or the one before."""


class ModeView(Protocol):
    """What the article's keys are for while it is not just read."""

    def start(self, taker: KeyTaker) -> None:
        """Give all keys to `taker` from now on."""

    def end(self) -> None:
        """End the mode."""

    def show_hints(self, hints: Sequence[LinkHint]) -> None:
        """Draw codes over the beginnings of links."""

    def show_selection(
        self, start: tuple[int, int], end: tuple[int, int], cursor: tuple[int, int, int]
    ) -> None:
        """Mark a selection between two cells of lines, and a cursor."""


class ArticleView(Protocol):
    """The pane of the article."""

    @property
    def search(self) -> SearchInArticle:
        """The search in the article."""

    @property
    def article(self) -> Article | None:
        """What is shown."""

    @property
    def note(self) -> str:
        """The line that is shown instead of an article; empty for none."""

    @property
    def laid_out(self) -> Layout | None:
        """Its lines."""

    @property
    def mode(self) -> ModeView:
        """What its keys are for while it is not just read."""

    @property
    def visible_lines(self) -> int:
        """How many lines fit on the pane."""

    @property
    def text_width(self) -> int:
        """Cells of the column of text."""

    @property
    def palette(self) -> Palette:
        """The styles of articles."""

    @property
    def place(self) -> int:
        """Visible characters of the article above the pane."""

    @property
    def top_line(self) -> int:
        """The first line on the pane, from 0."""

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the pane."""

    def would_cut(self, article: Article, laid_out: Layout) -> bool:
        """Whether these lines of the article that is shown end above those on the pane."""

    def show_alert(self, alert: Clean) -> None:
        """Say something about the article in the line above it; empty: no longer."""

    def go_to_place(self, place: int) -> None:
        """Show a place of the article in the first line."""

    def go_to_line(self, line: int) -> None:
        """Show a line at the top, or as near to it as the end lets it come."""

    def show(self, article: Article, laid_out: Layout) -> None:
        """Show an article, or more of the one that is shown."""

    def show_note(self, note: Clean) -> None:
        """Show no article but a line that says why."""
