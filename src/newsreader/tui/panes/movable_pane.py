"""The keys that move in a pane, whether over rows or over lines."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType
from textual.scroll_view import ScrollView

from newsreader.tui.keyboard.bindings import bindings
from newsreader.tui.keys import Host
from newsreader.tui.textual_private.drawing import SteadyScrolling, draw_quickly


class MovablePane(SteadyScrolling, ScrollView, can_focus=True, inherit_bindings=False):
    """A pane that answers the moving keys.

    Subclasses say how far pages go (`page_steps`) and how to move (`move_by`, `move_to_end`).
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Host.PANE)]

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._base: Style | None = None
        self._line_width: tuple[object, int] = (None, 0)
        draw_quickly(self)

    @property
    def base_style(self) -> Style:
        """The style of the pane, worked out once: it is asked for by every line."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    @property
    def line_width(self) -> int:
        """Cells of a line beside the scroll bar, worked out once for a size, as the style is."""
        key = self.outer_size, self.show_vertical_scrollbar
        if key != self._line_width[0]:
            self._line_width = key, self.scrollable_content_region.width
        return self._line_width[1]

    def notify_style_update(self) -> None:
        """Forget the style: the theme or a class has changed."""
        super().notify_style_update()
        self._base = None
        self._line_width = None, 0

    # What subclasses say

    @property
    def page_steps(self) -> tuple[int, int]:
        """How far a page goes, and half a page: at least 1 each."""
        raise NotImplementedError

    def move_by(self, by: int) -> None:
        """Move down, or up if `by` is below 0."""
        raise NotImplementedError

    def move_to_end(self, *, last: bool) -> None:
        """Move to the last row or line, or else to the first."""
        raise NotImplementedError

    # Actions

    def action_move_down(self) -> None:
        """One row or line down."""
        self.move_by(1)

    def action_move_up(self) -> None:
        """One row or line up."""
        self.move_by(-1)

    def action_move_page_down(self) -> None:
        """A page down, a little of it still in sight."""
        self.move_by(self.page_steps[0])

    def action_move_page_up(self) -> None:
        """A page up, a little of it still in sight."""
        self.move_by(-self.page_steps[0])

    def action_move_half_down(self) -> None:
        """Half a page down."""
        self.move_by(self.page_steps[1])

    def action_move_half_up(self) -> None:
        """Half a page up."""
        self.move_by(-self.page_steps[1])

    def action_move_top(self) -> None:
        """The first row or line."""
        self.move_to_end(last=False)

    def action_move_bottom(self) -> None:
        """The last row or line."""
        self.move_to_end(last=True)
