"""Private names of Textual by which widgets, screens and the app draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any, Self, cast

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.css.styles import RenderStyles, StylesBase
from textual.dom import DOMNode
from textual.events import Event, Resize, ScreenResume
from textual.filter import LineFilter
from textual.geometry import Region, Size, Spacing
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget, _RenderCache

from newsreader.text import Clean
from newsreader.tui.styles import load_late_styles
from newsreader.tui.terminal_cells import TerminalCells
from newsreader.tui.terminal_frames import draw_region, outermost
from newsreader.tui.textual_private.driver import TerminalDriver
from newsreader.tui.textual_private.strips import QuickStrip

_VIRTUAL_SIZE: Reactive[Size] = ScrollView.virtual_size


def set_lines(view: ScrollView, lines: int) -> None:
    """Say how many lines a view has.

    Setting `virtual_size` lays out every widget of the screen again (25 ms), though only the scroll
    bar of this one changes, which always has its place. A view's own resizing does it in this way.
    """
    size = Size(view.scrollable_content_region.width, lines)
    if size != view.virtual_size:
        view.set_reactive(_VIRTUAL_SIZE, size)
        view._scroll_update(size)


def set_subtitle(view: ScrollView, subtitle: Clean) -> None:
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


class QuickLines(StylesCache):
    """Draws a widget's lines of text between edges that are worked out once.

    Textual works out border, padding and colours for each line, though only the text differs, and
    makes a line of its own for each filter.
    """

    _edges: tuple[object, tuple[Segment, ...], tuple[Segment, ...]] = (None, (), ())
    _filters: Sequence[LineFilter] = ()

    def render(  # noqa: PLR0917  (Textual's signature)
        self,
        styles: StylesBase,
        size: Size,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        filters: Sequence[LineFilter],
        *rest: Any,
        **options: Any,
    ) -> list[Strip]:
        """Draw lines of the widget."""
        if filters != self._filters:
            self.clear()
            self._filters = filters
        return super().render(
            styles, size, base_background, background, render_content_line, (), *rest, **options
        )

    def render_line(  # noqa: PLR0917  (Textual's signature)
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        *rest: object,
    ) -> Strip:
        """Draw one line of the widget, borders included."""
        assert isinstance(styles, RenderStyles)
        row, gutter = y - styles.gutter.top, styles.gutter
        known, left, right = self._edges
        # Of the rest, the first two are what stands in the upper and lower borders, then opacity.
        sizes = size, content_size, base_background, background
        key = (styles._cache_key, *sizes, *rest[2:], *self._filters)
        if key == known and 0 <= row < content_size.height:
            line = render_content_line(row)
            if line.cell_length != content_size.width:
                fill = self.get_inner_outer(base_background, background)[0].rich_style
                line = line.adjust_cell_length(content_size.width, fill)
            segments = line._segments
            for each in self._filters:
                segments = each.apply(segments, background)
            return QuickStrip([*left, *segments, *right], size.width)
        strip = super().render_line(
            styles, y, size, content_size, padding, base_background, background,
            render_content_line, *rest,  # type: ignore[arg-type]
        )  # fmt: skip
        for each in self._filters:
            strip = strip.apply_filter(each, background)
        is_plain = rest[2] == 1.0 and not has_effects(styles)
        if is_plain and 0 <= row < content_size.height:
            left_part = strip.crop(0, gutter.left) if gutter.left else ()
            right_part = strip.crop(size.width - gutter.right) if gutter.right else ()
            self._edges = key, tuple(left_part), tuple(right_part)
        return strip


def has_effects(styles: StylesBase) -> bool:
    """Whether styles change how the text of a widget looks."""
    drawn_over = styles.tint.a or styles.has_rule("hatch") or styles.outline
    return bool(drawn_over) or styles.text_opacity != 1.0


def draw_quickly(widget: Widget) -> None:
    """Have a widget draw its lines by `QuickLines`."""
    widget._styles_cache = QuickLines()


class SteadyScrollBar(ScrollBar):
    """A scroll bar that is drawn when it looks other than before.

    Each line of the list and each article gives it numbers that make its thumb no longer and move
    it by less than can be seen: a third of the lines that a key drew were those of scroll bars.
    """

    _looks: object = None

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw it again, unless it looks as it did."""
        before, self._looks = self._looks, None
        if self.is_attached and not (regions or layout or recompose):
            bar = self.render()
            if isinstance(bar, ScrollBarRender):
                self._looks = self.size, bar.style, self._thumb(bar)
            if before is not None and before == self._looks:
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _thumb(self, bar: ScrollBarRender) -> tuple[int, int] | None:
        """Where the thumb begins, and its length, in eighths of a cell, as `bar` draws it."""
        size, whole, window = self.size.height, bar.virtual_size, bar.window_size
        if not window or not size or whole in {0, size}:
            return None
        length = max(1, window * size / whole)
        return int((size - length) * bar.position / (whole - window) * 8), ceil(length * 8)

    def _render_content(self) -> None:
        bar, size = self.render(), self.size
        if not isinstance(bar, ScrollBarRender) or not isinstance(bar.style, Style):
            super()._render_content()
            return
        # What rich would do with it, and then take apart again.
        lines = bar.render_bar(
            size.height, bar.virtual_size, bar.window_size, bar.position, size.width,
            back_color=bar.style.bgcolor or RichColor.default(),
            bar_color=bar.style.color or RichColor.default(),
        ).segments  # fmt: skip
        styled = Segment.apply_style(lines, self.visual_style.rich_style)
        strips: list[Strip] = [QuickStrip([line], size.width) for line in styled]
        self._render_cache = _RenderCache(size, strips)
        self._dirty_regions.clear()


