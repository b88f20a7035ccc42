"""The line below the panes: the keys of the pane that has the focus."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from newsreader.tui.keys import Pane, hints
from newsreader.tui.styles import part_style


class KeyBar(Widget):
    """The keys of the pane that has the focus; each can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--hint"}

    pane: reactive[Pane] = reactive(Pane.POSTS, layout=False)
    """The pane that has the focus."""

    matching: reactive[bool] = reactive(False, layout=False)
    """Whether there are matches in the article."""

    class Pressed(Message):
        """A key of the bar was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def _items(self) -> list[tuple[int, int, str, str, str]]:
        """Start and end cell, key, hint and action of what fits; `?` help always does."""
        items = list(hints(self.pane, matching=self.matching))
        width = self.size.width
        lengths = [cell_len(key) + 1 + cell_len(hint) + 2 for key, hint, _ in items]
        optional = [
            index
            for index, (_, _, action) in enumerate(items)
            if action not in {"app_help", "app_back", "post_open", "pane_left"}
        ]
        shown = set(range(len(items)))
        while optional and sum(lengths[index] for index in shown) > width - 1:
            shown.discard(optional.pop())
        placed, at = [], 1
        for index, (key, hint, action) in enumerate(items):
            if index in shown:
                placed.append((at, at + lengths[index] - 2, key, hint, action))
                at += lengths[index]
        return placed

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw as many keys as fit."""
        base = self.rich_style
        key_style = part_style(self, "keys--key")
        hint_style = part_style(self, "keys--hint")
        segments = [Segment(" ", base)]
        for _, _, key, hint, _ in self._items():
            segments += [Segment(key, key_style), Segment(f" {hint}  ", hint_style)]
        return Strip(segments).apply_style(base).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Run the action of the key under the mouse."""
        for start, end, _, _, action in self._items():
            if start <= event.x < end:
                event.stop()
                self.post_message(self.Pressed(action))
