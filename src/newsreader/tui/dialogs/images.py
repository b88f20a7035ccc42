"""The images of an article, one after the other over the whole screen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from newsreader.cells import blank
from newsreader.frozen import dataclass
from newsreader.messages import phrase
from newsreader.text import Clean, fill, join, literal
from newsreader.tui.background import run
from newsreader.tui.images.pictures import (
    Colour,
    NoPictureError,
    PictureTooLargeError,
    blocks,
    decode_picture,
)
from newsreader.tui.images.protocols import (
    ProtocolName,
    protocol_of,
    terminal_cell_size,
    told_protocol,
)
from newsreader.tui.images.sequences import FORGET_KITTY, SEQUENCES
from newsreader.tui.looks.glyphs import GlyphFilter
from newsreader.tui.looks.terminal_answers import AsksTerminal
from newsreader.tui.looks.terminal_background import answers
from newsreader.tui.looks.terminal_colours import has_no_colour
from newsreader.tui.styles import content, draw
from newsreader.tui.textual_private.drawing import CellFrames
from newsreader.tui.textual_private.driver import write_sequence
from newsreader.tui.textual_private.events import ClosesOnce
from newsreader.tui.values import PostImage

_RETRY_SECONDS: Final = 0.02
"""Seconds until it is looked at again whether the terminal has taken a frame."""

_BLOCK_PIXELS: Final = 4
"""Pixels of an image for which there is one block, if there is room."""

_UPPER_HALF: Final = literal("▀")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An image as it is shown.

    Attributes:
        size: Width and height of the image itself.
        cells: Columns and rows that it takes.
        rows: The colours of its cells; empty if it is no blocks.
        sequence: What is written to the terminal; empty if it is blocks.
    """

    size: tuple[int, int]
    cells: tuple[int, int]
    rows: Sequence[Sequence[tuple[Colour, Colour]]] = ()
    sequence: str = ""


class PicturePane(Widget):
    """The cells of an image, which are blank where the terminal draws it."""

    def __init__(self) -> None:
        super().__init__()
        self._strips: Sequence[Strip] = ()

    def show(self, strips: Sequence[Strip]) -> None:
        """Show lines in the middle of the pane."""
        self._strips = strips
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        width, base = self.size.width, self.rich_style
        row = y - (self.size.height - len(self._strips)) // 2
        if not 0 <= row < len(self._strips):
            return Strip.blank(width, base)
        strip = self._strips[row]
        margin = Strip([draw(blank((width - strip.cell_length) // 2))])
        return Strip.join([margin, strip]).apply_style(base).adjust_cell_length(width, base)


class ImagesScreen(ClosesOnce, ModalScreen[None]):
    """One image at a time; it is read, decoded and written while keys go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,j,l,space,right,down,pagedown", "step(1)", show=False),
        Binding("p,k,h,b,left,up,pageup", "step(-1)", show=False),
        Binding("q,i,escape,enter", "dismiss", show=False),
    ]

    def __init__(self, images: Sequence[PostImage]) -> None:
        """Make the screen for one image or more."""
        super().__init__()
        self._images = images
        self._at = 0
        self._protocol: ProtocolName | None = None
        self._written: _Drawn | None = None

    def compose(self) -> ComposeResult:
        """The image, and a line below it."""
        yield PicturePane()
        yield Static(id="images-caption")

    def on_resize(self) -> None:
        """Show the image in the new size."""
        self._show()

    def on_unmount(self) -> None:
        """Leave nothing of an image on the terminal."""
        self._wipe()

    def action_step(self, by: int) -> None:
        """The next image, or the one before; there the images end."""
        at = min(max(0, self._at + by), len(self._images) - 1)
        if at != self._at:
            self._at = at
            self._show()

    def _show(self) -> None:
        self._say(phrase("Loading …"))
        self._wipe()
        self.query_one(PicturePane).show(())
        description = "show an image"
        self.run_worker(self._load(), group="image", exclusive=True, description=description)

    async def _load(self) -> None:
        image, pane = self._images[self._at], self.query_one(PicturePane)
        if not image.content:
            self._say(phrase("This file is too large"))
            return
        protocol = self._protocol = self._protocol or await self._find_protocol()
        if protocol == "blocks" and has_no_colour(os.environ):
            self._say(phrase("There are no colours to show it with"))
            return
        background = self.background_colors[1].rgb
        halves = not any(isinstance(each, GlyphFilter) for each in self.app.get_line_filters())
        make = partial(_draw_image, image.content, pane.size, background, protocol, halves=halves)
        try:
            drawn = await run(make)
        except PictureTooLargeError:
            self._say(phrase("It has more pixels than are decoded"))
            return
        except NoPictureError:
            self._say(phrase("It cannot be decoded"))
            return
        self._say(fill("{}×{}", *drawn.size))
        if drawn.sequence:
            self._written = drawn
            self._write(drawn)
        else:
            pane.show([_strip(row, halves=halves) for row in drawn.rows])

    async def _find_protocol(self) -> ProtocolName:
        """Find out how the terminal shows images; it is asked but once."""
        told, app = told_protocol(os.environ), self.app
        if told or not isinstance(app, AsksTerminal) or not answers(os.environ.get("TERM", "")):
            return told or "blocks"
        return protocol_of(await app.ask_attributes(partial(write_sequence, app)))

    def _write(self, drawn: _Drawn) -> None:
        """Write an image over the blank cells, as soon as the terminal has these."""
        if self._written is not drawn or not isinstance(self.app, CellFrames):
            return
        region = self.query_one(PicturePane).region
        x = region.x + (region.width - drawn.cells[0]) // 2 + 1
        y = region.y + (region.height - drawn.cells[1]) // 2 + 1
        if not self.app.write_over(f"\x1b7\x1b[{y};{x}H{drawn.sequence}\x1b8"):
            self.set_timer(_RETRY_SECONDS, partial(self._write, drawn))

    def _wipe(self) -> None:
        """Take the image that was written away, by drawing all cells again."""
        if self._written is not None and isinstance(self.app, CellFrames):
            if self._protocol == "kitty":
                write_sequence(self.app, FORGET_KITTY)
            self.app.draw_all()
        self._written = None

    def _say(self, what: Clean) -> None:
        name, count = self._images[self._at].name, len(self._images)
        where = phrase("{:,} of {:,}", self._at + 1, count) if count > 1 else literal("")
        keys = phrase("n p next and previous · q closes") if count > 1 else phrase("q closes")
        parts = (each for each in (where, name, what, keys) if each)
        self.query_one("#images-caption", Static).update(content(join(" · ", parts)))


def _draw_image(
    image: bytes,
    room: tuple[int, int],
    background: Colour,
    protocol: ProtocolName,
    *,
    halves: bool,
) -> _Drawn:
    width, height = terminal_cell_size()
    if protocol == "blocks":  # of which more are needed to see anything
        width, height = _BLOCK_PIXELS, _BLOCK_PIXELS * height // width
    picture = decode_picture(image, room, (width, height), background)
    if protocol == "blocks":
        return _Drawn(picture.size, picture.cells, rows=blocks(picture, halves=halves))
    return _Drawn(picture.size, picture.cells, sequence=SEQUENCES[protocol](picture))


def _strip(row: Sequence[tuple[Colour, Colour]], *, halves: bool) -> Strip:
    """Draw the cells of a row: of the upper half of each in the colour of characters."""
    cell = _UPPER_HALF if halves else blank(1)
    return Strip(
        [
            draw(cell, Style(color=_rgb(upper) if halves else None, bgcolor=_rgb(lower)))
            for upper, lower in row
        ]
    )


def _rgb(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
