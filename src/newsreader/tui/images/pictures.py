"""Decode images, and make them fit into cells of the terminal.

Pillow is an extra of the package: whoever calls has looked for it. (`textual-image` would have been
another; it asks the terminal when it is imported, for up to 0.3 s and by reading what is typed, and
writes past the frames of the screen.)
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import Final, TypeAlias

from PIL import Image, ImageOps
from PIL.Image import DecompressionBombError, DecompressionBombWarning, Resampling

from newsreader.frozen import dataclass

MOST_PIXELS: Final = 40_000_000
"""Pixels of an image that are decoded at most: 160 MB. A telephone's photograph has 12 million."""

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO")
"""What `may_be_image` lets through, but for drawings (SVG), which are no pixels."""

_MOST_WIDTH, _MOST_HEIGHT = 1200, 900
"""Pixels that are sent at most: more would keep a slow line busy."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses what has twice as many
warnings.simplefilter("ignore", DecompressionBombWarning)


class NoPictureError(Exception):
    """The bytes are no image that can be shown."""


class PictureTooLargeError(NoPictureError):
    """It has more pixels than are decoded: a few bytes can stand for gigabytes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that fits.

    Attributes:
        pixels: As large as it is to be shown, on the background.
        cells: Columns and rows that it takes.
        size: Width and height of the image itself.
    """

    pixels: Image.Image
    cells: tuple[int, int]
    size: tuple[int, int]


def decode_picture(
    content: bytes,
    room: tuple[int, int],
    cell: tuple[int, int],
    background: Colour,
) -> Picture:
    """Decode an image and make it no larger than the room, in its own proportions.

    Args:
        content: The bytes of a file.
        room: Columns and rows that there are.
        cell: Width and height of a cell in pixels.
        background: What is seen through the image.

    Raises:
        NoPictureError: It cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            size = image.size
            most = min(room[0] * cell[0], _MOST_WIDTH), min(room[1] * cell[1], _MOST_HEIGHT)
            image.draft("RGB", most)  # a JPEG is decoded no larger than it has to be
            upright = ImageOps.exif_transpose(image)
            if upright.size != image.size:
                size = size[::-1] if upright.width == image.height else size
            upright.thumbnail(most, Resampling.LANCZOS)
            layer = upright.convert("RGBA")
    except DecompressionBombError as error:
        raise PictureTooLargeError from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:  # Pillow's
        raise NoPictureError from error
    pixels = Image.new("RGB", layer.size, background)
    pixels.paste(layer, mask=layer)
    columns, rows = -(-pixels.width // cell[0]), -(-pixels.height // cell[1])
    return Picture(pixels, (columns, rows), size)


def blocks(picture: Picture, *, halves: bool) -> Sequence[Sequence[tuple[Colour, Colour]]]:
    """The colours of the upper and the lower half of each cell, row by row.

    Args:
        picture: The image.
        halves: Whether a cell can have two colours.
    """
    columns, rows = picture.cells
    small = picture.pixels.resize((columns, rows * (2 if halves else 1)), Resampling.BOX)
    data = small.tobytes()
    colours = [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]
    lines = [colours[at : at + columns] for at in range(0, len(colours), columns)]
    below = lines[1::2] if halves else lines
    return [
        list(zip(upper, lower, strict=True))
        for upper, lower in zip(lines[:: 2 if halves else 1], below, strict=True)
    ]
