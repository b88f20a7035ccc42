"""Colours of code that can be read, on a background that is known and on one that is not."""

from __future__ import annotations

from functools import cache

from rich.color import Color, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.style import Style
from rich.syntax import ANSISyntaxTheme, Syntax, SyntaxTheme, TokenType

TERMINAL_THEME = "terminal"
"""A theme for any terminal: of the ANSI colours, only red and magenta can be read on black and on
white in the palettes of xterm, Windows, GNOME, macOS and VGA; the rest is bold and dim."""

LEAST_CONTRAST = 4.5
"""What WCAG 2.2 asks of text (success criterion 1.4.3)."""

_DIMMED = 0.4
_STEPS = 16

# By the names of pygments' tokens, from the outermost.
_TERMINAL_STYLES: dict[TokenType, Style] = {
    ("Comment",): Style(dim=True),
    ("Keyword",): Style(bold=True),
    ("Operator", "Word"): Style(bold=True),
    ("Name", "Tag"): Style(bold=True),
    ("Name", "Class"): Style(bold=True),
    ("Name", "Function"): Style(bold=True),
    ("Name", "Constant"): Style(color="red"),
    ("Name", "Variable"): Style(color="red"),
    ("Name", "Decorator"): Style(color="red"),
    ("Literal", "Number"): Style(color="red"),
    ("Literal", "String"): Style(color="magenta"),
    ("Generic", "Deleted"): Style(color="red"),
    ("Generic", "Inserted"): Style(color="magenta"),
    ("Generic", "Heading"): Style(bold=True),
    ("Generic", "Subheading"): Style(bold=True),
    ("Generic", "Strong"): Style(bold=True),
    ("Generic", "Emph"): Style(italic=True),
}


@cache
def syntax_theme(name: str) -> SyntaxTheme:
    """The theme of a name: `terminal`, one of rich's (`ansi_dark`), or one of pygments'."""
    if name == TERMINAL_THEME:
        return ANSISyntaxTheme(_TERMINAL_STYLES)
    return Syntax.get_theme(name)


def token_style(theme: SyntaxTheme, kind: TokenType, style: Style) -> Style:
    """The style of a token, laid over a block's own.

    The theme's background is left out, for the block has its own. Where that is a colour of known
    brightness, the token's is moved away from it until it can be read; else it stays as it is.
    """
    over = theme.get_style_for_token(kind)
    colour, dim = over.color, over.dim
    if style.bgcolor is not None and not (
        style.bgcolor.is_default or style.bgcolor.is_system_defined
    ):
        background = style.bgcolor.get_truecolor()
        shown = colour or style.color
        if shown is not None and not shown.is_default:
            triplet = shown.get_truecolor()
            if dim:
                triplet = blend_rgb(triplet, background, _DIMMED)
            colour, dim = Color.from_triplet(legible(triplet, background)), None
    return style + Style(color=colour, bold=over.bold, italic=over.italic, dim=dim)


def legible(colour: ColorTriplet, background: ColorTriplet) -> ColorTriplet:
    """The colour nearest to a given one, towards white or black, that can be read."""
    white, black = ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0)
    end = max(white, black, key=lambda far: contrast(far, background))
    for step in range(_STEPS + 1):
        found = blend_rgb(colour, end, step / _STEPS)
        if contrast(found, background) >= LEAST_CONTRAST:
            return found
    return end


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: ColorTriplet) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
