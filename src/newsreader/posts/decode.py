"""Decode the bytes of a file: byte order marks, UTF-8, GB18030, and what is neither."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from newsreader.problems import Problem

DAMAGED: Final = Problem("characters-lost")

_REPLACEMENT: Final = "\ufffd"
_RARE_FIRST_BYTES: Final = bytes(range(0xD8, 0x100))


def decode_text(raw: bytes) -> tuple[str, Problem | None]:
    """Decode a file: its text, with line feeds for newlines, and what was lost of it.

    A byte order mark decides (UTF-8, UTF-16); without one it is UTF-8. Bytes that are no UTF-8
    are taken for GB18030 if that gives mostly everyday Chinese, and otherwise for UTF-8 with
    damage: what cannot be decoded becomes U+FFFD. Never raises; time is linear.
    """
    text, problem = _decode(raw)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, problem


def _decode(raw: bytes) -> tuple[str, Problem | None]:
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _decode_or_replace(raw, "utf-16")
    if raw.startswith(BOM_UTF8):
        return _decode_or_replace(raw, "utf-8-sig")
    try:
        return raw.decode(), None
    except UnicodeDecodeError:
        return _decode_foreign(raw)


def _decode_or_replace(raw: bytes, encoding: str) -> tuple[str, Problem | None]:
    try:
        return raw.decode(encoding), None
    except UnicodeDecodeError:
        return raw.decode(encoding, "replace"), DAMAGED


def _decode_foreign(raw: bytes) -> tuple[str, Problem | None]:
    as_utf8 = raw.decode("utf-8", "replace")
    # Chinese in GB18030 hardly ever makes valid UTF-8, so a few bad bytes among many good
    # characters are damage; a megabyte of Latin text with one GB18030 word is not.
    beyond_ascii = "".join(filter(_is_beyond_ascii, as_utf8))
    if beyond_ascii.count(_REPLACEMENT) * 5 <= len(beyond_ascii):
        return as_utf8, DAMAGED
    as_gb = raw.decode("gb18030", "replace")
    if _is_everyday_chinese(as_gb):
        return as_gb, DAMAGED if _REPLACEMENT in as_gb else None
    return as_utf8, DAMAGED


def _is_beyond_ascii(character: str) -> bool:
    return character > "\x7f"


def _is_everyday_chinese(text: str) -> bool:
    """Whether text read as GB18030 reads like Chinese.

    Either most of what is not ASCII is punctuation or one of the 3,755 everyday characters of
    GB 2312, or it holds a fair share of `，。、的`, as traditional characters do. Latin-1 read so
    pairs an accented letter with the ASCII letter behind it, which gives rare characters only;
    Cyrillic letters in pairs give the rare half of GB 2312.
    """
    beyond_ascii = "".join(filter(_is_beyond_ascii, text))
    first_bytes = beyond_ascii.encode("gb2312", "ignore")[::2]
    everyday = len(first_bytes.translate(None, _RARE_FIRST_BYTES))
    if everyday * 10 >= len(beyond_ascii) * 8:
        return True
    frequent = sum(map(beyond_ascii.count, "，。、的"))
    lost = beyond_ascii.count(_REPLACEMENT)
    return frequent * 50 >= len(beyond_ascii) and lost * 50 <= len(beyond_ascii)
