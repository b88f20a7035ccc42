"""Tables that are too wide for a grid: one record a row, one line of `head: value` a cell."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from rich.style import Style

from newsreader.article.document import Span, Spans
from newsreader.article.render.paragraph import Flow, Laid, Line, Styles
from newsreader.article.render.table_grid import Grid, Placed

LONGEST_LABEL = 60
"""Characters of a head, or of a cell that several rows share, where it is said again."""


def record_lines(grid: Grid, width: int, base: Style, styles: Styles) -> Laid:
    """A table as records, each parted from the next by an empty line.

    The first label that names a head has all of its words; those after it are cut to
    `LONGEST_LABEL` characters, and so is a cell that is said of more rows than its own: a head of
    20,000 characters above a thousand rows made 500,000 lines.
    """
    head_style = base + styles.palette.table_head
    heads: list[list[Placed]] = [[] for _ in range(grid.columns)]
    unused: dict[Placed, None] = {}
    for placed in grid.cells:
        if placed.row < grid.heads and placed.flow.text.strip():
            unused[placed] = None
            for column in range(placed.column, placed.column + placed.colspan):
                heads[column].append(placed)
    # A place is the same in a grid and in records: heads count once, in front of the first value.
    counted = sum(placed.flow.visible for placed in grid.cells if placed.row < grid.heads)
    made = Laid()
    for number, cells in enumerate(_by_row(grid)[grid.heads :], grid.heads):
        if made.lines and made.lines[-1].segments:
            made.lines.append(Line([]))
        for placed in sorted(cells, key=lambda placed: placed.column):
            styles.token.check()
            if not placed.flow.text.strip():
                continue
            is_own = placed.row == number
            over = list(
                dict.fromkeys(
                    head
                    for column in range(placed.column, placed.column + placed.colspan)
                    for head in heads[column]
                )
            )
            flow = placed.flow
            if over or not is_own:
                spans = placed.cell.spans if is_own else _shortened(placed.cell.spans)
                flow = Flow(
                    styles,
                    (_head_spans(over, unused) if over else (), head_style),
                    (spans, head_style if placed.cell.heading else base),
                )
            for head in over:
                unused.pop(head, None)
            laid = flow.lines(width)
            if is_own:
                _count(laid, counted + placed.flow.visible)
                counted = 0
            else:
                _count(laid, 0)
                laid.anchors.clear()
            made.append(laid)
    if made.lines and not made.lines[-1].segments:
        made.lines.pop()
    for head in list(unused):  # of columns without a single value
        styles.token.check()
        laid = Flow(styles, (_head_spans([head], unused), head_style)).lines(width)
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


def _head_spans(heads: list[Placed], unused: Container[Placed]) -> Spans:
    """What a value is of: the heads above it, from the top, links and all.

    Only the first time are they the places that a link leads to, and never cut.
    """
    spans: list[Span] = []
    room = LONGEST_LABEL
    for head in heads:
        own = head.cell.spans
        if head not in unused:
            if room <= 0:
                continue
            own = tuple(replace(span, anchor="") for span in _shortened(own, room))
            room -= sum(len(span.text) for span in own)
        if spans:
            spans.append(Span(" / "))
        spans += [replace(span, text=span.text.replace("\n", " ")) for span in own]
    text = "".join(span.text for span in spans)
    return (*spans, Span(": " if text.isascii() else "："))


def _shortened(spans: Spans, room: int = LONGEST_LABEL) -> Spans:
    """As much of some spans as has room, and a mark where that is not all."""
    taken: list[Span] = []
    for span in spans:
        if len(span.text) > room:
            taken.append(replace(span, text=span.text[:room] + "…"))
            break
        taken.append(span)
        room -= len(span.text)
    return tuple(taken)
