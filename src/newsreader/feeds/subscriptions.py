"""What the user says of feeds: which are due, which is meant, how long posts are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.fetch_state import FeedState, read_time

_UNITS: Final = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}


def read_duration(written: str) -> timedelta | None:
    """Read `6h` or `1y`; `None` for anything else."""
    number, unit = written[:-1], written[-1:]
    if unit not in _UNITS or not (number.isascii() and number.isdigit() and len(number) < 5):
        return None
    return int(number) * _UNITS[unit]


def is_due(feed: ConfiguredFeed, state: FeedState, now: datetime) -> bool:
    """Whether a feed may be asked: not if it is gone, too early, or its server is busy."""
    if state.is_gone or is_waiting(state, now):
        return False
    every, checked = read_duration(feed.every), read_time(state.checked)
    # A clock that was set back must not stop it for years.
    return every is None or checked is None or not now - every < checked <= now


def due_feeds(
    feeds: Iterable[ConfiguredFeed], states: Mapping[str, FeedState], now: datetime
) -> list[ConfiguredFeed]:
    """The feeds that may be asked now."""
    return [feed for feed in feeds if is_due(feed, states.get(feed.url, FeedState()), now)]


def is_waiting(state: FeedState, now: datetime) -> bool:
    """Whether a feed's server wants to be left alone, even if the user names the feed."""
    until = read_time(state.not_before)
    return until is not None and now < until


def feed_name(feed: ConfiguredFeed, state: FeedState) -> str:
    """What a feed is called: as the user says, else as it calls itself, else by its address."""
    return feed.name or state.title or feed.url


def find_feeds_named(
    word: str, feeds: Iterable[ConfiguredFeed], states: Mapping[str, FeedState]
) -> list[ConfiguredFeed]:
    """The feeds that a word means: an address, a name in any case, or a category."""
    wanted = word.casefold()
    every = list(feeds)
    return [
        feed
        for feed in every
        if wanted
        in (
            feed.url.casefold(),
            feed_name(feed, states.get(feed.url, FeedState())).casefold(),
        )
    ] or [feed for feed in every if feed.category and wanted == feed.category.casefold()]
