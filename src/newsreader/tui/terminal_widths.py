"""Put texts into cells, and tell which characters terminals disagree about.

Nobody decides how wide an emoji of several characters is, or a quotation mark in a terminal that is
set up for Chinese.
"""

from __future__ import annotations

from typing import Final
from unicodedata import category, east_asian_width

from rich.cells import get_character_cell_size, split_graphemes

_MAX_KNOWN: Final = 4096
"""Characters that are remembered: more are an attack."""

_NARROW, _WIDE, _AMBIGUOUS, _DISPUTED = range(1, 5)
"""Ambiguous ones take one cell, or two where a terminal is set up for Chinese or Japanese."""

_LINES_AND_BLOCKS: Final = range(0x2500, 0x25A0)
"""Ambiguous in the standard, but narrow wherever frames are drawn by them."""

_WIDE_SCRIPTS: Final = (
    range(0x2E80, 0xA4D0),
    range(0xAC00, 0xD7A4),
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE70),
    range(0xFF00, 0xFFE7),
    range(0x20000, 0x3FFFE),
)
"""Chinese, Japanese, Korean, Yi: every terminal takes two cells for these. Not so for emoji."""

_JOINING: Final = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
"""Vowels and endings of Korean, which some terminals join with the consonant before."""

_FIRST_EMOJI: Final = 0x1F000


class _Kinds(dict[str, int]):
    """Whether terminals agree about how wide a character is."""

    def __missing__(self, character: str) -> int:
        if len(self) > _MAX_KNOWN:
            self.clear()
        kind = self[character] = _kind(character)
        return kind


def _kind(character: str) -> int:
    code = ord(character)
    cells = get_character_cell_size(character)
    width = east_asian_width(character)
    if code in _LINES_AND_BLOCKS:
        return _NARROW
    if category(character)[0] in "MC" or any(code in each for each in _JOINING):
        return _DISPUTED
    if width in "WF":
        is_sure = cells == 2 and any(code in each for each in _WIDE_SCRIPTS)
        return _WIDE if is_sure else _DISPUTED
    if cells != 1 or code >= _FIRST_EMOJI:
        return _DISPUTED
    return _AMBIGUOUS if width == "A" else _NARROW


_KINDS: Final = _Kinds()


def is_disputed(cell: str) -> bool:
    """Whether some terminals take more cells for a character, and others fewer."""
    return len(cell) > 1 or (cell != "" and _KINDS[cell] == _DISPUTED)


def extra_cells(cell: str) -> int:
    """How many cells more than here a terminal may take for a character, at most."""
    return 2 * len(cell) if is_disputed(cell) else 1


def split_cells(text: str) -> tuple[list[str], list[int]]:
    """Put a text into cells.

    Returns:
        The cells, of which the second half of a wide character is empty, and which of them hold
        characters that terminals disagree about.
    """
    if text.isprintable():
        if text.isascii():
            return list(text), []
    else:
        text = "".join(each for each in text if category(each) != "Cc")
    kinds = [_KINDS[character] for character in text]
    cells: list[str] = []
    doubts: list[int] = []
    if _DISPUTED not in kinds:
        for character, kind in zip(text, kinds, strict=True):
            if kind == _AMBIGUOUS:
                doubts.append(len(cells))
            cells.append(character)
            if kind == _WIDE:
                cells.append("")
        return cells, doubts
    for start, end, width in split_graphemes(text)[0]:
        cluster = text[start:end]
        if width == 0:
            add_marks(cells, doubts, cluster)
            continue
        if len(cluster) > 1 or _KINDS[cluster] in (_AMBIGUOUS, _DISPUTED):
            doubts.append(len(cells))
        cells.append(cluster)
        cells += [""] * (width - 1)
    return cells, doubts


def leading_marks(text: str) -> str:
    """What a text begins with that takes no cell: a match may end between a letter and its mark."""
    end = 0
    while end < len(text) and get_character_cell_size(text[end]) == 0:
        end += 1
    return text[:end]


def add_marks(cells: list[str], doubts: list[int], marks: str) -> None:
    """Put marks that take no cell of their own on the last character, if there is one."""
    marks = "".join(each for each in marks if category(each) != "Cc")
    base = len(cells) - 1
    while base > 0 and not cells[base]:
        base -= 1
    if marks and base >= 0:
        cells[base] += marks
        doubts.append(base)
