"""Names for the files and folders of posts, made of what anybody may have written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Final

from newsreader.posts.site_files import PASSED_OVER

LONGEST_NAME: Final = 120
"""Bytes of a file's name: file systems take 255, those that encrypt names 143."""
_LONGEST_FOLDER: Final = 60
_SUFFIX: Final = ".html"
_ROOM_FOR_NUMBER: Final = 8
# What Windows takes for devices.
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


def make_slug(text: str, most: int) -> str:
    """Make a part of a file's name of a text: letters and digits of any script, and hyphens.

    Lower case, because some file systems take upper and lower case for the same; composed (NFC),
    because some know only one form. At most `most` bytes of UTF-8; may be empty.
    """
    letters = (
        character if unicodedata.category(character)[0] in "LN" or _is_mark(character) else " "
        for character in unicodedata.normalize("NFC", text[: 4 * most]).lower()
    )
    slug = "-".join("".join(letters).split())
    return slug.encode()[:most].decode("utf-8", "ignore").strip("-")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")


def post_name(title: str, date: datetime, is_taken: Callable[[str], bool]) -> str:
    """Name the file of a post as Jekyll wants it: `2022-02-25-title.html`.

    Args:
        title: Its title.
        date: Its date; the day in its own zone counts.
        is_taken: Whether there is such a file; another one is numbered.
    """
    day = f"{date.year:04}-{date.month:02}-{date.day:02}-"
    room = LONGEST_NAME - len(day) - len(_SUFFIX) - _ROOM_FOR_NUMBER
    slug = make_slug(title, room) or "untitled"
    return _first_free(f"{day}{slug}", _SUFFIX, is_taken)


def folder_name(name: str, is_taken: Callable[[str], bool]) -> str:
    """Name the folder of a feed: never one that a site has for other purposes."""
    slug = make_slug(name, _LONGEST_FOLDER) or "feed"
    if slug in _DEVICES or slug in PASSED_OVER:
        slug = f"{slug}-feed"
    return _first_free(slug, "", is_taken)


def _first_free(stem: str, suffix: str, is_taken: Callable[[str], bool]) -> str:
    name, number = f"{stem}{suffix}", 1
    while is_taken(name):
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name
