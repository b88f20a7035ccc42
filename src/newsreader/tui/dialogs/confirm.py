"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.messages import phrase
from newsreader.text import Clean
from newsreader.tui.styles import content
from newsreader.tui.textual_private.events import ClosesOnce


class ConfirmScreen(ClosesOnce, ModalScreen[bool]):
    """A question that `y` or Enter answers with yes and everything else with no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter,Y,ｙ", "answer(True)", "Yes", show=False),
        Binding("n,q,escape,N,ｎ", "answer(False)", "No", show=False),
    ]

    def __init__(self, question: Clean, hint: Clean) -> None:
        super().__init__()
        self._question = question
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The question and what answers it."""
        with Vertical(id="confirm") as box:
            box.border_subtitle = content(phrase("y yes · n no"))
            yield Static(content(self._question))
            yield Static(content(self._hint), classes="hint")

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)
