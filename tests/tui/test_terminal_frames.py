"""What is drawn of the parts of a screen that changed is what Textual composes of all of it."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.screen import Screen

from newsreader.tui.app import NewsreaderApp
from newsreader.tui.terminal_cells import TerminalCells
from newsreader.tui.terminal_frames import draw_region, outermost
from tests.tui.driving import OpenReader

KEYS = (
    "j",
    "jk",
    "G",
    "u",
    "/a",
    "enter",
    "escape",
    "?",
    "escape",
    "enter",
    "space",
    "]",
    "V",
    "q",
)
"""What changes rows, whole panes, what lies over them, and what was laid under a dialog."""


class DrawnScreen:
    """The cells of a screen of which only what changed is ever drawn."""

    def __init__(self) -> None:
        self.cells = TerminalCells(ColorSystem.TRUECOLOR)

    def draw(self, screen: Screen[object]) -> None:
        compositor = screen._compositor
        self.cells.resize(*compositor.size)
        for region in outermost(compositor._dirty_regions, compositor.size.region):
            visible_screen_stack.set(screen.app._background_screens)
            draw_region(self.cells, region, compositor.visible_widgets, compositor.cuts)

    def all(self) -> str:
        """What a terminal that shows nothing yet would get."""
        self.cells.forget()
        return self.cells.changes()


def composed(app: NewsreaderApp) -> str:
    """The same of what Textual makes of the whole screen."""
    compositor = app.screen._compositor
    visible_screen_stack.set(app._background_screens)
    cells = TerminalCells(ColorSystem.TRUECOLOR)
    cells.resize(*compositor.size)
    for y, strip in enumerate(compositor.render_strips()):
        cells.put(0, y, strip, compositor.size.width)
        cells.set_breaks(y, compositor.cuts[y])
    return cells.changes()


@pytest.mark.long
@pytest.mark.parametrize("size", [(140, 40), (100, 30), (60, 20)])
async def test_what_changed_is_drawn_over_what_was_there(
    size: tuple[int, int], open_reader: OpenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, refresh = DrawnScreen(), Screen._compositor_refresh

    def drawing(screen: Screen[object]) -> None:
        if screen is screen.app.screen:
            drawn.draw(screen)
        refresh(screen)

    monkeypatch.setattr(Screen, "_compositor_refresh", drawing)
    async with open_reader(size=size) as reader:
        for keys in KEYS:
            await reader.press(*([keys] if len(keys) > 2 else keys))
            assert drawn.all() == composed(reader.app), keys


@pytest.mark.parametrize(
    ("regions", "left"),
    [
        ([], []),
        ([(0, 0, 4, 4), (1, 1, 2, 2)], [(0, 0, 4, 4)]),
        ([(0, 0, 4, 4), (2, 2, 4, 4)], [(0, 0, 4, 4), (2, 2, 4, 4)]),
        ([(8, 8, 9, 9), (9, 9, 9, 9)], [(8, 8, 2, 2)]),
        ([(20, 0, 2, 2)], []),
    ],
)
def test_parts_in_others_are_left_out(
    regions: list[tuple[int, int, int, int]], left: list[tuple[int, int, int, int]]
) -> None:
    parts = [Region(*each) for each in regions]
    assert sorted(outermost(parts, Region(0, 0, 10, 10))) == [Region(*each) for each in left]
