"""The line above the panes: the library, its counts, and what is going on."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from newsreader.cells import blank, fit
from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean, fill, literal
from newsreader.tui.styles import draw, drawn_line, part_style
from newsreader.tui.values import Counts, Stage

PROGRESS_CELLS = 12
"""Length of the progress bar."""


class StatusBar(Widget):
    """The name of the program and of the library, counts, and what is going on."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status--name",
        "status--title",
        "status--facts",
        "status--message",
        "status--progress",
    }

    library: reactive[Clean] = reactive(EMPTY, layout=False)
    """The name of the library."""

    counts: reactive[Counts] = reactive(Counts(), layout=False)
    """Counts of all posts."""

    message: reactive[Clean] = reactive(EMPTY, layout=False)
    """Something that has just happened, in a few words."""

    progress: reactive[float | None] = reactive(None, layout=False)
    """How much of a scan is done, 0 to 1; below 0 while files are still being looked for."""

    stage: reactive[Stage] = reactive("posts", layout=False)
    """What a scan puts into the index now."""

    activity: reactive[Clean] = reactive(EMPTY, layout=False)
    """What else is going on; empty for nothing."""

    def __init__(self, list_key: Clean) -> None:
        """Make the line; where a message is cut, it names the key that shows all of it."""
        super().__init__()
        self._list_key = list_key

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw the line; what there is no room for goes, the least important first."""
        width, base = self.size.width, self.rich_style
        right = self._right()
        room = width - 1 - sum(cell_len(text) for text, _ in right)
        name = literal(" newsreader ")
        left = [(name, part_style(self, "status--name"))]
        if self.message and room < len(name):
            left, room = [(blank(1), base)], room + len(name) - 1  # the message counts for more
        room -= len(name)
        counts = self.counts
        facts = phrase(
            " · {:,} post · {:,} unread" if counts.total == 1 else " · {:,} posts · {:,} unread",
            counts.total,
            counts.unread,
        )
        title = fill(" {}", self.library)
        if room < 8:
            right, room = ([], width - 13) if not self.message else (right, room)
        if room >= 8 and self.library and len(left[0][0]) > 1:
            # One cell stays free in front of what stands at the right.
            title = title if cell_len(title) < room else fit(title, room - 1)
            left.append((title, part_style(self, "status--title")))
            room -= cell_len(title)
        if self.counts.total and cell_len(facts) <= room - 2:
            left.append((facts, part_style(self, "status--facts")))
            room -= cell_len(facts)
        if room < 0 and right:
            right = self._cut(*right[0], by=-room)
            room = 0
        parts = [*left, (blank(room), base), *right, (blank(1), base)]
        segments = [draw(text, style) for text, style in parts]
        return drawn_line(segments, width, base)

    def _cut(self, text: Clean, style: Style, by: int) -> list[tuple[Clean, Style]]:
        """Cut what stands at the right; of a message, say how to see all of it."""
        width = max(0, cell_len(text) - by)
        hint = fill(" · {}", phrase("{} shows all", self._list_key))
        if not self.message or width < 2 * cell_len(hint):
            return [(fit(text, width), style)]
        cut = fit(text, width - cell_len(hint))
        return [(cut, style), (hint, part_style(self, "status--facts"))]

    def _right(self) -> list[tuple[Clean, Style]]:
        message = part_style(self, "status--message")
        if self.message:
            return [(self.message, message)]
        if self.activity:
            return [(self.activity, message)]
        if self.progress is None:
            return []
        if self.progress < 0:
            return [(phrase("looking for posts …"), message)]
        is_listing = self.stage == "posts"
        done = round(self.progress * PROGRESS_CELLS)
        return [
            (phrase("indexing " if is_listing else "reading all text "), message),
            (_bar(done), part_style(self, "status--progress")),
            (_bar(PROGRESS_CELLS - done), part_style(self, "status--facts")),
            (fill(" {:4.0%}", self.progress), message),
        ]


def _bar(cells: int) -> Clean:
    return fill("{:━<{}}", EMPTY, cells)
