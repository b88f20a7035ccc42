"""Cut and pad texts to a width in terminal cells.

Separate from `newsreader.text`, which is needed to read posts and must not import rich.
Cells are counted as rich counts them, since it is what draws.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from newsreader.text import EMPTY, Clean

_ELLIPSIS = "…"


def cut(text: Clean, width: int) -> Clean:
    """Cut a text to `width` cells, with `…` in place of what does not fit."""
    if width <= 0:
        return EMPTY
    if cell_len(text) <= width:
        return text
    room = width - cell_len(_ELLIPSIS)  # two cells in some terminals
    if room < 0:
        return Clean(set_cell_size(text, width))
    return Clean(set_cell_size(text, room).rstrip() + _ELLIPSIS)


def fit(text: Clean, width: int) -> Clean:
    """Cut or pad a text to exactly `width` cells; empty if that is negative."""
    return Clean(set_cell_size(cut(text, width), max(0, width)))


def blank(width: int) -> Clean:
    """So many cells of nothing; none if that is negative."""
    return Clean(" " * width)
