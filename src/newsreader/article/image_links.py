"""Find the images of a post's body, wherever in it they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from newsreader.article.parse.body_html import body_html
from newsreader.article.parse.elements.lazy_images import IMAGES
from newsreader.article.parse.media import read_image
from newsreader.text import EMPTY

if TYPE_CHECKING:
    from newsreader.posts.model import Post, Site


def image_addresses(post: Post, site: Site, base: str) -> list[str]:
    """Return the addresses of the images that a post shows, each once, in order.

    Args:
        post: The post; the first 2,000,000 characters of its body are read.
        site: Its site.
        base: The address that relative ones are resolved against.

    Counting pixels and empty placeholders are left out, as they are in an article.
    """
    if "<" not in post.body and "![" not in post.body:
        return []
    found: dict[str, None] = {}
    page = body_html(post.body, is_html=post.is_html, options=site.kramdown)
    for image in LexborHTMLParser(f"<body>{page.html}").css(", ".join(IMAGES)):
        figure = read_image(image, image.attributes, base, EMPTY)
        if figure is not None and figure.source:
            found[figure.source] = None
    return list(found)
