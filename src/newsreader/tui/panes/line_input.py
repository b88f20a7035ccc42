"""A line to type into, also with an input method in full-width mode."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import Input

from newsreader.tui.keyboard.key_names import WIDE_SPACE_KEY

WIDE_SPACE = "\u3000"
"""What an input method sends for the space bar; Textual takes it for one that cannot be shown."""


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

    def on_key(self, event: Key) -> None:
        """Put the space where the cursor is, before the key that may have come with it."""
        if is_wide_space(event):
            self.replace(WIDE_SPACE, *self.selection)
