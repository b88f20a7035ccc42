"""What Textual's scroll view does at the cost of the whole screen, done at the cost of a line."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


def set_lines(view: ScrollView, lines: int) -> None:
    """Say how many lines a view has.

    Setting `virtual_size` lays out every widget of the screen again (25 ms), though only the scroll
    bar of this one changes, which always has its place. A view's own resizing does it in this way.
    """
    size = Size(view.scrollable_content_region.width, lines)
    if size != view.virtual_size:
        view.set_reactive(SIZE, size)
        view._scroll_update(size)


def set_place(view: ScrollView, place: str) -> None:
    """Say in the lower border where in the view the user is.

    Setting `border_subtitle` draws the whole widget again (ten kilobytes for the terminal, at every
    key); here only its last line is.
    """
    content = Content(place)
    if view._border_subtitle == content:
        return
    view._border_subtitle = content
    offset, outer = view.content_offset, view.outer_size
    view.refresh(Region(-offset.x, outer.height - 1 - offset.y, outer.width, 1))


SIZE: Reactive[Size] = ScrollView.virtual_size
"""The reactive itself, as the class holds it."""
