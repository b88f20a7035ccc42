"""Cut and pad texts to a width in terminal cells.

Separate from `newsreader.text`, which is needed to read posts and must not import rich.
Cells are counted as rich counts them, since it is what draws.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from newsreader.text import EMPTY, Clean


def cut(text: Clean, width: int) -> Clean:
    """Cut a text to `width` cells, with `…` in place of what does not fit."""
    if width <= 0:
        return EMPTY
    if cell_len(text) <= width:
        return text
    return Clean(set_cell_size(text, width - 1).rstrip() + "…")


def fit(text: Clean, width: int) -> Clean:
    """Cut or pad a text to exactly `width` cells; empty if that is negative."""
    return Clean(set_cell_size(cut(text, width), max(0, width)))


def blank(width: int) -> Clean:
    """So many cells of nothing; none if that is negative."""
    return Clean(" " * width)
