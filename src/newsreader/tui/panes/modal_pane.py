"""A pane whose keys may be for something else for a while, and in which the mouse selects."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual import events, on
from textual.message import Message

from newsreader.tui.keyboard.bindings import key_pressed
from newsreader.tui.panes.movable_pane import MovablePane
from newsreader.tui.panes.pane_mode import PaneMode
from newsreader.tui.styles import part_style


class ModalPane(MovablePane, can_focus=True):
    """Gives its keys to its mode, and tells what the mouse is moved over.

    Attributes:
        mode: What keys are for while the pane is not just read.
    """

    @dataclass
    class Dragged(Message):
        """The mouse was moved with its button pressed.

        Attributes:
            start: Line and cell of the text where it was pressed.
            end: Line and cell where it is now.
        """

        pane: ModalPane
        start: tuple[int, int]
        end: tuple[int, int]

        @property
        def control(self) -> ModalPane:
            """The pane."""
            return self.pane

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self.mode = PaneMode(self._draw_anew, self._mode_style)
        self._pressed_at: tuple[int, int] | None = None
        self._was_dragged = False

    # What subclasses say

    @property
    def text_margin(self) -> int:
        """The cells before the text."""
        raise NotImplementedError

    def _draw_anew(self) -> None:
        """Forget what was drawn and draw it again."""
        raise NotImplementedError

    def _mode_style(self, name: str) -> Style:
        return self.base_style + part_style(self, f"article--{name}")

    # Keys

    @on(events.Key)
    def _give_to_mode(self, event: events.Key) -> None:
        """Give a key to the mode, if there is one; then nobody else gets it."""
        if self.mode.press(key_pressed(event)):
            event.stop()
            event.prevent_default()

    @on(events.Blur)
    def _end_mode(self) -> None:
        """End the mode: keys go elsewhere from now on."""
        self.mode.end()

    # The mouse

    def _place_under(self, event: events.MouseEvent) -> tuple[int, int]:
        offset = event.screen_offset - self.content_region.offset
        return self.scroll_offset.y + offset.y, max(0, offset.x - self.text_margin)

    @on(events.MouseDown)
    def _note_press(self, event: events.MouseDown) -> None:
        self._was_dragged = False
        inside = event.get_content_offset(self) is not None
        self._pressed_at = self._place_under(event) if event.button == 1 and inside else None

    @on(events.MouseMove)
    def _drag(self, event: events.MouseMove) -> None:
        if self._pressed_at is None:
            return
        if event.button != 1:
            self._pressed_at = None
            return
        place = self._place_under(event)
        if place != self._pressed_at and not self._was_dragged:
            self._was_dragged = True
            self.capture_mouse()
        if self._was_dragged:
            event.stop()
            self.post_message(self.Dragged(self, self._pressed_at, place))

    @on(events.MouseUp)
    def _end_drag(self) -> None:
        self._pressed_at = None
        if self._was_dragged:
            self.release_mouse()