class SteadyScrolling(Widget):
    """A widget with a `SteadyScrollBar` at its right, as quick as its text."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, made when it is asked for first."""
        if self._vertical_scrollbar is None:
            bar = SteadyScrollBar(name="vertical", thickness=self.scrollbar_size_vertical)
            draw_quickly(bar)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar


class DrawsCells:
    """A screen that draws into the cells of the terminal, where the terminal has them."""

    def _compositor_refresh(self) -> None:
        assert isinstance(self, Screen)
        app = self.app
        if self is app.screen and isinstance(app, CellFrames) and app.draw_cells(self):
            self._dirty_widgets.clear()
            app._update_mouse_over(self)
        else:
            Screen._compositor_refresh(self)


class OneFrame(DrawsCells):
    """A screen that shows in one frame everything that a key changes, and the start.

    A widget tells the screen that it has changed when it has nothing else to do, and what a key
    changes is several of them, each of which would have a frame of its own. The first frame waits
    until all have dealt with their sizes: Textual draws them before, and then once more.
    """

    _may_draw = False
    _calls_when_drawn: tuple[Callable[[], None], ...] = ()

    def when_drawn(self, call: Callable[[], None]) -> None:
        """Call something once the first frame is on its way to the terminal."""
        if self._may_draw:
            call()
        else:
            self._calls_when_drawn = (*self._calls_when_drawn, call)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Draw the first frame when each widget has come to the end of its queue."""
        assert isinstance(self, Screen)
        if not self._may_draw:
            event.refresh_styles = False  # all have just been mounted, and so styled
            self._wait_for((self, *self.walk_children(), self))

    def _wait_for(self, nodes: Sequence[DOMNode]) -> None:
        for at, node in enumerate(nodes, 1):
            if node.call_later(self._wait_for, nodes[at:]):  # else it has closed
                return
        self._begin_drawing()

    def _begin_drawing(self) -> None:
        assert isinstance(self, Screen)
        self._may_draw = True
        self.refresh()
        self._on_timer_update()
        for call in self._calls_when_drawn:
            self.call_later(call)

    def _compositor_refresh(self) -> None:
        if self._may_draw:
            super()._compositor_refresh()

    def _on_timer_update(self) -> None:
        assert isinstance(self, Screen)
        for widget in self._compositor.visible_widgets:
            if widget._repaint_regions:
                self._dirty_widgets.add(widget)
        Screen._on_timer_update(self)


class LateComponentStyles(Widget):
    """A widget whose component styles (thirty, of an article) are made when one is asked for."""

    _has_component_styles = False

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]  # of the class there
        return super()._get_component_classes() if self._has_component_styles else frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Give the styles of component classes, all of which are worked out at the first call."""
        if not self._has_component_styles:
            self._has_component_styles = True
            load_late_styles(self.app.stylesheet)
            self.app.stylesheet.apply(self)
        return super().get_component_styles(*names)


