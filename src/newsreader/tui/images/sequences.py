"""Write an image as the sequence by which a terminal shows it, from where its cursor is."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from PIL.Image import Dither, Image

from newsreader.tui.images.pictures import Picture

FORGET_KITTY: Final = "\x1b_Ga=d,d=A,q=2\x1b\\"
"""Takes away all images that kitty shows, and their bytes."""

_CHUNK: Final = 4096
"""Characters of base64 that kitty takes at once."""

_SIXEL_COLOURS: Final = 256
_BAND: Final = 6
"""Rows of pixels of which a sixel is one column."""

_RUN: Final = re.compile(rb"(.)\1{3,}", re.DOTALL)


def kitty_sequence(picture: Picture) -> str:
    """Kitty's graphics protocol: a PNG in pieces, stretched over its cells, unanswered."""
    columns, rows = picture.cells
    data = _encode(picture.pixels, "PNG")
    pieces = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    head = f"a=T,f=100,q=2,C=1,c={columns},r={rows},"
    written = []
    for number, piece in enumerate(pieces, 1):
        written.append(f"\x1b_G{head}m={int(number < len(pieces))};{piece}\x1b\\")
        head = ""
    return "".join(written)


def iterm_sequence(picture: Picture) -> str:
    """ITerm's inline images: a file, of so many cells."""
    columns, rows = picture.cells
    data = _encode(picture.pixels, "JPEG")
    size = len(data) * 3 // 4
    return (
        f"\x1b]1337;File=inline=1;size={size};width={columns};height={rows}"
        f";preserveAspectRatio=0;doNotMoveCursor=1:{data}\x07"
    )


def sixel_sequence(picture: Picture) -> str:
    """Sixels (DEC STD 070): bands of six rows, in each of which every colour is written once."""
    image = picture.pixels.quantize(_SIXEL_COLOURS, dither=Dither.FLOYDSTEINBERG)
    width, height = image.size
    palette = image.getpalette() or []
    colours = (palette[at : at + 3] for at in range(0, len(palette), 3))
    registers = "".join(
        f"#{number};2;" + ";".join(str(round(part * 100 / 255)) for part in colour)
        for number, colour in enumerate(colours)
    )
    bands = "-".join(_bands(image.tobytes(), width, height))
    return f'\x1bP0;1q"1;1;{width};{height}{registers}{bands}\x1b\\'


SEQUENCES: Final[Mapping[str, Callable[[Picture], str]]] = {
    "kitty": kitty_sequence,
    "iterm": iterm_sequence,
    "sixel": sixel_sequence,
}
"""By the names of `ProtocolName`."""


def _bands(pixels: bytes, width: int, height: int) -> Iterator[str]:
    for top in range(0, height, _BAND):
        columns: dict[int, bytearray] = {}
        for row in range(top, min(top + _BAND, height)):
            bit = 1 << (row - top)
            for x, colour in enumerate(pixels[row * width : (row + 1) * width]):
                sixels = columns.get(colour)
                if sixels is None:
                    sixels = columns[colour] = bytearray(width)
                sixels[x] |= bit
        yield "$".join(f"#{colour}{_compress(each)}" for colour, each in columns.items())


def _compress(sixels: bytearray) -> str:
    """Write columns as characters, and four or more of one as its number."""
    written = bytes(63 + each for each in sixels.rstrip(b"\0"))
    return _RUN.sub(lambda run: b"!%d%b" % (len(run[0]), run[1]), written).decode("ascii")


def _encode(image: Image, kind: str) -> str:
    buffer = io.BytesIO()
    image.save(buffer, kind, quality=85)
    return b64encode(buffer.getvalue()).decode("ascii")
