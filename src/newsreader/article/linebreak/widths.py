"""Measure the characters of a text in cells, as running totals, with their classes if wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, TypeAlias

from newsreader.article.linebreak.classes import CLASSES, all_letters, class_letters, settle_classes
from newsreader.patterns import compile_late

CellLength: TypeAlias = Callable[[str], int]
"""A function that returns the terminal cells of a text; for one character 0, 1 or 2."""

_JOINER: Final = "\u200d"
_EMOJI_STYLE: Final = "\ufe0f"
_WIDTHS: Final = 3
"""A character has 0, 1 or 2 cells."""

# In a string of widths: a character with cells, then any without, and what a joiner includes.
_CLUSTER: Final = compile_late("[\x01\x02]?(?:[\x00V]|J.?)++", re.DOTALL)


class _WidthTable(dict[int, str]):
    """A map from character code to a character whose code is its width; filled on demand."""

    def __init__(self, cell_len: CellLength) -> None:
        super().__init__({ord(_JOINER): "J", ord(_EMOJI_STYLE): "V"})
        self._cell_len = cell_len

    def __missing__(self, code: int) -> str:
        self[code] = width = chr(self._cell_len(chr(code)))
        return width


class _MeasureTable(dict[int, str]):
    """A map from character code to a number, as a character, for its class and its width.

    There are fifty classes and three widths, so a number fits a byte. Several threads
    may fill the table at once: the number of a pair does not depend on what was met before.

    Attributes:
        letters: The class of each number.
        widths: The width of each number.
    """

    def __init__(self, cell_len: CellLength) -> None:
        super().__init__()
        self._cell_len = cell_len
        letters = all_letters()
        self._firsts = {letter: _WIDTHS * at for at, letter in enumerate(letters)}
        self.letters = "".join(letter * _WIDTHS for letter in letters).encode("ascii").ljust(256)
        self.widths = bytes(number % _WIDTHS for number in range(256))

    def __missing__(self, code: int) -> str:
        self[code] = mark = chr(self._firsts[CLASSES[code]] + self._cell_len(chr(code)))
        return mark


@lru_cache(maxsize=8)
def _width_table(cell_len: CellLength) -> _WidthTable:
    return _WidthTable(cell_len)


@lru_cache(maxsize=8)
def _measure_table(cell_len: CellLength) -> _MeasureTable:
    return _MeasureTable(cell_len)


def forget_widths() -> None:
    """Measure all characters anew: the function that measures gives other widths now."""
    _width_table.cache_clear()
    _measure_table.cache_clear()


def measure(text: str, cell_len: CellLength) -> tuple[str, Sequence[int]]:
    """Return what `class_letters` and `running_totals` do, by one look at each character."""
    if text.isascii() or _JOINER in text or _EMOJI_STYLE in text:
        return class_letters(text), running_totals(text, cell_len)
    table = _measure_table(cell_len)
    marks = text.translate(table).encode("latin-1")
    letters = marks.translate(table.letters).decode("ascii")
    totals = [0, *accumulate(marks.translate(table.widths))]
    return settle_classes(letters, text), totals


def running_totals(text: str, cell_len: CellLength) -> Sequence[int]:
    """Return the cells of the first 0, 1, 2 ... characters of a text.

    A cluster with a joiner or an emoji style selector is measured as a whole, for its width is
    not the sum of its parts: its first character carries all of it.
    """
    if text.isascii() and cell_len(text) == len(text):
        return range(len(text) + 1)  # no control characters: one cell per character
    widths = text.translate(_width_table(cell_len))
    if "J" in widths or "V" in widths:
        widths = "".join(_measured(text, widths, cell_len))
    return [0, *accumulate(widths.encode("latin-1"))]


def _measured(text: str, widths: str, cell_len: CellLength) -> list[str]:
    parts: list[str] = []
    at = 0
    for cluster in _CLUSTER.finditer(widths):
        start, end = cluster.span()
        # One byte holds what any real cluster takes; a hostile one is cut as if it fitted.
        total = chr(min(cell_len(text[start:end]), 255))
        parts += (widths[at:start], total, "\x00" * (end - start - 1))
        at = end
    parts.append(widths[at:])
    return parts
