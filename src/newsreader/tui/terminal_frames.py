"""Draw what Textual's compositor makes of a frame into the cells of the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.geometry import Size
from textual.strip import Strip

from newsreader.tui.terminal_cells import TerminalCells


def draw_lines(cells: TerminalCells, lines: Iterable[Iterable[Strip]], size: Size) -> None:
    """Draw a whole screen: of each line the pieces, one per widget, side by side."""
    cells.resize(*size)
    for y, line in enumerate(lines):
        x, breaks = 0, []
        for strip in line:
            breaks.append(x)
            cells.put(x, y, strip, size.width)
            x += strip.cell_length
        cells.set_breaks(y, breaks)


def draw_spans(
    cells: TerminalCells,
    spans: Iterable[tuple[int, int, int]],
    lines: Sequence[Mapping[int, Strip | None]],
    ends: Sequence[Sequence[int]],
    size: Size,
) -> None:
    """Draw parts of a screen.

    Args:
        cells: Where to.
        spans: The row, the first column, and the one after the last, of each part.
        lines: Of each row the pieces by the column that they begin in.
        ends: Of each row the columns in which the pieces end.
        size: The screen's.
    """
    cells.resize(*size)
    for y, start, stop in spans:
        cells.set_breaks(y, list(lines[y]))
        for end, (x, strip) in zip(ends[y], lines[y].items(), strict=False):
            if strip is not None and x <= stop and end > start:
                cells.put(x, y, strip, min(end, stop))
