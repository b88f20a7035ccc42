"""What stands in front of the panes for a moment: the help, and a question."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.tui.keys import KEYS, Key, Pane


def _matches(key: Key, words: list[str]) -> bool:
    text = f"{key.shown} {key.help} {key.section} {key.id}".lower()
    return all(word.lower() in text for word in words)


def help_lines(pane: Pane, search: str) -> Content:
    """The table of keys as text, the keys that the pane's footer names first.

    Args:
        pane: The pane that had the focus.
        search: Words that a row must all contain; a single character that is a key finds that key.
    """
    words = search.split()
    found = [key for key in KEYS if _matches(key, words)]
    if len(search.strip()) == 1:
        exact = [key for key in KEYS if search.strip() in key.keys]
        found = exact or found
    if not found:
        return Content("No key does that.")
    width = max(cell_len(key.shown) for key in KEYS) + 2
    parts: list[Content] = []

    def add(title: str, keys: list[Key]) -> None:
        if not keys:
            return
        if parts:
            parts.append(Content(""))
        parts.append(Content.styled(title, "bold $text-accent"))
        parts.extend(
            Content.assemble((key.shown + " " * (width - cell_len(key.shown)), "bold"), key.help)
            for key in keys
        )

    here = [key for key in found if pane in key.hinted]
    add(
        {
            Pane.CATEGORIES: "In the categories",
            Pane.POSTS: "In the list of posts",
            Pane.ARTICLE: "In the article",
        }[pane],
        here,
    )
    sections: dict[str, list[Key]] = {}
    for key in found:
        sections.setdefault(key.section, []).append(key)
    for title, keys in sections.items():
        add(title, [key for key in keys if key not in here])
    return Content("\n").join(parts)


class HelpScreen(ModalScreen[None]):
    """All keys; what is typed filters them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter", "dismiss", "Close", show=False),
        Binding("down", "scroll(1)", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(10)", show=False, priority=True),
        Binding("pageup", "scroll(-10)", show=False, priority=True),
    ]

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._pane = pane
        self._text = help_lines(pane, "")

    @property
    def shown(self) -> str:
        """What is listed now, as plain text."""
        return self._text.plain

    def compose(self) -> ComposeResult:
        """A line to type into, and the keys."""
        with Vertical(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "type to search · Esc closes"
            yield Input(placeholder="search", id="help-search", compact=True)
            with VerticalScroll(id="help-keys", can_focus=False):
                yield Static(self._text, id="help-text")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only the keys that are searched for."""
        if event.value in {"?", "？"}:
            self.dismiss()
            return
        self._text = help_lines(self._pane, event.value)
        self.query_one("#help-text", Static).update(self._text)
        self.query_one("#help-keys").scroll_home(animate=False)

    def on_input_submitted(self) -> None:
        """Enter closes as well."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll the keys."""
        self.query_one("#help-keys").scroll_relative(y=lines, animate=False)


class ConfirmScreen(ModalScreen[bool]):
    """A question that `y` or Enter answers with yes and everything else with no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter,Y,ｙ", "answer(True)", "Yes", show=False),
        Binding("n,q,escape,N,ｎ", "answer(False)", "No", show=False),
    ]

    def __init__(self, question: str, hint: str) -> None:
        super().__init__()
        self._question = question
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The question and what answers it."""
        with Vertical(id="confirm") as box:
            box.border_subtitle = "y yes · n no"
            yield Static(Content(self._question))
            yield Static(Content(self._hint), classes="hint")

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)
