"""What the terminal shows, cell by cell, so that a frame sends only the cells that it changes.

Textual sends a line of a widget whole, with a reset and both colours for every piece of it: 14 to
23 KB for a `j` at 140 by 40. A line over SSH carries a few hundred, and what one feels there is
how long a frame takes to arrive.

What stands right of a character that a terminal takes to be wider or narrower than it is here may
be elsewhere than here: a change there sends the rest of the widget's row, as if nothing were known
of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from rich.color import ColorSystem
from rich.segment import Segment

from newsreader.tui.terminal_looks import END_LINK, PLAIN, TRANSITIONS, Look, Looks
from newsreader.tui.terminal_widths import (
    add_marks,
    extra_cells,
    is_disputed,
    leading_marks,
    split_cells,
)

_MAX_GAP: Final = 4
"""Unchanged cells that are sent again rather than passed over: moving the cursor takes 4 bytes."""


@dataclass(slots=True)
class _Row:
    """A row of the screen.

    Attributes:
        cells: The characters; empty where a wide one goes on.
        looks: How each looks.
        doubts: Where characters stand about whose width terminals disagree.
        breaks: Where a widget begins, whatever is left of it.
    """

    cells: list[str]
    looks: list[Look]
    doubts: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def copy(self) -> _Row:
        return _Row(self.cells[:], self.looks[:], self.doubts, self.breaks)

    def put(self, x: int, cells: list[str], looks: list[Look], doubts: list[int]) -> None:
        end = x + len(cells)
        row = self.cells
        if x == end:
            return
        # Half of a wide character is none.
        if not row[x]:
            first = x - 1
            while first > 0 and not row[first]:
                first -= 1
            row[first:x] = " " * (x - first)
            self.looks[first:x] = [look.blank for look in self.looks[first:x]]
        if end < len(row) and not row[end]:
            after = end
            while after < len(row) and not row[after]:
                row[after] = " "
                self.looks[after] = self.looks[after].blank
                after += 1
        row[x:end] = cells
        self.looks[x:end] = looks
        if doubts or self.doubts:
            left = [at for at in self.doubts if not x <= at < end]
            self.doubts = sorted({*left, *(x + at for at in doubts)})


class TerminalCells:
    """The cells that the terminal shows, and those that it should."""

    def __init__(self, system: ColorSystem) -> None:
        """Know nothing of the terminal.

        Args:
            system: The colours that it has.
        """
        self.width = 0
        self._looks = Looks(system)
        self._system = system
        self._wanted: list[_Row] = []
        self._shown: list[_Row | None] = []
        self._changed: set[int] = set()

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self._wanted)

    def resize(self, width: int, height: int) -> None:
        """Begin anew if the screen is of another size."""
        if (width, height) != (self.width, self.height):
            self.width = width
            plain = self._looks.of(None).blank
            self._wanted = [_Row([" "] * width, [plain] * width) for _ in range(height)]
            self.forget()

    def forget(self) -> None:
        """Take nothing for granted that the terminal shows: the next frame sends all of it."""
        self._shown = [None] * self.height
        self._changed = set(range(self.height))

    def put(self, x: int, y: int, segments: Iterable[Segment], end: int) -> None:
        """Draw a piece of a line.

        Args:
            x: The column where it begins.
            y: The row.
            segments: The piece.
            end: The column before which it ends; the rest is cut off.
        """
        width = min(end, self.width) - x
        if not 0 <= y < self.height or x < 0 or width <= 0:
            return
        cells: list[str] = []
        looks: list[Look] = []
        doubts: list[int] = []
        for text, style, control in segments:
            if control or not text:
                continue
            look = self._looks.of(style)
            marks = leading_marks(text)
            if marks:
                add_marks(cells, doubts, marks)
            parts, unsure = split_cells(text[len(marks) :])
            if unsure:
                doubts += [len(cells) + at for at in unsure]
            cells += parts
            blank = look.blank
            if blank is not look and " " in text:
                looks += [blank if cell == " " else look for cell in parts]
            else:
                looks += [look] * len(parts)
        if len(cells) > width:
            cut = width
            while cut and not cells[cut]:
                cut -= 1
            cells[cut:] = [" "] * (width - cut) if cut < width else []
            del looks[width:]
            doubts = [at for at in doubts if at < cut]
        self._wanted[y].put(x, cells, looks, doubts)
        self._changed.add(y)
        if self._looks.is_full:
            self._looks = Looks(self._system)

    def set_breaks(self, y: int, breaks: Sequence[int]) -> None:
        """Say where the widgets begin that a row goes through."""
        if 0 <= y < self.height:
            self._wanted[y].breaks = list(breaks)

    @property
    def is_shown(self) -> bool:
        """Whether the terminal shows what it should."""
        for y in list(self._changed):
            shown, wanted = self._shown[y], self._wanted[y]
            if shown is None or shown.cells != wanted.cells or shown.looks != wanted.looks:
                return False
            self._changed.remove(y)
        return True

    def changes(self) -> str:
        """What has to be sent to the terminal; from then on it is taken to show it."""
        pen = _Pen()
        for y in sorted(self._changed):
            wanted = self._wanted[y]
            runs = _changed_runs(self._shown[y], wanted)
            if runs:
                _write_runs(pen, y, wanted, runs)
                self._shown[y] = wanted.copy()
        self._changed.clear()
        return pen.finish()


class _Pen:
    """Collects what is sent, and knows how the next cell would look."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._state = PLAIN

    def move_to(self, x: int, y: int) -> None:
        self.sent.append(f"\x1b[{y + 1};{x + 1}H")

    def pass_over(self, cells: int) -> None:
        self.sent.append(f"\x1b[{cells}C" if cells > 1 else "\x1b[C")

    def take(self, look: Look) -> None:
        codes, self._state = TRANSITIONS[self._state, look.state]
        if codes:
            self.sent.append(codes)

    def finish(self) -> str:
        """All that is sent, at the end of which nothing is set."""
        if self._state[3]:
            self.sent.append(END_LINK)
        if self._state[:3] != PLAIN[:3]:
            self.sent.append("\x1b[0m")
        return "".join(self.sent)


