"""Tables as lines: a grid where it fits, records of `head: value` where it does not."""

from __future__ import annotations

from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from newsreader.article.document import Table
from newsreader.article.render.paragraph import Flow, Laid, Line, Styles
from newsreader.article.render.table_grid import (
    GAP,
    Grid,
    Placed,
    cell_width,
    column_widths,
    place_cells,
)
from newsreader.article.render.table_records import record_lines


def table_lines(table: Table, width: int, base: Style, styles: Styles) -> Laid:
    """A table as lines of at most `width` cells."""
    made = Laid()
    if table.caption:
        made = Flow(styles, (table.caption, base + styles.palette.caption)).lines(width)
    grid = place_cells(table, base, styles)
    if grid.columns:
        widths = column_widths(grid, width - GAP * (grid.columns - 1))
        if widths is None:
            made.append(record_lines(grid, width, base, styles))
        else:
            made.append(_grid_lines(grid, widths, base + styles.palette.table_rule, base))
    return made


def _grid_lines(grid: Grid, widths: list[int], rule: Style, base: Style) -> Laid:
    for placed in grid.cells:
        placed.laid = placed.flow.lines(cell_width(placed, widths))
    heights = _row_heights(grid)
    roomy = any(height > 1 for height in heights[grid.heads :])
    made = Laid()
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
                _draw_cell(line, here, index, cell_width(here, widths), base)
                if here.laid.links or here.laid.anchors:
                    made.find(here.laid.only(index), len(made.lines))
                column = here.column + here.colspan
            _trim(line)
            made.lines.append(line)
        if number + 1 == len(grid.places):
            break
        if number + 1 == grid.heads or (roomy and number >= grid.heads):
            mark = "─" if number + 1 == grid.heads else "┈"
            made.lines.append(_rule_line(grid, number, widths, mark, rule))
    return made


def _row_heights(grid: Grid) -> list[int]:
    heights = [1] * len(grid.places)
    for placed in sorted(grid.cells, key=lambda placed: placed.rowspan):
        rows = range(placed.row, placed.row + placed.rowspan)
        missing = len(placed.laid.lines) - sum(heights[row] for row in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return heights


def _draw_cell(line: Line, placed: Placed, index: int, width: int, base: Style) -> None:
    """Add one line of a cell, padded as it is aligned."""
    if index >= len(placed.laid.lines):
        line.segments.append(Segment(" " * width, base))
        return
    drawn = placed.laid.lines[index]
    spare = max(0, width - sum(segment.cell_length for segment in drawn.segments))
    match placed.align:
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


def _rule_line(grid: Grid, above: int, widths: list[int], mark: str, style: Style) -> Line:
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
