"""A document as lines of styled text, ready for a terminal of a given width.

All of it is imported when it is first asked for: a reader shows its lists before it needs it.
"""

from typing import TYPE_CHECKING

from newsreader.late import late_names

if TYPE_CHECKING:
    from newsreader.article.render.header import post_header
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

__getattr__ = late_names(
    __name__,
    {
        "PLAIN_PALETTE": "palette",
        "TERMINAL_PALETTE": "palette",
        "Header": "placed",
        "Layout": "placed",
        "Palette": "palette",
        "PlacedAnchor": "placed",
        "PlacedHeading": "placed",
        "PlacedLink": "placed",
        "anchor_of": "placed",
        "layout": "layouts",
        "layout_steps": "layouts",
        "line_at": "placed",
        "line_of_anchor": "placed",
        "post_header": "facts",
        "render_lines": "placed",
        "to_text": "placed",
    },
)
