"""Tables that are too wide for a grid: one record a row, one line of `head: value` a cell."""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style

from newsreader.article.document import Span, Spans
from newsreader.article.render.paragraph import Flow, Laid, Line, Styles
from newsreader.article.render.table_grid import Grid, Placed


def record_lines(grid: Grid, width: int, base: Style, styles: Styles) -> Laid:
    """A table as records, each parted from the next by an empty line."""
    head_style = base + styles.palette.table_head
    heads: list[list[Placed]] = [[] for _ in range(grid.columns)]
    unused: dict[int, Placed] = {}
    for placed in grid.cells:
        if placed.row < grid.heads and placed.flow.text.strip():
            unused[id(placed)] = placed
            for column in range(placed.column, placed.column + placed.colspan):
                heads[column].append(placed)
    # A place is the same in a grid and in records: heads count once, in front of the first value.
    counted = sum(placed.flow.visible for placed in grid.cells if placed.row < grid.heads)
    made = Laid()
    for number, cells in enumerate(_by_row(grid)[grid.heads :], grid.heads):
        if made.lines and made.lines[-1].segments:
            made.lines.append(Line([]))
        for placed in sorted(cells, key=lambda placed: placed.column):
            if not placed.flow.text.strip():
                continue
            over = {
                id(head): head
                for column in range(placed.column, placed.column + placed.colspan)
                for head in heads[column]
            }
            flow = placed.flow
            if over:
                flow = Flow(
                    styles,
                    (_head_spans(over, unused), head_style),
                    (placed.cell.spans, head_style if placed.cell.heading else base),
                )
            for key in over:
                unused.pop(key, None)
            laid = flow.lines(width)
            if placed.row == number:
                _count(laid, counted + placed.flow.visible)
                counted = 0
            else:
                _count(laid, 0)
                laid.anchors.clear()
            made.append(laid)
    if made.lines and not made.lines[-1].segments:
        made.lines.pop()
    for head in list(unused.values()):  # of columns without a single value
        laid = Flow(styles, (_head_spans({id(head): head}, unused), head_style)).lines(width)
        _count(laid, counted)
        counted = 0
        made.append(laid)
    return made


def _by_row(grid: Grid) -> list[list[Placed]]:
    """The cells that are said of every row.

    What a record is about is said in each of them; other cells that reach down, once.
    """
    by_row: list[list[Placed]] = [[] for _ in grid.places]
    for placed in grid.cells:
        if placed.row >= grid.heads:
            reach = placed.rowspan if placed.column == 0 else 1
            for number in range(placed.row, placed.row + reach):
                by_row[number].append(placed)
    return by_row


def _count(laid: Laid, visible: int) -> None:
    """Give all visible characters of some lines to the first of them."""
    for line in laid.lines:
        line.visible = 0
    laid.lines[0].visible = visible


def _head_spans(heads: dict[int, Placed], unused: dict[int, Placed]) -> Spans:
    """What a value is of: the heads above it, from the top, links and all.

    Only the first time are they the places that a link leads to.
    """
    spans: list[Span] = []
    for key, head in heads.items():
        if spans:
            spans.append(Span(" / "))
        for span in head.cell.spans:
            anchor = span.anchor if key in unused else ""
            spans.append(replace(span, text=span.text.replace("\n", " "), anchor=anchor))
    text = "".join(span.text for span in spans)
    return (*spans, Span(": " if text.isascii() else "："))
