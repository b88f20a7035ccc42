"""Handle Liquid, Jekyll's template language: what is read, and what replaces the rest.

Nothing is computed. Values are unknown except the site's address; tags leave nothing; `raw` and
`comment` do what they do in Jekyll. Inside code, Liquid is text like any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, clean_line, derive, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Private characters that stand for a space, a line end, a bar and a brace of Liquid while Markdown
# is read: no link target may hold a space, a bar parts the cells of a table, and text in `raw` is
# no Liquid any more.
_SPACE: Final = "\U000f4e53"
_LINE_END: Final = "\U000f4e54"
_BRACE: Final = "\U000f4e55"
_BAR: Final = "\U000f4e56"
_HIDE: Final = str.maketrans({" ": _SPACE, "\n": _LINE_END, "|": _BAR})
_SHOW: Final = str.maketrans({_SPACE: " ", _LINE_END: "\n", _BAR: "|", _BRACE: "{"})
_SCHEME: Final = compile_late(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HIDDEN: Final = compile_late(f"[{_SPACE}{_LINE_END}{_BAR}{_BRACE}]")

# Each match stops where another begins, so that a million of them are read in linear time.
_VALUE: Final = r"\{\{(?:[^{}\n]|\}(?!\})|\n(?![ \t]*\n))*+\}\}"
_TAG: Final = r"\{%(?:[^{%\n]|%(?!\})|\{(?!%)|\n(?![ \t]*\n))*+%\}"
_LIQUID: Final = compile_late(f"{_VALUE}|{_TAG}")
# `<{{ url }}>` is an address to Markdown.
_SHOWN: Final = compile_late(f"<{_VALUE}>|{_VALUE}|{_TAG}")
_SITE: Final = compile_late(r"\{\{\s*site\.(?:base)?url\s*\}\}")
_PATH: Final = compile_late(
    r"""\{\{\s*(?:"([^"{}]*+)"|'([^'{}]*+)')\s*\|\s*(?:relative_url|absolute_url)\s*\}\}"""
)
_BEGINS: Final = compile_late(r"\{[{%]|%7B(?:%|\{)", re.IGNORECASE)

_MARKED: Final = compile_late(f"\\{{|{_HIDDEN.pattern}")
_BEGUN: Final = compile_late(f"\\{{[{{%]|{_HIDDEN.pattern}")

_EVENT: Final = compile_late(
    r"^[ \t]*+(?P<fence>`{3,}+|~{3,}+)|\{%-?\s*(?P<tag>raw|comment)\s*-?%\}"
    r"|\{::(?P<kramdown>comment)[ \t]*\}",
    re.MULTILINE,
)
_ENDS: Final = {
    "raw": re.compile(r"\{%-?\s*endraw\s*-?%\}"),
    "comment": re.compile(r"\{%-?\s*endcomment\s*-?%\}"),
    "kramdown": re.compile(r"\{:/(?:comment)?[ \t]*\}"),
}
_ENDS_IN_FENCE: Final = compile_late(
    r"^[ \t]*+(?P<fence>`{3,}+|~{3,}+)|\{%-?\s*endraw\s*-?%\}", re.MULTILINE
)

_UNKNOWN: Final = literal("…")


def settle_liquid(body: str, token: CancellationToken = NEVER, *, kramdown: bool = True) -> str:
    """Remove comments (Liquid's, and kramdown's if so asked) and protect `raw` text from Liquid.

    Comments inside fenced code stay; `raw` inside has to end inside. What nothing closes stays as
    it is. Time is linear.
    """
    if "{%" not in body and "{::" not in body:
        return body
    pieces: list[str] = []
    endless: set[str] = set() if kramdown else {"kramdown"}
    at = rest_start = open_until = 0
    fence = ""
    while (event := _EVENT.search(body, at)) is not None:
        token.check()
        at = event.end()
        if mark := event["fence"]:
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
            continue
        kind = event["tag"] or "kramdown"
        if kind in endless or (fence and (kind != "raw" or at < open_until)):
            continue
        end = (_ENDS_IN_FENCE if fence else _ENDS[kind]).search(body, at)
        if end is None:
            endless.add(kind)
            continue
        if fence and end["fence"]:
            open_until = end.start()
            continue
        pieces.append(body[rest_start : event.start()])
        if kind == "raw":
            pieces.append(hide_brace(body[at : end.start()]))
        rest_start = at = end.end()
    pieces.append(body[rest_start:])
    return "".join(pieces)


def has_liquid(text: str) -> bool:
    """Whether a text holds Liquid, or the private characters that stand for some of it."""
    return "{" in text or _BRACE in text


def is_plain(text: str) -> bool:
    """Whether a text holds no brace, and none of the private characters."""
    return _MARKED.search(text) is None


def begins_liquid(text: str) -> bool:
    """Whether a text holds what may begin a tag or a value, or one of the private characters."""
    return _BEGUN.search(text) is not None


def hide_brace(text: str) -> str:
    """Protect the Liquid of a text, so that it is shown as written."""
    return re.sub(r"\{(?=[{%])", _BRACE, text)


def hide_spaces(text: str) -> str:
    """Replace the spaces in the Liquid of a Markdown text; `show_spaces` restores them."""
    return _LIQUID.sub(lambda tag: tag[0].translate(_HIDE), text) if "{" in text else text


def show_spaces(text: str) -> str:
    """Restore the spaces, line ends and braces of Liquid in a text."""
    return text.translate(_SHOW) if _HIDDEN.search(text) is not None else text


def part_liquid(text: Clean) -> Iterator[tuple[Clean, bool]]:
    """Yield the texts between Liquid tags; True if one stands for an unknown value."""
    text = derive(text, text.replace(_SPACE, " ").replace(_LINE_END, "\n").replace(_BAR, "|"))
    at = 0
    for found in _SHOWN.finditer(text):
        yield derive(text, text[at : found.start()].replace(_BRACE, "{")), False
        if not found[0].startswith("{%"):
            yield _UNKNOWN, True
        at = found.end()
    yield derive(text, text[at:].replace(_BRACE, "{")), False


def known_address(address: str) -> str:
    """Fill in the known Liquid of an address; empty if other Liquid is in it."""
    if "{" not in address and "%7B" not in address and _BRACE not in address:
        return address
    if "%7B" in address:
        address = unquote(address)
    address = address.translate(_SHOW)
    address = _PATH.sub(lambda path: path[1] or path[2] or "", _SITE.sub("", address))
    return "" if _BEGINS.search(address) is not None else address


def relative_address(address: str) -> Clean:
    """Return the address of a medium as written, if it is a relative one that is known."""
    is_relative = bool(known_address(address)) and _SCHEME.match(address) is None
    return clean_line(address) if is_relative else EMPTY
