"""What the article's keys are for while it is not just read: links to choose, a text to select."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newsreader.text import derive
from newsreader.tui.styles import draw
from newsreader.tui.values import KeyTaker, LinkHint


class PaneMode:
    """A mode of the pane: who gets its keys, and what is drawn over the text."""

    def __init__(self, redraw: Callable[[], None], style_of: Callable[[str], Style]) -> None:
        """Begin without a mode.

        Args:
            redraw: Draws the whole pane again.
            style_of: Gives the style of a part of what is drawn over the text.
        """
        self._redraw = redraw
        self._style_of = style_of
        self._taker: KeyTaker | None = None
        self._hints: Mapping[int, Sequence[LinkHint]] = {}
        self._selected: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._cursor = (0, 0, 0)

    @property
    def is_active(self) -> bool:
        """Whether there is a mode now."""
        return self._taker is not None

    def takes(self, character: str | None) -> bool:
        """Whether a key is a letter for the mode, if there is one, whatever it is bound to."""
        return self.is_active and character is not None and character.isprintable()

    def start(self, taker: KeyTaker) -> None:
        """Give all keys to `taker` from now on."""
        if self._taker is not taker:
            self.end()
            self._taker = taker

    def end(self) -> None:
        """End the mode; what it drew goes."""
        taker, self._taker = self._taker, None
        if taker is not None:
            taker.left()
            self._selected = None
            self.show_hints(())

    def press(self, key: str) -> bool:
        """Give a key to the mode; return whether there is one."""
        if self._taker is None:
            return False
        self._taker.press(key)
        return True

    def show_hints(self, hints: Sequence[LinkHint]) -> None:
        """Draw codes over the beginnings of links."""
        by_line: dict[int, list[LinkHint]] = {}
        for hint in hints:
            by_line.setdefault(hint.line, []).append(hint)
        self._hints = by_line
        self._redraw()

    def show_selection(
        self, start: tuple[int, int], end: tuple[int, int], cursor: tuple[int, int, int]
    ) -> None:
        """Mark a selection, from a line and cell to a line and the cell after it.

        Args:
            start: The first of its cells.
            end: The one after its last.
            cursor: Line and cell of the cursor, and how many cells it has.
        """
        self._selected, self._cursor = (start, end), cursor
        self._redraw()

    def draw_over(self, line: int, strip: Strip, margin: int, cells: int) -> Strip:
        """Draw what the mode has for a line over it.

        Args:
            line: The line of the layout.
            strip: What is drawn there.
            margin: The cells before the text.
            cells: Those of the text.
        """
        if self._selected is not None:
            strip = self._draw_selection(line, strip, margin, cells)
        style, typed = self._style_of("link-code"), self._style_of("link-code-typed")
        at = 0
        for hint in self._hints.get(line, ()):
            at = max(at, min(margin + hint.start, strip.cell_length - len(hint.code)))
            letters = hint.code
            done = derive(letters, letters[: hint.typed])
            left = derive(letters, letters[hint.typed :])
            code = Strip([draw(done, typed), draw(left, style)])
            strip = Strip.join([strip.crop(0, at), code, strip.crop(at + len(letters))])
            at += len(letters)
        return strip

    def _draw_selection(self, line: int, strip: Strip, margin: int, cells: int) -> Strip:
        assert self._selected is not None
        (first, from_cell), (last, to_cell) = self._selected
        if first <= line <= last:
            begin = from_cell if line == first else 0
            end = to_cell if line == last else cells
            strip = _over(strip, margin + begin, margin + end, self._style_of("selection"))
        if line == self._cursor[0]:
            _, cell, width = self._cursor
            style = self._style_of("cursor")
            strip = _over(strip, margin + cell, margin + cell + width, style)
        return strip


def _over(strip: Strip, begin: int, end: int, style: Style) -> Strip:
    """A strip with a style laid over some of its cells."""
    if begin >= end:
        return strip
    middle = Segment.apply_style(strip.crop(begin, end), post_style=style)
    return Strip.join([strip.crop(0, begin), Strip(middle), strip.crop(end)])
