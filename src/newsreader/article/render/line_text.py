"""The text of a layout without what only the layout made: line ends, margins, bars, rules."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsreader.article.render.placed import Layout
from newsreader.patterns import compile_late

_BARS = compile_late(r"[ ▎]*")
_RULE = compile_late(r"[─━┼│┌┐└┘├┤┬┴═ ]+")
_BORDER = compile_late(r"\s*│\s*")


class TextPlace(NamedTuple):
    """A place in a layout: the line, and how many of its characters stand before it."""

    line: int
    at: int


def characters_of(placed: Layout, line: int) -> str:
    """Return all characters of a line, margins and bars included."""
    return "".join(segment.text for segment in placed.lines[line])


def text_start(placed: Layout, line: int) -> int:
    """Count the characters of a line that the layout put before its text, but no bullet."""
    text = characters_of(placed, line)
    prefix = placed.prefixes[line] if line < len(placed.prefixes) else 0
    bars = _BARS.match(text, 0, prefix)
    return bars.end() if bars is not None else 0


def text_between(placed: Layout, start: TextPlace, end: TextPlace) -> str:
    """Return the text between two places, as it was before it was laid out.

    A paragraph is one line again, code keeps its lines; bars and margins are left out, and so are
    rules, which are no text. Bullets and numbers stay. Time is linear in the number of lines.

    Args:
        placed: The layout.
        start: The first character.
        end: The place after the last one.
    """
    pieces: list[str] = []
    for line in range(start.line, min(end.line + 1, len(placed.lines))):
        text = characters_of(placed, line)
        first = max(text_start(placed, line), start.at if line == start.line else 0)
        glue = placed.glues[line] if line < len(placed.glues) else None
        if glue is not None:  # it goes on: what stands before it is all the layout's
            first = max(first, placed.prefixes[line])
        piece = text[first : end.at if line == end.line else len(text)].rstrip()
        if piece and _RULE.fullmatch(piece):
            continue
        if "│" in piece:
            piece = _BORDER.sub("\t", piece).strip("\t")
        if pieces:
            pieces.append("\n" if glue is None else glue)
        pieces.append(piece)
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip("\n")
