"""Frames of nested blocks: the bars, bullets and indentation in front of their lines."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

LEAST_ROOM = 10
"""Least width of a block; indentation that would leave less is dropped."""


@dataclass(slots=True)
class Marker:
    """A bullet or number in front of one line, used only once."""

    segment: Segment
    used: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The prefix of the lines of a nested block, inside that of its parent.

    Attributes:
        parent: The frame around this one; `None` for the whole column. Every frame has a prefix
            of its own, so there are never more of them than the column has cells.
        width: The cells left for the blocks.
        style: The style of their text.
        prefix: The segments in front of every line.
        marker: Replaces the prefix of the next line, once.
        depth: The number of lists around it.
    """

    parent: Frame | None
    width: int
    style: Style
    prefix: Segment | None = None
    marker: Marker | None = None
    depth: int = 0


def inside(
    frame: Frame, prefix: Segment, style: Style, marker: Marker | None = None
) -> Frame | None:
    """Make a frame inside another; `None` if its prefix would leave too little room."""
    room = frame.width - prefix.cell_length
    if room < LEAST_ROOM:
        return None
    return Frame(frame, room, style, prefix, marker, frame.depth + (marker is not None))


def prefixes(frame: Frame, *, gap: bool = False) -> list[Segment]:
    """Return the prefix of the next line; this uses up markers, unless the line is a gap."""
    found: list[Segment] = []
    at: Frame | None = frame
    while at is not None:
        if at.marker is not None and not at.marker.used and not gap:
            found.append(at.marker.segment)
            at.marker.used = True
        elif at.prefix is not None:
            found.append(at.prefix)
        at = at.parent
    found.reverse()
    return found
