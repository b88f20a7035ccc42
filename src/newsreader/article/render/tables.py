"""Tables as lines: a grid where it fits, records of `head: value` where it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from newsreader.article.document import Cell, Span, Spans, Table
from newsreader.article.linebreak import break_lines
from newsreader.article.render.flow import Flow, FoundLink, Line, Styles, count_visible

GAP = 2
MOST_COLUMNS = 60
MOST_ROWS_SPANNED = 200
MOST_HEADS = 8
LEAST_CELLS = 8
"""A column that must wrap is not made narrower than this, or than its longest word."""
LONGEST_WORD = 24
MOST_LINES = 6
"""A table with a cell of many more lines reads better as records."""

_WORD = re.compile("[!-~\u00a1-\u024f\u0370-\u058f’]+")


@dataclass(slots=True)
class _Placed:
    """A cell at its place in the grid."""

    row: int
    column: int
    rowspan: int
    colspan: int
    cell: Cell
    flow: Flow
    lines: list[Line] = field(default_factory=list)
    links: list[FoundLink] = field(default_factory=list)


@dataclass(slots=True)
class _Grid:
    """A table's cells by row and column; a cell that spans stands in every place it covers."""

    places: list[list[_Placed | None]]
    cells: list[_Placed]
    columns: int
    heads: int
    """How many rows from the top are heads."""


def table_lines(
    table: Table, width: int, base: Style, styles: Styles
) -> tuple[list[Line], list[FoundLink]]:
    """A table as lines of at most `width` cells, and the links in them."""
    lines: list[Line] = []
    links: list[FoundLink] = []
    if table.caption:
        caption = Flow(styles, (table.caption, base + styles.palette.caption))
        lines, links = caption.lines(width)
    grid = _place_cells(table, base, styles)
    if not grid.columns:
        return lines, links
    widths = _column_widths(grid, width - GAP * (grid.columns - 1))
    if widths is None:
        more, found = _records(grid, width, base, styles)
    else:
        more, found = _grid_lines(grid, widths, base + styles.palette.table_rule, base)
    links += [link._replace(line=link.line + len(lines)) for link in found]
    return lines + more, links


def _place_cells(table: Table, base: Style, styles: Styles) -> _Grid:
    """Put every cell where its row and the cells that reach down from above leave room."""
    head_style = base + styles.palette.table_head
    places: list[list[_Placed | None]] = [[] for _ in table.rows]
    cells: list[_Placed] = []
    columns = 0
    for number, row in enumerate(table.rows):
        here = places[number]
        column = 0
        for cell in row:
            while column < len(here) and here[column] is not None:
                column += 1
            if column >= MOST_COLUMNS:
                column = MOST_COLUMNS - 1  # shares the last place: nothing is left out
            colspan = 1
            while (
                colspan < cell.colspan
                and column + colspan < MOST_COLUMNS
                and (column + colspan >= len(here) or here[column + colspan] is None)
            ):
                colspan += 1
            rowspan = max(1, min(cell.rowspan, len(table.rows) - number, MOST_ROWS_SPANNED))
            flow = Flow(styles, (cell.spans, head_style if cell.heading else base))
            placed = _Placed(number, column, rowspan, colspan, cell, flow)
            cells.append(placed)
            for below in places[number : number + rowspan]:
                below.extend([None] * (column + colspan - len(below)))
                below[column : column + colspan] = [placed] * colspan
            columns = max(columns, column + colspan)
            column += colspan
    for here in places:
        here.extend([None] * (columns - len(here)))
    heads = 0
    for row in table.rows:
        if heads == MOST_HEADS or not row or not all(cell.heading for cell in row):
            break
        heads += 1
    return _Grid(places, cells, columns, heads if heads < len(table.rows) else 0)


