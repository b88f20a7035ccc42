"""The area of the three panes: how they share it, and how keys and mouse change that."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.css.scalar import Scalar
from textual.message import Message
from textual.widget import Widget

from newsreader.tui.keys import Pane
from newsreader.tui.looks.pane_sizes import (
    Arrangement,
    Divider,
    PaneSizes,
    clamp,
    limits,
)
from newsreader.tui.textual_private.events import forget_mouse_down

STEP = 2
"""Cells that a key moves a divider by; of lines it is one."""

BARS = 2
"""Lines above and below the panes."""

TALL = 30
"""From so many lines on the text of the article keeps a line from its border."""


class PaneArea(Horizontal):
    """Categories, posts and the article, each with the size that the user has given it.

    A divider is what stands between two panes: the border of one and that of the other. The mouse
    drags either of them.
    """

    @dataclass
    class Resized(Message):
        """The user has given panes other sizes."""

        area: PaneArea
        sizes: PaneSizes

        @property
        def control(self) -> PaneArea:
            """The area."""
            return self.area

    def __init__(
        self, categories: Widget, posts: Widget, article: Widget, sizes: PaneSizes
    ) -> None:
        super().__init__(id="panes")
        self._categories = categories
        self._posts = posts
        self._article = article
        self._sizes = sizes
        self._dragged: Divider | None = None

    def compose(self) -> ComposeResult:
        """The categories, and what is right of them."""
        self.fit()
        yield self._categories
        with Container(id="right"):
            yield self._posts
            yield self._article

    @property
    def sizes(self) -> PaneSizes:
        """The sizes that the user has chosen."""
        return self._sizes

    @property
    def arrangement(self) -> Arrangement | None:
        """How the panes are arranged; None if one is shown at a time."""
        for arrangement in Arrangement:
            if self.screen.has_class(f"-{arrangement.value}"):
                return arrangement
        return None

    # Changing sizes

    def resize(self, pane: Pane, by: int) -> bool:
        """Make a pane wider, or lower and higher where it has another one below or above.

        Args:
            pane: The pane.
            by: Steps; below 0: narrower.

        Returns:
            Whether there is anything to resize.
        """
        arrangement = self.arrangement
        if arrangement is None or self.screen.has_class("-zoom"):
            return False
        divider = Divider.CATEGORIES if pane is Pane.CATEGORIES else Divider.POSTS
        is_lines = arrangement is Arrangement.MEDIUM and divider is Divider.POSTS
        step = by if is_lines else by * STEP
        if pane is Pane.ARTICLE:
            step = -step
        self._move(arrangement, divider, self._size_of(arrangement, divider) + step)
        self._tell()
        return True

    def reset(self) -> bool:
        """Give the panes the sizes again that the program has for them."""
        arrangement = self.arrangement
        if arrangement is None:
            return False
        self._sizes = self._sizes.without(arrangement)
        self.fit()
        self._tell()
        return True

    def _move(self, arrangement: Arrangement, divider: Divider, size: int) -> None:
        size = clamp(size, self._limits(arrangement, divider))
        self._sizes = self._sizes.with_size(arrangement, divider, size)
        self.fit()

    def _tell(self) -> None:
        self.post_message(self.Resized(self, self._sizes))

    def _size_of(self, arrangement: Arrangement, divider: Divider) -> int:
        if divider is Divider.CATEGORIES:
            return self._categories.outer_size.width
        size = self._posts.outer_size
        return size.width if arrangement is Arrangement.WIDE else size.height

    def _limits(self, arrangement: Arrangement, divider: Divider) -> range:
        categories = self._sizes.of(arrangement, Divider.CATEGORIES)
        width, height = self.app.size  # this area itself is hidden, so it has none
        return limits(
            arrangement,
            divider,
            width=width,
            height=height - BARS,
            categories=categories or self._categories.outer_size.width,
        )

    # Showing them

    def fit(self) -> None:
        """Give the panes their sizes, as far as they can be read on a terminal of this size."""
        self.set_class(self.app.size.height >= TALL, "-tall")
        arrangement = self.arrangement
        width = height = categories = 0
        if arrangement is not None:
            categories = self._chosen(arrangement, Divider.CATEGORIES)
            posts = self._chosen(arrangement, Divider.POSTS)
            width, height = (posts, 0) if arrangement is Arrangement.WIDE else (0, posts)
        _set_rule(self._categories, "width", categories)
        for name in ("width", "min_width", "max_width"):
            _set_rule(self._posts, name, width)
        _set_rule(self._posts, "height", height)

    def _chosen(self, arrangement: Arrangement, divider: Divider) -> int:
        size = self._sizes.of(arrangement, divider)
        return clamp(size, self._limits(arrangement, divider)) if size else 0

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a divider."""
        divider = self._divider_at(event.screen_x, event.screen_y)
        if divider is not None and event.button == 1:
            event.stop()
            self._dragged = divider
            forget_mouse_down(self.app)  # or it would be a click on a row in the end
            self._posts.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the divider that is held."""
        arrangement = self.arrangement
        if self._dragged is None or arrangement is None:
            return
        event.stop()
        if self._dragged is Divider.CATEGORIES:
            size = int(event.screen_x) - self._categories.region.x + 1
        elif arrangement is Arrangement.WIDE:
            size = int(event.screen_x) - self._posts.region.x + 1
        else:
            size = int(event.screen_y) - self._posts.region.y + 1
        if size != self._size_of(arrangement, self._dragged):
            self._move(arrangement, self._dragged, size)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the divider."""
        if self._dragged is not None:
            event.stop()
            self._dragged = None
            self._posts.release_mouse()
            self._tell()

    def _divider_at(self, x: float, y: float) -> Divider | None:
        arrangement, posts = self.arrangement, self._posts.region
        if arrangement is None or self.screen.has_class("-zoom") or y < posts.y:
            return None
        if int(x) in (self._categories.region.right - 1, posts.x):
            return Divider.CATEGORIES
        if arrangement is Arrangement.WIDE:
            return Divider.POSTS if int(x) in (posts.right - 1, posts.right) else None
        return Divider.POSTS if int(y) in (posts.bottom - 1, posts.bottom) else None


def _set_rule(widget: Widget, name: str, cells: int) -> None:
    """Give a widget a length of its own, or none, so that the style sheet's holds again."""
    if cells:
        setattr(widget.styles, name, Scalar.from_number(cells))
    elif widget.styles.inline.has_rule(name):
        setattr(widget.styles, name, None)
