"""A line to type into, also with an input method in full-width mode."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input

from newsreader.tui.keyboard.key_names import WIDE_SPACE_KEY

WIDE_SPACE = "\u3000"
"""What an input method sends for the space bar; Textual takes it for one that cannot be shown."""

_EDITING: Final = frozenset(
    key
    for binding in Input.BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
)
"""Keys that edit a line."""


def is_wide_space(event: Key) -> bool:
    """Whether a key is an input method's space; if so, nobody else is to take it."""
    if event.key != WIDE_SPACE_KEY:
        return False
    event.stop()
    event.prevent_default()
    return True


class LineInput(Input):
    """An input that takes an input method's space too, and whose cursor is calm."""

    def on_mount(self) -> None:
        """Keep the cursor from blinking."""
        self.cursor_blink = False

    async def on_key(self, event: Key) -> None:
        """Take every key in its turn, an input method's space too.

        Textual types letters at once, but lets what a key is bound to wait until the key has been
        offered to all widgets above: of `^U`, a word and Enter in one burst the word came first,
        and was deleted.
        """
        if is_wide_space(event):
            self.replace(WIDE_SPACE, *self.selection)
        elif event.key in _EDITING:
            bound = self.screen.active_bindings.get(event.key)
            if bound is not None and bound.node is self:
                event.stop()
                event.prevent_default()
                await self.run_action(bound.binding.action)
