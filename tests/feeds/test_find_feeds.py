"""The feed of an address, or of the page that is there."""

from __future__ import annotations

from newsreader.feeds.find_feeds import FoundFeed, alternates, find_feeds
from newsreader.problems import Problem
from tests.feeds.conftest import QUICK
from tests.feeds.made_feeds import RSS_20
from tests.feeds.server import FeedServer

PAGE = """<!doctype html><base href="/dir/"><title>Page</title>
<link rel="stylesheet" href="a.css"><link rel=ALTERNATE type="application/rss+xml; charset=utf-8"
 title="Articles &amp; more" href="feed.xml">
<link rel="alternate" type="application/atom+xml" href="//atom.example/feed">
<link rel="alternate" type="application/atom+xml" href="//atom.example/feed" title="again">
<link rel="alternate" hreflang="de" href="/de">
<link rel="alternate" type="application/json" href="/wp-json">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<p><a href="feed2.xml">feed</a>"""


def test_a_page_names_its_feeds() -> None:
    assert alternates(PAGE, "https://a.example/x/y") == [
        FoundFeed("https://a.example/dir/feed.xml", "Articles & more"),
        FoundFeed("https://atom.example/feed", ""),
    ]


def test_an_address_is_a_feed_or_a_page_that_names_some(server: FeedServer) -> None:
    feed = server.put("/feed", RSS_20)
    moved = server.put("/moved", status=301, headers={"Location": "/feed"})
    page = server.put(
        "/", '<link rel="alternate" type="application/rss+xml" href="feed" title="F">'
    )

    assert find_feeds(feed, QUICK) == [FoundFeed(feed, "Two & more")]
    assert find_feeds(moved, QUICK) == [FoundFeed(feed, "Two & more")]
    assert find_feeds(page, QUICK) == [FoundFeed(feed, "F")]


def test_what_is_neither_has_a_sentence(server: FeedServer) -> None:
    plain = server.put("/plain", "<p>no feed")
    none = server.put("/none", status=404)

    assert find_feeds(plain, QUICK) == Problem("feed-not-one", (plain,))
    assert find_feeds(none, QUICK) == Problem("feed-not-found", ("127.0.0.1",))
