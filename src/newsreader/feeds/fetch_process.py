"""Fetching while somebody reads: `newsreader fetch` as a process of its own.

The reader shares no interpreter lock with it, imports nothing of the network, and opens no socket.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.library import load_states
from newsreader.feeds.subscriptions import feed_name, is_due
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
        self._config = config
        self._clock = clock
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

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
        config = [f"--config={self._config}"] if self._config and self._config.exists() else []
        command = [sys.executable, "-P", "-m", "newsreader", "fetch", "--format=json", *config]
        process = subprocess.Popen(  # noqa: S603 - our own module, and addresses as arguments
            [*command, "--", *urls],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl+C in the terminal is not meant for it.
        )
        with self._lock:
            self._process = process
        # Read by a thread of its own: a full pipe would stop the process.
        complaints: list[str] = []
        reader = threading.Thread(
            target=lambda: complaints.extend(process.stderr or ()), name="complaints", daemon=True
        )
        reader.start()
        progress = FetchProgress()
        with process:
            for line in process.stdout or ():
                progress = _after(progress, line)
                yield progress
        reader.join()
        if not progress.total and process.returncode > 0:
            told = complaints[0].removeprefix("newsreader: ").strip() if complaints else ""
            yield replace(progress, hindrance=told or f"exit code {process.returncode}")

    def stop(self) -> None:
        """End a fetch that is going on; what was fetched is kept."""
        with self._lock:
            process = self._process
        if process is not None and process.poll() is None:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)


def _after(progress: FetchProgress, line: str) -> FetchProgress:
    """Take a line of the process into account; one that nobody understands changes nothing."""
    try:
        told = cast("object", json.loads(line))
    except ValueError:
        return progress
    if not isinstance(told, dict):
        return progress
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
