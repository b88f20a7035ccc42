"""The one sanitiser for everything that reaches a terminal, and the one judge of links.

Entities are decoded before this, never after: `a&#27;[31mb` is harmless until it is decoded.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

# C0 but tab and line feed, DEL, C1, the line and paragraph separators, bidi embeddings,
# overrides and isolates, the byte order mark, and lone surrogates, which no terminal can encode.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
_INSTEAD: Final = {ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n"} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)

# Most links of real posts: nothing in them needs a closer look.
_PLAIN_LINK: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,4})?(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?"
)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SLASHES: Final = re.compile(r"[/\\]{2,}")
# What may stand in an address as it is (RFC 3986), the per cent sign of what is encoded included.
_ADDRESS_CHARACTERS: Final = "%:/?#[]@!$&'()*+,;=-._~"


def clean_text(text: str) -> str:
    """Takes out of `text` what could command or mislead a terminal.

    Out go control characters (C0 but tab and line feed, DEL, C1), bidi embeddings, overrides and
    isolates, and U+FEFF. CR LF, CR, U+2028 and U+2029 become line feeds, lone surrogates U+FFFD.
    Everything else stays as it is, so printable remains of an escape sequence do. Time is linear;
    clean text comes back itself.
    """
    if text.isprintable() or not _UNSAFE.search(text):
        return text
    return _UNSAFE.sub(_replace_unsafe, text.replace("\r\n", "\n"))


def _replace_unsafe(run: re.Match[str]) -> str:
    return "".join(_INSTEAD.get(ord(character), "") for character in run[0])


def clean_line(text: str) -> str:
    """Cleans `text` and puts it on one line: every run of whitespace becomes one space.

    Unicode's whitespace counts, U+3000 and the no-break space included; none is left at the ends.
    """
    return " ".join(clean_text(text).split())


def safe_link(target: str, site_url: str = "") -> str:
    """The address that a link leads to, or an empty string where it may not be opened.

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
        return target
    target = clean_text(target).replace("\t", "").replace("\n", "").strip()
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
    """A relative address made absolute; empty where there is nothing to make it of."""
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
    """What stands before `?` or `#`, that character, and what follows."""
    found = re.search(r"[?#]", address)
    if found is None:
        return address, "", ""
    return address[: found.start()], found[0], address[found.end() :]


def _encode(address: str) -> str:
    return quote(address, safe=_ADDRESS_CHARACTERS)
