"""The reader has feeds fetched by a process."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.fetch_process import FeedService, FetchProgress
from newsreader.feeds.library import open_feed_library
from newsreader.problems import Problem
from tests.feeds.conftest import NOW, Library
from tests.feeds.made_feeds import RSS_20
from tests.feeds.server import FeedServer, trickle


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return tmp_path


def service(home: Path, *urls: str) -> FeedService:
    config = home / "config.yaml"
    config.write_text("feeds:\n" + "".join(f"  - {url}\n" for url in urls), encoding="utf-8")
    feeds = [ConfiguredFeed(url) for url in urls]
    return FeedService(feeds, home / "data" / "newsreader" / "feeds", config)


@pytest.mark.long
def test_a_fetch_tells_how_far_it_is(home: Path, server: FeedServer) -> None:
    well, broken = server.put("/f", RSS_20), server.put("/g", status=500)
    feeds = service(home, well, broken)
    steps = list(feeds.fetch())
    one = list(feeds.fetch([broken]))[-1]

    assert steps[0] == FetchProgress(total=2)
    assert steps[-1] == FetchProgress(2, 2, 1, 1)
    assert one == FetchProgress(1, 1, 0, 1)
    assert list((home / "data").rglob("*.html"))


@pytest.mark.long
def test_what_hinders_it_is_told(home: Path, server: FeedServer) -> None:
    feeds = service(home, server.put("/f", RSS_20))
    with open_feed_library(home / "data" / "newsreader" / "feeds"):
        assert list(feeds.fetch())[-1].hindrance == "Another process is fetching."


@pytest.mark.long
def test_a_fetch_can_be_stopped(home: Path, server: FeedServer) -> None:
    feeds = service(home, server.put("/f", RSS_20), server.put("/slow", send=trickle(900, 0.1)))
    done = 0
    for progress in feeds.fetch():
        done = progress.done
        if done:
            feeds.stop()

    assert done == 1
    assert list((home / "data").rglob("*.html"))


def test_feeds_that_fail_for_a_day_are_known(library: Library, server: FeedServer) -> None:
    feed = ConfiguredFeed(server.put("/g", status=404), "G", every="6h")
    fresh = ConfiguredFeed(server.put("/h", status=404), "H")
    library.fetch(feed, now=NOW)
    library.fetch(feed, fresh, now=NOW + timedelta(days=1))
    later = FeedService(
        [feed, fresh], library.root, None, clock=lambda: NOW + timedelta(days=1, hours=5)
    )
    last = FeedService([feed], library.root, None, clock=lambda: NOW + timedelta(days=1, hours=6))

    assert later.failing() == {"G": Problem("feed-not-found", ("127.0.0.1",))}
    assert later.has_interval
    assert later.due() == []
    assert last.due() == [feed.url]
    assert not FeedService([fresh], library.root, None).has_interval
