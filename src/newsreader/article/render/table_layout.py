"""Lay out tables: as a grid if it fits, else as records of `head: value`."""

from __future__ import annotations

from itertools import accumulate, pairwise

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
    """Lay out a table as lines of at most `width` cells."""
    made = Laid()
    if table.caption:
        made = Flow(styles, (table.caption, base + styles.palette.caption)).lines(width)
    grid = place_cells(table, base, styles)
    if grid.columns:
        widths = column_widths(grid, width - GAP * (grid.columns - 1), styles)
        if widths is None:
            made.append(record_lines(grid, width, base, styles))
        else:
            made.append(_grid_lines(grid, widths, base, styles))
    return made


def _grid_lines(grid: Grid, widths: list[int], base: Style, styles: Styles) -> Laid:
    found: dict[Placed, dict[int, Laid]] = {}
    for placed in grid.cells:
        styles.token.check()
        placed.laid = placed.flow.lines(cell_width(placed, widths))
        found[placed] = placed.laid.by_line()
    heights = _row_heights(grid, styles)
    tops = [0, *accumulate(heights)]
    lefts = [0, *accumulate(width + GAP for width in widths)]
    roomy = any(height > 1 for height in heights[grid.heads :])
    made = Laid()
    for number, row in enumerate(grid.places):
        styles.token.check()
        cells = [placed for placed in dict.fromkeys(row) if placed is not None]
        for y in styles.token.each(range(tops[number], tops[number + 1])):
            line = Line([])
            # Only cells with lines left: one may be a thousand times as high as the others.
            cells = [cell for cell in cells if y - tops[cell.row] < len(cell.laid.lines)]
            at = 0
            for cell in cells:
                index = y - tops[cell.row]
                width = cell_width(cell, widths)
                at = _draw_cell(
                    line,
                    cell,
                    cell.laid.lines[index],
                    base,
                    at=at,
                    left=lefts[cell.column],
                    width=width,
                )
                if index in found[cell]:
                    made.find(found[cell][index], len(made.lines))
            _trim(line)
            made.lines.append(line)
        if number + 1 == len(grid.places):
            break
        parts = number + 1 == grid.heads or number + 1 in grid.groups
        if parts or (roomy and number >= grid.heads):
            mark = "─" if parts else "┈"
            made.lines.append(
                _rule_line(grid, number, widths, mark, base + styles.palette.table_rule)
            )
    return made


def _row_heights(grid: Grid, styles: Styles) -> list[int]:
    heights = [1] * len(grid.places)
    for placed in styles.token.each(sorted(grid.cells, key=lambda placed: placed.rowspan)):
        rows = range(placed.row, placed.row + placed.rowspan)
        missing = len(placed.laid.lines) - sum(heights[row] for row in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return heights


def _draw_cell(
    line: Line, placed: Placed, drawn: Line, base: Style, *, at: int, left: int, width: int
) -> int:
    """Add one line of a cell to a line that is `at` cells long; return its new length.

    Args:
        line: The line to add to.
        placed: The cell.
        drawn: The line of the cell.
        base: The style of blanks.
        at: The length of the line so far, in cells.
        left: The cell's first column on the screen.
        width: The cell's width.
    """
    used = sum(segment.cell_length for segment in drawn.segments)
    spare = max(0, width - used)
    match placed.align:
        case "right":
            left += spare
        case "center":
            left += spare // 2
        case _:
            pass
    if left > at:
        line.segments.append(Segment(" " * (left - at), base))
    line.segments += drawn.segments
    line.visible += drawn.visible
    return left + used


def _rule_line(grid: Grid, above: int, widths: list[int], mark: str, style: Style) -> Line:
    """Draw a rule below a row, with gaps at cells that go on into the next row."""
    row, below = (
        (*places, *[None] * (grid.columns - len(places)))
        for places in grid.places[above : above + 2]
    )
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
