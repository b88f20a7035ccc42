"""Draw what changed on a screen into the cells of the terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from textual.geometry import Region
from textual.widget import Widget

from newsreader.tui.terminal_cells import TerminalCells


def draw_region(
    cells: TerminalCells,
    dirty: Region,
    widgets: Mapping[Widget, tuple[Region, Region]],
    breaks: Sequence[Sequence[int]],
) -> None:
    """Draw a part of a screen, from the back to the front.

    Textual cuts each line of each widget into pieces first, and lays out those of all lines.

    Args:
        cells: Where to.
        dirty: The part.
        widgets: Where each widget is, and what of the screen it may draw on; that in front first.
        breaks: Of each row the columns in which widgets begin.
    """
    shown: list[tuple[Widget, Region, Region]] = []
    for widget, (region, clip) in widgets.items():
        part = region.intersection(clip).intersection(dirty)
        if part:
            shown.append((widget, part, part.translate(-region.offset)))
        if part == dirty:
            break  # what is behind it cannot be seen
    for widget, part, crop in reversed(shown):
        for y, strip in zip(part.line_range, widget.render_lines(crop), strict=False):
            cells.put(part.x, y, strip, part.right)
    for y in dirty.line_range:
        cells.set_breaks(y, breaks[y])


def outermost(regions: Collection[Region], screen: Region) -> Iterator[Region]:
    """Give the parts of some regions on a screen that are not in others of them."""
    parts = {part for each in regions if (part := each.intersection(screen))}
    for part in parts:
        if not any(other.contains_region(part) for other in parts if other != part):
            yield part