class _Frame(CompositorUpdate):
    """A frame in place of one of Textual's: the cells that differ from what the terminal shows."""

    def __init__(self, cells: TerminalCells) -> None:
        self._cells = cells

    def render_segments(self, console: Console) -> str:  # noqa: ARG002  (Textual's signature)
        return self._cells.changes()


class CellFrames:
    """An app that sends to the terminal the cells that changed, and never two frames at once.

    While the terminal has not taken a frame, what is drawn meanwhile becomes one frame: else a key
    that is held down on a slow line would go on drawing when it is up again.
    """

    _cells: TerminalCells | None = None

    def _known_cells(self) -> TerminalCells:
        assert isinstance(self, App)
        if self._cells is None:
            self._cells = TerminalCells(self.console._color_system or ColorSystem.TRUECOLOR)
        return self._cells

    def draw_cells(self, screen: Screen[object]) -> bool:
        """Draw what is dirty on the screen in front; return whether the terminal has cells."""
        assert isinstance(self, App)
        if not isinstance(self._driver, TerminalDriver):
            return False
        cells, compositor = self._known_cells(), screen._compositor
        cells.resize(*self.size)
        dirty, compositor._dirty_regions = compositor._dirty_regions, set()
        for region in outermost(dirty, compositor.size.region):
            visible_screen_stack.set(self._background_screens)
            draw_region(cells, region, compositor.visible_widgets, compositor.cuts)
        self._display(screen, None)
        return True

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        assert isinstance(self, App)
        driver = self._driver
        if not isinstance(driver, TerminalDriver):
            App._display(self, screen, renderable)
            return
        cells = self._known_cells()
        if renderable is not None:
            cells.forget()
            App._display(self, screen, renderable)
            return
        cursor = screen.outer_size.clamp_offset(self.cursor_position)
        if (cells.is_shown and cursor == self._previous_cursor_position) or (
            driver.is_behind and driver.call_when_taken(self._display_rest)
        ):
            self.post_display_hook()
        else:
            App._display(self, screen, cast(RenderableType, _Frame(cells)))

    def _display_rest(self) -> None:
        assert isinstance(self, App)
        if self._screen_stack:
            self._display(self.screen, None)

    def write_over(self, sequence: str) -> bool:
        """Write something over what is drawn, if the terminal has that; return whether it has."""
        driver = self._driver if isinstance(self, App) else None
        if not isinstance(driver, TerminalDriver) or self._cells is None:
            return True
        is_drawn = self._cells.is_shown and not driver.is_behind
        if is_drawn:
            driver.write(sequence)
        return is_drawn

    def draw_all(self) -> None:
        """Send the whole screen, whatever the terminal is taken to show."""
        if self._cells is not None:
            self._cells.forget()
            self._display_rest()

    async def on_event(self, event: Event) -> None:
        """Send the whole screen if a size is reported: also where a stopped reader goes on."""
        assert isinstance(self, App)
        await App.on_event(self, event)
        cells = self._cells
        if isinstance(event, Resize) and cells is not None:
            if event.size == Size(cells.width, cells.height):
                self.draw_all()
            else:
                cells.forget()
