"""Show what changes while the reader runs: scans, and changes of other processes."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from newsreader.log import write_log
from newsreader.messages import join_phrases, phrase
from newsreader.store import ScanProgress, StoreError
from newsreader.text import EMPTY
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.counts import INDEXING_SECONDS, REST, CountControl
from newsreader.tui.control.listed.excerpts import ExcerptControl
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl, problem_text
from newsreader.tui.control.saved_searches import SavedSearchControl
from newsreader.tui.control.screen_parts import ScreenParts, Stoppable
from newsreader.tui.control.session import SessionControl
from newsreader.tui.control.state_writer import StateWriter
from newsreader.tui.control.store_parts import StoreParts

POLL_SECONDS = 0.5
"""Seconds between asking the store whether anything has changed: one cheap question."""

FIRST_POLL_SECONDS = 0.1
"""The same while there is nothing to show yet."""

QUIET_SECONDS = 1.0
"""A scan at the start that takes no longer is not told of: a flicker tells nobody anything."""


class RefreshControl:
    """Scans, and shows what has changed, but seldom enough that no key waits for it."""

    def __init__(
        self,
        store: StoreParts,
        screen: ScreenParts,
        messages: MessageControl,
        writer: StateWriter,
        *,
        lists: ListControl,
        counts: CountControl,
        searches: SavedSearchControl,
        article: ArticleControl,
        session: SessionControl,
        excerpts: ExcerptControl,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._posts = screen.posts
        self._status = screen.status
        self._timers = screen.services
        self._messages = messages
        self._writer = writer
        self._lists = lists
        self._counts = counts
        self._searches = searches
        self._article = article
        self._session = session
        self._excerpts = excerpts
        self._clock = clock
        self._is_asked_for = self._is_scanning = False
        self._told_from = 0.0
        self._poll_problem = ""
        self._first_poll: Stoppable | None = None
        self._list_is_dirty = False
        self._counts_are_dirty = False
        self._list_next_at = 0.0

    def start(self, *, scan: bool) -> None:
        """Begin to look for changes.

        Args:
            scan: Whether to scan, too, and to go on indexing what changes.
        """
        if scan:
            self._messages.guard(self._store.scans.follow, None)
            if self._posts.row_count:
                self._told_from = self._clock() + QUIET_SECONDS
            self._show_progress(ScanProgress(running=True))
        self._searches.count()
        self._timers.every(POLL_SECONDS, self.poll)
        if self._lists.is_filling:
            self._first_poll = self._timers.every(FIRST_POLL_SECONDS, self.poll)

    def scan(self, *, tell: bool = True) -> None:
        """Scan because the user asks for it.

        Args:
            tell: Whether to tell what it found.
        """
        self._is_asked_for = tell
        self._messages.guard(self._store.scans.start, None)
        self._told_from = 0.0
        self._show_progress(ScanProgress(running=True))

    def poll(self, *, at_once: bool = False) -> None:
        """Look whether the index or the marks have changed, here or in another process.

        Args:
            at_once: Whether to show it although something was shown just before.
        """
        try:
            progress, version = self._store.scans.progress(), self._store.data_version()
        except StoreError as error:
            if problem_text(error) != self._poll_problem:  # once, not twice per second
                self._poll_problem = problem_text(error)
                self._messages.report(error)
            return
        self._poll_problem = ""
        has_ended = self._is_scanning and not progress.running
        self._show_progress(progress)
        if has_ended or version != self._writer.version:
            self._writer.version = version
            self._list_is_dirty = self._counts_are_dirty = True
        self.update(indexing=progress.running, at_once=at_once or has_ended)
        if self._first_poll is not None and (has_ended or self._posts.row_count):
            self._first_poll.stop()
            self._first_poll = None
        if has_ended:
            self._scan_ended()
        self._session.save()

    def update(self, *, indexing: bool, at_once: bool) -> None:
        """Show what has changed, if it is time to."""
        began = self._clock()
        if self._list_is_dirty and (at_once or began >= self._list_next_at):
            self._lists.refresh()
            self._article.check_file()
            # Marks show at once in a list that was built; what is in it when it is built again.
            self._list_is_dirty = self._lists.query.needs_snapshot and not self._lists.rebuild()
            now = self._clock()
            # While there is nothing to show, the first posts must not wait.
            pause = INDEXING_SECONDS if indexing and self._posts.row_count else 0.0
            self._list_next_at = now + REST * (now - began) + pause
        if self._counts_are_dirty and (at_once or self._counts.is_due):
            self._counts_are_dirty = False
            self._counts.update(wait=False)
            self._searches.count()

    def _show_progress(self, progress: ScanProgress) -> None:
        self._is_scanning = progress.running
        if progress.running and self._clock() >= self._told_from:
            self._status.stage = progress.stage
            self._status.progress = progress.share if progress.share is not None else -1.0
        else:
            self._status.progress = None

    def _scan_ended(self) -> None:
        """Say what a scan could not read and, if it was asked for, what it found."""
        was_filling, self._lists.is_filling = self._lists.is_filling, False
        was_asked_for, self._is_asked_for = self._is_asked_for, False
        result = self._messages.guard(self._store.scans.last, None)
        if result is None:
            return
        counts = f"{result.added} new, {result.changed} changed, {result.removed} removed"
        write_log("info", f"scanned: {counts}, {len(result.problems)} problems")
        if result.problems:
            self._messages.report(*result.problems)
        if result.changed:
            self._article.reload()  # its file may be one of those
            self._excerpts.forget()
        is_news = result.added and not was_filling and not self._status.message
        if was_asked_for or is_news:
            parts = [
                phrase("{:,} new", result.added) if result.added else EMPTY,
                phrase("{:,} changed", result.changed) if result.changed else EMPTY,
                phrase("{:,} removed", result.removed) if result.removed else EMPTY,
            ]
            self._messages.say(join_phrases(parts) or phrase("Nothing new"))
