"""Find the address of an image that a script would load later, and its twin for readers without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.article.parse.elements.hiding import read_hiding
from newsreader.article.parse.liquid import known_address
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

IMAGES: Final = frozenset(("img", "image", "amp-img", "amp-anim"))
"""The tags of images; `image` is what old pages write for `img`."""

_PLACEHOLDER: Final = compile_late(
    r"(?:^|[/_.-])(?:blank|spacer|placeholder|loading|lazy(?:load)?|transparent|pixel|1x1|space)"
    r"[\w-]{0,40}\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
# One pixel, as GIF and PNG begin; and a drawing too short to show anything.
_ONE_PIXEL: Final = compile_late(
    r"data:(?:image/gif;base64,R0lGOD[dl]hAQAB|image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"
    r"|image/svg\+xml[^<]{0,100}(?:<svg|%3Csvg|PHN2Zy)\S{0,300}+\Z|,|[^,]*,\Z)",
    re.IGNORECASE,
)
_LAZY_SOURCES: Final = (
    "data-src", "data-original", "data-lazy-src", "data-cfsrc", "data-actualsrc", "data-url",
    "data-echo", "data-lazy", "data-lazyload", "data-original-src", "data-orig-file",
    "data-full-src", "data-hi-res-src", "data-img-src", "data-image-src", "data-source",
    "data-backsrc", "lazy-src", "lazysrc", "real_src", "_src", "file", "zoomfile",
)  # fmt: skip
_LAZY_SETS: Final = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-set")
_SETS: Final = (*_LAZY_SETS, "srcset")
_LAZY_NAMES: Final = frozenset((*_LAZY_SOURCES[:8], *_LAZY_SETS))
_CANDIDATE: Final = compile_late(r"([^\s,]\S*+)(?:\s++([0-9.]{1,9})[wxh](?=[\s,]|\Z))?[^,]{0,99}")
_TINY_STYLE: Final = compile_late(r"(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)")
_LAZY_CLASS: Final = compile_late(r"(?:^|\s)[\w-]*lazy", re.IGNORECASE)
# How far around an image its twin may be: `<picture>`, a link, a box of a plugin.
_AROUND: Final = 3
_WRAPPERS: Final = frozenset(["picture", "a", "span", "div", "figure"])
_MEDIA: Final = ", ".join((*IMAGES, "iframe", "video", "audio"))


def is_placeholder(source: str) -> bool:
    """Whether an address shows nothing: it is empty, one pixel, or named like a stand-in."""
    if source.startswith("data:"):
        return _ONE_PIXEL.match(source) is not None
    return not source or _PLACEHOLDER.search(source) is not None


def image_source(node: LexborNode, attributes: Mapping[str, str | None]) -> str:
    """Return the address of an image as written, the true one if a script would put it in place.

    The attributes of lazy loaders count if `src` shows nothing or a class says that the image is
    lazy, then `srcset`, then the sources of a `picture` around it.
    """
    source = (attributes.get("src") or "").strip()
    is_sure = not source.startswith("data:") and not is_placeholder(source)
    if is_sure and not _LAZY_CLASS.search(attributes.get("class") or ""):
        return source
    return _late_source(node, attributes) or source


def is_lazy(attributes: Mapping[str, str | None]) -> bool:
    """Whether an image waits for a script that gives it its address, and perhaps shows it."""
    return not _LAZY_NAMES.isdisjoint(attributes) and any(map(attributes.get, _LAZY_NAMES))


def _late_source(node: LexborNode, attributes: Mapping[str, str | None]) -> str:
    found = _named_source(attributes)
    parent = node.parent
    if found or parent is None or parent.tag != "picture":
        return found
    child = parent.first_child
    while child is not None:
        if child.tag == "source":
            found = _named_source(child.attributes) or (child.attributes.get("src") or "").strip()
            if found:
                return found
        child = child.next
    return ""


def _named_source(attributes: Mapping[str, str | None]) -> str:
    for name in _LAZY_SOURCES:
        if name not in attributes:
            continue
        found = (attributes[name] or "").strip()
        if not is_placeholder(found) and not found.startswith("data:"):
            return found
    for name in _SETS:
        if name in attributes and (found := _largest(attributes[name] or "")):
            return found
    return ""


def _largest(candidates: str) -> str:
    """Return the address of the largest image of a `srcset`, the first of equal ones."""
    best, size = "", -1.0
    for found in _CANDIDATE.finditer(candidates[:20_000]):
        address = found[1].rstrip(",")
        width = float(found[2]) if found[2] and found[2].count(".") < 2 and found[2] != "." else 1.0
        if width > size and not is_placeholder(address) and not address.startswith("data:"):
            best, size = address, width
    return best


def _is_tiny(attributes: Mapping[str, str | None]) -> bool:
    for side in ("width", "height"):
        if (attributes.get(side) or "").strip().removesuffix("px") in ("0", "1"):
            return True
    style = attributes.get("style")
    return bool(style) and _TINY_STYLE.search((style or "").casefold()) is not None


def is_pixel(node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """Whether an image is one pixel that counts visits, or keeps a place."""
    return _is_tiny(attributes) and not (
        is_lazy(attributes) and not is_placeholder(_late_source(node, attributes))
    )


def twin_media(noscript: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Yield the media of a `noscript`, with their tags: what a page shows without its script."""
    only = noscript.first_child
    is_alone = only is not None and only.next is None and only.tag in IMAGES
    for node in [only] if only is not None and is_alone else noscript.css(_MEDIA):
        attributes = node.attributes
        if read_hiding(node.tag or "", attributes) == "" and not is_pixel(node, attributes):
            yield node, node.tag or ""


def has_twin(node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """Whether a medium is shown by the `noscript` beside it, which has its true address.

    It is the one after a lazy image, or one on either side that shows the same address.
    """
    after = _neighbour(node, forward=True)
    if after is not None and is_lazy(attributes):
        return next(twin_media(after), None) is not None
    before = _neighbour(node, forward=False)
    if after is None and before is None:
        return False
    own = known_address(image_source(node, attributes))
    is_stand_in = own.startswith("data:") or is_placeholder(own)
    is_unsure = is_stand_in or bool(read_hiding("", attributes))
    if after is not None and (is_unsure or _shows(after, own)):
        return next(twin_media(after), None) is not None
    if before is None:
        return False
    if is_stand_in:
        return next(twin_media(before), None) is not None
    return _shows(before, own)


def _shows(noscript: LexborNode, source: str) -> bool:
    return any(
        known_address(image_source(node, node.attributes)) == source
        for node, _ in twin_media(noscript)
    )


def _neighbour(node: LexborNode, *, forward: bool) -> LexborNode | None:
    """Return the `noscript` next to a node or to the boxes that it alone is in."""
    for _ in range(_AROUND):
        beside = node.next if forward else node.prev
        if beside is not None and beside.tag == "-text" and not (beside.text_content or "").strip():
            beside = beside.next if forward else beside.prev
        if beside is not None:
            return beside if beside.tag == "noscript" else None
        parent = node.parent
        if parent is None or parent.tag not in _WRAPPERS:
            return None
        node = parent
    return None
