"""Texts in the cells of a terminal: cut to a width, or cut and padded to exactly that width.

Apart from `newsreader.text`, because what reads posts needs that and must not bring rich with it.
Cells are counted as rich counts them, since it is what draws.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def cut(text: str, width: int) -> str:
    """The text, with `…` in place of what `width` cells do not hold."""
    if width <= 0:
        return ""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def fit(text: str, width: int) -> str:
    """The text cut or padded to exactly `width` cells; none if that is negative."""
    return set_cell_size(cut(text, width), max(0, width))
