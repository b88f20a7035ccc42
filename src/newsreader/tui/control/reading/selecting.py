"""Select text in the article by moving a cursor, and copy it as it was before it was laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rich.cells import cell_len

from newsreader.article.render.line_text import TextPlace, characters_of, text_between, text_start
from newsreader.article.render.placed import Layout
from newsreader.messages import phrase
from newsreader.patterns import compile_late
from newsreader.text import Clean
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts

KEYS: Final = (
    ("h j k l", "move"),
    ("w b 0 $ g G", "farther"),
    ("v", "begin here"),
    ("y", "copy"),
    ("Esc", "leave"),
)
NOTHING: Final = "Nothing is selected"

_WORDS: Final = compile_late(r"[⺀-鿿가-힣豈-﫿\U00020000-\U0003ffff]+|\w+|[^\w\s]+")
"""Runs of CJK characters, of other letters, and of punctuation."""


class SelectionControl:
    """Moves the cursor of a selection; the selection reaches from where it began to there."""

    def __init__(
        self,
        screen: ScreenParts,
        messages: MessageControl,
        copy: Callable[[str, Clean], None],
    ) -> None:
        """Make the control.

        Args:
            screen: Shows the article.
            messages: Says if there is nothing to select.
            copy: Copies a text, and says something when that is done.
        """
        self._pane = screen.article
        self._keys = screen.keys
        self._messages = messages
        self._copy = copy
        self._lines: Layout | None = None
        self._anchor = self._cursor = TextPlace(0, 0)
        self._column = 0

    def start(self) -> None:
        """Begin at the first text on the pane."""
        lines = self._pane.laid_out
        if lines is None:
            return
        top = self._pane.top_line
        for line in range(top, min(top + self._pane.visible_lines, len(lines.lines))):
            if characters_of(lines, line).strip():
                self._begin(lines, TextPlace(line, text_start(lines, line)))
                return
        self._messages.say(phrase("No text on the screen"))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Select what the mouse was moved over.

        Args:
            start: Line and cell where its button was pressed.
            end: Line and cell where it is now.
        """
        lines = self._pane.laid_out
        if lines is None or not lines.lines:
            return
        if self._lines is not lines:
            self._begin(lines, self._place_of(lines, *start))
        self._anchor = self._place_of(lines, *start)
        self._move_to(self._place_of(lines, *end))

    def press(self, key: str) -> None:
        """Move, copy, or leave."""
        lines = self._lines
        if lines is None:
            return
        line = self._cursor.line
        page = max(1, self._pane.visible_lines - 2)
        match key:
            case "escape" | "q" | "V":
                self._pane.mode.end()
            case "enter" | "y":
                self._copy_selected(lines)
            case "v" | "space":
                self._anchor = self._cursor
                self._show()
            case "o":
                self._anchor, cursor = self._cursor, self._anchor
                self._move_to(cursor)
            case "h" | "left":
                self._move_to(self._step(lines, -1))
            case "l" | "right":
                self._move_to(self._step(lines, 1))
            case "j" | "down":
                self._move_down(lines, 1)
            case "k" | "up":
                self._move_down(lines, -1)
            case "pagedown" | "ctrl+f" | "ctrl+d":
                self._move_down(lines, page)
            case "pageup" | "ctrl+b" | "ctrl+u":
                self._move_down(lines, -page)
            case "w":
                self._move_to(self._word(lines, 1))
            case "b":
                self._move_to(self._word(lines, -1))
            case "0" | "home" | "^":
                self._move_to(TextPlace(line, text_start(lines, line)))
            case "$" | "end":
                self._move_to(TextPlace(line, _last(lines, line)))
            case "g":
                self._move_to(TextPlace(0, text_start(lines, 0)))
            case "G":
                last = len(lines.lines) - 1
                self._move_to(TextPlace(last, _last(lines, last)))
            case _:
                pass

    def left(self) -> None:
        """Show the usual keys again."""
        self._lines = None
        self._keys.mode_keys = ()

    def _begin(self, lines: Layout, place: TextPlace) -> None:
        self._pane.mode.start(self)
        self._keys.mode_keys = KEYS
        self._lines = lines
        self._anchor = place
        self._move_to(place)

    def _copy_selected(self, lines: Layout) -> None:
        first, last = sorted((self._anchor, self._cursor))
        text = text_between(lines, first, _after(lines, last))
        self._pane.mode.end()
        if text.strip():
            self._copy(text, phrase("Copied {:,} characters", len(text)))
        else:
            self._messages.say(phrase(NOTHING))

    # Where to

    def _move_to(self, place: TextPlace, *, keeps_column: bool = False) -> None:
        """Put the cursor somewhere, and bring that into view."""
        lines = self._lines
        if lines is None:
            return
        self._cursor = place
        if not keeps_column:
            self._column = cell_len(characters_of(lines, place.line)[: place.at])
        top, height = self._pane.top_line, self._pane.visible_lines
        if place.line < top:
            self._pane.go_to_line(place.line)
        elif place.line >= top + height:
            self._pane.go_to_line(place.line - height + 1)
        self._show()

    def _show(self) -> None:
        lines = self._lines
        if lines is None:
            return
        first, last = sorted((self._anchor, self._cursor))
        line, cell = _cells(lines, self._cursor)
        width = _cells(lines, _after(lines, self._cursor))[1] - cell
        self._pane.mode.show_selection(
            _cells(lines, first), _cells(lines, _after(lines, last)), (line, cell, max(1, width))
        )

    def _step(self, lines: Layout, by: int) -> TextPlace:
        """The next character, or the one before, also on another line."""
        line, at = self._cursor
        if by > 0:
            after = _after(lines, self._cursor).at
            if after <= _last(lines, line):
                return TextPlace(line, after)
            below = _with_text(lines, line, 1)
            return TextPlace(below, text_start(lines, below)) if below >= 0 else self._cursor
        if at > text_start(lines, line):
            return TextPlace(line, _before(lines, self._cursor))
        above = _with_text(lines, line, -1)
        return TextPlace(above, _last(lines, above)) if above >= 0 else self._cursor

    def _move_down(self, lines: Layout, by: int) -> None:
        line = max(0, min(self._cursor.line + by, len(lines.lines) - 1))
        self._move_to(self._place_of(lines, line, self._column), keeps_column=True)

    def _word(self, lines: Layout, by: int) -> TextPlace:
        """The beginning of the next word, or of the one before."""
        line, at = self._cursor
        while 0 <= line < len(lines.lines):
            words = _WORDS.finditer(characters_of(lines, line), text_start(lines, line))
            starts = [word.start() for word in words]
            if by > 0:
                found = next((start for start in starts if start > at), None)
            else:
                found = next((start for start in reversed(starts) if start < at), None)
            if found is not None:
                return TextPlace(line, found)
            line += by
            at = -1 if by > 0 else 1_000_000
        return self._cursor

    def _place_of(self, lines: Layout, line: int, cell: int) -> TextPlace:
        """The character at a cell of a line, or the nearest one."""
        line = max(0, min(line, len(lines.lines) - 1))
        text = characters_of(lines, line)
        at = cells = 0
        while at < len(text) and cells + cell_len(text[at]) <= cell:
            cells += cell_len(text[at])
            at += 1
        return TextPlace(line, max(text_start(lines, line), min(at, _last(lines, line))))


def _last(lines: Layout, line: int) -> int:
    """The place of the last character of a line that is seen."""
    text = characters_of(lines, line).rstrip()
    at = len(text) - 1
    while at > 0 and not cell_len(text[at]):
        at -= 1
    return max(text_start(lines, line), at, 0)


def _after(lines: Layout, place: TextPlace) -> TextPlace:
    """The place after a character and the marks on it."""
    text = characters_of(lines, place.line)
    at = min(place.at + 1, len(text))
    while at < len(text) and not cell_len(text[at]):
        at += 1
    return TextPlace(place.line, at)


def _before(lines: Layout, place: TextPlace) -> int:
    """The place of the character before, with the marks on it."""
    text = characters_of(lines, place.line)
    at = place.at - 1
    while at > 0 and not cell_len(text[at]):
        at -= 1
    return at


def _with_text(lines: Layout, line: int, by: int) -> int:
    """The next line that has text, or the one before; -1: there is none."""
    line += by
    while 0 <= line < len(lines.lines):
        if characters_of(lines, line).strip():
            return line
        line += by
    return -1


def _cells(lines: Layout, place: TextPlace) -> tuple[int, int]:
    return place.line, cell_len(characters_of(lines, place.line)[: place.at])
