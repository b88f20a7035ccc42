"""Lines that are drawn quickly are those that Textual draws."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from newsreader.tui.textual_private.drawing import SteadyScrolling


class View(SteadyScrolling, ScrollView):
    """A view of as many lines as a test says."""


class ViewApp(App[None]):
    """One view, at the left of the screen."""

    CSS = "View { overflow-y: scroll; width: 20; height: 12; }"

    def compose(self) -> ComposeResult:
        yield View()

    @property
    def bar(self) -> ScrollBar:
        return self.query_one(View).vertical_scrollbar


@pytest.mark.parametrize(
    ("lines", "position"), [(5, 0), (12, 0), (13, 1), (40, 0), (40, 11), (40, 28), (9_999, 1_234)]
)
async def test_a_scroll_bar_is_drawn_as_textual_draws_it(lines: int, position: int) -> None:
    app = ViewApp()
    async with app.run_test():
        bar = app.bar
        bar.window_virtual_size, bar.position = lines, position
        drawn = [list(bar.render_line(y)) for y in range(bar.size.height)]
        ScrollBar._render_content(bar)
        assert drawn == [list(bar.render_line(y)) for y in range(bar.size.height)]


async def test_a_scroll_bar_is_drawn_again_if_it_looks_other_than_before() -> None:
    app = ViewApp()
    async with app.run_test():
        bar = app.bar
        bar.window_virtual_size = 10_000
        changes = {
            "a line more": ("window_virtual_size", 10_001, False),
            "a line down": ("position", 1, False),
            "half down": ("position", 5_000, True),
            "fewer lines": ("window_virtual_size", 100, True),
            "under the mouse": ("mouse_over", True, True),
        }
        for what, (name, value, is_drawn) in changes.items():
            bar._repaint_regions.clear()
            setattr(bar, name, value)
            assert bool(bar._repaint_regions) is is_drawn, what
