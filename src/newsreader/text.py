"""Sanitise every text that reaches a terminal, and decide which links may be opened.

Entities are decoded before this, never after: `a&#27;[31mb` is harmless until it is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, LiteralString, NewType
from unicodedata import category
from urllib.parse import quote, urljoin, urlsplit

Clean = NewType("Clean", str)
"""Text that may be drawn or printed. Only this module makes one, so the type checker finds whoever
draws a `str` that comes from elsewhere:

- `clean_text` and `clean_line` make it of foreign text;
- `literal` and `fill` of our own words;
- `join` and `derive` of what is clean, for which Python's own methods give a `str`.

`tests/test_clean.py` sees that the last four are given what they ask for.
"""
EMPTY: Final = Clean("")

# C0 but tab and line feed, DEL, C1, the line and paragraph separators, bidi embeddings,
# overrides and isolates, the byte order mark, and lone surrogates, which no terminal can encode.
_UNSAFE: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_UNSAFE_RUN: Final = re.compile(f"[{_UNSAFE}]+")
_INSTEAD: Final = {ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n"} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)

# The rest of Default_Ignorable_Code_Point in Unicode's DerivedCoreProperties.txt, and the anchors
# of interlinear annotations.
_IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065"
    "\u206a-\u206f\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IGNORABLE_RUN: Final = re.compile(f"[{_IGNORABLE}]+")
_BLANK_BRAILLE: Final = "\u2800"
_HIDDEN: Final = re.compile(f"[{_UNSAFE}{_IGNORABLE}{_BLANK_BRAILLE}]")

# One of these may follow a character if its script needs it (see `_needed`).
_VARIATION: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MONGOLIAN_VARIATION: Final = re.compile("[\u180b-\u180d\u180f]")
_JOINER: Final = re.compile("[\u200b-\u200d\u180e\u1160]")
_BLACK_FLAG: Final = "\U0001f3f4"
_FLAG_TAGS: Final = re.compile("[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Scripts whose letters a joiner shapes: from Hebrew to Mongolian, the later Indic ones, Arabic's
# presentation forms. And those that write no spaces, where one of no width separates words.
_SHAPED: Final = re.compile("[\u0590-\u1cff\ua800-\uabff\ufb1d-\ufdff\U00010800-\U00011fff]")
_SPACELESS: Final = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\uaadf]"
)
_MONGOLIAN: Final = re.compile("[\u1820-\u18aa]")
_VOWEL_JAMO: Final = re.compile("[\u1161-\u11a7\ud7b0-\ud7c6]")

# What has no cells of its own beside marks: jamo of the middle and the end, the colours of skin.
_PILING: Final = "\u1161-\u11ff\ud7b0-\ud7fb\U0001f3fb-\U0001f3ff"
# A run that holds no letter, digit or sign of the usual blocks may be one of marks; those marks
# that such a block holds are named again.
_PILE: Final = re.compile(
    r"(?:[^\w\x00-\x7f\u2000-\u2bff\u3000-\u9fff\uac00-\ud7a3\uff00-\uffff]"
    rf"|[\u20d0-\u20f0\u302a-\u302f\u3099\u309a{_PILING}]){{9,}}+"
)
_PILES: Final = re.compile(f"[{_PILING}]")
_REMEMBERED_RUN: Final = 8
_MOST_MARKS: Final = 8
"""Most marks on one character; Tibetan needs seven at times. 100,000 would be drawn in one cell."""

# Without any of these a text is clean, which costs 3.5 ns a character to find out: what is unsafe
# or ignorable, every block that has marks, all beyond the first plane.
_SUSPECT: Final = re.compile(
    f"[{_UNSAFE}\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u10ff\u115f-\u1dff\u200b-\u200f\u2060-\u206f"
    "\u20d0-\u20ff\u2800\u2c00-\u2dff\u302a-\u302f\u3099\u309a\u3164\ua000-\uabff\ud7b0-\ud7fb"
    "\ufb1d-\ufe2f\uffa0\ufff0-\uffff\U00010000-\U0010ffff]"
)

# Most links of real posts: nothing in them needs a closer look.
_PLAIN_LINK: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,4})?(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?"
)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SLASHES: Final = re.compile(r"[/\\]{2,}")
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
    cleaned = text.replace(_BLANK_BRAILLE, " ")
    if _UNSAFE_RUN.search(cleaned):
        cleaned = _UNSAFE_RUN.sub(_replace_unsafe, cleaned.replace("\r\n", "\n"))
    cleaned = _PILE.sub(_without_pile, _IGNORABLE_RUN.sub(_needed, cleaned))
    return Clean(text if cleaned == text else cleaned)


def _replace_unsafe(run: re.Match[str]) -> str:
    return "".join(_INSTEAD.get(ord(character), "") for character in run[0])


def _needed(run: re.Match[str]) -> str:
    """Return those of some ignorable characters that the text around them needs."""
    text, (start, end) = run.string, run.span()
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    decide = _needed_between if end - start <= _REMEMBERED_RUN else _needed_between.__wrapped__
    return decide(before, run[0], after)


@lru_cache(maxsize=1_000)
def _needed_between(before: str, run: str, after: str) -> str:
    if run.endswith("\u115f") and _VOWEL_JAMO.match(after):
        return "\u115f"  # stands for the first letter of an old Korean syllable
    if not before or before.isspace():
        return ""
    if before == _BLACK_FLAG and (tags := _FLAG_TAGS.match(run)):
        return tags[0]
    needed = ""
    pattern = _MONGOLIAN_VARIATION if _MONGOLIAN.match(before) else _VARIATION
    if (variation := pattern.search(run)) and category(before)[0] != "M":
        needed = variation[0]
    joiner = _JOINER.search(run)
    if joiner and after and _joins(joiner[0], before, after):
        needed += joiner[0]
    return needed


def _joins(joiner: str, before: str, after: str) -> bool:
    """Whether a joiner, or a space of no width, has an effect between two characters.

    Never between two marks: they could be piled up with it.
    """
    left, right = category(before)[0], category(after)[0]
    if left == right == "M":
        return False
    match joiner:
        case "\u200d" if _is_symbol(before):
            return _is_symbol(after)
        case "\u200d":
            return bool(_SHAPED.match(before)) and (left == "M" or right in "LM")
        case "\u200c":
            return left in "LMN" and right in "LMN"
        case "\u200b":
            return bool(_SPACELESS.match(before) and _SPACELESS.match(after)) and right == "L"
        case "\u180e":
            return bool(_MONGOLIAN.match(before) and _MONGOLIAN.match(after))
        case _:
            return "\u1100" <= before <= "\u115e" and "\u11a8" <= after <= "\u11ff"


def _is_symbol(character: str) -> bool:
    """Whether a character may be an emoji; this Python may be older than it."""
    return character > "\u2000" and (
        category(character)[0] == "S" or "\U0001f000" <= character <= "\U0001faff"
    )


def _without_pile(run: re.Match[str]) -> str:
    """Cut a run to at most eight marks or their like one after the other."""
    parts: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if is_piling(character) else 0
        if marks <= _MOST_MARKS:
            parts.append(character)
    return "".join(parts)


def is_piling(character: str) -> bool:
    """Whether a character is drawn on the one before it: a mark, or its like."""
    return category(character)[0] == "M" or bool(_PILES.match(character))


def limit_marks(before: str, text: Clean) -> Clean:
    """What of a clean text may follow another clean one without a gap between them.

    Each has eight marks on a character at most; a thousand of them one after the other, each in a
    tag of its own, are a pile again.
    """
    end = next((at for at, each in enumerate(text) if not is_piling(each)), len(text))
    tail = reversed(before[-_MOST_MARKS:])
    there = next((at for at, each in enumerate(tail) if not is_piling(each)), _MOST_MARKS)
    return Clean(text[: min(end, _MOST_MARKS - there)] + text[end:])


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
    return Clean(_PILE.sub(_escape_pile, _HIDDEN.sub(_json_escape, text)))


def _escape_pile(run: re.Match[str]) -> str:
    return run[0] if _without_pile(run) == run[0] else _json_escape(run)


def _json_escape(characters: re.Match[str]) -> str:
    units = characters[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


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
