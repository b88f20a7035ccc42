"""The line at the foot of the screen in which a search is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from newsreader.text import EMPTY, Clean, fill
from newsreader.tui.panes.line_input import LineInput
from newsreader.tui.styles import content, part_style

MOST_REMEMBERED = 100
"""Searches of this session that `Up` goes back to."""


class _Marker(Highlighter):
    """Marks what is wrong in an input."""

    def __init__(self, owner: SearchInput) -> None:
        self._owner = owner

    def highlight(self, text: Text) -> None:
        """Lay the style over the characters in question."""
        wrong = self._owner.wrong
        if wrong is not None:
            start, end = wrong
            # At the very end there is no character to mark: then it is the last one.
            start = max(0, min(start, len(text.plain) - 1))
            style = part_style(self._owner, "search--wrong")
            text.stylize(style, start, max(end, start + 1))


class SearchInput(LineInput):
    """An input that marks what is wrong in it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search--wrong"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "submit", show=False),
        Binding("ctrl+r", "nothing", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id, compact=True, highlighter=_Marker(self))
        self.wrong: tuple[int, int] | None = None

    def mark(self, wrong: tuple[int, int] | None) -> None:
        """Mark the characters that cannot be understood."""
        if wrong != self.wrong:
            self.wrong = wrong
            self.refresh()

    def action_nothing(self) -> None:
        """Ignore a key of the screen while the user types."""


class SearchBar(Vertical):
    """The search bar: what is searched for, how much was found, and what is wrong with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("up", "history(1)", show=False),
        Binding("down", "history(-1)", show=False),
    ]

    input = query_one("#search-input", SearchInput)
    _label = query_one("#search-label", Static)
    _found = query_one("#search-found", Static)
    _problem = query_one("#search-problem", Static)

    @dataclass
    class Changed(Message):
        """Something else is searched for."""

        text: str

    @dataclass
    class Accepted(Message):
        """The user wants to go to what was found."""

        text: str

    class Cancelled(Message):
        """The user wants to have what was there before."""

    def __init__(self) -> None:
        super().__init__()
        self._histories: dict[str, list[str]] = {}
        self._kind = ""
        self._back = 0
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Lay out the message about mistakes above the line."""
        yield Static(id="search-problem", markup=False)
        with Horizontal():
            yield Static(id="search-label", markup=False)
            yield SearchInput(id="search-input")
            yield Static(id="search-found", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether it can be seen."""
        return self.has_class("-open")

    @property
    def is_wrong(self) -> bool:
        """Whether it says that what is typed cannot be understood."""
        return self.has_class("-wrong")

    @property
    def is_focused(self) -> bool:
        """Whether the user types into it."""
        return self.input.has_focus

    def open(self, kind: Clean, placeholder: Clean, text: Clean = EMPTY) -> None:
        """Show it and let the user type.

        Args:
            kind: What is done: the word at the left; each kind has a history of its own.
            placeholder: What can be typed.
            text: What is typed already.
        """
        self._kind, self._back = kind, 0
        self._label.update(content(fill(" {} ", kind)))
        self.tell(EMPTY)
        with self.prevent(Input.Changed):
            self.input.value = text
        self.input.placeholder = placeholder
        self.input.cursor_position = len(text)
        self.add_class("-open")
        self.input.focus(scroll_visible=False)

    def close(self) -> None:
        """Hide it; the screen gives the focus to another widget."""
        self.remove_class("-open")
        text = self.input.value.strip()
        if text:
            history = self._histories.setdefault(self._kind, [])
            if text in history:
                history.remove(text)
            history.append(text)
            del history[:-MOST_REMEMBERED]

    def tell(self, found: Clean) -> None:
        """Say how much was found."""
        self._found.update(content(fill("{} ", found)), layout=False)
        self._refuse(EMPTY, None)

    def tell_problem(self, problem: Clean, wrong: tuple[int, int]) -> None:
        """Say what is wrong, and mark where.

        Args:
            problem: A sentence.
            wrong: First character, and the one after the last.
        """
        self._found.update(content(EMPTY), layout=False)
        self._refuse(problem, wrong)

    def _refuse(self, problem: Clean, wrong: tuple[int, int] | None) -> None:
        self.input.mark(wrong)
        self._problem.update(content(problem))
        self.set_class(bool(problem), "-wrong")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Accepted(event.value))

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Go to what was found if the mouse goes elsewhere.

        Not if it goes to another window: coming back, the user goes on typing.
        """
        left = event.widget is self.input and not self.input.has_focus and self.app.app_focus
        if left and self.is_open and self.screen.is_active:
            self.post_message(self.Accepted(self.input.value))

    def action_cancel(self) -> None:
        """Restore what was shown before the search."""
        self.post_message(self.Cancelled())

    def action_history(self, by: int) -> None:
        """Type what was searched for before, or after that."""
        history = self._histories.get(self._kind, [])
        if not self._back:
            self._typed = self.input.value
        back = min(max(self._back + by, 0), len(history))
        if back == self._back:
            return
        self._back = back
        text = history[-back] if back else self._typed
        self.input.value = text
        self.input.cursor_position = len(text)
