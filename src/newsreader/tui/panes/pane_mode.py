"""What the article's keys are for while it is not just read: links to choose, a text to select."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.style import Style
from textual.strip import Strip

from newsreader.text import derive
from newsreader.tui.styles import draw
from newsreader.tui.values import KeyTaker, LinkHint


class PaneMode:
    """A mode of the pane: who gets its keys, and what is drawn over the text."""

    def __init__(self, redraw: Callable[[], None]) -> None:
        """Begin without a mode.

        Args:
            redraw: Draws the whole pane again.
        """
        self._redraw = redraw
        self._taker: KeyTaker | None = None
        self._hints: Mapping[int, Sequence[LinkHint]] = {}

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

    def draw_over(self, line: int, strip: Strip, margin: int, style: Style, typed: Style) -> Strip:
        """Draw what the mode has for a line over it.

        Args:
            line: The line of the layout.
            strip: What is drawn there.
            margin: The cells before the text.
            style: That of codes.
            typed: That of their letters which were typed.
        """
        at = 0
        for hint in self._hints.get(line, ()):
            at = max(at, min(margin + hint.start, strip.cell_length - len(hint.code)))
            letters = hint.code
            done, left = (
                derive(letters, letters[: hint.typed]),
                derive(letters, letters[hint.typed :]),
            )
            code = Strip([draw(done, typed), draw(left, style)])
            rest = strip.crop(at + len(hint.code))
            strip = Strip.join([strip.crop(0, at), code, rest])
            at += len(hint.code)
        return strip
