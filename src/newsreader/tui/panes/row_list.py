"""A list of rows of one height, of which only the visible ones are ever made or drawn."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.reactive import var
from textual.strip import Strip

from newsreader.tui.panes.movable_pane import MovablePane
from newsreader.tui.styles import drawn_line, part_style
from newsreader.tui.textual_private.drawing import set_lines

RIGHT_MARGIN = 1
"""Cells left free between a row and the scroll bar."""


class RowList(MovablePane):
    """A pane with a cursor over rows.

    Subclasses say how many rows there are (`set_row_count`), how to draw one (`draw_row`), and
    what it means that the cursor stands on one (`cursor_moved`) or that one was chosen
    (`row_chosen`).
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor",
        "rows--dim",
        "rows--strong",
        "rows--accent",
        "rows--match",
        "rows--section",
        "rows--warning",
    }

    cursor: var[int] = var(-1, init=False)
    """The row of the cursor, from 0; -1 while there is none."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._row_count = 0
        self._row_height = 1
        self._strips: dict[tuple[object, ...], Strip] = {}
        self._parts: dict[str, Style] = {}

    # What subclasses say

    def draw_row(self, row: int, line: int, width: int, *, selected: bool) -> list[Segment] | None:
        """Draw one line of one row in at most `width` cells; None: it is not known yet."""
        raise NotImplementedError

    def draw_key(self, row: int) -> object:
        """Give all that the looks of a row depend on, beside its width and the cursor."""
        raise NotImplementedError

    def can_select(self, row: int) -> bool:  # noqa: ARG002  (for subclasses)
        """Whether the cursor may stand on a row."""
        return True

    def cursor_moved(self) -> None:
        """The cursor stands on another row now."""

    def row_chosen(self) -> None:
        """The user asked for the row of the cursor."""

    # Rows and places

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._row_count

    @property
    def row_height(self) -> int:
        """Lines a row takes."""
        return self._row_height

    @property
    def page_rows(self) -> int:
        """Whole rows that fit on the pane, at least one."""
        return max(1, self.scrollable_content_region.height // self._row_height)

    def set_row_count(self, count: int) -> None:
        """Say how many rows there are; what was drawn of them is forgotten."""
        self._row_count = count
        self._set_lines()
        self.forget_drawn()

    def set_row_height(self, height: int) -> None:
        """Say how many lines each row takes."""
        if height != self._row_height:
            top_row = self.scroll_offset.y // self._row_height
            self._row_height = height
            self._set_lines()
            self.forget_drawn()
            self.scroll_to(y=top_row * height, animate=False, force=True)
            self.show_row(self.cursor)

    def _set_lines(self) -> None:
        """Say how many lines there are: so many that at the end, too, a whole row is on top."""
        lines, height = self._row_count * self._row_height, self.scrollable_content_region.height
        set_lines(self, lines + (height % self._row_height if lines > height else 0))

    def forget_drawn(self) -> None:
        """Forget all drawn lines and draw what is visible again."""
        self._strips.clear()
        self.refresh()

    def show_row(self, row: int) -> None:
        """Scroll as little as needed to have a whole row on the pane."""
        if row < 0:
            return
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first = row * self._row_height
        last = first + self._row_height
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last > top + height:
            rows_above = -((height - last) // self._row_height)  # the pane begins with a whole row
            self.scroll_to(y=rows_above * self._row_height, animate=False, force=True)

    def move_to(self, row: int, *, step: int = 1) -> None:
        """Put the cursor on a row, or on the next in the direction of `step` that can have it."""
        if not self._row_count:
            return
        row = min(max(row, 0), self._row_count - 1)
        for direction in (step, -step):
            candidate = row
            while 0 <= candidate < self._row_count:
                if self.can_select(candidate):
                    self.cursor = candidate
                    self.show_row(candidate)
                    return
                candidate += direction

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane, from what was drawn before if nothing has changed."""
        width = self.line_width
        row, line = divmod(self.scroll_offset.y + y, self._row_height)
        if row >= self._row_count:
            return Strip.blank(width, self.base_style)
        selected = row == self.cursor
        key = (self.draw_key(row), line, width, selected, selected and self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            segments = self.draw_row(row, line, width - RIGHT_MARGIN, selected=selected)
            if segments is None:
                return Strip.blank(width, self.base_style)
            base = self.base_style
            if selected:
                base += self._own_part("cursor")
            strip = drawn_line(segments, width, base)
            if len(self._strips) > 2_000:
                self._strips.clear()
            self._strips[key] = strip
        return strip

    def part(self, name: str, *, selected: bool) -> Style:
        """The style of a part of a row; under the cursor only its attributes, not its colours."""
        style = self._own_part(name)
        if not selected:
            return style
        return Style(bold=style.bold, italic=style.italic, underline=style.underline)

    def _own_part(self, name: str) -> Style:
        style = self._parts.get(name)
        if style is None:
            style = self._parts[name] = part_style(self, f"rows--{name}")
        return style

    def notify_style_update(self) -> None:
        """Forget all that was drawn: the theme or a class has changed."""
        super().notify_style_update()
        self._strips.clear()
        self._parts.clear()

    def on_resize(self) -> None:
        """Fit to the new size and keep the cursor in sight."""
        self._set_lines()
        self.show_row(self.cursor)

    @on(events.Focus)
    @on(events.Blur)
    def _draw_cursor_anew(self) -> None:
        """The cursor looks different in the pane that has the focus."""
        self.refresh()

    def validate_scroll_y(self, value: float) -> float:
        """Let the pane begin with a whole row, whatever scrolls it."""
        return super().validate_scroll_y(value) // self._row_height * self._row_height

    def validate_cursor(self, cursor: int) -> int:
        """Limit the cursor to the rows that there are."""
        return min(cursor, self._row_count - 1)

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows concerned and tell."""
        for row in (old, new):
            for line in range(self._row_height):
                self.refresh_line(row * self._row_height + line)
        self.cursor_moved()

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; a click on the row of the cursor chooses it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = (self.scroll_offset.y + offset.y) // self._row_height
        if row >= self._row_count or not self.can_select(row):
            return
        event.stop()
        if row == self.cursor:
            self.row_chosen()
        else:
            self.move_to(row)

    # Moving

    @property
    def page_steps(self) -> tuple[int, int]:
        """A page, less the one row of it that stays in sight; and half the rows of a page."""
        return max(1, self.page_rows - 1), max(1, self.page_rows // 2)

    def move_by(self, by: int) -> None:
        """Move the cursor."""
        self.move_to(self.cursor + by, step=1 if by > 0 else -1)

    def move_to_end(self, *, last: bool) -> None:
        """Move the cursor to the last row, or to the first, with what stands above it in sight."""
        if last:
            self.move_to(self._row_count - 1, step=-1)
        else:
            self.scroll_to(y=0, animate=False, force=True)
            self.move_to(0)

    def action_post_open(self) -> None:
        """Choose the row of the cursor."""
        if self.cursor >= 0:
            self.row_chosen()
