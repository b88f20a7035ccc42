"""Read the fields of forms that stand in running text: what a browser shows in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.parse.inline import is_visible
from newsreader.text import EMPTY, Clean, clean_line, fill, literal

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes

FIELDS: Final = frozenset(("input", "select", "meter", "progress"))
_BOXES: Final = {
    ("checkbox", False): literal("☐ "), ("checkbox", True): literal("☑ "),
    ("radio", False): literal("○ "), ("radio", True): literal("◉ "),
}  # fmt: skip
_WITH_VALUE: Final = frozenset(
    ("", "text", "search", "url", "email", "tel", "number", "date", "time", "month", "week",
     "datetime-local")
)  # fmt: skip


def field_text(node: LexborNode, tag: str, attributes: Attributes) -> Clean | None:
    """Return what a field shows: a box, a value, the option that is chosen, a measure in per cent.

    None for a measure that says in words what it is: its text is read like any other.
    """
    match tag:
        case "input":
            return _input_text(attributes)
        case "select":
            return _chosen(node)
        case _:
            return None if is_visible(node.text()) else _measure(attributes)


def _input_text(attributes: Attributes) -> Clean:
    kind = (attributes.get("type") or "").strip().lower()
    if kind in ("checkbox", "radio"):
        return _BOXES[kind, "checked" in attributes]
    return clean_line(attributes.get("value") or "") if kind in _WITH_VALUE else EMPTY


def _chosen(select: LexborNode) -> Clean:
    options = select.css("option")
    for option in options:
        if "selected" in option.attributes:
            return clean_line(option.text())
    return clean_line(options[0].text()) if options else EMPTY


def _measure(attributes: Attributes) -> Clean:
    try:
        value = float((attributes.get("value") or "")[:20])
        least = float((attributes.get("min") or "0")[:20])
        most = float((attributes.get("max") or "1")[:20])
        share = (value - least) / (most - least)
        return fill("{} %", round(100 * min(1.0, max(0.0, share))))
    except (ValueError, ZeroDivisionError, OverflowError):
        return EMPTY
