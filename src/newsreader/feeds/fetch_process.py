"""Fetching while somebody reads: `newsreader fetch` as a process of its own.

The reader shares no interpreter lock with it, imports nothing of the network, and opens no socket.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.library import load_states
from newsreader.feeds.subscriptions import feed_name, is_due
from newsreader.own_process import OwnProcess
from newsreader.problems import Problem


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a fetch is.

    Attributes:
        done: Feeds that were asked.
        total: Feeds that are to be asked.
        new: Posts that were written.
        failed: Feeds that could not be fetched.
        hindrance: Why nothing could be fetched at all, as the process says it; else empty.
    """

    done: int = 0
    total: int = 0
    new: int = 0
    failed: int = 0
    hindrance: str = ""


class FeedService:
    """The feeds of the reader: fetches them by a process, and knows which ones fail."""

    def __init__(
        self,
        feeds: Sequence[ConfiguredFeed],
        root: Path,
        config: Path | None,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Start nothing yet.

        Args:
            feeds: Those of the config file.
            root: The folder that they are kept in.
            config: The config file; `None`: the user's own.
            clock: The time of day, with its zone.
        """
        self._feeds = feeds
        self._root = root
        self._clock = clock
        self._process = OwnProcess("fetch", config)

    @property
    def is_new(self) -> bool:
        """Whether no feed was ever asked."""
        return not load_states(self._root)

    @property
    def has_interval(self) -> bool:
        """Whether the user wants some feeds to be fetched without being asked."""
        return any(feed.every for feed in self._feeds)

    def due(self) -> list[str]:
        """The addresses of feeds that have an interval, and whose time has come."""
        states, now = load_states(self._root), self._clock()
        return [
            feed.url
            for feed in self._feeds
            if feed.every and is_due(feed, states.get(feed.url, FeedState()), now)
        ]

    def failing(self) -> Mapping[str, Problem]:
        """What is wrong with the feeds that have failed for a day, by their names."""
        states, now = load_states(self._root), self._clock()
        found: dict[str, Problem] = {}
        for feed in self._feeds:
            state = states.get(feed.url, FeedState())
            if state.failure is not None and state.is_failing_long(now):
                found[feed_name(feed, state)] = state.failure
        return found

    def fetch(self, urls: Sequence[str] = ()) -> Iterator[FetchProgress]:
        """Fetch feeds, and yield how far that is until it is done.

        Args:
            urls: Which; none: all that are due.

        Raises:
            OSError: The process cannot be started.
        """
        progress = FetchProgress()
        for told in self._process.run(urls):
            progress = _after(progress, told)
            yield progress
        if not progress.total and self._process.code > 0:
            told_why = self._process.complaint or f"exit code {self._process.code}"
            yield replace(progress, hindrance=told_why)

    def stop(self) -> None:
        """End a fetch that is going on; what was fetched is kept."""
        self._process.stop()


def _after(progress: FetchProgress, told: Mapping[str, object]) -> FetchProgress:
    """Take a line of the process into account; one that nobody understands changes nothing."""
    total, new = told.get("fetching"), told.get("new")
    if isinstance(total, int):
        return replace(progress, total=total)
    if "url" not in told or not isinstance(new, int):
        return progress
    return replace(
        progress,
        done=progress.done + 1,
        new=progress.new + new,
        failed=progress.failed + bool(told.get("problem")),
    )
