"""The dialog that chooses the order of lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.messages import phrase
from newsreader.text import Clean, clean_line, fill, literal
from newsreader.tui.keyboard.key_names import FULL_WIDTH
from newsreader.tui.styles import content
from newsreader.tui.textual_private.events import ClosesOnce
from newsreader.tui.values import Sort

CURSOR = "$block-cursor-foreground on $block-cursor-background"
"""The style of the line of a choice that Enter would choose."""

PLAIN_CURSOR = "reverse"
"""The same where the colours are the terminal's own."""


class SortScreen(ClosesOnce, ModalScreen[Sort]):
    """The orders that a list can have; Enter or the letter of one chooses it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down,S,Ｓ", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("enter", "choose", show=False),
        Binding("escape,q,ｑ", "dismiss", show=False),
        *(Binding(f"{s.value[0]},{FULL_WIDTH[s.value[0]]}", f"choose('{s.value}')") for s in Sort),
    ]

    def __init__(self, sort: Sort, title_of: Callable[[Sort], Clean]) -> None:
        super().__init__()
        self._sorts = tuple(Sort)
        self._now = self._at = self._sorts.index(sort)
        self._title_of = title_of

    def compose(self) -> ComposeResult:
        """Show one line per order."""
        with Vertical(id="sort") as box:
            box.border_title = content(phrase("Sort"))
            box.border_subtitle = content(phrase("Enter chooses"))
            yield Static(id="sort-orders")

    def on_mount(self) -> None:
        """Show the orders."""
        self._show()

    def _show(self) -> None:
        lines = []
        cursor = PLAIN_CURSOR if self.app.native_ansi_color else CURSOR
        for at, sort in enumerate(self._sorts):
            mark, letter = literal("•" if at == self._now else " "), clean_line(sort.value[0])
            line = fill(" {} {}  {:<14}", mark, letter, self._title_of(sort))
            lines.append(content(line, cursor if at == self._at else ""))
        self.query_one("#sort-orders", Static).update(Content("\n").join(lines))

    def on_click(self, event: Click) -> None:
        """Choose the order under the mouse."""
        if event.widget is self.query_one("#sort-orders") and event.y < len(self._sorts):
            self.dismiss(self._sorts[event.y])

    def action_move(self, by: int) -> None:
        """The next order, or the one before."""
        self._at = (self._at + by) % len(self._sorts)
        self._show()

    def action_choose(self, name: str = "") -> None:
        """Choose an order: one by its name, or the one that is marked."""
        self.dismiss(Sort(name) if name else self._sorts[self._at])
