"""The help: every key, searchable."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.messages import phrase, phrase_of
from newsreader.tui.keyboard.key_names import key_name
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.keys import KEYS, Key, Pane, keys_for
from newsreader.tui.panes.line_input import LineInput
from newsreader.tui.styles import content, wrap
from newsreader.tui.textual_private.events import ClosesOnce

PANE_TITLES = {
    Pane.CATEGORIES: "In the categories",
    Pane.POSTS: "In the list of posts",
    Pane.ARTICLE: "In the article",
}

_NARROW = 50
_NARROW_COLUMN = 9
"""Cells of keys where there are fewer for both; more of them stand on a line of their own."""

HELP_WIDTH = 69
"""Cells of a line of the help if there is room; what stands around them takes 9 more."""


def _matches(key: Key, label: str, words: list[str]) -> bool:
    words_of_it = (key.help, phrase_of(key.help), phrase_of(key.section), key.section)
    text = f"{label} {' '.join(words_of_it)} {key.id}".lower()
    return all(word.lower() in text for word in words)


def help_lines(pane: Pane, search: str, width: int, keymap: Keymap = DEFAULT_KEYMAP) -> Content:
    """Write the table of keys, those of the pane first.

    Args:
        pane: The pane that had the focus.
        search: Words that a row must all contain; a single character that is a key finds that key.
        width: Cells of a line.
        keymap: The keys as they are bound.
    """
    words = search.split()
    labels = {key.id: keymap.label(key) or "—" for key in KEYS}
    found = [key for key in KEYS if _matches(key, labels[key.id], words)]
    typed = search.strip()
    if len(typed) == 1 or typed in labels.values():
        bound = [key for key in KEYS if typed in map(key_name, keymap.keys(key))]
        found = bound or found
    if not found:
        return content(phrase("No key does that."))
    column = max(cell_len(label) for label in labels.values()) + 2
    if width < _NARROW:
        column = _NARROW_COLUMN
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
        lines.append(content(phrase_of(title), "bold $text-accent"))
        for key in keys:
            first, *rest = wrap(phrase_of(key.help), max(12, width - column))
            label = labels[key.id]
            pad = " " * (column - cell_len(label))
            if not pad:  # the keys have a line to themselves
                lines.append(Content.assemble((label, "bold")))
                label, pad = "", " " * column
            lines.append(Content.assemble((label + pad, "bold"), first))
            lines += [Content(" " * column + more) for more in rest]
    return Content("\n").join(lines)


class HelpScreen(ClosesOnce, ModalScreen[None]):
    """All keys; what is typed filters them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter", "dismiss", "Close", show=False),
        Binding("down", "scroll(1)", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(10)", show=False, priority=True),
        Binding("pageup", "scroll(-10)", show=False, priority=True),
    ]

    def __init__(self, pane: Pane, keymap: Keymap = DEFAULT_KEYMAP) -> None:
        super().__init__()
        self._pane = pane
        self._keymap = keymap
        self._text = Content("")

    @property
    def text(self) -> str:
        """The keys that are listed now, as plain text."""
        return self._text.plain

    def compose(self) -> ComposeResult:
        """A line to type into, and the keys."""
        with Vertical(id="help") as box:
            box.border_title = content(phrase("Keys"))
            box.border_subtitle = content(phrase("type to search · Esc closes"))
            yield LineInput(placeholder=phrase("search"), id="help-search", compact=True)
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
        self._text = help_lines(self._pane, search, width, self._keymap)
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
