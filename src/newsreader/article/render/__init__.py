"""A document as lines of styled text, ready for a terminal of a given width."""

from newsreader.article.render.layout import layout
from newsreader.article.render.palette import PLAIN_PALETTE, TERMINAL_PALETTE, Palette
from newsreader.article.render.placed import (
    Header,
    Layout,
    PlacedHeading,
    PlacedLink,
    line_at,
    render_lines,
    to_text,
)

__all__ = [
    "PLAIN_PALETTE",
    "TERMINAL_PALETTE",
    "Header",
    "Layout",
    "Palette",
    "PlacedHeading",
    "PlacedLink",
    "layout",
    "line_at",
    "render_lines",
    "to_text",
]
