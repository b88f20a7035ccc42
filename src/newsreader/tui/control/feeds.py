"""Fetch feeds while the reader runs, and mark those that fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from newsreader.messages import describe, join_phrases, phrase
from newsreader.problems import Problem
from newsreader.text import EMPTY, clean_line, fill
from newsreader.tui.background import iterate
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.refresh import RefreshControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.values import CategoryEntry

CHECK_SECONDS = 60.0
"""Seconds between looking whether a feed with an interval is due."""


class FetchProgressLike(Protocol):
    """How far a fetch is."""

    @property
    def done(self) -> int:
        """Feeds that were asked."""

    @property
    def total(self) -> int:
        """Feeds that are to be asked."""

    @property
    def new(self) -> int:
        """Posts that were written."""

    @property
    def failed(self) -> int:
        """Feeds that could not be fetched."""

    @property
    def hindrance(self) -> str:
        """Why nothing could be fetched at all; else empty."""


class FeedSource(Protocol):
    """The feeds of the user, as something that fetches them."""

    @property
    def has_interval(self) -> bool:
        """Whether the user wants some to be fetched without being asked."""

    def due(self) -> Sequence[str]:
        """Those whose time has come."""

    def failing(self) -> Mapping[str, Problem]:
        """What is wrong with those that have failed for a day, by their names."""

    def fetch(self, urls: Sequence[str] = ()) -> Iterator[FetchProgressLike]:
        """Fetch some, or all that are due."""

    def stop(self) -> None:
        """End a fetch that is going on."""


class FeedControl:
    """Fetches feeds when the user asks for it or has set an interval, one fetch at a time."""

    def __init__(
        self,
        feeds: FeedSource | None,
        screen: ScreenParts,
        messages: MessageControl,
        refresh: RefreshControl,
    ) -> None:
        self._feeds = feeds
        self._categories = screen.categories
        self._status = screen.status
        self._services = screen.services
        self._messages = messages
        self._refresh = refresh
        self._is_fetching = False

    def start(self) -> None:
        """Mark the feeds that fail, and look from now on for those that are due."""
        if self._feeds is None:
            return
        self._show_failing(self._feeds)
        if self._feeds.has_interval:
            self._fetch_due()
            self._services.every(CHECK_SECONDS, self._fetch_due)

    def refresh(self) -> None:
        """Fetch all feeds that are due, if there are any, and look for changed posts."""
        if self._feeds is None:
            self._refresh.scan()
        elif not self._is_fetching:
            self._fetch(self._feeds, ())

    def tell(self, entry: CategoryEntry) -> None:
        """Say what is wrong with the feed of a category."""
        if entry.warning:
            self._messages.say(entry.warning)

    def stop(self) -> None:
        """Fetch no longer."""
        if self._feeds is not None:
            self._feeds.stop()

    def _fetch_due(self) -> None:
        if self._feeds is not None and not self._is_fetching and (due := self._feeds.due()):
            self._fetch(self._feeds, due)

    def _fetch(self, feeds: FeedSource, urls: Sequence[str]) -> None:
        self._is_fetching = True
        self._status.activity = phrase("fetching feeds …")
        self._services.start(
            partial(self._follow, feeds, urls), group="fetch", description="fetch feeds"
        )

    async def _follow(self, feeds: FeedSource, urls: Sequence[str]) -> None:
        last: FetchProgressLike | None = None
        try:
            async for last in iterate(partial(feeds.fetch, urls)):
                self._status.activity = phrase(
                    "fetching feeds {:,} of {:,}, {:,} new", last.done, last.total, last.new
                )
        except OSError as error:
            self._messages.report(
                phrase("The feeds cannot be fetched: {}.", clean_line(str(error)))
            )
        finally:
            self._is_fetching = False
            self._status.activity = EMPTY
        if last is not None and last.hindrance:
            self._messages.report(clean_line(last.hindrance))
        elif last is not None:
            self._tell_result(last, asked_for=not urls)
        self._show_failing(feeds)
        self._refresh.scan(tell=False)

    def _tell_result(self, last: FetchProgressLike, *, asked_for: bool) -> None:
        if not (asked_for or last.new):
            return
        parts = [phrase("{:,} new", last.new) if last.new else phrase("Nothing new")]
        if last.failed:
            parts.append(phrase("{:,} of {:,} feeds failed", last.failed, last.total))
        self._messages.say(join_phrases(parts))

    def _show_failing(self, feeds: FeedSource) -> None:
        failing = feeds.failing().items()
        self._categories.show_warnings(
            {name: fill("{}: {}", clean_line(name), describe(each)) for name, each in failing}
        )
