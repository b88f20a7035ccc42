"""How far an article is read, in few words."""

from __future__ import annotations

from newsreader.text import EMPTY, Clean, fill, literal


def describe_position(top: int, height: int, lines: int) -> Clean:
    """Say how far an article is read.

    Args:
        top: The first line on the pane, from 0.
        height: How many lines fit on it.
        lines: How many there are.
    """
    if not lines or not height:
        return EMPTY
    if lines <= height:
        return literal("all")
    return fill("{}%", min(100, (top + height) * 100 // lines))
