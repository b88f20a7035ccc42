"""Read what HTML attributes say about an element: hidden, bold, centred and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from newsreader.article.cancellation import CancellationToken
from newsreader.patterns import compile_late
from newsreader.text import Clean, clean_line

# A search for a literal takes a fifth of the time that one for either of two names does.
_WANTED_ANCHOR: Final = compile_late(r"""=(?<=href=)\s*+["']?#([^"'\s>]++)""", re.IGNORECASE)
_NAME: Final = compile_late(r"""=(?:(?<=\bid=)|(?<=\bname=))\s*+["']?([^"'\s>]++)""", re.IGNORECASE)
_SPACED: Final = compile_late(r"(?<!\s)\s++=")

Attributes: TypeAlias = Mapping[str, str | None]

# Elements whose content is never shown.
_NOTHING_NAMES = (
    "script style template noscript button form head title meta link base select "
    "option textarea canvas area col colgroup rp param source track "
    "datalist noembed noframes -comment -doctype"
)
NOTHING: Final = frozenset(_NOTHING_NAMES.split())
# Classes of the line numbers that Rouge, Pygments, GitHub and highlight.js put beside code.
_NO_NAMES: Final = frozenset[str]()
_GUTTER_CLASSES: Final = frozenset(
    ("lineno", "linenos", "linenodiv", "line-number", "rouge-gutter", "blob-num", "hljs-ln-numbers")
)
_BACK_CLASSES: Final = frozenset(("footnote-backref", "reversefootnote"))
_BOLD_STYLE: Final = compile_late(
    r"(?:^|;)\s*font-weight\s*:\s*(?:(bold|bolder|[6-9]00)|normal|400)\b"
)
_DECLARATION: Final = compile_late(
    r"(?:^|;)\s*(display|visibility|white-space(?:-collapse)?)\s*:\s*([a-z-]+)"
)
_KEEPING: Final = frozenset(("pre", "pre-wrap", "pre-line", "break-spaces", "preserve"))
_BOXES: Final = frozenset(("block", "flex", "grid", "table", "list-item", "flow-root"))
_MOST_REMEMBERED: Final = 300
_CENTRED_STYLE: Final = compile_late(r"(?:^|;)\s*text-align\s*:\s*center\b")
_STOCK_CLASSES: Final = frozenset(("keytip", "em_stock_key_common"))


def class_names(attributes: Attributes) -> frozenset[str]:
    """Return the classes of an element in lower case; a page's repeat, so each text is read once.

    Case does not count, as on a page in quirks mode.
    """
    classes = attributes.get("class")
    if not classes:
        return _NO_NAMES
    if len(classes) <= _MOST_REMEMBERED:
        return _read_names_again(classes)
    return _read_names(classes)


def _read_names(classes: str) -> frozenset[str]:
    return frozenset(classes.lower().split())


_read_names_again = lru_cache(maxsize=1_000)(_read_names)


def is_gutter(tag: str, attributes: Attributes) -> bool:
    """Whether an element holds the line numbers of the code beside it."""
    names = class_names(attributes)
    return bool(names) and (
        not _GUTTER_CLASSES.isdisjoint(names) or (tag == "td" and "gutter" in names)
    )


def is_back_link(attributes: Attributes) -> bool:
    """Whether a link leads from a footnote back to its mark in the text."""
    return not _BACK_CLASSES.isdisjoint(class_names(attributes))


def font_weight(attributes: Attributes) -> bool | None:
    """Whether an element's style makes its text bold; None if the style does not say."""
    style = attributes.get("style")
    if not style or "font-weight" not in style.lower():
        return None
    found = _BOLD_STYLE.search(style.lower())
    return None if found is None else found[1] is not None


class BoxStyle(NamedTuple):
    """What a `style` says about how an element is laid out; empty where it does not say.

    Attributes:
        display: The last value of `display`.
        visibility: The last value of `visibility`.
        keeps_lines: Whether line feeds end lines; None if it does not say.
        is_boxed: Whether it is a block (True) or part of a line (False); None if it is neither, or
            does not say.
    """

    display: str = ""
    visibility: str = ""
    keeps_lines: bool | None = None
    is_boxed: bool | None = None


def read_layout(style: str) -> BoxStyle:
    """Read what a `style` says; those of a page repeat, so that each is parsed once."""
    return _read_again(style) if len(style) <= _MOST_REMEMBERED else _read_layout(style)


def _read_layout(style: str) -> BoxStyle:
    display = visibility = space = ""
    for name, value in _DECLARATION.findall(style.lower()):
        match name:
            case "display":
                display = value
            case "visibility":
                visibility = value
            case _:
                space = value
    is_boxed = display != "inline" if display == "inline" or display in _BOXES else None
    return BoxStyle(display, visibility, space in _KEEPING if space else None, is_boxed)


_read_again = lru_cache(maxsize=1_000)(_read_layout)


def is_centred(attributes: Attributes) -> bool:
    """Whether an element centres its text."""
    if (attributes.get("align") or "").lower() == "center":
        return True
    style = attributes.get("style")
    return bool(style) and _CENTRED_STYLE.search((style or "").lower()) is not None


def is_stock(attributes: Attributes) -> bool:
    """Whether a link is a stock link, which a news site puts on every company name."""
    if "data-code" in attributes:
        return True
    return not _STOCK_CLASSES.isdisjoint(class_names(attributes))


def read_number(text: str | None, default: int) -> int:
    """Parse an attribute as a whole number, or return `default`."""
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def find_anchors(html: str, token: CancellationToken) -> frozenset[Clean]:
    """Return the names of the anchors that links of the page lead to."""
    if any(f"{space}=" in html for space in " \n\t\r\f"):
        html = _SPACED.sub("=", html)
    found = token.each(_WANTED_ANCHOR.findall(html))
    wanted = {clean_line(unquote(name)) for name in found}
    if not wanted:
        return frozenset()
    return frozenset(wanted.intersection(_NAME.findall(html)))
