"""Fill lines, each up to the last allowed break that fits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from newsreader.article.linebreak.classes import BLANKS, class_letters
from newsreader.article.linebreak.rules import (
    NO_END,
    NO_START,
    SPACES,
    Classes,
    go_on,
    resolve_classes,
)
from newsreader.article.linebreak.widths import CellLength, measure
from newsreader.patterns import compile_late

LineRange: TypeAlias = tuple[int, int]
"""The start and end of a line in the text, without the spaces that vanish at its end."""


_CHECKED_LINES: Final = 32


def break_lines(
    text: str, width: int, cell_len: CellLength, check: Callable[[], None] = go_on
) -> list[LineRange]:
    """Break a paragraph into lines of at most `width` cells.

    Between two lines only spaces and line feeds are left out; a line feed, and whatever else the
    annex has for one, always ends a line. A character wider than the column gets a line of its
    own, the only case of a line too wide.

    Args:
        text: The paragraph, all of its spans joined.
        width: Cells of the column; less than 1 counts as 1.
        cell_len: The width of a text; must be the function by which the screen measures.
        check: Called at least every 50 ms; may raise to stop the work.

    Returns:
        The range of every line in `text`; one empty range for an empty text.
    """
    width = max(1, width)
    if _is_short(text, width, cell_len) and text.isprintable():
        return [(0, len(text.rstrip(BLANKS)))]
    lines: list[LineRange] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        if number % _CHECKED_LINES == 0:
            check()
        piece = text[start:end]
        if _is_short(piece, width, cell_len):
            lines.append((start, start + len(piece.rstrip(BLANKS))))
        else:
            lines += _fill(piece, width, start, cell_len, check)
    return lines


def break_anywhere(
    text: str, width: int, cell_len: CellLength, check: Callable[[], None] = go_on
) -> list[LineRange]:
    """Break a text whose spaces count, such as code, after every `width` cells.

    Nothing is left out but line feeds; grapheme clusters stay whole.

    Args:
        text: Lines of code, tabs expanded.
        width: Cells of the column; less than 1 counts as 1.
        cell_len: The width of a text, as for `break_lines`.
        check: As for `break_lines`.

    Returns:
        The range of every line in `text`; one empty range for an empty text.
    """
    width = max(1, width)
    lines: list[LineRange] = []
    start = 0
    for number, piece in enumerate(text.split("\n")):
        if number % _CHECKED_LINES == 0:
            check()
        if _is_short(piece, width, cell_len):
            lines.append((start, start + len(piece)))
        else:
            lines += _fill_anywhere(piece, width, start, cell_len, check)
        start += len(piece) + 1
    return lines


def _is_short(text: str, width: int, cell_len: CellLength) -> bool:
    """Whether a text fits into a line; one that is sure to is not measured."""
    size = len(text)
    return 2 * size <= width or (size <= width and cell_len(text) <= width)


def break_places(text: str) -> list[int]:
    """Return every place in a text where a line may or must end, the text's end included.

    Args:
        text: Any text, line feeds included.

    Returns:
        Numbers of characters, ascending: a line may end before each. Empty for an empty text.
    """
    places: list[int] = []
    for start, end in _paragraphs(text):
        if start and start > (places[-1] if places else 0):
            places.append(start)
        if end - start < 2:
            continue
        piece = text[start:end]
        classes = resolve_classes(_settle_addresses(class_letters(piece), piece))
        places += (
            start + classes.starts[place]
            for place in range(1, len(classes.letters))
            if classes.may_end(place)
        )
    if text and (not places or places[-1] < len(text)):
        places.append(len(text))
    return places


_FORCED: Final = compile_late("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def _paragraphs(text: str) -> Iterator[LineRange]:
    """Split a text at forced ends of lines (LB4 and LB5)."""
    at = 0
    if not text.isprintable():
        for forced in _FORCED.finditer(text):
            yield at, forced.start()
            at = forced.end()
    yield at, len(text)


_ADDRESS: Final = compile_late(r"((?:https?://|www\.))[!-~]*[0-9A-Za-z/_=#&-]", re.IGNORECASE)
_LOOSE: Final = {ord(letter): "u" if letter in ",/!)}-b" else "U" for letter in "A9,/!)}-b($%\"d'"}


def _settle_addresses(letters: str, piece: str) -> str:
    """Let web addresses break anywhere but before points; the `https://` of one stays whole."""
    if "://" not in piece and "www." not in piece:
        return letters
    parts: list[str] = []
    at = 0
    for address in _ADDRESS.finditer(piece):
        start, end = address.end(1), address.end()
        parts += (letters[at:start], letters[start:end].translate(_LOOSE))
        at = end
    parts.append(letters[at:])
    return "".join(parts)


def _add_line(
    lines: list[LineRange], cells: Sequence[int], piece: LineRange, width: int, base: int
) -> None:
    """Add a line, cut in parts if it is too wide and has no allowed break.

    Such are a flag whose first half a joiner took, a run of jamo, marks that have cells: what is
    one cluster for the annex may be any number of cells wide on the screen.
    """
    start, end = piece
    while cells[end] - cells[start] > width:
        cut = bisect_right(cells, cells[start] + width, start, end + 1) - 1
        if cells[cut] == cells[start]:
            # A character wider than the column, with all that has no cells of its own.
            wide = bisect_right(cells, cells[start], start, end + 1)
            cut = bisect_right(cells, cells[wide], wide, end + 1) - 1
            if cut == end:
                break
        lines.append((base + start, base + cut))
        start = cut
    lines.append((base + start, base + end))


def _element_totals(totals: Sequence[int], starts: Sequence[int]) -> Sequence[int]:
    """Return running totals of elements from those of characters."""
    return totals if isinstance(starts, range) else [totals[at] for at in starts]


def _fill(
    piece: str, width: int, base: int, cell_len: CellLength, check: Callable[[], None]
) -> list[LineRange]:
    """Fill lines one after the other, each as full as the rules allow."""
    letters, cells = measure(piece, cell_len)
    check()
    classes = resolve_classes(_settle_addresses(letters, piece), check)
    check()
    letters, starts = classes.letters, classes.starts
    totals = _element_totals(cells, starts)
    size = len(letters)
    at = size - len(letters.lstrip(SPACES))
    if at == size:
        return [(base, base)]
    lines: list[LineRange] = []
    while at < size:
        if len(lines) % _CHECKED_LINES == 0:
            check()
        end = max(bisect_right(totals, totals[at] + width, at) - 1, at)
        while end < size and letters[end] in SPACES:
            end += 1
        if end < size:
            end = _last_break(classes, totals, at, end, width=width)
            while end < size and letters[end] in SPACES:
                end += 1
        last = end
        while last > at and letters[last - 1] in SPACES:
            last -= 1
        _add_line(lines, cells, (starts[at], starts[last]), width, base)
        at = end
    return lines


def _last_break(classes: Classes, totals: Sequence[int], at: int, end: int, *, width: int) -> int:
    """Find the last place in (at, end] where a line may end, else the least bad place."""
    place = end
    while place > at and not classes.may_end(place):
        place -= 1
    if place == end > at or (place > at and _fits(classes, totals, place, end, width=width)):
        return place
    # What follows is wider than the column: it breaks where it must, but still neither before a
    # closing mark nor after an opening one, while there is another place.
    first = place
    letters = classes.letters
    place = end
    while place > first and (letters[place] in NO_START or letters[place - 1] in NO_END):
        place -= 1
    if place > at:
        return place
    return _last_cut(classes, at, end)


def _fits(classes: Classes, totals: Sequence[int], start: int, end: int, *, width: int) -> bool:
    """Whether the unbreakable text from `start` on, past `end`, has room on a line."""
    letters = classes.letters
    limit = totals[start] + width
    place = end
    while totals[place] <= limit:
        if place == len(letters) or letters[place] in SPACES or classes.may_end(place):
            return True
        place += 1
    return False


def _last_cut(classes: Classes, at: int, end: int) -> int:
    """Find the last place in (at, end] that cuts no cluster, or the end of the first one."""
    place = end
    while place > at and not classes.between_clusters(place):
        place -= 1
    if place > at:
        return place
    place = at + 1
    while place < len(classes.letters) and not classes.between_clusters(place):
        place += 1
    return place


def _fill_anywhere(
    piece: str, width: int, base: int, cell_len: CellLength, check: Callable[[], None]
) -> list[LineRange]:
    """Fill lines to the last cell, keeping nothing together but clusters."""
    letters, cells = measure(piece, cell_len)
    classes = resolve_classes(letters, check)
    starts = classes.starts
    totals = _element_totals(cells, starts)
    size = len(classes.letters)
    lines: list[LineRange] = []
    at = 0
    while at < size:
        if len(lines) % _CHECKED_LINES == 0:
            check()
        end = bisect_right(totals, totals[at] + width, at) - 1
        if end < size:
            end = _last_cut(classes, at, end)
        _add_line(lines, cells, (starts[at], starts[end]), width, base)
        at = end
    return lines
