"""Obsidian's marks, where nothing else can be meant: links, images, callouts, highlights, comments.

Callouts are GitHub's alerts as well. A bare `[[x]]` stays as it is: it may be the test of a shell.
"""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import quote

from newsreader.patterns import compile_late

MARKS: Final = (
    r"(?P<mark>!\[\[(?P<embedded>[^\[\]|\n]++)(?:\|(?P<size>[^\[\]\n]*+))?\]\]"
    r"|(?<![!\[\w])\[\[(?P<target>[^\[\]|\n]++)\|(?P<shown>[^\[\]\n]++)\]\](?![(\[:])"
    r"|(?<![=!<>A-Za-z0-9])==(?=[^\s=])(?P<marked>[^=\n`<>]*+)(?<=\S)==(?!=)"
    r"|^%%[^%\n]*+%%[ \t]*$)"
)
"""A pattern for all but callouts; needs `re.MULTILINE`."""
CALLOUT: Final = (
    r"^(?P<quote>[ ]{0,3}(?:>[ ]?+)++)(?P<sign>\[!)(?P<callout>[A-Za-z][A-Za-z-]{1,20})"
    r"(?:\|[^\]\n]*+)?\][+-]?[ \t]*(?P<title>[^\n]*)"
)
"""A pattern for the first line of a callout; needs `re.MULTILINE`."""
_IMAGE: Final = compile_late(r"(?:jpe?g|png|gif|webp|svg|bmp|avif|tiff?)", re.IGNORECASE)
_SIZE: Final = compile_late(r"[0-9]+(?:x[0-9]+)?")


def has_marks(body: str) -> bool:
    """Whether any of the marks may be in a text."""
    return "[[" in body or "==" in body or "%%" in body or "[!" in body


def replace_mark(found: re.Match[str]) -> str:
    """Return what a match of `MARKS` stands for, as Markdown."""
    if (target := found["embedded"]) is not None:
        target = target.rstrip("\\")
        words = (found["size"] or "").rpartition("|")[0] or found["size"] or ""
        words = "" if _SIZE.fullmatch(words) else words
        if _IMAGE.fullmatch(target.partition("#")[0].rpartition(".")[2]):
            return f'<img src="{html.escape(quote(target.strip()))}" alt="{html.escape(words)}">'
        return f"▶ {html.escape(words or target)}"
    if found["target"] is not None:
        return str(found["shown"])
    return "" if found["marked"] is None else f"<mark>{found['marked']}</mark>"


def replace_callout(found: re.Match[str]) -> str:
    """Return the first lines of the quote that a match of `CALLOUT` begins."""
    title = found["title"].strip() or found["callout"].replace("-", " ").capitalize()
    return f"{found['quote']}**{title}**\n{found['quote'].rstrip()}"
