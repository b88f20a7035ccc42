"""The pane at the left: collections, saved searches, categories and tags with their counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rich.segment import Segment
from textual.message import Message

from newsreader.cells import fit
from newsreader.text import EMPTY, Clean, fill, join, literal
from newsreader.tui.panes.row_list import RowList
from newsreader.tui.styles import draw
from newsreader.tui.values import (
    CategoryEntry,
    Everything,
    Label,
    Overview,
    Scope,
    Today,
    View,
)

SEARCHES = literal("Searches")
"""The heading above the saved searches."""

FIXED = 4
"""Entries above them."""


def make_entries(
    overview: Overview,
    searches: Sequence[CategoryEntry] = (),
    warnings: Mapping[str, Clean] = MappingProxyType({}),
) -> Iterator[CategoryEntry]:
    """Make the rows of the pane from top to bottom."""
    yield CategoryEntry(literal("All"), overview.everything, Everything())
    yield CategoryEntry(literal("Unread"), overview.everything, Everything(), View.UNREAD)
    yield CategoryEntry(literal("Today"), overview.today, Today())
    yield CategoryEntry(literal("★ Bookmarks"), overview.everything, Everything(), View.BOOKMARKS)
    if searches:
        yield CategoryEntry(SEARCHES)
    yield from searches
    yield from _section(literal("Categories"), overview.categories, warnings)
    yield from _section(literal("Tags"), overview.tags)


def _section(
    title: Clean,
    labels: tuple[Label, ...],
    warnings: Mapping[str, Clean] = MappingProxyType({}),
) -> Iterator[CategoryEntry]:
    if labels:
        yield CategoryEntry(title)
    for label in labels:
        warning = warnings.get(label.scope.name, EMPTY)
        yield CategoryEntry(label.title, label.counts, label.scope, warning=warning)


class CategoryPane(RowList):
    """Collections, saved searches, categories and tags; the list of posts follows the cursor."""

    BORDER_TITLE = "Categories"

    @dataclass
    class Selected(Message):
        """The cursor stands on another entry."""

        pane: CategoryPane
        entry: CategoryEntry

        @property
        def control(self) -> CategoryPane:
            """The pane."""
            return self.pane

        def can_replace(self, message: Message) -> bool:
            """Only the last of many moves matters."""
            return isinstance(message, CategoryPane.Selected)

    @dataclass
    class Chosen(Message):
        """The user wants to go to the posts of the entry."""

        pane: CategoryPane

        @property
        def control(self) -> CategoryPane:
            """The pane."""
            return self.pane

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._entries: tuple[CategoryEntry, ...] = ()
        self._view = View.ALL
        self._searches: tuple[CategoryEntry, ...] = ()
        self._overview = Overview()
        self._warnings: Mapping[str, Clean] = {}
        self._wanted: tuple[Scope, View | None, str] | None = None

    @property
    def selected(self) -> CategoryEntry | None:
        """The entry under the cursor."""
        return self._entries[self.cursor] if 0 <= self.cursor < len(self._entries) else None

    @property
    def entries(self) -> tuple[CategoryEntry, ...]:
        """All rows."""
        return self._entries

    def show(self, overview: Overview, view: View) -> None:
        """Show new counts; the cursor stays on its entry."""
        self._view = view
        self._overview = overview
        self._show(tuple(make_entries(overview, self._searches, self._warnings)))

    def show_warnings(self, warnings: Mapping[str, Clean]) -> None:
        """Mark categories, by their names, with a sentence each; the cursor stays on its entry."""
        if warnings != self._warnings:
            self._warnings = warnings
            self.show(self._overview, self._view)

    def show_searches(self, searches: Sequence[CategoryEntry]) -> None:
        """Show saved searches, or new counts of them; the cursor stays on its entry."""
        old = len(self._searches) + 1 if self._searches else 0
        self._searches = tuple(searches)
        if self._entries:
            title = [CategoryEntry(SEARCHES)] if searches else []
            self._show((*self._entries[:FIXED], *title, *searches, *self._entries[FIXED + old :]))

    def _show(self, entries: tuple[CategoryEntry, ...]) -> None:
        before = self.selected
        if entries != self._entries:
            self._entries = entries
            self.set_row_count(len(entries))
            if before is not None:
                self._return_to(before)
        else:
            self.forget_drawn()
        if self.cursor < 0:
            self.set_reactive(RowList.cursor, 0)
        if self._wanted is not None:
            self.select(*self._wanted)

    def select(self, scope: Scope, view: View | None, search: str = "") -> None:
        """Put the cursor on an entry without telling anyone, now or as soon as it is there.

        Args:
            scope: Where its list looks.
            view: The view that its list has whatever the user's choice.
            search: The name of a saved search; empty: it is none.
        """
        self._wanted = (scope, view, search)
        for row, entry in enumerate(self._entries):
            name = entry.title if entry.is_search else ""
            if (entry.scope, entry.view, name) == self._wanted:
                self._wanted = None
                self.set_reactive(RowList.cursor, row)
                self.show_row(row)
                self.refresh()
                return

    def _return_to(self, before: CategoryEntry) -> None:
        for row, entry in enumerate(self._entries):
            if (entry.scope, entry.view, entry.title) == (before.scope, before.view, before.title):
                self.set_reactive(RowList.cursor, row)
                self.show_row(row)
                return
        for row, entry in enumerate(self._entries):
            if entry.scope is not None and (entry.scope, entry.view) == (before.scope, before.view):
                self.set_reactive(RowList.cursor, row)
                self.show_row(row)
                return
        self.cursor = 0

    def can_select(self, row: int) -> bool:
        """A heading between the sections has no list."""
        return self._entries[row].scope is not None

    def draw_key(self, row: int) -> object:
        """Give all that the looks of a row depend on."""
        return (self._entries[row], self._view)

    def draw_row(self, row: int, line: int, width: int, *, selected: bool) -> list[Segment]:  # noqa: ARG002
        """Draw the title, and at the right how many posts its list has."""
        entry = self._entries[row]
        if entry.scope is None:
            rule = fill("─ {} ", entry.title)
            line_end = fill("{:─<{}}", EMPTY, max(0, width - len(rule)))
            return [
                draw(
                    fit(join("", (rule, line_end)), width),
                    self.part("section", selected=False),
                )
            ]
        view = View.UNREAD if entry.is_search else entry.view or self._view
        number = entry.counts.of(view)
        count = literal(" !") if entry.problem else fill(" {:,}", number) if number else EMPTY
        count = fill("{} !", count) if entry.warning else count
        wrong = entry.problem or entry.warning
        strong = entry.counts.unread > 0 and entry.view is not View.BOOKMARKS
        return [
            draw(
                fit(entry.title, width - len(count)),
                self.part("strong", selected=selected) if strong else None,
            ),
            draw(count, self.part("warning" if wrong else "dim", selected=selected)),
        ]

    def cursor_moved(self) -> None:
        """Tell which list is wanted."""
        self._wanted = None
        entry = self.selected
        if entry is not None and entry.scope is not None:
            self.post_message(self.Selected(self, entry))

    def row_chosen(self) -> None:
        """Ask to go to the posts."""
        self.post_message(self.Chosen(self))
