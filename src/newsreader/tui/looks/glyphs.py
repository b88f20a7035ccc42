"""Draw lines and marks in ASCII, where the terminal has no others.

All that is drawn goes through one table at the end, so that no pane has to know of it. Every
character is replaced by one of the same width.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

LINES: Final = range(0x2500, 0x25A0)
"""Lines and blocks."""

SHAPES: Final = range(0x25A0, 0x2610)
"""Squares, circles, stars."""

_PUNCTUATION: Final = frozenset("·…×“”„‘’–—‐−•◦‣↪→←↑↓✓✗🔎")
"""What texts are written with: where it is only wide, not missing, it stays."""

_MARKS: Final = {
    "●": "o",
    "○": "o",
    "★": "*",
    "☆": "*",
    "•": "*",
    "◦": "-",
    "▪": "-",
    "‣": ">",
    "·": ".",
    "…": ".",
    "×": "x",
    "↪": ">",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "✓": "v",
    "✗": "x",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "‐": "-",
    "−": "-",
    "🔎": "? ",
}
"""Of the program, and the punctuation of English, which a console may lack, too."""


def _line(character: str) -> str:
    """Give what stands for a line or a block."""
    name = unicodedata.name(character, "")
    if "BLOCK" in name or "SHADE" in name or "QUADRANT" in name:
        return "#" if "FULL" in name or "SHADE" in name else " "
    sides = [side for side in ("UP", "DOWN", "LEFT", "RIGHT", "VERTICAL", "HORIZONTAL")
             if side in name.split()]  # fmt: skip
    if sides == ["HORIZONTAL"] or sides in (["LEFT"], ["RIGHT"]):
        return "=" if "DOUBLE" in name else "-"
    if sides == ["VERTICAL"] or sides in (["UP"], ["DOWN"]):
        return "|"
    return "/" if "DIAGONAL" in name else "+"


def _every() -> Iterator[tuple[str, str]]:
    for code in LINES:
        yield chr(code), _line(chr(code))
    for code in SHAPES:
        if unicodedata.east_asian_width(chr(code)) not in "WF":
            yield chr(code), "#" if "BLACK" in unicodedata.name(chr(code), "") else "o"
    yield from _MARKS.items()


def ascii_table(encoding: str | None = None, *, lines_only: bool = False) -> dict[int, str]:
    """Make the table of what is replaced.

    Args:
        encoding: Replace what cannot be written in it; `None`: everything.
        lines_only: Leave the punctuation of texts as it is, and replace lines and shapes.
    """
    return {
        ord(character): replacement
        for character, replacement in _every()
        if not (encoding and _can_write(character, encoding))
        and not (lines_only and character in _PUNCTUATION)
    }


def _can_write(character: str, encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
        character.encode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


class GlyphFilter(LineFilter):
    """Replaces characters in all that is drawn."""

    def __init__(self, table: Mapping[int, str]) -> None:
        super().__init__()
        self._replace = lru_cache(4096)(lambda text: text.translate(table))

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  (Textual's)
        """Replace them in a line."""
        return [
            segment
            if segment.text.isascii()
            else segment._replace(text=self._replace(segment.text))
            for segment in segments
        ]
