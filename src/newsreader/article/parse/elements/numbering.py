"""Read how the items of a list are numbered: from where, which way, and in which numerals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.parse.attributes import read_number
from newsreader.article.parse.elements.hiding import read_hiding
from newsreader.article.parse.inline import is_visible
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from newsreader.article.cancellation import CancellationToken
    from newsreader.article.document import Numeral
    from newsreader.article.parse.attributes import Attributes

_TYPES: Final[Mapping[str, Numeral]] = {"1": "1", "a": "a", "A": "A", "i": "i", "I": "I"}
_STYLES: Final[Mapping[str, Numeral | None]] = {
    "decimal": "1", "decimal-leading-zero": "1",
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I",
    "cjk-ideographic": "一", "cjk-decimal": "一", "simp-chinese-informal": "一",
    "trad-chinese-informal": "一", "japanese-informal": "一",
    "none": None, "disc": None, "circle": None, "square": None,
}  # fmt: skip
_STYLE: Final = compile_late(r"(?:^|;)\s*list-style(?:-type)?\s*:([^;]*)")


def read_numeral(tag: str, attributes: Attributes) -> Numeral | None:
    """Return the numerals of a list as its style or type say; None for bullets, or no mark."""
    default: Numeral | None = "1" if tag == "ol" else None
    if not attributes:
        return default
    style = attributes.get("style")
    if style:
        for declared in reversed(_STYLE.findall(style.lower())):
            for word in declared.split()[:4]:
                if word in _STYLES:
                    return _STYLES[word]
    kind = (attributes.get("type") or "").strip()
    if kind in _TYPES:
        return _TYPES[kind]
    return None if kind.lower() in ("disc", "circle", "square") else default


def first_number(node: LexborNode, attributes: Attributes) -> int:
    """Return the number of the first item: `start`, or the count of items if they count down."""
    if "reversed" not in attributes or "start" in attributes:
        return read_number(attributes.get("start"), 1)
    count = 0
    child = node.first_child
    while child is not None:
        count += child.tag == "li" and read_hiding("li", child.attributes) != "gone"
        child = child.next
    return count


def item_number(attributes: Attributes) -> int | None:
    """Return the number that an item says it has; None if it goes on counting."""
    value = attributes.get("value")
    found = read_number(value, -1)
    return None if found == -1 and read_number(value, 0) == 0 else found


def has_paragraph(item: LexborNode, token: CancellationToken) -> bool:
    """Whether an item of a list begins with a paragraph."""
    child = item.first_child
    while child is not None:
        token.check()
        if child.tag == "p":
            return True
        if child.tag != "-text" or is_visible(child.text_content or ""):
            return False
        child = child.next
    return False
