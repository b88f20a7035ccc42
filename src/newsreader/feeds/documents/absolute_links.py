"""Make the relative links of an entry's HTML absolute: its file lies elsewhere."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from newsreader.patterns import compile_late

_ATTRIBUTES: Final = ("href", "src", "poster", "data-src", "data-original", "cite", "srcset")
# Begins with one character, so that the search skips all else; the name is looked at afterwards.
_RELATIVE: Final = compile_late(
    r"""=\s*["']?\s*(?![\s"'#>]|(?:https?|mailto|data|tel):)""", re.IGNORECASE
)
_LONGEST_ATTRIBUTE: Final = max(map(len, _ATTRIBUTES)) + 1
_SCHEME: Final = compile_late(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|#)")
_CANDIDATE: Final = compile_late(r"([^\s,]\S*[^\s,])(\s+[^,]*)?(?:,|\Z)")
# XHTML closes what HTML leaves open: a second `<br>` to whoever reads it as HTML.
_CLOSED_VOID: Final = compile_late(
    r"></(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)>", re.IGNORECASE
)


def make_links_absolute(html: str, base: str) -> str:
    """Resolve the links of some HTML against an address; HTML without relative ones stays as it is.

    Never raises; what cannot be resolved stays.
    """
    if not base or not _has_relative(html):
        return html
    tree = LexborHTMLParser(f"<!doctype html><body>{html}")
    body = tree.body
    if body is None:
        return html
    for name in _ATTRIBUTES:
        for node in body.css(f"[{name}]"):
            written = node.attributes.get(name) or ""
            made = (
                _CANDIDATE.sub(lambda part: f"{join_link(base, part[1])}{part[2] or ''},", written)
                if name == "srcset"
                else join_link(base, written)
            )
            node.attrs[name] = made.rstrip(",") if name == "srcset" else made
    return body.inner_html or html


def _has_relative(html: str) -> bool:
    return any(
        html[max(0, found.start() - _LONGEST_ATTRIBUTE) : found.start()]
        .rstrip()
        .lower()
        .endswith(_ATTRIBUTES)
        for found in _RELATIVE.finditer(html)
    )


def xhtml_as_html(xhtml: str) -> str:
    """Write what XML says of void elements as HTML does."""
    return _CLOSED_VOID.sub(">", xhtml)


def join_link(base: str, written: str) -> str:
    """Resolve a link against an address; as written if it is absolute, or cannot be resolved."""
    if not written or _SCHEME.match(written):
        return written
    try:
        return urljoin(base, written.strip())
    except ValueError:
        return written