def _changed_runs(shown: _Row | None, wanted: _Row) -> list[tuple[int, int]]:
    """The runs of cells of a row that have to be sent."""
    width = len(wanted.cells)
    if shown is None:
        return [(0, width)]
    cells, looks = wanted.cells, wanted.looks
    if shown.cells == cells and shown.looks == looks:
        return []
    changed = [
        x
        for x, (cell, old, look, old_look) in enumerate(
            zip(cells, shown.cells, looks, shown.looks, strict=True)
        )
        if look is not old_look or cell != old
    ]
    if shown.doubts or wanted.doubts:
        for start, end in _moved_cells(shown, wanted, changed):
            changed += range(start, end)
        changed = sorted(set(changed))
    return list(_joined(changed, cells, looks))


def _moved_cells(shown: _Row, wanted: _Row, changed: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where cells may stand elsewhere on the terminal, or something over them, as some changed.

    A character that is wider there moves the rest of its widget, and the last of that stands over
    the beginning of the next one.
    """
    width = len(wanted.cells)
    doubts = sorted({*shown.doubts, *wanted.doubts})
    covered = 0
    for start, end in pairwise(sorted({0, *wanted.breaks, width})):
        if covered > start:
            yield start, min(covered, end)
        inside = [x for x in doubts if start <= x < end]
        if not inside:
            continue
        first = _start_of_character(wanted.cells, inside[0])
        if covered > first or any(first <= x < end for x in changed):
            yield first, end
            more = sum(max(extra_cells(row.cells[x]) for row in (shown, wanted)) for x in inside)
            covered = max(covered, min(width, _end_of_character(wanted.cells, end) + more))


def _joined(
    changed: Sequence[int], cells: list[str], looks: list[Look]
) -> Iterator[tuple[int, int]]:
    """Runs of cells, with whole characters, over the gaps that are sent again."""
    start = end = -1
    width = len(cells)
    for x in changed:
        if x < end:  # the second half of a wide character
            continue
        if x > end or not cells[x]:
            begin = _start_of_character(cells, x)
            if start >= 0 and not _bridges(cells, looks, end, begin):
                yield start, end
                start = begin
            elif start < 0:
                start = begin
        end = x + 1
        while end < width and not cells[end]:
            end += 1
    if start >= 0:
        yield start, end


def _start_of_character(cells: list[str], x: int) -> int:
    while x and not cells[x]:
        x -= 1
    return x


def _end_of_character(cells: list[str], x: int) -> int:
    while x < len(cells) and not cells[x]:
        x += 1
    return x


def _bridges(cells: list[str], looks: list[Look], end: int, start: int) -> bool:
    """Whether what is unchanged between two runs is sent again."""
    if start <= end:
        return True
    look = looks[end - 1]
    return start - end <= _MAX_GAP and all(
        cells[x].isascii() and (looks[x] is look or looks[x] is look.blank) and cells[x]
        for x in range(end, start)
    )


def _write_runs(pen: _Pen, y: int, row: _Row, runs: Sequence[tuple[int, int]]) -> None:
    """Send runs of a row."""
    at: int | None = None  # where the cursor is, if that is known
    for start, end in runs:
        if at is None:
            pen.move_to(start, y)
        elif at < start:
            pen.pass_over(start - at)
        if row.doubts:
            at = end if _write_doubtful(pen, y, row, start, end) else None
            continue
        at = end
        _write_cells(pen, row, start, end)


def _write_cells(pen: _Pen, row: _Row, start: int, end: int) -> None:
    """Send cells where the cursor is."""
    cells, looks = row.cells, row.looks
    x = start
    while x < end:
        look = looks[x]
        blank = look.blank
        stop = x + 1
        while stop < end and ((following := looks[stop]) is look or following is blank):
            stop += 1
        pen.take(look)
        pen.sent += cells[x:stop]
        x = stop


def _write_doubtful(pen: _Pen, y: int, row: _Row, start: int, end: int) -> bool:
    """Send a run of a row with characters about whose width terminals disagree.

    Returns:
        Whether the cursor is where the run ends.
    """
    cells, doubts = row.cells, set(row.doubts)
    flows = not any(is_disputed(cells[x]) for x in doubts)
    special = sorted({*row.doubts, *row.breaks, end})
    is_sure, is_due = True, False
    x = start
    while x < end:
        is_due = is_due or x in row.breaks
        if not is_sure and is_due and cells[x]:
            pen.move_to(x, y)
            is_sure = True
        is_due = is_due and not cells[x]
        if flows or x not in doubts:
            # All of what is between two special cells is as the first of it.
            stop = x + 1 if is_due else min(special[bisect_right(special, x)], end)
            _write_cells(pen, row, x, stop)
            # One that is wider than here moves the rest, up to the next widget.
            is_sure = is_sure and x not in doubts
        else:
            stop = _end_of_disputed(row, doubts, x, end)
            # Where one is narrower than here, something of what was there would be left.
            pen.take(row.looks[x].blank)
            pen.sent.append(" " * (stop - x))
            pen.move_to(x, y)
            for at in range(x, stop):  # together, as two letters may be one flag
                pen.take(row.looks[at])
                pen.sent.append(cells[at])
            pen.move_to(stop, y)
        x = stop
    return is_sure


def _end_of_disputed(row: _Row, doubts: set[int], x: int, end: int) -> int:
    stop = x + 1
    while stop < end:
        cell = row.cells[stop]
        if cell and (stop in row.breaks or stop not in doubts or not is_disputed(cell)):
            break
        stop += 1
    return stop
