"""Choose legible syntax colours for known and unknown backgrounds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Protocol

from rich.color import Color, blend_rgb
from rich.style import Style
from rich.syntax import ANSISyntaxTheme, Syntax, SyntaxTheme, TokenType

from newsreader.article.render.contrast import legible_colour

TERMINAL_THEME = "terminal"
"""A theme for any terminal: of the ANSI colours, only red and magenta can be read on black and on
white in the palettes of xterm, Windows, GNOME, macOS and VGA; the rest is bold and dim."""

_DIMMED = 0.4

# Keyed by the names of pygments' tokens, from the outermost.
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


class Lexer(Protocol):
    """The part of pygments' lexers that is used here; pygments has no types."""

    def get_tokens(self, text: str) -> Iterable[tuple[TokenType, str]]:
        """Split a text into tokens, one after the other."""


@lru_cache(maxsize=64)
def code_lexer(language: str) -> Lexer | None:
    """Return the lexer of a language by any of its names; `None` if there is none.

    Cached: pygments looks for plugins each time it does not know a name, which takes 5 ms.
    """
    return Syntax("", language).lexer


@cache
def syntax_theme(name: str) -> SyntaxTheme:
    """Return the theme of a name: `terminal`, one of rich's (`ansi_dark`), or one of pygments'."""
    if name == TERMINAL_THEME:
        return ANSISyntaxTheme(_TERMINAL_STYLES)
    return Syntax.get_theme(name)


def token_style(theme: SyntaxTheme, kind: TokenType, style: Style) -> Style:
    """Return the style of a token, laid over the block's own.

    The theme's background is left out, for the block has its own. If that is a colour of known
    brightness, the token's is moved away from it until it is legible; else it stays as it is.
    """
    over = theme.get_style_for_token(kind)
    colour, dim = over.color, over.dim
    if style.bgcolor is not None and not (
        style.bgcolor.is_default or style.bgcolor.is_system_defined
    ):
        background = style.bgcolor.get_truecolor()
        foreground = colour or style.color
        if foreground is not None and not foreground.is_default:
            triplet = foreground.get_truecolor()
            if dim:
                triplet = blend_rgb(triplet, background, _DIMMED)
            colour, dim = Color.from_triplet(legible_colour(triplet, background)), None
    return style + Style(color=colour, bold=over.bold, italic=over.italic, dim=dim)
