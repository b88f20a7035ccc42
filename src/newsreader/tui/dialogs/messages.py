"""What the reader has said, whole: the line above the panes has room for little of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.messages import phrase
from newsreader.text import Clean, join
from newsreader.tui.styles import content, wrap
from newsreader.tui.textual_private.events import ClosesOnce

WIDTH = 78
"""Cells of a line if there is room; what stands around them takes 7 more."""


class MessagesScreen(ClosesOnce, ModalScreen[None]):
    """Messages and problems, the last one first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ｑ,enter,!,！", "dismiss", show=False),
        Binding("j,down", "scroll(1)", show=False, priority=True),
        Binding("k,up", "scroll(-1)", show=False, priority=True),
        Binding("space,pagedown", "scroll(10)", show=False, priority=True),
        Binding("b,pageup", "scroll(-10)", show=False, priority=True),
    ]

    def __init__(self, messages: Sequence[Clean]) -> None:
        """Make the dialog for messages in the order to show them."""
        super().__init__()
        self._messages = messages

    def compose(self) -> ComposeResult:
        """One below the other, with a line between them."""
        with VerticalScroll(id="messages", can_focus=False) as box:
            box.border_title = content(phrase("Messages"))
            box.border_subtitle = content(phrase("Esc closes"))
            yield Static()

    def on_resize(self) -> None:
        """Break the lines for the width."""
        width = max(12, min(WIDTH, self.app.size.width * 96 // 100 - 7))
        texts = [join("\n", wrap(message, width)) for message in self._messages]
        self.query_one(Static).update(content(join("\n\n", texts)))

    def action_scroll(self, lines: int) -> None:
        """Scroll the messages."""
        self.query_one("#messages").scroll_relative(y=lines, animate=False)
