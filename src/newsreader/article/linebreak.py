"""Where lines end: Unicode Standard Annex 14 in spirit, strict for Chinese and Japanese.

The text is translated to one class letter a character; a compiled pattern finds the runs of two or
more characters that stay together, and every other character may stand alone. Widths become
running totals, so a line costs two binary searches, however long it is.

The classes are those of the annex, put together where this reader treats them alike:

    I  ideographs, kana, emoji: a line may end on either side
    A  letters and symbols of words         9  digits
    O  opens, full width or curly           o  opens, narrow; currency signs
    C  closes, full width or curly          c  closes, narrow; also full stop, comma, percent
    H  hyphens                              /  slash
    Q  quotation marks that open or close   G  glue, such as the no-break space
    W  glue without width
    M  combining marks                      J  zero width joiner
    R  regional indicators (flags)          Z  zero width space
    U  inside a web address                 and a blank for spaces
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

CellLength: TypeAlias = Callable[[str], int]
"""How many terminal cells a text takes; for one character 0, 1 or 2."""

LineRange: TypeAlias = tuple[int, int]
"""Where a line starts and ends in the text, without the spaces that vanish at its end."""

_Unit: TypeAlias = tuple[int, int, int]
"""Where characters that stay together start, end, and end with the spaces after them."""


def break_lines(text: str, width: int, cell_len: CellLength) -> list[LineRange]:
    """Break a paragraph into lines of at most `width` cells.

    Between two lines only spaces and line feeds are left out; a line feed always ends a line. A
    character wider than the column gets a line of its own, the only case of a line too wide.

    Args:
        text: The paragraph, all of its spans joined.
        width: Cells of the column; less than 1 counts as 1.
        cell_len: The width of a text; must be the function by which the screen measures.

    Returns:
        The range of every line in `text`; one empty range for an empty text.
    """
    return _break(text, max(1, width), cell_len, anywhere=False)


def break_anywhere(text: str, width: int, cell_len: CellLength) -> list[LineRange]:
    """Break a text whose spaces count, such as code, after every `width` cells.

    Nothing is left out but line feeds; grapheme clusters stay whole.

    Args:
        text: Lines of code, tabs expanded.
        width: Cells of the column; less than 1 counts as 1.
        cell_len: The width of a text, as for `break_lines`.

    Returns:
        The range of every line in `text`; one empty range for an empty text.
    """
    return _break(text, max(1, width), cell_len, anywhere=True)


def _break(text: str, width: int, cell_len: CellLength, *, anywhere: bool) -> list[LineRange]:
    lines: list[LineRange] = []
    start = 0
    for piece in text.split("\n"):
        if len(piece) <= width and cell_len(piece) <= width:
            end = len(piece) if anywhere else len(piece.rstrip(_SPACES))
            lines.append((start, start + end))
        else:
            classes = piece.translate(_CLASSES)
            totals = _running_totals(piece, classes, cell_len)
            if anywhere:
                lines += _fill_anywhere(_resolve(classes), totals, width, start)
            else:
                classes = _resolve(_loosen_addresses(piece, classes))
                lines += _fill(classes, totals, width, start)
        start += len(piece) + 1
    return lines


def _fill(classes: str, totals: list[int], width: int, base: int) -> list[LineRange]:
    """Fill lines one after the other, each as full as the units allow."""
    units = [(unit.start(), unit.end(1), unit.end()) for unit in _GLUED.finditer(classes)]
    size = len(classes)
    at = size - len(classes.lstrip(" "))
    if at == size:
        return [(base, base)]
    lines: list[LineRange] = []
    while at < size:
        reach = bisect_right(totals, totals[at] + width) - 1
        end = max(reach, at)
        while end < size and classes[end] == " ":
            end += 1
        if end < size:
            end = _last_break(classes, totals, units, at, end, width=width)
        last = min(end, size)
        while last > at and classes[last - 1] == " ":
            last -= 1
        lines.append((base + at, base + last))
        at = end
    return lines


def _last_break(
    classes: str, totals: list[int], units: list[_Unit], at: int, end: int, *, width: int
) -> int:
    """The last place in (at, end] where a line may end; where there is none, the least bad."""
    number = bisect_right(units, (end,)) - 1
    if number < 0 or end >= units[number][2]:
        return end if end > at else _cluster_end(classes, at)
    start, stop, _ = units[number]
    if start > at and totals[stop] - totals[start] <= width:
        return start
    # The unit is wider than the column: it breaks where it must, but still neither before a
    # closing mark nor after an opening one, while there is another place.
    place = end
    while place > at and (classes[place] in _NO_START or classes[place - 1] in _NO_END):
        place -= 1
    if place > at:
        return place
    place = end
    while place > at and not _between_clusters(classes, place):
        place -= 1
    return place if place > at else _cluster_end(classes, at)


def _fill_anywhere(classes: str, totals: list[int], width: int, base: int) -> list[LineRange]:
    """Fill lines to the last cell, keeping nothing together but clusters."""
    size = len(classes)
    lines: list[LineRange] = []
    at = 0
    while at < size:
        end = bisect_right(totals, totals[at] + width) - 1
        while at < end < size and not _between_clusters(classes, end):
            end -= 1
        if end <= at:
            end = _cluster_end(classes, at)
        lines.append((base + at, base + end))
        at = end
    return lines


def _between_clusters(classes: str, place: int) -> bool:
    return classes[place] not in "MJ" and classes[place - 1] != "J"


def _cluster_end(classes: str, at: int) -> int:
    """The end of the cluster that begins at `at`: the way on where not even one fits."""
    end = at + 1
    while end < len(classes) and not _between_clusters(classes, end):
        end += 1
    return end


def _running_totals(text: str, classes: str, cell_len: CellLength) -> list[int]:
    """The cells of the first 0, 1, 2 ... characters.

    A cluster with a joiner or a variation selector is measured as a whole, for its width is not
    the sum of its parts: its first character carries all of it.
    """
    widths = bytearray(text.translate(_width_table(cell_len)).encode("latin-1"))
    if "J" in classes or "\ufe0f" in text:
        for cluster in _CLUSTER.finditer(classes):
            start, end = cluster.span()
            total = cell_len(text[start:end])
            widths[start:end] = bytes(end - start)
            # One byte holds what any real cluster takes; a hostile one is cut as if it fitted.
            widths[start] = min(total, 255)
    totals = list(accumulate(widths))
    totals.insert(0, 0)
    return totals


class _WidthTable(dict[int, str]):
    """Character -> a character whose code is its width; filled as characters are met."""

    def __init__(self, cell_len: CellLength) -> None:
        self._cell_len = cell_len

    def __missing__(self, code: int) -> str:
        self[code] = width = chr(self._cell_len(chr(code)))
        return width


@lru_cache(maxsize=8)
def _width_table(cell_len: CellLength) -> _WidthTable:
    return _WidthTable(cell_len)


class _ClassTable(dict[int, str]):
    """Character -> class letter; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = letter = _class_of(chr(code))
        return letter