def _column_widths(grid: _Grid, room: int) -> list[int] | None:
    """Cells for every column, `None` where the grid does not fit."""
    owned = {id(placed) for row in grid.places for placed in row if placed is not None}
    if len(owned) < len(grid.cells):
        return None  # more cells than columns can be told apart
    natural = [1] * grid.columns
    least = [1] * grid.columns
    for placed in sorted(grid.cells, key=lambda placed: placed.colspan):
        text = placed.flow.text
        full = max(map(cell_len, text.split("\n")))
        word = max((cell_len(word) for word in _WORD.findall(text)), default=0)
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
    return _tightened(grid, widths, natural, room)


def _at_level(level: int, least: list[int], natural: list[int]) -> list[int]:
    return [max(low, min(level, high)) for low, high in zip(least, natural, strict=True)]


def _tightened(grid: _Grid, widths: list[int], natural: list[int], room: int) -> list[int]:
    """Take from columns what their wrapped lines leave unused, and give it to those it helps."""
    shared = {
        column
        for placed in grid.cells
        if placed.colspan > 1
        for column in range(placed.column, placed.column + placed.colspan)
    }
    used = [
        width if column in shared else min(width, natural[column])
        for column, width in enumerate(widths)
    ]
    for column in set(range(grid.columns)) - shared:
        if natural[column] > widths[column]:
            used[column] = max(
                cell_len(placed.flow.text[start:end])
                for placed in grid.cells
                if placed.column == column
                for start, end in break_lines(placed.flow.text, widths[column], cell_len)
            )
    left = room - sum(used)
    for column in sorted(range(grid.columns), key=lambda column: natural[column] - used[column]):
        more = min(left, natural[column] - used[column])
        if used[column] + more == natural[column] or column in shared:
            used[column] += more
            left -= more
    return used


def _widen(widths: list[int], placed: _Placed, needed: int) -> None:
    """Make the columns under a cell wide enough, each by its share."""
    columns = range(placed.column, placed.column + placed.colspan)
    missing = needed - sum(widths[column] for column in columns) - GAP * (placed.colspan - 1)
    if missing > 0:
        share, rest = divmod(missing, placed.colspan)
        for number, column in enumerate(columns):
            widths[column] += share + (number < rest)


def _grid_lines(
    grid: _Grid, widths: list[int], rule: Style, base: Style
) -> tuple[list[Line], list[FoundLink]]:
    for placed in grid.cells:
        placed.lines, placed.links = placed.flow.lines(_cell_width(placed, widths))
    heights = _row_heights(grid)
    roomy = any(height > 1 for height in heights[grid.heads :])
    lines: list[Line] = []
    links: list[FoundLink] = []
    for number, row in enumerate(grid.places):
        for offset in range(heights[number]):
            line = Line([])
            column = 0
            while column < grid.columns:
                here = row[column]
                if column:
                    line.segments.append(Segment(" " * GAP, base))
                if here is None:
                    line.segments.append(Segment(" " * widths[column], base))
                    column += 1
                    continue
                index = offset + sum(heights[here.row : number])
                _draw_cell(line, here, index, _cell_width(here, widths), base)
                links += [
                    link._replace(line=len(lines)) for link in here.links if link.line == index
                ]
                column = here.column + here.colspan
            _trim(line)
            lines.append(line)
        if number + 1 == len(grid.places):
            break
        if number + 1 == grid.heads or (roomy and number >= grid.heads):
            mark = "─" if number + 1 == grid.heads else "┈"
            lines.append(_rule_line(grid, number, widths, mark, rule))
    return lines, links


def _cell_width(placed: _Placed, widths: list[int]) -> int:
    span = widths[placed.column : placed.column + placed.colspan]
    return sum(span) + GAP * (placed.colspan - 1)


