"""Find the images of a post's body, wherever in it they are."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from newsreader.article.parse.body_html import body_html
from newsreader.article.parse.elements.lazy_images import IMAGES
from newsreader.article.parse.media import read_image
from newsreader.text import EMPTY


def image_addresses(body: str, base: str) -> list[str]:
    """Return the addresses of the images that a body shows, each once, in order.

    Args:
        body: What follows the front matter, Markdown or HTML; its first 2,000,000 characters.
        base: The address that relative ones are resolved against.

    Counting pixels and empty placeholders are left out, as they are in an article.
    """
    if "<" not in body and "![" not in body:
        return []
    found: dict[str, None] = {}
    for image in LexborHTMLParser(f"<body>{body_html(body).html}").css(", ".join(IMAGES)):
        figure = read_image(image, image.attributes, base, EMPTY)
        if figure is not None and figure.source:
            found[figure.source] = None
    return list(found)
