"""The counts beside the categories and above the panes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from time import monotonic

from newsreader.store import StoreError
from newsreader.tui.background import submit, wait_briefly, wait_until_done
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import ListStore
from newsreader.tui.values import Overview

REST = 10
"""Pause after work that keys have to wait for, as a multiple of the time it took."""

INDEXING_SECONDS = 1.0
"""How much longer lists and counts stay as they are while posts are put into the index."""

COUNTING_SECONDS = 5.0
"""How long counting may take before it is begun once more."""


class CountControl:
    """Counts posts again after changes, but not so often that it slows keys."""

    def __init__(
        self,
        store: ListStore,
        screen: ScreenParts,
        messages: MessageControl,
        lists: ListControl,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._status = screen.status
        self._workers = screen.services
        self._messages = messages
        self._lists = lists
        self._clock = clock
        self._next_at = 0.0

    @property
    def is_due(self) -> bool:
        """Whether enough time has passed that counting again would not be felt."""
        return self._clock() >= self._next_at

    def update(self, *, wait: bool = True) -> None:
        """Count all posts again and show it.

        Args:
            wait: Whether the loop may wait for the counts, for a moment.
        """
        began = self._clock()
        self._next_at = began + COUNTING_SECONDS
        counted = submit(self._store.overview)
        if wait and wait_briefly(counted):
            self._workers.cancel("overview")
            self._show(counted, began)
        else:
            self._workers.start(
                partial(self._show_when_counted, counted, began),
                group="overview",
                description="count posts",
            )

    async def _show_when_counted(self, counted: Future[Overview], began: float) -> None:
        await wait_until_done(counted)
        self._show(counted, began)

    def _show(self, counted: Future[Overview], began: float) -> None:
        try:
            overview = counted.result()
        except StoreError as error:
            self._messages.report(error)
            return
        now = self._clock()
        indexing = INDEXING_SECONDS if self._status.progress is not None else 0.0
        self._next_at = now + REST * (now - began) + indexing
        self._lists.show_overview(overview)
        self._status.library = overview.title
        self._status.counts = overview.everything
