"""What Textual does at the cost of the whole screen, or of a frame more, done for less."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
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


def mark_changed(screen: Screen[None]) -> None:
    """Let the frame that is about to be drawn show every widget that waits for one.

    A widget tells the screen that it has changed when it has nothing else to do, and what a key
    changes is several of them: a list, the article and two scroll bars, each of which would have
    a frame of its own.
    """
    for widget in screen._compositor.visible_widgets:
        if widget._repaint_regions:
            screen._dirty_widgets.add(widget)


SIZE: Reactive[Size] = ScrollView.virtual_size
"""The reactive itself, as the class holds it."""
