"""Which feeds are due, and which are meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.subscriptions import find_feeds_named, is_due, is_waiting, read_duration

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)


def ago(**time: float) -> str:
    return (NOW - timedelta(**time)).isoformat()


@pytest.mark.parametrize(
    ("every", "state", "due"),
    [
        ("", FeedState(), True),
        ("", FeedState(checked=ago(seconds=1)), True),
        ("6h", FeedState(), True),
        ("6h", FeedState(checked=ago(hours=5)), False),
        ("6h", FeedState(checked=ago(hours=6)), True),
        ("6h", FeedState(checked=ago(hours=-48)), True),  # the clock was set back
        ("6h", FeedState(checked="never"), True),
        ("", FeedState(not_before=ago(hours=-1)), False),
        ("", FeedState(not_before=ago(hours=1)), True),
        ("", FeedState(is_gone=True), False),
    ],
)
def test_a_feed_is_due(every: str, state: FeedState, due: bool) -> None:
    assert is_due(ConfiguredFeed("u", every=every), state, NOW) is due


def test_a_busy_server_is_left_alone() -> None:
    assert is_waiting(FeedState(not_before=ago(hours=-1)), NOW)
    assert not is_waiting(FeedState(checked=ago(hours=1)), NOW)


def test_a_duration_is_a_number_and_a_unit() -> None:
    written = ("30m", "6h", "2d", "1w", "1y", "h", "6", "6x", "")
    days = [None if (time := read_duration(each)) is None else time.days for each in written]

    assert days == [0, 0, 2, 7, 365, None, None, None, None]


def test_a_feed_is_named_by_address_name_title_or_category() -> None:
    feeds = [
        ConfiguredFeed("https://a.example/", "Alpha", "News"),
        ConfiguredFeed("https://b.example/", "", "News"),
    ]
    states = {"https://b.example/": FeedState(title="Beta")}
    meant = {
        word: [feed.url[8] for feed in find_feeds_named(word, feeds, states)]
        for word in ("alpha", "BETA", "https://b.example/", "news", "gamma")
    }

    assert meant == {
        "alpha": ["a"],
        "BETA": ["b"],
        "https://b.example/": ["b"],
        "news": ["a", "b"],
        "gamma": [],
    }