def _row_heights(grid: _Grid) -> list[int]:
    heights = [1] * len(grid.places)
    for placed in sorted(grid.cells, key=lambda placed: placed.rowspan):
        rows = range(placed.row, placed.row + placed.rowspan)
        missing = len(placed.lines) - sum(heights[row] for row in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return heights


def _draw_cell(line: Line, placed: _Placed, index: int, width: int, base: Style) -> None:
    """Add one line of a cell, padded as it is aligned."""
    if index >= len(placed.lines):
        line.segments.append(Segment(" " * width, base))
        return
    drawn = placed.lines[index]
    spare = max(0, width - sum(segment.cell_length for segment in drawn.segments))
    match placed.cell.align:
        case "right":
            before = spare
        case "center":
            before = spare // 2
        case _:
            before = 0
    if before:
        line.segments.append(Segment(" " * before, base))
    line.segments += drawn.segments
    line.visible += drawn.visible
    if spare > before:
        line.segments.append(Segment(" " * (spare - before), base))


def _rule_line(grid: _Grid, above: int, widths: list[int], mark: str, style: Style) -> Line:
    """A line below a row, open where a cell goes on into the next one."""
    row, below = grid.places[above], grid.places[above + 1]
    joined = [a is not None and a is b for a, b in zip(row, below, strict=True)]
    parts = [(" " if open_ else mark) * width for open_, width in zip(joined, widths, strict=True)]
    text = parts[0]
    for column, (left, right) in enumerate(pairwise(row)):
        one = left is not None and left is right and not joined[column]
        text += (mark if one else " ") * GAP + parts[column + 1]
    return Line([Segment(text.rstrip(), style)])


def _trim(line: Line) -> None:
    while line.segments and not line.segments[-1].text.strip(" "):
        line.segments.pop()


def _records(
    grid: _Grid, width: int, base: Style, styles: Styles
) -> tuple[list[Line], list[FoundLink]]:
    """One record a row, one line of `head: value` a cell."""
    head_style = base + styles.palette.table_head
    heads: list[list[_Placed]] = [[] for _ in range(grid.columns)]
    unused: list[_Placed] = []
    for placed in grid.cells:
        if placed.row < grid.heads and placed.flow.text.strip():
            unused.append(placed)
            for column in range(placed.column, placed.column + placed.colspan):
                heads[column].append(placed)
    lines: list[Line] = []
    links: list[FoundLink] = []
    by_row: list[list[_Placed]] = [[] for _ in grid.places]
    for placed in grid.cells:
        # What a record is about is said in each of them; other cells that reach down, once.
        reach = placed.rowspan if placed.column == 0 else 1
        if placed.row >= grid.heads:
            for number in range(placed.row, placed.row + reach):
                by_row[number].append(placed)
    counted = sum(
        count_visible(placed.flow.text) for placed in grid.cells if placed.row < grid.heads
    )
    used: set[int] = set()
    for number, cells in enumerate(by_row[grid.heads :], grid.heads):
        if lines and lines[-1].segments:
            lines.append(Line([]))
        for placed in sorted(cells, key=lambda placed: placed.column):
            if not placed.flow.text.strip():
                continue
            over = {
                id(head): head
                for column in range(placed.column, placed.column + placed.colspan)
                for head in heads[column]
            }
            used.update(over)
            flow = placed.flow
            if over:
                value_style = head_style if placed.cell.heading else base
                flow = Flow(
                    styles,
                    (_head_spans(list(over.values())), head_style),
                    (placed.cell.spans, value_style),
                )
            more, found = flow.lines(width)
            links += [link._replace(line=link.line + len(lines)) for link in found]
            for line in more:
                line.visible = 0
            if placed.row == number:
                # What is repeated does not count: a place is the same in a grid and in records.
                more[0].visible = counted + count_visible(placed.flow.text)
                counted = 0
            lines += more
    if lines and not lines[-1].segments:
        lines.pop()
    for head in unused:
        if id(head) not in used:  # a column without a single value
            more, _ = Flow(styles, (_head_spans([head]), head_style)).lines(width)
            for line in more:
                line.visible = 0
            more[0].visible, counted = counted, 0
            lines += more
    return lines, links


def _head_spans(heads: list[_Placed]) -> Spans:
    """What a value is of: the heads above it, from the top."""
    text = " / ".join(" ".join(head.flow.text.split()) for head in heads)
    return (Span(text + (": " if text[-1].isascii() else "：")),)
