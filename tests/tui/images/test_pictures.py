"""Decoding images, and fitting them into cells."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from newsreader.tui.images.pictures import (
    NoPictureError,
    PictureTooLargeError,
    blocks,
    decode_picture,
)
from tests.tui.images.make_images import BLUE, RED, make_bomb, make_image

CELL = (10, 20)
WHITE = (255, 255, 255)
ORIENTATION = 0x0112


@pytest.mark.parametrize(
    ("size", "room", "cells"),
    [
        ((100, 100), (80, 24), (10, 5)),  # no larger than it is
        ((1000, 1000), (80, 24), (48, 24)),
        ((1000, 100), (80, 24), (80, 4)),
        ((5, 5), (80, 24), (1, 1)),
        ((100, 4000), (80, 24), (2, 24)),
    ],
)
def test_an_image_keeps_its_proportions_and_fits(
    size: tuple[int, int], room: tuple[int, int], cells: tuple[int, int]
) -> None:
    picture = decode_picture(make_image(*size), room, CELL, WHITE)
    assert (picture.cells, picture.size) == (cells, size)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_images_of_each_kind_are_decoded(kind: str) -> None:
    picture = decode_picture(make_image(40, 40, kind), (10, 10), CELL, WHITE)
    rows = blocks(picture, halves=True)
    assert [len(row) for row in rows] == [4, 4]
    for colour, wanted in ((rows[0][1][0], RED), (rows[1][1][1], BLUE)):
        assert all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


def test_a_photograph_that_lies_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    content = make_image(80, 40, "JPEG", exif=exif)
    picture = decode_picture(content, (80, 24), CELL, WHITE)
    assert picture.size == (40, 80)


def test_the_background_is_seen_through_an_image() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (10, 20), (0, 0, 0, 0)).save(buffer, "PNG")
    picture = decode_picture(buffer.getvalue(), (80, 24), CELL, (1, 2, 3))
    assert blocks(picture, halves=False) == [[((1, 2, 3), (1, 2, 3))]]


@pytest.mark.parametrize("content", [make_bomb(100_000, 100_000), make_bomb(20_000, 2_001)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(content: bytes) -> None:
    assert len(content) < 1000
    with pytest.raises(PictureTooLargeError):
        decode_picture(content, (80, 24), CELL, WHITE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no image",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        make_image(40, 40)[:60],
        make_image(400, 400, "JPEG")[:500] + b"\0" * 30,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",  # of what Pillow gives to programs
        make_bomb(60, 60),
    ],
)
def test_what_is_none_is_told_and_raises_nothing_else(content: bytes) -> None:
    try:
        decode_picture(content, (80, 24), CELL, WHITE)
    except NoPictureError:
        return
    assert content.startswith((b"\xff\xd8", b"\x89PNG"))  # the beginning of one was there
