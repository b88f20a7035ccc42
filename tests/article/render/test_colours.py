"""Code can be read on every background, and headings and quotes without any colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.color import Color as ThemeColor
from textual.theme import BUILTIN_THEMES

from newsreader.article.document import Document
from newsreader.article.render.contrast import LEAST_CONTRAST, contrast, legible_colour
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import PLAIN_PALETTE, TERMINAL_PALETTE, Palette
from tests.article.values import make_code

RUBY = make_code(
    '# 注释\nclass Kiosk < Shop\n  PRICE = 1.2\n  def sell(to: nil) = raise "卖完" if @open\nend',
    "ruby",
)
triplets = st.builds(ColorTriplet, *[st.integers(0, 255)] * 3)

# Red and magenta, and the background they are seen on at worst, as terminals are shipped.
SHIPPED = {
    "xterm": ((205, 0, 0), (205, 0, 205)),
    "vga": ((170, 0, 0), (170, 0, 170)),
    "gnome": ((192, 28, 40), (163, 71, 186)),
    "macos": ((194, 54, 33), (211, 56, 211)),
}


def palette_on(background: str, text: str, theme: str) -> Palette:
    roles = {name: getattr(PLAIN_PALETTE, name) for name in PLAIN_PALETTE.__slots__}
    roles |= {
        "text": Style(color=text),
        "code_block": Style(bgcolor=background),
        "mark": Style(color=text),
        "code_theme": theme,
    }
    return Palette(**roles)


THEMES = [
    (name, theme.dark, colours["surface"], colours["foreground"])
    for name, theme in BUILTIN_THEMES.items()
    if ThemeColor.parse((colours := theme.to_color_system().generate())["surface"]).a == 1
]


@pytest.mark.parametrize(("name", "dark", "surface", "text"), THEMES, ids=[t[0] for t in THEMES])
def test_code_can_be_read_in_every_theme(name: str, dark: bool, surface: str, text: str) -> None:
    background = ThemeColor.parse(surface)
    shown = background.blend(ThemeColor.parse(text), 1).hex6
    palette = palette_on(background.hex6, shown, "ansi_dark" if dark else "ansi_light")
    lines = layout(Document((RUBY,)), 60, palette).lines
    styles = [s.style for line in lines for s in line if s.text.strip() and s.style]
    assert len({style.color for style in styles}) >= 4
    for style in styles:
        assert style.color is not None
        assert style.bgcolor is not None
        assert not style.dim
        ratio = contrast(style.color.get_truecolor(), style.bgcolor.get_truecolor())
        assert ratio >= LEAST_CONTRAST - 0.01


def test_a_theme_of_pygments_is_made_legible_too() -> None:
    lines = layout(Document((RUBY,)), 60, palette_on("#ffffff", "#000000", "monokai")).lines
    for line in lines:
        for segment in line:
            if segment.text.strip() and segment.style and segment.style.color:
                found = segment.style.color.get_truecolor()
                assert contrast(found, ColorTriplet(255, 255, 255)) >= LEAST_CONTRAST


def test_printed_code_uses_colours_that_no_terminal_hides() -> None:
    styles = [
        s.style for line in layout(Document((RUBY,)), 60).lines for s in line if s.style is not None
    ]
    used = {style.color.name for style in styles if style.color is not None}
    assert used == {"red", "magenta"}
    assert any(style.bold for style in styles)
    assert any(style.dim for style in styles)
    assert TERMINAL_PALETTE.code_theme == "terminal"
    for colours in SHIPPED.values():
        for colour in colours:
            for ground in ((0, 0, 0), (255, 255, 255)):
                assert contrast(ColorTriplet(*colour), ColorTriplet(*ground)) > 2.5


@given(triplets, triplets)
def test_every_colour_can_be_made_legible_and_a_legible_one_stays(
    colour: ColorTriplet, background: ColorTriplet
) -> None:
    found = legible_colour(colour, background)
    assert contrast(found, background) >= LEAST_CONTRAST - 0.01
    if contrast(colour, background) >= LEAST_CONTRAST:
        assert found == colour
    assert Color.from_triplet(found).triplet == found


def test_contrast_is_the_one_of_the_web() -> None:
    white, black = ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0)
    assert contrast(white, black) == contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(ColorTriplet(118, 118, 118), white) == pytest.approx(4.54, abs=0.01)
