"""The dialog in which one of many things is chosen; what is typed filters them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from newsreader.cells import blank, cut, fit
from newsreader.messages import phrase
from newsreader.search.tokens import fold_name
from newsreader.text import EMPTY, Clean, fill, literal
from newsreader.tui.panes.line_input import LineInput
from newsreader.tui.panes.row_list import RowList
from newsreader.tui.styles import content, draw, fit_hints
from newsreader.tui.textual_private.events import ClosesOnce
from newsreader.tui.values import ChoiceEntry

INDENT = 2
"""Cells that a level is indented by."""

MOST_INDENTED = 5
"""The deepest level that is indented farther than the one above it."""


class ChoiceRows(RowList, can_focus=False):
    """The things to choose from, of which a filter leaves some."""

    @dataclass
    class Chosen(Message):
        """The user chose the row of the cursor with the mouse."""

        rows: ChoiceRows

        @property
        def control(self) -> ChoiceRows:
            """The list."""
            return self.rows

    def __init__(self, entries: Sequence[ChoiceEntry], marked: int) -> None:
        super().__init__(id="choice-rows")
        self._entries = entries
        self._rows: Sequence[int] = range(len(entries))
        self._marked = marked

    @property
    def chosen(self) -> int | None:
        """The number of the thing under the cursor; None if the filter leaves nothing."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def texts(self) -> list[str]:
        """What is listed now."""
        return [self._entries[row].text for row in self._rows]

    def show_marked(self) -> None:
        """Put the cursor on the marked thing, unless something was typed before it was drawn."""
        if len(self._rows) < len(self._entries):
            return
        self.move_to(self._marked)
        # A third of the way down, where what comes before and after it is in sight.
        top = max(0, self.cursor - self.page_rows // 3)
        self.scroll_to(y=top, animate=False, force=True)

    @cached_property
    def _folded(self) -> list[str]:
        return [fold_name(f"{entry.text} {entry.note}") for entry in self._entries]

    def filter(self, text: str) -> None:
        """List the things that contain every word of a text; the cursor stays if it can."""
        words = fold_name(text).split()
        before = self.chosen
        self._rows = (
            [at for at, text in enumerate(self._folded) if all(word in text for word in words)]
            if words
            else range(len(self._entries))
        )
        self.set_row_count(len(self._rows))
        self.cursor = -1  # that of another list
        self.move_to(self._rows.index(before) if before is not None and before in self._rows else 0)

    def draw_key(self, row: int) -> object:
        """Give the thing of a row."""
        return self._rows[row]

    def draw_row(self, row: int, line: int, width: int, *, selected: bool) -> list[Segment]:  # noqa: ARG002  (rows of one line)
        """Draw a thing, indented by its level."""
        number = self._rows[row]
        entry = self._entries[number]
        indent = INDENT * min(entry.level, MOST_INDENTED)
        mark = "accent" if number == self._marked else "strong" if not entry.level else ""
        style = self.part(mark, selected=selected) if mark else None
        bullet = fit(literal("•" if number == self._marked else ""), 2)
        note = fill(" {}", cut(entry.note, width // 3)) if entry.note else EMPTY
        return [
            draw(bullet, style),
            draw(blank(indent)),
            draw(fit(entry.text, width - indent - 2 - cell_len(note)), style),
            draw(note, self.part("dim", selected=selected)),
        ]

    def on_click(self, event: events.Click) -> None:
        """Choose the row at once, also if the cursor stands on another one."""
        event.prevent_default()
        before = self.cursor
        super().on_click(event)
        if self.cursor != before:
            self.row_chosen()

    def row_chosen(self) -> None:
        """Tell that the row was clicked."""
        self.post_message(self.Chosen(self))


class ChoiceScreen(ClosesOnce, ModalScreen[int]):
    """Things to choose from, by their numbers from 0."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    rows = query_one("#choice-rows", ChoiceRows)

    def __init__(self, title: Clean, entries: Sequence[ChoiceEntry], at: int) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self._at = at

    def compose(self) -> ComposeResult:
        """A line to type into, and the things."""
        with Vertical(id="choice") as box:
            box.border_title = content(self._title)
            hints = phrase("type to filter · Enter goes there · Esc closes")
            box.border_subtitle = fit_hints(hints, self.app.size.width * 96 // 100 - 6)
            yield LineInput(placeholder=phrase("filter"), id="choice-filter", compact=True)
            yield ChoiceRows(self._entries, self._at)

    def on_mount(self) -> None:
        """As high as the things need, and list them when that is known."""
        self.query_one("#choice").styles.height = len(self._entries) + 4
        self.rows.set_row_count(len(self._entries))
        self.call_after_refresh(self.rows.show_marked)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what contains what was typed."""
        self.rows.filter(event.value)

    def on_input_submitted(self) -> None:
        """Choose the row of the cursor."""
        self._choose()

    def on_choice_rows_chosen(self) -> None:
        """Choose what was clicked."""
        self._choose()

    def _choose(self) -> None:
        if self.rows.chosen is not None:
            self.dismiss(self.rows.chosen)

    def action_move(self, by: int) -> None:
        """Go to the next row, or the one before."""
        self.rows.move_by(by)

    def action_page(self, by: int) -> None:
        """Go a page down, or up."""
        self.rows.move_by(by * self.rows.page_steps[0])