_GIVEN = {
    "A": "@#&*+<=>\\^_`|~",
    "C": "，。！？；：、．”…‥—―·・～〜〟‼⁇⁈⁉％‰℃℉′″￠"
    "々〻ーヽヾゝゞぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "c": ",.!?;:%°¢’",
    "O": "“‘„‚〝￥＄￡",
    "o": "$£¥€№",
    "H": "-‐–",
    "/": "/",
    "Q": "\"'«»‹›",
    "G": "\u00a0\u2007\u2011\u202f",
    "W": "\u2060\ufeff",
    "J": "\u200d",
    "Z": "\u200b",
    " ": " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000",
}
_SPACES = _GIVEN[" "]


def _class_of(character: str) -> str:
    """The class letter of a character that `_GIVEN` does not name, by its Unicode properties."""
    category = unicodedata.category(character)
    wide = unicodedata.east_asian_width(character) in "WF"
    code = ord(character)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "R"
    if 0x1F3FB <= code <= 0x1F3FF or 0x1160 <= code <= 0x11FF:
        return "M"  # skin tones; vowels and finals of Hangul written in parts
    match category:
        case "Mn" | "Me" | "Mc" | "Cf" | "Cc" | "Zl" | "Zp":
            return "M"
        case "Nd":
            return "I" if wide else "9"
        case "Ps" | "Pi":
            return "O" if wide else "o"
        case "Pe" | "Pf":
            return "C" if wide else "c"
        case "So" if not wide and code >= 0x2600:
            return "I"  # emoji that are narrow unless a variation selector follows
        case _:
            return "I" if wide else "A"


_CLASSES = _ClassTable({ord(c): letter for letter, given in _GIVEN.items() for c in given})

_NO_START = "CcMJZ "
_NO_END = "OoJ"

_FLAG = re.compile("R(M*)R")


def _resolve(classes: str) -> str:
    """Make a flag, two regional indicators, one cluster; let a joiner join no other joiner."""
    if "JJ" in classes:
        classes = classes.replace("JJ", "JM")
    if "R" in classes:
        classes = _FLAG.sub(lambda flag: "I" + "M" * (len(flag[0]) - 1), classes)
    return classes


_LOOSE = {ord(letter): "c" if letter in "c/" else "U" for letter in "A9CcOoHQ/"}
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[0-9A-Za-z/_=#&-]", re.IGNORECASE)


def _loosen_addresses(text: str, classes: str) -> str:
    """Let a web address break anywhere, but not before its dots and slashes."""
    if "://" not in text and "www." not in text:
        return classes
    parts: list[str] = []
    at = 0
    for address in _ADDRESS.finditer(text):
        start, end = address.span()
        parts += (classes[at:start], classes[start:end].translate(_LOOSE))
        at = end
    parts.append(classes[at:])
    return "".join(parts)


_CLUSTER = re.compile("[^MJ]?(?:[MWZ]|J.?)++", re.DOTALL)

_GLUED = re.compile(
    r"""
    ( (?: [Oo]M*+[ ]*+(?=.)                         # after an opening mark, even over spaces
      | [A9][A9M]*+(?=[oQcCHGWJZ/])                # a word and what clings to its end
      | (?:[A9][A9M]*+|[^ ])[ ]++(?=C|c(?![A9]))  # no closing mark first, even after spaces
      | cM*+(?=[A9])                              # 5.2, U.S.A, don’t
      | HM*+(?=9) | (?<![^ ])H++(?=A)            # 2020-21, -5, --all
      | /M*+(?=9|A{1,3}(?!A))                     # 24/7, km/h
      | [GWJQ]M*+(?=[^ ])                          # glue; quotation marks without a direction
      | [^ ](?=[cCHQGWMJZ/])                       # before a closing mark, a hyphen, a joiner
    )++ (?:[A9][A9M]*+|.) M*+
    | [A9][A9M]++
    | .(?=[ ])
    ) [ ]*+
    """,
    re.VERBOSE | re.DOTALL,
)
