"""Read drawings inside a page: the words of an SVG, and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.document import Figure
from newsreader.article.parse.elements.hiding import read_hiding
from newsreader.article.parse.html_tags import BLOCK
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, clean_line, join, safe_link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes

# What is drawn elsewhere, or not at all.
_UNSEEN_NAMES = "title desc metadata defs symbol clippath mask pattern style script marker -comment"
_UNSEEN: Final = frozenset(_UNSEEN_NAMES.split())
_TEXTS: Final = frozenset(("text", "foreignobject"))
_NUMBER: Final = compile_late(r"\s*([0-9]{1,6})")
# A drawing that is not larger is an icon beside words that say the same.
_ICON: Final = 64


def read_drawing(
    svg: LexborNode, attributes: Attributes, site_url: str
) -> tuple[tuple[Figure, ...], Clean]:
    """Read an `svg`: figures for what it says it shows, and the lines of text in it.

    Each `text` is a line of its own, and so is each part of one that begins at another place. One
    without any words is a figure if it is larger than an icon.
    """
    lines: list[list[str]] = []
    figures: list[Figure] = []
    title = clean_line(attributes.get("aria-label") or "")
    stack: list[tuple[LexborNode, bool]] = []
    in_text = False
    node = svg.first_child
    while True:
        while node is None:
            if not stack:
                return _finish(figures, title, lines, attributes)
            parent, in_text = stack.pop()
            node = parent.next
        tag = (node.tag or "").lower()
        if tag == "-text":
            if in_text:
                lines[-1].append(node.text_content or "")
        elif tag == "title" and not stack:
            title = title or clean_line(node.text())
        elif tag not in _UNSEEN:
            own = node.attributes
            if tag == "image":
                address = own.get("href") or own.get("xlink:href") or ""
                figures.append(Figure("image", safe_link(address.strip(), site_url)))
            child = node.first_child
            if child is not None and read_hiding(tag, own) in ("", "visible"):
                if tag in _TEXTS or (in_text and (tag in BLOCK or "x" in own or _moves(own))):
                    lines.append([])
                stack.append((node, in_text))
                in_text = in_text or tag in _TEXTS
                node = child
                continue
        node = node.next


def _moves(attributes: Attributes) -> bool:
    return (attributes.get("dy") or "0").strip("0.empx ") != ""


def _finish(
    figures: list[Figure], title: Clean, lines: list[list[str]], attributes: Attributes
) -> tuple[tuple[Figure, ...], Clean]:
    texts = [text for line in lines if (text := clean_line("".join(line)))]
    if title:
        figures.insert(0, Figure("image", EMPTY, title))
    elif not figures and not texts and _is_large(attributes):
        figures.append(Figure("image", EMPTY))
    return tuple(figures), join("\n", texts)


def _is_large(attributes: Attributes) -> bool:
    if attributes.get("aria-hidden") == "true" or attributes.get("role") == "presentation":
        return False
    width = _NUMBER.match(attributes.get("width") or "")
    if width is None:
        box = (attributes.get("viewbox") or attributes.get("viewBox") or "").split()
        width = _NUMBER.match(box[2]) if len(box) == 4 else None
    return width is not None and int(width[1]) > _ICON
