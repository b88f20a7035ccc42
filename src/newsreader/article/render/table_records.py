"""Lay out tables too wide for a grid: one record per row, one line `head: value` per cell."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from rich.style import Style

from newsreader.article.document import Span, Spans
from newsreader.article.render.paragraph import Flow, Laid, Line, Styles
from newsreader.article.render.table_grid import Grid, Placed
from newsreader.text import EMPTY, derive, fill, literal

LONGEST_LABEL = 60
"""Most characters of a head, or of a cell that several rows share, when it is repeated."""


def record_lines(grid: Grid, width: int, base: Style, styles: Styles) -> Laid:
    """Lay out a table as records, separated by empty lines.

    The first label that names a head has all of its words; those after it are cut to
    `LONGEST_LABEL` characters, and so is a cell that is repeated in more rows than its own: a
    head of 20,000 characters above a thousand rows made 500,000 lines.
    """
    head_style = base + styles.palette.table_head
    heads: list[list[Placed]] = [[] for _ in range(grid.columns)]
    unused: dict[Placed, None] = {}
    for placed in styles.token.each(grid.cells):
        if placed.row < grid.heads and placed.flow.text.strip():
            unused[placed] = None
            for column in range(placed.column, placed.column + placed.colspan):
                heads[column].append(placed)
    # A reading place means the same in a grid and in records: heads count once, before the first
    # value.
    counted = sum(
        placed.flow.visible for placed in styles.token.each(grid.cells) if placed.row < grid.heads
    )
    made = Laid()
    for number, cells in enumerate(_by_row(grid, styles)[grid.heads :], grid.heads):
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


def _by_row(grid: Grid, styles: Styles) -> list[list[Placed]]:
    """Return the cells that the record of every row shows.

    The cell that names a record is repeated in each; other cells that span rows are shown once.
    """
    by_row: list[list[Placed]] = [[] for _ in grid.places]
    for placed in styles.token.each(grid.cells):
        if placed.row >= grid.heads:
            reach = placed.rowspan if placed.column == 0 else 1
            for number in range(placed.row, placed.row + reach):
                by_row[number].append(placed)
    return by_row


def _count(laid: Laid, visible: int) -> None:
    """Count all visible characters of some lines on the first of them."""
    for line in laid.lines:
        line.visible = 0
    laid.lines[0].visible = visible


def _head_spans(heads: list[Placed], unused: Container[Placed]) -> Spans:
    """Make the label of a value from the heads above it, from the top, with their links.

    Only the first time do they hold anchors, and are never cut.
    """
    spans: list[Span] = []
    room = LONGEST_LABEL
    for head in heads:
        own = head.cell.spans
        if head not in unused:
            if room <= 0:
                continue
            own = tuple(replace(span, anchor=EMPTY) for span in _shortened(own, room))
            room -= sum(len(span.text) for span in own)
        if spans:
            spans.append(Span(literal(" / ")))
        spans += [_flat(span) for span in own]
    text = "".join(span.text for span in spans)
    return (*spans, Span(literal(": " if text.isascii() else "：")))


def _flat(span: Span) -> Span:
    """The span with its line ends turned into spaces."""
    text = span.text
    return replace(span, text=derive(text, text.replace("\n", " ")))


def _shortened(spans: Spans, room: int = LONGEST_LABEL) -> Spans:
    """Cut spans to a length, with a mark if anything was cut."""
    taken: list[Span] = []
    for span in spans:
        if len(span.text) > room:
            taken.append(replace(span, text=fill("{}…", derive(span.text, span.text[:room]))))
            break
        taken.append(span)
        room -= len(span.text)
    return tuple(taken)
