"""Images as terminals take them."""

from __future__ import annotations

import io
import re
from base64 import b64decode

import pytest
from PIL import Image

from newsreader.tui.images.pictures import Picture, decode_picture
from newsreader.tui.images.sequences import SEQUENCES
from tests.hostile.sequences import IMAGES, read_stream
from tests.tui.images.make_images import BLUE, RED, make_image


def picture_of(content: bytes) -> Picture:
    return decode_picture(content, (80, 24), (10, 20), (0, 0, 0))


def decode_sixels(data: str) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Draw sixels as the standard has them: the colour of each pixel."""
    palette: dict[int, tuple[int, int, int]] = {}
    pixels: dict[tuple[int, int], tuple[int, int, int]] = {}
    x = y = colour = 0
    body = data.partition("q")[2].removesuffix("\x1b\\")
    body = re.sub(r'^"[0-9;]*', "", body)
    for token in re.findall(r"#\d+(?:;2;\d+;\d+;\d+)?|!\d+.|\$|-|[?-~]", body):
        if token.startswith("#"):
            number, _, values = token[1:].partition(";2;")
            colour = int(number)
            if values:
                r, g, b = (round(int(each) * 255 / 100) for each in values.split(";"))
                palette[colour] = (r, g, b)
        elif token == "$":
            x = 0
        elif token == "-":
            x, y = 0, y + 6
        else:
            count = int(token[1:-1]) if token.startswith("!") else 1
            for column in range(x, x + count):
                for bit in range(6):
                    if (ord(token[-1]) - 63) >> bit & 1:
                        pixels[column, y + bit] = palette[colour]
            x += count
    return pixels


def test_sixels_are_the_pixels_of_the_image() -> None:
    content = make_image(33, 20)
    pixels = decode_sixels(SEQUENCES["sixel"](picture_of(content)))
    assert set(pixels) == {(x, y) for x in range(33) for y in range(20)}
    for place, wanted in (((0, 0), RED), ((32, 9), RED), ((0, 10), BLUE), ((32, 19), BLUE)):
        assert all(abs(a - b) < 4 for a, b in zip(pixels[place], wanted, strict=True))


def test_kitty_gets_a_png_in_pieces() -> None:
    image = Image.effect_noise((120, 120), 90)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    written = SEQUENCES["kitty"](picture_of(buffer.getvalue()))
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", written)
    assert pieces[0][0] == "a=T,f=100,q=2,C=1,c=12,r=6,m=1"
    assert [head for head, _ in pieces[1:]] == ["m=1"] * (len(pieces) - 2) + ["m=0"]
    assert max(len(data) for _, data in pieces) <= 4096
    png = b64decode("".join(data for _, data in pieces))
    assert Image.open(io.BytesIO(png)).size == (120, 120)


def test_iterm_gets_a_file_of_so_many_cells() -> None:
    written = SEQUENCES["iterm"](picture_of(make_image(100, 100)))
    head, _, data = written.partition(":")
    assert "inline=1" in head
    assert "width=10;height=5;" in head
    assert Image.open(io.BytesIO(b64decode(data.removesuffix("\x07")))).size == (100, 100)


@pytest.mark.parametrize("name", SEQUENCES)
def test_nothing_else_is_written(name: str) -> None:
    written = SEQUENCES[name](picture_of(make_image(50, 50)))
    stream = read_stream(written.encode(), IMAGES)
    assert (stream.attacks, stream.text) == ([], "")
