"""Convert the Markdown lines that end a news post: its own address, and a line of links.

They are written by a generator and always of one shape, so they need no Markdown reader, which
would take as long for them as the rest of the post does.
"""

from __future__ import annotations

import html
import re
from typing import Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.patterns import compile_late

_WORD: Final = r"[^\W_]++"
_TARGET: Final = r"(?:https?:)?//[a-z0-9.]++(?:/[A-Za-z0-9./-]*+)?"

_ADDRESS: Final = compile_late(
    r"<(?:(https?://[a-z0-9]++(?:[.-][a-z0-9]++)*+(?:[/?][A-Za-z0-9._/?=&-]*+)?)|)>"
)
"""A line of nothing but an address; the group is empty if the generator knew none."""
_LINK: Final = compile_late(rf"\[({_WORD})\]\(({_TARGET})\)")
"""A link: its text and where it leads."""
_NAVIGATION: Final = compile_late(rf"\[{_WORD}\]\({_TARGET}\)(?:[｜ ]\[{_WORD}\]\({_TARGET}\))*+")
"""A line of nothing but links."""

_ANY_LINE: Final = compile_late(
    r"<(?:https?://[^\s<>]*+)?>"
    r"|\[[^\[\]\n]++\]\([^()\n]*+\)(?:[\s｜|·]*+\[[^\[\]\n]++\]\([^()\n]*+\))*+"
)


def are_last_lines(text: str) -> bool:
    """Whether all lines of a text are of that kind, whatever their addresses are."""
    lines = (line.strip() for line in text.split("\n"))
    return all(_ANY_LINE.fullmatch(line) is not None for line in lines if line)


def last_lines_html(markdown: str, token: CancellationToken = NEVER) -> str | None:
    """Convert a Markdown text of nothing but such lines to HTML; None for any other text."""
    paragraphs: list[str] = []
    empty = True
    for line in token.each(markdown.split("\n")):
        if not line:
            empty = True
            continue
        address = _ADDRESS.fullmatch(line)
        if not empty or (address is None and _NAVIGATION.fullmatch(line) is None):
            return None
        empty = False
        if address is None:
            paragraphs.append(f"<p>{_LINK.sub(_link_html, line)}</p>")
        elif address[1]:
            escaped = html.escape(address[1])
            paragraphs.append(f'<p><a href="{escaped}">{escaped}</a></p>')
    return "\n".join(paragraphs)


def _link_html(link: re.Match[str]) -> str:
    return f'<a href="{link[2]}">{link[1]}</a>'
