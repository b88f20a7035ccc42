"""Fit the excerpt of a post into a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from newsreader.cells import cut
from newsreader.text import EMPTY, Clean, derive, fill

if TYPE_CHECKING:
    from newsreader.search.excerpts import Excerpt


def fit_excerpt(excerpt: Excerpt, width: int) -> tuple[Clean, list[tuple[int, int]]]:
    """Cut an excerpt so that its first match is in sight.

    Args:
        excerpt: With a match.
        width: Cells that there are.

    Returns:
        The text, at most `width` cells wide, and where the matches stand in it.
    """
    if width <= 0:
        return EMPTY, []
    text, begin = excerpt.text, 0
    first, end = excerpt.spans[0]
    # A third of the line for what stands before it, and less if the match itself is long.
    room = max(0, min(width // 3, width - 2 - cell_len(text[first:end])))
    if cell_len(text[:first]) > room:
        begin = first
        while begin and cell_len(text[begin - 1 : first]) < room:
            begin -= 1
        while begin < first and not text[begin].isalnum():  # no line begins with a comma
            begin += 1
    rest = derive(text, text[begin:])
    whole = fill("…{}", rest) if begin else rest
    shown = cut(whole, width)
    last = len(shown) if shown == whole else len(shown) - 1
    shift = begin - (1 if begin else 0)
    spans = ((max(0, start - shift), min(stop - shift, last)) for start, stop in excerpt.spans)
    return shown, [span for span in spans if span[0] < span[1]]
