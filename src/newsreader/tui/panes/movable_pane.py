"""The keys that move in a pane, whether over rows or over lines."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.scroll_view import ScrollView

from newsreader.tui.keys import Host, bindings


class MovablePane(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane that answers the moving keys.

    Subclasses say how far a page goes (`page_step`, `half_page_step`) and how to move (`move_by`,
    `move_to_top`, `move_to_bottom`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Host.PANE)]

    # What subclasses say

    @property
    def page_step(self) -> int:
        """How far a page goes."""
        raise NotImplementedError

    @property
    def half_page_step(self) -> int:
        """How far half a page goes."""
        raise NotImplementedError

    def move_by(self, by: int) -> None:
        """Move down, or up if `by` is below 0."""
        raise NotImplementedError

    def move_to_top(self) -> None:
        """Move to the first row or line."""
        raise NotImplementedError

    def move_to_bottom(self) -> None:
        """Move to the last row or line."""
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
        self.move_by(self.page_step)

    def action_move_page_up(self) -> None:
        """A page up, a little of it still in sight."""
        self.move_by(-self.page_step)

    def action_move_half_down(self) -> None:
        """Half a page down."""
        self.move_by(self.half_page_step)

    def action_move_half_up(self) -> None:
        """Half a page up."""
        self.move_by(-self.half_page_step)

    def action_move_top(self) -> None:
        """The first row or line."""
        self.move_to_top()

    def action_move_bottom(self) -> None:
        """The last row or line."""
        self.move_to_bottom()
