"""The dialog in which one line is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from newsreader.text import Clean
from newsreader.tui.panes.line_input import LineInput
from newsreader.tui.styles import content, fit_hints
from newsreader.tui.textual_private.events import ClosesOnce


class LineScreen(ClosesOnce, ModalScreen[str]):
    """A line to type; Enter gives it, Esc gives nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, title: Clean, hint: Clean, text: Clean) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._text = text

    def compose(self) -> ComposeResult:
        """The line, with what it is for above it."""
        with Vertical(id="line") as box:
            box.border_title = content(self._title)
            box.border_subtitle = fit_hints(self._hint, self.app.size.width * 96 // 100 - 6)
            yield LineInput(self._text, id="line-input", compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        """Put the cursor at the end of what is there."""
        line = self.query_one(Input)
        line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        if event.value.strip():
            self.dismiss(event.value)
