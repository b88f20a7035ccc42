"""What the first start shows: a few keys, and how to open posts of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.cells import blank
from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean, fill, literal
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.styles import content
from newsreader.tui.textual_private.events import ClosesOnce

_LOW: Final = 16
"""Screens lower than this have room for what matters most only."""


class WelcomeScreen(ClosesOnce, ModalScreen[None]):
    """Stands over the panes until a key is pressed: the app presses Esc before it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, keymap: Keymap) -> None:
        """Make the screen; it names the keys of `keymap`."""
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The keys, where the posts come from, and the commands that open others."""
        with Vertical(id="welcome") as box:
            box.border_title = content(phrase("Welcome"))
            box.border_subtitle = content(phrase("any key closes this"))
            yield Static(content(literal("\n")).join(self._lines()))

    def on_click(self) -> None:
        """Close."""
        self.dismiss()

    def _lines(self) -> Iterator[Content]:
        name = self._keymap.name
        moving = fill("{} {}", name("move.down"), name("move.up"))
        keys = {
            moving: phrase("next and previous post"),
            name("post.open"): phrase("read it"),
            name("search"): phrase("search"),
            name("app.help"): phrase("all keys"),
            name("app.back"): phrase("back; in the lists, quit"),
        }
        commands = {phrase("newsreader FOLDER"): phrase("opens your own")}
        gap: tuple[Content, ...] = ()
        if self.app.size.height >= _LOW:
            commands[phrase("newsreader feeds add URL")] = phrase("follows a site")
            gap = (content(EMPTY),)
        origin = content(phrase("These posts come with newsreader: invented news."))
        yield from (*_rows(keys), *gap, origin, *gap, *_rows(commands))


def _rows(rows: Mapping[Clean, Clean]) -> Iterator[Content]:
    most = max(map(cell_len, rows))
    for name, meaning in rows.items():
        space = blank(most + 2 - cell_len(name))
        yield content(name, "bold $text-primary") + content(fill("{}{}", space, meaning))
