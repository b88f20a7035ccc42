"""The dialog in which the note of a bookmark is written."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import TextArea

from newsreader.messages import phrase
from newsreader.text import Clean
from newsreader.tui.panes.line_input import WIDE_SPACE, is_wide_space
from newsreader.tui.styles import content, fit_hints
from newsreader.tui.textual_private.events import ClosesOnce


class NoteText(TextArea):
    """Lines to type into, also with an input method in full-width mode, and with a calm cursor."""

    def on_mount(self) -> None:
        """Keep the cursor from blinking."""
        self.cursor_blink = False

    def on_key(self, event: Key) -> None:
        """Put its space where the cursor is."""
        if is_wide_space(event):
            self.delete(*self.selection)
            self.insert(WIDE_SPACE)


class NoteScreen(ClosesOnce, ModalScreen[str]):
    """A few lines to write; Enter saves them, Esc leaves the note as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", show=False, priority=True),
        Binding("ctrl+j,shift+enter,alt+enter", "new_line", show=False, priority=True),
        Binding("escape", "dismiss", show=False, priority=True),
    ]

    def __init__(self, title: Clean, note: str) -> None:
        super().__init__()
        self._post_title = title
        self._note = note

    def compose(self) -> ComposeResult:
        """The post's title, and the note."""
        with Vertical(id="note") as box:
            box.border_title = content(phrase("Note · {}", self._post_title))
            hints = phrase("^j new line · Enter saves · Esc cancels")
            box.border_subtitle = fit_hints(hints, self.app.size.width * 94 // 100 - 6)
            yield NoteText(self._note, id="note-text", compact=True, soft_wrap=True)

    def on_mount(self) -> None:
        """Put the cursor at the end of the note."""
        text = self.query_one(TextArea)
        text.move_cursor(text.document.end)

    def action_new_line(self) -> None:
        """Begin another line."""
        self.query_one(TextArea).insert("\n")

    def action_save(self) -> None:
        """Give what was written."""
        self.dismiss(self.query_one(TextArea).text.strip())
