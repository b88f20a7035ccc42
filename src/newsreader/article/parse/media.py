"""Read images and other media as figures, and skip those not worth a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from newsreader.article.document import Figure
from newsreader.article.parse.liquid import known_address, show_spaces
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
_FILE_NAME: Final = re.compile(
    r"(?:https?:|/|\./)?\S*\.(?:jpe?g|png|gif|webp|svg|bmp|avif|tiff?|ico)(?:[?#!]\S*)?",
    re.IGNORECASE,
)
_PLACEHOLDER: Final = re.compile(
    r"(?:^|[/_.-])(?:blank|spacer|placeholder|loading|lazy(?:load)?|transparent|pixel|1x1|space)"
    r"[\w-]{0,40}\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
_LAZY_SOURCES: Final = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-url", "data-echo",
)  # fmt: skip
_TINY_STYLE: Final = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)")


def read_image(attributes: Mapping[str, str | None], site_url: str, link: Clean) -> Figure | None:
    """Make the figure of an `img` tag; None for a counting pixel or an empty placeholder."""
    if _is_tiny(attributes):
        return None
    source = (attributes.get("src") or "").strip()
    for name in _LAZY_SOURCES:
        lazy = (attributes.get(name) or "").strip()
        if lazy and (not source or source.startswith("data:") or _PLACEHOLDER.search(source)):
            source = lazy
            break
    alt = image_words(attributes.get("alt") or "")
    if not alt and (not source or _PLACEHOLDER.search(source)):
        return None
    return Figure("image", safe_link(known_address(source), site_url), alt, (), link)


def image_words(alt: str) -> Clean:
    """Return an alternative text on one line; empty if it is a file name or the like."""
    words = clean_line(show_spaces(alt))
    if words.casefold() in _NO_WORDS or (len(words) < 300 and _FILE_NAME.fullmatch(words)):
        return EMPTY
    return words


def _is_tiny(attributes: Mapping[str, str | None]) -> bool:
    for side in ("width", "height"):
        if (attributes.get(side) or "").strip().removesuffix("px") in ("0", "1"):
            return True
    style = attributes.get("style")
    return bool(style) and _TINY_STYLE.search((style or "").casefold()) is not None


def read_player(
    node: LexborNode, tag: str, attributes: Mapping[str, str | None], site_url: str
) -> Figure | None:
    """Make the figure of an `iframe`, `video` or the like; None if no source is known."""
    kind: Literal["video", "audio", "frame"] = "frame"
    if tag in ("video", "audio"):
        kind = "video" if tag == "video" else "audio"
    figure = _read_source(kind, attributes, site_url)
    child = node.first_child
    while figure is None and child is not None:
        if child.tag == "source":
            figure = _read_source(kind, child.attributes, site_url)
        child = child.next
    return figure


def _read_source(
    kind: Literal["video", "audio", "frame"], attributes: Mapping[str, str | None], site_url: str
) -> Figure | None:
    for name in ("src", "data-src", "data-url", "data"):
        source = safe_link(known_address((attributes.get(name) or "").strip()), site_url)
        if source:
            return Figure(kind, source, clean_line(attributes.get("title") or ""))
    return None
