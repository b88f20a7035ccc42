"""Read images as figures, and skip those not worth a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.article.document import Figure
from newsreader.article.parse.elements.lazy_images import image_source, is_pixel, is_placeholder
from newsreader.article.parse.liquid import known_address, relative_address, show_spaces
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, clean_line, safe_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

_NO_WORDS: Final = frozenset(
    (
        "image",
        "images",
        "img",
        "photo",
        "picture",
        "pic",
        "图",
        "图片",
        "图像",
        "插图",
        "null",
        "alt",
    )
)
_FILE_NAME: Final = compile_late(
    r"(?:https?:|/|\./)?\S*\.(?:jpe?g|png|gif|webp|svg|bmp|avif|tiff?|ico)(?:[?#!]\S*)?",
    re.IGNORECASE,
)


def read_image(
    node: LexborNode, attributes: Mapping[str, str | None], site_url: str | None, link: Clean
) -> Figure | None:
    """Make the figure of an image; None for a counting pixel or an empty placeholder.

    It has no address if `site_url` is None, which saves half the time.
    """
    if is_pixel(node, attributes):
        return None
    alt = image_words(attributes.get("alt") or "")
    if alt and site_url is None:
        return Figure("image", EMPTY, alt, (), link)
    source = image_source(node, attributes)
    if not alt and is_placeholder(source):
        return None
    if site_url is None:
        return Figure("image", EMPTY, alt, (), link)
    address = safe_link(known_address(source), site_url)
    written = EMPTY if address else relative_address(source)
    return Figure("image", address, alt, (), link, written)


def image_words(alt: str) -> Clean:
    """Return an alternative text on one line; empty if it is a file name or the like."""
    words = clean_line(show_spaces(alt))
    if words.casefold() in _NO_WORDS or (len(words) < 300 and _FILE_NAME.fullmatch(words)):
        return EMPTY
    return words
