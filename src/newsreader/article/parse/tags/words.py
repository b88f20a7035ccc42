"""What a tag that marks words leaves: labels, links, and the titles of what can be folded."""

from __future__ import annotations

import html
import re
from typing import Final

from newsreader.article.parse.tags.arguments import STYLES, Arguments
from newsreader.patterns import compile_late

LABELS: Final = frozenset(
    ("label", "span", "text", "emp", "wavy", "del", "kbd", "psw", "sup", "sub", "u", "p", "mark",
     "checkbox", "radio", "hideInline", "badge", "highlight-text", "underline", "blur")
)  # fmt: skip
BUTTONS: Final = frozenset(("link", "btn", "button", "linkgrid", "btns-item", "linkcard"))
FOLDS: Final = frozenset(
    ("details", "expand", "collapse", "collapsible", "fold", "folding", "spoiler", "tab",
     "hideToggle", "hideBlock", "panel", "accordion", "accordion-item", "step", "card", "foldable",
     "hide", "toggle")
)  # fmt: skip
_TITLES: Final = ("title", "summary", "header", "heading", "name", "label", "tabname")
_TEXTS: Final = ("text", "content", "title", "label", "name")
_PLACES: Final = ("href", "url", "link", "to", "src")
_PLACE: Final = compile_late(r"https?://\S+|(?:\.{0,2}/|#)\S*", re.IGNORECASE)
_ICON: Final = compile_late(r"(?:fa[bsr]?|icon|iconfont)\b.*")


def label_words(arguments: Arguments) -> str:
    """Return the HTML of words that a tag marks: `red, 字`, `primary@字`, `字 red`."""
    return html.escape(_own_words(arguments) or arguments.first(*_TEXTS))


def fold_title(arguments: Arguments) -> str:
    """Return the HTML of the title of what a tag folds; empty if it has none."""
    title = arguments.first(*_TITLES) or _own_words(arguments)
    return f"<p><b>{html.escape(title)}</b></p>" if title else ""


def button_link(arguments: Arguments, text: str = "") -> str:
    """Return the HTML of a link: `text address`, `address, text, icon`, or both with names.

    Args:
        arguments: Those of the tag.
        text: Its words, if they stand between two tags.
    """
    parts = [part for part in _parts(arguments) if not _ICON.fullmatch(part)]
    at = next((n for n, part in enumerate(parts) if _PLACE.fullmatch(part)), -1)
    address = parts.pop(at) if at >= 0 else arguments.first(*_PLACES)
    if not text:
        before = " ".join(parts[:at]) if "," not in arguments.written and at > 0 else ""
        words = html.escape(before or (parts[0] if parts else arguments.first(*_TEXTS)))
        text = words or html.escape(address)
    return f'<a href="{html.escape(address)}">{text}</a>' if address else text


def _own_words(arguments: Arguments) -> str:
    style, sign, words = arguments.written.partition("@")
    if sign and style.strip().lower() in STYLES:
        return words.strip()
    parts = _parts(arguments)
    if "," not in arguments.written:
        return " ".join(part for part in parts if part.lower() not in STYLES)
    own = [part for part in parts if not STYLES.issuperset(part.lower().split())]
    return next((part for part in own if not part.isdecimal() and not _ICON.fullmatch(part)), "")


def _parts(arguments: Arguments) -> list[str]:
    """Return what stands between commas; the words, if there is no comma."""
    if "," not in arguments.written:
        return list(arguments.words)
    parts = (part.strip().strip("\"'").strip() for part in arguments.written.split(","))
    return [part for part in parts if part]
