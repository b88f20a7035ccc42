"""Sanitise every text that reaches a terminal, and decide which links may be opened.

Entities are decoded before this, never after: `a&#27;[31mb` is harmless until it is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, LiteralString, NewType
from urllib.parse import quote, urljoin, urlsplit

from newsreader.patterns import compile_late

Clean = NewType("Clean", str)
"""Text that may be drawn or printed. Only this module makes one, so the type checker finds whoever
draws a `str` that comes from elsewhere:

- `clean_text` and `clean_line` make it of foreign text;
- `literal` and `fill` of our own words;
- `join` and `derive` of what is clean, for which Python's own methods give a `str`.

`tests/test_clean.py` sees that the last four are given what they ask for.
"""
EMPTY: Final = Clean("")

# Without any of these a text is clean, which costs 3.5 ns a character to find out: what is unsafe
# or ignorable, every block that has marks, all beyond the first plane.
_SUSPECT: Final = compile_late(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u10ff\u115f-\u1dff"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\u2800\u2c00-\u2dff\u302a-\u302f\u3099\u309a\u3164\ua000-\uabff\ud7b0-\ud7fb"
    "\ud800-\udfff\ufb1d-\ufe2f\ufeff\uffa0\ufff0-\uffff\U00010000-\U0010ffff]"
)

# Most links of real posts: nothing in them needs a closer look.
_PLAIN_LINK: Final = compile_late(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,4})?(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?"
)
_SCHEME: Final = compile_late(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SLASHES: Final = compile_late(r"[/\\]{2,}")
# What may stand in an address as it is (RFC 3986), the per cent sign of what is encoded included.
_ADDRESS_CHARACTERS: Final = "%:/?#[]@!$&'()*+,;=-._~"


def clean_text(text: str) -> Clean:
    """Remove what could command or mislead a terminal, and what nobody can see.

    Removes control characters (C0 but tab and line feed, DEL, C1), bidi embeddings, overrides,
    isolates and marks, U+FEFF, and all that Unicode calls ignorable: zero-width floods, fillers,
    tag characters, soft hyphens. Of these it leaves what a script needs, one after a character:
    variation selectors, joiners inside emoji and between letters that they shape, spaces of no
    width where none are written, the tags of a flag. CR LF, CR, U+2028 and U+2029 become line
    feeds, lone surrogates U+FFFD, the blank Braille cell a space. A character keeps its first
    eight marks.

    Everything else stays as it is, so printable remains of an escape sequence do. Time is linear;
    clean text comes back itself.
    """
    if not _SUSPECT.search(text):
        return Clean(text)
    from newsreader.suspect_text import remove_unsafe  # noqa: PLC0415  (late: see there)

    cleaned = remove_unsafe(text)
    return Clean(text if cleaned == text else cleaned)


def limit_marks(before: str, text: Clean) -> Clean:
    """What of a clean text may follow another clean one without a gap between them.

    Each has eight marks on a character at most; a thousand of them one after the other, each in a
    tag of its own, are a pile again.
    """
    from newsreader.suspect_text import MOST_MARKS, is_piling  # noqa: PLC0415  (late: see there)

    end = next((at for at, each in enumerate(text) if not is_piling(each)), len(text))
    tail = reversed(before[-MOST_MARKS:])
    there = next((at for at, each in enumerate(tail) if not is_piling(each)), MOST_MARKS)
    return Clean(text[: min(end, MOST_MARKS - there)] + text[end:])


def clean_line(text: str) -> Clean:
    """Clean `text` and put it on one line: every run of whitespace becomes one space.

    Unicode's whitespace counts, U+3000 and the no-break space included; none is left at the ends.
    """
    return Clean(" ".join(clean_text(text).split()))


def literal(words: LiteralString) -> Clean:
    """Take words of our own, as they stand in the source."""
    return Clean(words)


def fill(template: LiteralString, *parts: Clean | float) -> Clean:
    """Fill a template of our own, as `str.format` does, with clean texts and numbers."""
    return Clean(template.format(*parts))


def join(separator: LiteralString, parts: Iterable[Clean]) -> Clean:
    """Join clean texts with something of our own between them."""
    return Clean(separator.join(parts))


def derive(origin: Clean, changed: str) -> Clean:  # noqa: ARG001 - the type checker looks at it
    """Take a clean text after Python's own methods have cut it or changed its spaces or case.

    Args:
        origin: The clean text, as a name.
        changed: What was made of it, in the same expression: `derive(title, title[:40].strip())`.
    """
    return Clean(changed)


def escape_json(text: str) -> Clean:
    r"""Write what a terminal obeys, cannot encode or does not show of some JSON as `\uXXXX`.

    JSON itself lets DEL, C1, bidi controls, tag characters, towers of marks and lone surrogates
    stand. Its parser gets every character back, so file names stay what they are.
    """
    from newsreader.suspect_text import escape_hidden  # noqa: PLC0415  (late: see there)

    return Clean(escape_hidden(text))


def safe_link(target: str, site_url: str = "") -> Clean:
    """Return the address that a link leads to, or an empty string if it may not be opened.

    Only `http:`, `https:` and `mailto:` may. Control characters, tabs and line feeds go first, as
    in a browser, for which a line feed in `javascript:` changes nothing. `//host/p` gets
    `https:`, other relative addresses are resolved against `site_url` (without one they lead
    nowhere), and `#name`, a place in the same article, stays relative.

    The result holds printable ASCII without spaces and nothing else, as OSC 8 asks: all other
    characters are percent-encoded as UTF-8 (RFC 3987, section 3.1), but for those of `#name`,
    which keeps its letters so that it can be compared with the names in the article.
    `urllib.parse.urlsplit` takes every result without an error. Never raises.
    """
    if _PLAIN_LINK.fullmatch(target):
        return Clean(target)
    return Clean(_safe_link(clean_text(target), site_url))


def _safe_link(target: str, site_url: str) -> str:
    target = target.replace("\t", "").replace("\n", "").strip()
    if target.startswith("#"):
        return re.sub(r"\s", "%20", target) if len(target) > 1 else ""
    scheme = _SCHEME.match(target)
    if scheme is None:
        return _resolve(target, site_url)
    match scheme[1].lower():
        case "http" | "https" as name:
            return _web_address(name, target[scheme.end() :])
        case "mailto":
            return _mail_address(target[scheme.end() :])
        case _:
            return ""


def _resolve(target: str, site_url: str) -> str:
    """Make a relative address absolute; empty if there is no base for it."""
    if slashes := _SLASHES.match(target):
        return _web_address("https", "//" + target[slashes.end() :])
    base = safe_link(site_url) if site_url else ""
    if not target or not base.startswith("http"):
        return ""
    head, separator, tail = _split_path(target)
    try:
        joined = urljoin(
            base.rstrip("/") + "/", _encode(head.replace("\\", "/") + separator + tail)
        )
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) else ""


def _web_address(scheme: str, rest: str) -> str:
    slashes = _SLASHES.match(rest)
    if slashes is None:
        return ""
    head, separator, tail = _split_path(rest[slashes.end() :])
    address = _encode(f"{scheme}://{head}".replace("\\", "/") + separator + tail)
    try:
        parts = urlsplit(address)
        # Reading the port is what checks it.
        return address if parts.hostname and (parts.port is None or parts.port >= 0) else ""
    except ValueError:
        return ""


def _mail_address(rest: str) -> str:
    address = _encode(rest.strip().lstrip("/"))
    return f"mailto:{address}" if address else ""


def _split_path(address: str) -> tuple[str, str, str]:
    """Split an address at the first `?` or `#`: before it, that character, and after it."""
    found = re.search(r"[?#]", address)
    if found is None:
        return address, "", ""
    return address[: found.start()], found[0], address[found.end() :]


def _encode(address: str) -> str:
    return quote(address, safe=_ADDRESS_CHARACTERS)
