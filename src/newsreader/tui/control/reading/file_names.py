"""File names for posts, safe on every system that people carry files to."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, normalize

from newsreader.patterns import compile_late
from newsreader.posts.model import Post

MOST_BYTES: Final = 255
"""Bytes of a file name on nearly all file systems."""

SUFFIX: Final = ".md"

_UNSAFE: Final = compile_late(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_RESERVED: Final = compile_late(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\..*)?", re.IGNORECASE)
_NUMBERS: Final = len(" 9999")


def file_name(post: Post, number: int = 1) -> str:
    """Make the name of a file for a post: `2022-02-25 The title.md`.

    Args:
        post: Its date and title are the name.
        number: Which of the names; from 2 on it is a part of it.
    """
    day = post.date.strftime("%Y-%m-%d ") if post.date is not None else ""
    title = _UNSAFE.sub("-", normalize("NFC", post.title.replace("\udc80", "-")))
    title = " ".join(title.encode("utf-8", "replace").decode("utf-8").split())
    stem = f"{day}{title.strip(' .-') or 'post'}"
    if _RESERVED.fullmatch(stem):
        stem += "-"
    stem = cut_to_bytes(stem, MOST_BYTES - len(SUFFIX) - _NUMBERS).rstrip(" .")
    return f"{stem}{f' {number}' if number > 1 else ''}{SUFFIX}"


def cut_to_bytes(text: str, most: int) -> str:
    """Cut a text to so many bytes of UTF-8, between two characters as people see them."""
    encoded = text.encode("utf-8")
    if len(encoded) <= most:
        return text
    kept = encoded[:most].decode("utf-8", "ignore")
    following = text[len(kept)]
    # What follows may be a mark of the last character, or joined to it.
    while kept and (category(following)[0] == "M" or "\u200d" in (following, kept[-1])):
        kept, following = kept[:-1], kept[-1]
    return kept
