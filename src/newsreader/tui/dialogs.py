"""What stands in front of the panes for a moment: the help, a question, a choice."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.tui.inputs import LineInput
from newsreader.tui.keys import FULL_WIDTH, KEYS, Key, Pane, keys_for
from newsreader.tui.values import Sort

PANE_TITLES = {
    Pane.CATEGORIES: "In the categories",
    Pane.POSTS: "In the list of posts",
    Pane.ARTICLE: "In the article",
}

HELP_WIDTH = 69
"""Cells of a line of the help where there is room; what stands around them takes 9 more."""


def _matches(key: Key, words: list[str]) -> bool:
    text = f"{key.shown} {key.help} {key.section} {key.id}".lower()
    return all(word.lower() in text for word in words)


def help_lines(pane: Pane, search: str, width: int) -> Content:
    """The table of keys as text, those of the pane first.

    Args:
        pane: The pane that had the focus.
        search: Words that a row must all contain; a single character that is a key finds that key.
        width: Cells of a line.
    """
    words = search.split()
    found = [key for key in KEYS if _matches(key, words)]
    if len(search.strip()) == 1:
        found = [key for key in KEYS if search.strip() in key.keys] or found
    if not found:
        return Content("No key does that.")
    column = max(cell_len(key.shown) for key in KEYS) + 2
    here = [key for key in keys_for(pane) if key in found]
    sections = {PANE_TITLES[pane]: here}
    for key in found:
        if key not in here:
            sections.setdefault(key.section, []).append(key)
    lines: list[Content] = []
    for title, keys in sections.items():
        if not keys:
            continue
        if lines:
            lines.append(Content(""))
        lines.append(Content.styled(title, "bold $text-accent"))
        for key in keys:
            first, *rest = wrap(key.help, max(12, width - column))
            pad = " " * (column - cell_len(key.shown))
            lines.append(Content.assemble((key.shown + pad, "bold"), first))
            lines += [Content(" " * column + more) for more in rest]
    return Content("\n").join(lines)


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
        self._text = Content("")

    @property
    def shown(self) -> str:
        """What is listed now, as plain text."""
        return self._text.plain

    def compose(self) -> ComposeResult:
        """A line to type into, and the keys."""
        with Vertical(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "type to search · Esc closes"
            yield LineInput(placeholder="search", id="help-search", compact=True)
            with VerticalScroll(id="help-keys", can_focus=False):
                yield Static(id="help-text")

    def on_mount(self) -> None:
        """Show all keys."""
        self._show("")

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self._show(self.query_one(Input).value)

    def _show(self, search: str) -> None:
        width = min(HELP_WIDTH, self.app.size.width * 96 // 100 - 9)
        self._text = help_lines(self._pane, search, width)
        self.query_one("#help-text", Static).update(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only the keys that are searched for."""
        if event.value in {"?", "？"}:
            self.dismiss()
            return
        self._show(event.value)
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


CURSOR = "$block-cursor-foreground on $block-cursor-background"
"""The style of the line of a choice that Enter would choose."""


class SortScreen(ModalScreen[Sort]):
    """The orders that a list can have; Enter or the letter of one chooses it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down,S,Ｓ", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("enter", "choose", show=False),
        Binding("escape,q,ｑ", "dismiss", show=False),
        *(Binding(f"{s.value[0]},{FULL_WIDTH[s.value[0]]}", f"choose('{s.value}')") for s in Sort),
    ]

    def __init__(self, sort: Sort, title_of: Callable[[Sort], str]) -> None:
        super().__init__()
        self._sorts = tuple(Sort)
        self._now = self._at = self._sorts.index(sort)
        self._title_of = title_of

    def compose(self) -> ComposeResult:
        """One line an order."""
        with Vertical(id="sort") as box:
            box.border_title = "Sort"
            box.border_subtitle = "Enter chooses"
            yield Static(id="sort-orders")

    def on_mount(self) -> None:
        """Show the orders."""
        self._show()

    def _show(self) -> None:
        lines = []
        for at, sort in enumerate(self._sorts):
            mark = "•" if at == self._now else " "
            line = f" {mark} {sort.value[0]}  {self._title_of(sort):<14}"
            lines.append(Content.styled(line, CURSOR if at == self._at else ""))
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
