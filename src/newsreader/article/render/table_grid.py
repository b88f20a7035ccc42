"""Lay out tables as grids: place cells, align them, and find the widths of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import compress
from typing import Literal, TypeAlias

from rich.cells import cell_len
from rich.style import Style

from newsreader.article.cancellation import CancellationToken
from newsreader.article.document import Cell, Table
from newsreader.article.linebreak import break_lines
from newsreader.article.render.paragraph import Flow, Laid, Styles
from newsreader.patterns import compile_late

GAP = 2
MOST_COLUMNS = 60
"""Most columns of a grid; a table of more is shown as records at any width."""
MOST_ROWS_SPANNED = 200
LEAST_SPANNED = 10_000
PLACES_PER_CELL = 10
"""Places that spans may claim beyond the cells themselves; real tables need two per cell."""
MOST_HEADS = 8
LEAST_CELLS = 8
"""Least width of a column that must wrap, or its longest word if that is narrower."""
LONGEST_WORD = 24
MOST_LINES = 6
"""Most lines of a cell; a table with much higher ones reads better as records."""

Align: TypeAlias = Literal["left", "center", "right"]

_WORD = compile_late("[!-~\u00a1-\u024f\u0370-\u058f’]+")


_FIGURE = r"(?:[0-9]{1,3}(?:[,，'’ \u00a0\u2009\u202f][0-9]{3})++|[0-9]++)(?:\.[0-9]++)?+"
_NUMBER = compile_late(
    rf"""
      [(（]?+ (?:[≈~<>≤≥±约近超]\s?+)?+ [+\-−–]?+ (?:(?:US|HK|NT)?[$]|[¥￥€£₩]|RMB)?+ \s?+ [+\-−]?+
      {_FIGURE} (?:\s?+[-–—~～]\s?+{_FIGURE})?+
      \s?+ (?:[%‰％°℃℉]|[a-zA-Zµμ°]{{1,4}}[²³]?+(?:/[a-zA-Z]{{1,3}}[²³]?+)?+
             |[\u4e00-\u9fff]{{1,4}}+(?:/[\u4e00-\u9fff]{{1,2}})?+)?+
      [↑↓▲▼*]?+ [)）]?+
    """,
    re.VERBOSE,
)
"""A number with its sign, currency, unit; also a span of two numbers."""
_NO_NUMBER = frozenset(("", "-", "--", "–", "—", "——", "…", "/", "n/a", "na", "无", "暂无"))


@dataclass(slots=True, eq=False)
class Placed:
    """A cell at its place in the grid."""

    row: int
    column: int
    rowspan: int
    colspan: int
    cell: Cell
    flow: Flow
    align: Align = "left"
    laid: Laid = field(default_factory=Laid)


@dataclass(slots=True)
class Grid:
    """A table's cells by row and column; a spanning cell is in every place it covers.

    Attributes:
        places: The cell in every column of every row, up to the last that holds something.
        cells: Every cell once.
        columns: The number of columns.
        heads: The number of rows from the top that are heads.
        groups: The rows that begin another body, or the footer.
    """

    places: list[list[Placed | None]]
    cells: list[Placed]
    columns: int
    heads: int
    groups: frozenset[int] = frozenset()


def place_cells(table: Table, base: Style, styles: Styles) -> Grid:
    """Put every cell where its row and the cells that reach down from above leave room.

    Time is linear in the number of cells: spans share a budget, for 30 bytes of HTML can claim
    20,000 places. A cell for which nothing is left of it spans one row and the columns it has.
    """
    head_style = base + styles.palette.table_head
    places: list[list[Placed | None]] = [[] for _ in table.rows]
    cells: list[Placed] = []
    columns = 0
    budget = LEAST_SPANNED + PLACES_PER_CELL * sum(map(len, table.rows))
    for number, row in enumerate(table.rows):
        styles.token.check()
        here = places[number]
        column = 0
        for cell in styles.token.each(row):
            while column < len(here) and here[column] is not None:
                column += 1
            colspan = 1
            most = min(cell.colspan, budget)
            while colspan < most and (
                column + colspan >= len(here) or here[column + colspan] is None
            ):
                colspan += 1
            rowspan = max(1, min(cell.rowspan, len(table.rows) - number, MOST_ROWS_SPANNED))
            end = column + colspan
            # A row below that is shorter is filled up to this cell, which costs as much.
            claimed = (
                colspan
                - 1
                + sum(
                    colspan + max(0, column - len(below))
                    for below in places[number + 1 : number + rowspan]
                )
            )
            if claimed > budget:
                rowspan, claimed = 1, colspan - 1
            budget -= claimed
            flow = Flow(styles, (cell.spans, head_style if cell.heading else base))
            placed = Placed(number, column, rowspan, colspan, cell, flow)
            cells.append(placed)
            for below in places[number : number + rowspan]:
                below.extend([None] * (end - len(below)))
                below[column:end] = [placed] * colspan
            columns = max(columns, end)
            column = end
    heads = 0
    for row in table.rows:
        if (
            heads == MOST_HEADS
            or not row
            or not all(cell.heading for cell in styles.token.each(row))
        ):
            break
        heads += 1
    heads = heads if heads < len(table.rows) else 0
    _align_cells(cells, columns, heads, styles.token)
    return Grid(places, cells, columns, heads, frozenset(table.groups))


def _align_cells(cells: list[Placed], columns: int, heads: int, token: CancellationToken) -> None:
    """Align cells as they specify, else like their column.

    A column of numbers is aligned right, any other as all cells of its body specify.
    """
    texts: list[list[str]] = [[] for _ in range(columns)]
    given: list[set[Align]] = [set() for _ in range(columns)]
    for placed in token.each(cells):
        if placed.row >= heads and placed.colspan == 1:
            text = placed.flow.text.strip()
            texts[placed.column].append(text)
            if text:
                given[placed.column].add(placed.cell.align)
    aligns: list[Align] = []
    for found, said in token.each(zip(texts, given, strict=True)):
        if said == {"left"}:
            aligns.append("right" if _are_numbers(found, token) else "left")
        else:
            aligns.append(said.pop() if len(said) == 1 else "left")
    for placed in token.each(cells):
        placed.align = placed.cell.align
        if placed.align == "left" and placed.colspan == 1:
            placed.align = aligns[placed.column]


def _are_numbers(texts: list[str], token: CancellationToken) -> bool:
    """Whether a column holds numbers, and otherwise only signs for a missing number."""
    figures = [text for text in token.each(texts) if text.casefold() not in _NO_NUMBER]
    return bool(figures) and all(
        len(text) <= LONGEST_WORD and _NUMBER.fullmatch(text) for text in token.each(figures)
    )


def column_widths(grid: Grid, room: int, styles: Styles) -> list[int] | None:
    """Return the width of every column; `None` if the grid does not fit."""
    if grid.columns > MOST_COLUMNS:
        return None
    natural = [1] * grid.columns
    least = [1] * grid.columns
    for placed in sorted(grid.cells, key=lambda placed: placed.colspan):
        styles.token.check()
        text = placed.flow.text
        each = styles.token.each
        full = max(map(cell_len, each(text.split("\n"))))
        word = max(map(cell_len, each(_WORD.findall(text))), default=0)
        small = min(full, max(LEAST_CELLS, min(word, LONGEST_WORD), full // MOST_LINES))
        _widen(natural, placed, full)
        _widen(least, placed, small)
    if sum(natural) <= room:
        return natural
    if sum(least) > room:
        return None
    low, high = 0, room
    while low < high:  # the highest level up to which every column may rise
        level = (low + high + 1) // 2
        if sum(_at_level(level, least, natural)) <= room:
            low = level
        else:
            high = level - 1
    widths = _at_level(low, least, natural)
    return _tightened(grid, widths, natural, room, styles)


def _at_level(level: int, least: list[int], natural: list[int]) -> list[int]:
    return [max(low, min(level, high)) for low, high in zip(least, natural, strict=True)]


def _tightened(
    grid: Grid, widths: list[int], natural: list[int], room: int, styles: Styles
) -> list[int]:
    """Move the width that wrapped lines leave unused to the columns that it helps."""
    shared = {
        column
        for placed in styles.token.each(grid.cells)
        if placed.colspan > 1
        for column in range(placed.column, placed.column + placed.colspan)
    }
    used = [
        width if column in shared else min(width, natural[column])
        for column, width in enumerate(widths)
    ]
    wrapped = [
        column not in shared and natural[column] > widths[column] for column in range(grid.columns)
    ]
    for column in compress(range(grid.columns), wrapped):
        used[column] = 0
    for placed in styles.token.each(grid.cells):
        column = placed.column
        if wrapped[column]:
            styles.token.check()
            ranges = break_lines(placed.flow.text, widths[column], cell_len, styles.token.check)
            text = placed.flow.text
            longest = max(cell_len(text[start:end]) for start, end in styles.token.each(ranges))
            used[column] = max(used[column], longest)
    left = room - sum(used)
    for column in sorted(range(grid.columns), key=lambda column: natural[column] - used[column]):
        more = min(left, natural[column] - used[column])
        if used[column] + more == natural[column] or column in shared:
            used[column] += more
            left -= more
    return used


def _widen(widths: list[int], placed: Placed, needed: int) -> None:
    """Make the columns under a cell wide enough, each by its share."""
    columns = range(placed.column, placed.column + placed.colspan)
    missing = needed - sum(widths[column] for column in columns) - GAP * (placed.colspan - 1)
    if missing > 0:
        share, rest = divmod(missing, placed.colspan)
        for number, column in enumerate(columns):
            widths[column] += share + (number < rest)


def cell_width(placed: Placed, widths: list[int]) -> int:
    """Return the width of a cell of the grid, also over several columns."""
    span = widths[placed.column : placed.column + placed.colspan]
    return sum(span) + GAP * (placed.colspan - 1)
