"""Decode the bytes of a feed, whose server may name another charset than its XML, or none."""

from __future__ import annotations

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from newsreader.patterns import compile_late
from newsreader.posts.decode import decode_text

_DECLARED: Final = compile_late(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']"""
)
_HEADER: Final = compile_late(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
# What servers name, and the larger set that they mean by it, as in the Encoding Standard of WHATWG.
_MEANT: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "windows-31j": "cp932", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "us-ascii": "utf-8", "ascii": "utf-8", "big5": "big5hkscs", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "unicode": "utf-16",
}  # fmt: skip
# By Python's names; not `punycode`, which takes quadratic time, nor others that are no charsets.
_KNOWN: Final = compile_late(
    r"utf-(?:8|16)(?:-[bl]e)?|gb18030|big5hkscs|cp932|euc_jp|iso2022_jp|cp949|koi8-[rtu]|cp866"
    r"|cp874|cp125[0-8]|iso8859-\d+|mac-(?:roman|cyrillic)|tis-620"
)
_JAPANESE: Final = ("cp932", "euc_jp")
_GUESSED_BYTES: Final = 200_000
_REPLACEMENT: Final = "\ufffd"


def decode_feed(raw: bytes, content_type: str) -> str:
    """Decode a feed's document, with line feeds for newlines; never raises.

    A byte order mark decides, then the charset of the server, then that of the XML declaration:
    each only if all of the bytes are of it. Then UTF-8, Japanese and Chinese are tried, and at last
    Windows-1252, which takes anything.
    """
    if raw.startswith((BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE)):
        return decode_text(raw)[0]
    named = [match[1] for match in (_HEADER.search(content_type),) if match]
    named += [match[1].decode("ascii", "ignore") for match in (_DECLARED.match(raw),) if match]
    for name in named:
        text = _decode(raw, _MEANT.get(name.lower(), name))
        if text is not None:
            return _with_line_feeds(text)
    return _with_line_feeds(_guess(raw))


def _guess(raw: bytes) -> str:
    text = _decode(raw, "utf-8")
    if text is not None:
        return text
    for name in _JAPANESE:
        text = _decode(raw, name)
        if text is not None and _is_japanese(text[:_GUESSED_BYTES]):
            return text
    text, problem = decode_text(raw)
    if problem is None or text.count(_REPLACEMENT) * 100 < len(text):
        return text
    return raw.decode("cp1252", "replace")


def _decode(raw: bytes, name: str) -> str | None:
    """Decode all of the bytes; None if some are not of that encoding, or nobody knows it."""
    try:
        return raw.decode(name) if _KNOWN.fullmatch(codecs.lookup(name).name) else None
    except (LookupError, UnicodeError):
        return None


def _is_japanese(text: str) -> bool:
    """Whether a good part of what is not ASCII is hiragana, which no other text has."""
    foreign = [character for character in text if character > "\x7f"]
    hiragana = sum("\u3041" <= character <= "\u3096" for character in foreign)
    return hiragana * 8 >= len(foreign)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
