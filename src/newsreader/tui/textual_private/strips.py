"""Private names of Textual's lines of the screen."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip


class QuickStrip(Strip):
    """A line whose caches are made when one is used.

    Textual makes seven for each line, which takes longer than all else that a line needs; what is
    drawn by `terminal_frames` uses none.
    """

    __slots__ = ()

    def __init__(self, segments: list[Segment], cell_length: int) -> None:
        self._segments = segments
        self._cell_length = cell_length

    def __getattr__(self, name: str) -> object:
        """Make the caches; Python asks for what has no value yet."""
        if name == "_segments" or name not in Strip.__slots__:
            raise AttributeError(name)
        Strip.__init__(self, self._segments, self._cell_length)
        return getattr(self, name)
