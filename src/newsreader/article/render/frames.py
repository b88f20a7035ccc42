"""What stands in front of the lines of nested blocks: bars, bullets, indentation."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

LEAST_ROOM = 10
"""Indentation that would leave a block less room than this is dropped."""


@dataclass(slots=True)
class Marker:
    """A bullet or number; it stands in front of one line and is used up by it."""

    segment: Segment
    used: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands in front of the lines of nested blocks.

    Attributes:
        parent: The frame around this one; `None` for the whole column. Every frame has a prefix
            of its own, so there are never more of them than the column has cells.
        width: The cells that are left for the blocks.
        style: The style of their text.
        prefix: In front of every line.
        marker: In front of the next line in place of the prefix, once.
        depth: How many lists are around.
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
    """A frame inside another; `None` where its prefix would leave too little room."""
    room = frame.width - prefix.cell_length
    if room < LEAST_ROOM:
        return None
    return Frame(frame, room, style, prefix, marker, frame.depth + (marker is not None))


def prefixes(frame: Frame, *, gap: bool = False) -> list[Segment]:
    """What stands in front of the next line; markers are used up, but not by a gap."""
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
