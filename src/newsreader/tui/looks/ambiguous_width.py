"""Measure characters as terminals do that are set up for Chinese, Japanese or Korean.

The width of some hundred characters is ambiguous (Unicode Annex 11): quotation marks, Greek and
Cyrillic letters, circled numbers. Terminals take one cell for them, or two if they are set so; rich
knows only the one. All that measures asks rich's table, so it is the table that is changed.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from typing import Final

import rich.cells
from rich._unicode_data import load
from rich.cells import CellTable

from newsreader.article.linebreak.widths import forget_widths

NARROW_ANYWAY: Final = (range(0x2500, 0x2610), range(0xE000, 0xF900), range(0x300, 0x370))
"""Lines, blocks and shapes, for which ASCII is drawn then; private characters; marks."""

_TWO_BYTES: Final = frozenset(
    [
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "big5hkscs",
        "cp950",
        "euc_jp",
        "euc_jis_2004",
        "shift_jis",
        "cp932",
        "euc_kr",
        "cp949",
        "johab",
    ]
)
"""Encodings with two bytes for these characters, and terminals with two cells."""

_LAST: Final = 0x1F200
_NARROW_CHARACTERS: Final = rich.cells._is_single_cell_widths
_RICH: Final = vars(rich.cells)
"""The names by which rich's functions find the table, and what they need no table for."""


def is_wide(setting: str, encoding: str) -> bool:
    """Whether characters of ambiguous width take two cells.

    Args:
        setting: The option: `narrow`, `wide`, or `auto`.
        encoding: Of the terminal; with `auto` it decides, as terminals that speak UTF-8 take one
            cell unless somebody has set them otherwise.
    """
    if setting != "auto":
        return setting == "wide"
    try:
        return codecs.lookup(encoding).name.replace("-", "_") in _TWO_BYTES
    except LookupError:
        return False


def measure_ambiguous(*, wide: bool) -> None:
    """Measure characters of ambiguous width as wide or narrow from now on, in the whole process."""
    if wide:
        table = _wide_table()
        narrow = rich.cells._SINGLE_CELLS.difference(map(chr, _ambiguous()))
        _RICH["load_cell_table"] = lambda _version="auto": table
        _RICH["_is_single_cell_widths"] = narrow.issuperset
    else:
        _RICH["load_cell_table"] = load
        _RICH["_is_single_cell_widths"] = _NARROW_CHARACTERS
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()
    forget_widths()


def _ambiguous() -> Iterator[int]:
    for code in range(0xA1, _LAST):
        if unicodedata.east_asian_width(chr(code)) == "A" and not any(
            code in each for each in NARROW_ANYWAY
        ):
            yield code


def _wide_table() -> CellTable:
    table = load("auto")
    known = {code for start, end, _ in table.widths for code in range(start, min(end, _LAST) + 1)}
    wide = [(code, code, 2) for code in _ambiguous() if code not in known]
    return table._replace(widths=sorted((*table.widths, *wide)))
