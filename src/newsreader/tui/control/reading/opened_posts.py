"""When a post that was opened counts as read."""

from __future__ import annotations

from newsreader.config.model import MarkRead
from newsreader.tui.control.marks import MarkControl
from newsreader.tui.control.screen_parts import ScreenParts, Stoppable
from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId

LOOK_SECONDS = 0.25
"""How often it is looked whether the end of an article is on the screen."""


class OpenedPosts:
    """Marks posts read as the user wants it: when opened, at their end, or never by themselves."""

    def __init__(self, screen: ScreenParts, marks: MarkControl, mark_read: MarkRead) -> None:
        self._pane = screen.article
        self._layout = screen.layout
        self._timers = screen.services
        self._marks = marks
        self._mark_read = mark_read
        self._awaited: PostId | None = None
        self._timer: Stoppable | None = None

    def note(self, post_id: PostId) -> None:
        """Take note that a post was opened for reading."""
        match self._mark_read:
            case "open":
                self._marks.mark_opened(post_id)
            case "end":
                self._awaited = post_id
                if self._timer is None:
                    self._timer = self._timers.every(LOOK_SECONDS, self.look)
            case "never":
                pass

    def look(self) -> None:
        """Mark the post that is being read if its end is on the screen."""
        article = self._pane.article
        if self._awaited is None or article is None or article.post_id != self._awaited:
            return
        is_whole = article.left_at is not None
        if self._layout.pane is Pane.ARTICLE and is_whole and self._pane.at_end:
            post_id, self._awaited = self._awaited, None
            if self._timer is not None:
                self._timer.stop()
                self._timer = None
            self._marks.mark_opened(post_id)
