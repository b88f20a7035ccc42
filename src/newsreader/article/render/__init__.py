"""A document as lines of styled text, ready for a terminal of a given width."""

from newsreader.article.render.facts import post_header
from newsreader.article.render.layout import layout, layout_steps
from newsreader.article.render.palette import PLAIN_PALETTE, TERMINAL_PALETTE, Palette
from newsreader.article.render.placed import (
    Header,
    Layout,
    PlacedAnchor,
    PlacedHeading,
    PlacedLink,
    anchor_of,
    line_at,
    line_of_anchor,
    render_lines,
    to_text,
)

__all__ = [
    "PLAIN_PALETTE",
    "TERMINAL_PALETTE",
    "Header",
    "Layout",
    "Palette",
    "PlacedAnchor",
    "PlacedHeading",
    "PlacedLink",
    "anchor_of",
    "layout",
    "layout_steps",
    "line_at",
    "line_of_anchor",
    "post_header",
    "render_lines",
    "to_text",
]
