"""Every use of a private name of Textual, with its reason.

None of these names is promised to stay: the tests of the screen tell when one of them has gone.
"""

from __future__ import annotations

from textual.app import App
from textual.content import Content
from textual.css.styles import RenderStyles
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget

_VIRTUAL_SIZE: Reactive[Size] = ScrollView.virtual_size
"""The reactive itself, as the class holds it."""


def set_lines(view: ScrollView, lines: int) -> None:
    """Say how many lines a view has.

    Setting `virtual_size` lays out every widget of the screen again (25 ms), though only the scroll
    bar of this one changes, which always has its place. A view's own resizing does it in this way.
    """
    size = Size(view.scrollable_content_region.width, lines)
    if size != view.virtual_size:
        view.set_reactive(_VIRTUAL_SIZE, size)
        view._scroll_update(size)


def set_subtitle(view: ScrollView, subtitle: str) -> None:
    """Write something into the lower border of a view.

    Setting `border_subtitle` draws the whole widget again (ten kilobytes for the terminal, at every
    key); here only its last line is.
    """
    content = Content(subtitle)
    if view._border_subtitle == content:
        return
    view._border_subtitle = content
    offset, outer = view.content_offset, view.outer_size
    view.refresh(Region(-offset.x, outer.height - 1 - offset.y, outer.width, 1))


class OneFrame:
    """A screen that shows in one frame everything that a key changes.

    A widget tells the screen that it has changed when it has nothing else to do, and what a key
    changes is several of them: a list, the article and two scroll bars, each of which would have
    a frame of its own.
    """

    def _on_timer_update(self) -> None:
        assert isinstance(self, Screen)
        for widget in self._compositor.visible_widgets:
            if widget._repaint_regions:
                self._dirty_widgets.add(widget)
        Screen._on_timer_update(self)


class LateComponentStyles(Widget):
    """A widget whose component styles are worked out when the first of them is asked for.

    An article has thirty of them. Worked out three times before the first screen is drawn, they
    would take a tenth of the start, and there is no article yet.
    """

    _has_component_styles = False

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]  # of the class there
        return super()._get_component_classes() if self._has_component_styles else frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Give the styles of component classes, all of which are worked out at the first call."""
        if not self._has_component_styles:
            self._has_component_styles = True
            self.app.stylesheet.apply(self)
        return super().get_component_styles(*names)


class RaisedFailure:
    """An app that leaves what nobody expected to its caller, without Textual's own traceback."""

    @property
    def failure(self) -> Exception | None:
        """What ended the app though nobody expected it."""
        assert isinstance(self, App)
        return self._exception

    def _fatal_error(self) -> None:
        assert isinstance(self, App)
        self.bell()
        self._close_messages_no_wait()
