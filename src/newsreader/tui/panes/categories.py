"""The pane at the left: collections, saved searches, sources, categories and tags, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from newsreader.cells import fit
from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean, fill, join, literal
from newsreader.tui.panes.row_list import RowList
from newsreader.tui.styles import content, draw
from newsreader.tui.values import (
    CategoryEntry,
    Everything,
    Label,
    Overview,
    Scope,
    Today,
    View,
)


def make_entries(
    overview: Overview,
    searches: Sequence[CategoryEntry] = (),
    warnings: Mapping[str, Clean] = MappingProxyType({}),
) -> Iterator[CategoryEntry]:
    """Make the rows of the pane from top to bottom."""
    yield CategoryEntry(phrase("All"), overview.everything, Everything())
    yield CategoryEntry(phrase("Unread"), overview.everything, Everything(), View.UNREAD)
    yield CategoryEntry(phrase("Today"), overview.today, Today())
    yield CategoryEntry(phrase("★ Bookmarks"), overview.everything, Everything(), View.BOOKMARKS)
    yield from _section("searches", phrase("Searches"), searches)
    sources = (CategoryEntry(each.title, each.counts, each.scope) for each in overview.sources)
    yield from _section("sources", phrase("Sources"), tuple(sources))
    categories = (_entry(each, warnings) for each in overview.categories)
    yield from _section("categories", phrase("Categories"), tuple(categories))
    yield from _section("tags", phrase("Tags"), tuple(map(_entry, overview.tags)))


def _section(group: str, title: Clean, entries: Sequence[CategoryEntry]) -> Iterator[CategoryEntry]:
    if entries:
        yield CategoryEntry(title, group=group)
    for entry in entries:
        yield replace(entry, group=group)


def _entry(label: Label, warnings: Mapping[str, Clean] = MappingProxyType({})) -> CategoryEntry:
    warning = warnings.get(label.scope.name, EMPTY)
    return CategoryEntry(label.title, label.counts, label.scope, warning=warning)


_Wanted: TypeAlias = tuple[Scope | None, View | None, str]
"""What an entry is known by: where its list looks, its own view, the name of a saved search."""


def _wanted_of(entry: CategoryEntry) -> _Wanted:
    return entry.scope, entry.view, entry.title if entry.is_search else ""


class CategoryPane(RowList):
    """What lists there are; the list of posts follows the cursor."""

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
        self._rows: tuple[CategoryEntry, ...] = ()
        self._collapsed: frozenset[str] = frozenset()
        self._view = View.ALL
        self._searches: tuple[CategoryEntry, ...] = ()
        self._overview = Overview()
        self._warnings: Mapping[str, Clean] = {}
        self._wanted: _Wanted | None = None
        self._hidden: _Wanted | None = None

    @property
    def selected(self) -> CategoryEntry | None:
        """The entry under the cursor; the heading of a group if that is collapsed."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def entries(self) -> tuple[CategoryEntry, ...]:
        """All entries, those of collapsed groups included."""
        return self._entries

    @property
    def collapsed(self) -> frozenset[str]:
        """The groups of which only the heading is shown."""
        return self._collapsed

    def show(self, overview: Overview, view: View) -> None:
        """Show new counts; the cursor stays on its entry."""
        self._view = view
        self._overview = overview
        self.border_title = content(phrase("Categories"))
        self._show()

    def show_warnings(self, warnings: Mapping[str, Clean]) -> None:
        """Mark categories, by their names, with a sentence each; the cursor stays on its entry."""
        if warnings != self._warnings:
            self._warnings = warnings
            self._show()

    def show_searches(self, searches: Sequence[CategoryEntry]) -> None:
        """Show saved searches, or new counts of them; the cursor stays on its entry."""
        self._searches = tuple(searches)
        if self._entries:
            self._show()

    def collapse(self, groups: Iterable[str]) -> None:
        """Show only the headings of some groups, and all entries of the others."""
        self._collapsed = frozenset(groups)
        if self._entries:
            self._show()

    def toggle_group(self) -> None:
        """Collapse the group of the cursor, or open it; then its list is where the cursor was."""
        entry = self.selected
        if entry is None or not entry.group:
            return
        if entry.group not in self._collapsed:
            self._hidden = _wanted_of(entry)
            self.collapse(self._collapsed | {entry.group})
            return
        self.collapse(self._collapsed - {entry.group})
        first = next(row for row, each in enumerate(self._rows) if each.group == entry.group) + 1
        hidden, self._hidden = self._hidden, None
        row = self._row_of(hidden) if hidden is not None else None
        if row is not None and self._rows[row].group == entry.group:
            self.set_reactive(RowList.cursor, row)
            self.show_row(row)
            self.refresh()
        else:
            self.move_to(first)

    def _show(self) -> None:
        before = self.selected
        entries = tuple(make_entries(self._overview, self._searches, self._warnings))
        rows = tuple(
            entry for entry in entries if entry.scope is None or entry.group not in self._collapsed
        )
        self._entries = entries
        if rows != self._rows:
            self._rows = rows
            self.set_row_count(len(rows))
            if before is not None:
                self._return_to(before)
        else:
            self.forget_drawn()
        if self.cursor < 0:
            self.set_reactive(RowList.cursor, 0)
        if self._wanted is not None:
            self.select(*self._wanted)

    def select(self, scope: Scope | None, view: View | None, search: str = "") -> None:
        """Put the cursor on an entry without telling anyone, now or as soon as it is there.

        Args:
            scope: Where its list looks.
            view: The view that its list has whatever the user's choice.
            search: The name of a saved search; empty: it is none.
        """
        self._wanted = (scope, view, search)
        row = self._row_of(self._wanted)
        if row is None:
            hidden = (each for each in self._entries if _wanted_of(each) == self._wanted)
            entry = next(hidden, None)
            if entry is None:
                return
            self._hidden = self._wanted
            row = next(at for at, each in enumerate(self._rows) if each.group == entry.group)
        self._wanted = None
        self.set_reactive(RowList.cursor, row)
        self.show_row(row)
        self.refresh()

    def _row_of(self, wanted: _Wanted) -> int | None:
        rows = (row for row, entry in enumerate(self._rows) if _wanted_of(entry) == wanted)
        return next(rows, None)

    def _return_to(self, before: CategoryEntry) -> None:
        for row, entry in enumerate(self._rows):
            if (entry.scope, entry.view, entry.title) == (before.scope, before.view, before.title):
                self._put(row)
                return
        for row, entry in enumerate(self._rows):
            is_same = (entry.scope, entry.view) == (before.scope, before.view)
            if is_same and entry.scope is not None and not before.is_search:
                self._put(row)
                return
        for row, entry in enumerate(self._rows):
            if entry.scope is None and entry.group == before.group in self._collapsed:
                self._put(row)
                return
        self.cursor = 0

    def _put(self, row: int) -> None:
        self.set_reactive(RowList.cursor, row)
        self.show_row(row)

    def can_select(self, row: int) -> bool:
        """A heading between the sections has no list; if its group is collapsed, it opens it."""
        entry = self._rows[row]
        return entry.scope is not None or entry.group in self._collapsed

    def draw_key(self, row: int) -> object:
        """Give all that the looks of a row depend on."""
        entry = self._rows[row]
        return (entry, self._view, entry.scope is None and entry.group in self._collapsed)

    def draw_row(self, row: int, line: int, width: int, *, selected: bool) -> list[Segment]:  # noqa: ARG002
        """Draw the title, and at the right how many posts its list has."""
        entry = self._rows[row]
        if entry.scope is None:
            if entry.group in self._collapsed:
                return self._collapsed_heading(entry, width, selected=selected)
            rule = fill("─ {} ", entry.title)
            line_end = fill("{:─<{}}", EMPTY, max(0, width - cell_len(rule)))
            return [
                draw(
                    fit(join("", (rule, line_end)), width),
                    self.part("section", selected=False),
                )
            ]
        view = entry.view or self._view
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

    def _collapsed_heading(
        self, entry: CategoryEntry, width: int, *, selected: bool
    ) -> list[Segment]:
        inside = sum(each.group == entry.group for each in self._entries) - 1
        count = fill(" {:,}", inside)
        style = self.part("section", selected=selected)
        title = fill("+ {} …", entry.title)
        return [draw(fit(title, width - len(count)), style), draw(count, style)]

    def cursor_moved(self) -> None:
        """Tell which list is wanted."""
        self._wanted = None
        entry = self.selected
        if entry is not None and entry.scope is not None:
            self.post_message(self.Selected(self, entry))

    def row_chosen(self) -> None:
        """Ask to go to the posts; a heading opens its group."""
        entry = self.selected
        if entry is not None and entry.scope is None:
            self.toggle_group()
        else:
            self.post_message(self.Chosen(self))
