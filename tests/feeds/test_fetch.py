"""Feeds of a real server become posts."""

from __future__ import annotations

import gzip
from datetime import timedelta
from html import escape

import pytest

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.fetch import FetchEnded, FetchStarted
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.library import load_states
from newsreader.feeds.subscriptions import due_feeds
from tests.feeds.conftest import NOW, Library, problem_codes
from tests.feeds.made_feeds import ATOM, JSON_FEED, RSS_091, RSS_10, RSS_20, rss
from tests.feeds.server import FeedServer, break_off, pour, trickle

pytestmark = pytest.mark.long


def test_every_kind_of_feed_becomes_posts(library: Library, server: FeedServer) -> None:
    kinds = {"091": RSS_091, "10": RSS_10, "20": RSS_20, "atom": ATOM, "json": JSON_FEED}
    ended = library.fetch(*(server.put(f"/{name}", text) for name, text in kinds.items()))

    assert [(each.new, each.problem) for each in ended] == [(n, None) for n in (1, 1, 1, 2, 2)]
    assert {post.title: post.categories for post in library.posts()} == {
        "First of 0.91": ("Old",),
        "First of 1.0": ("RDF",),
        "第一篇：芯片": ("Two & more",),
        "a <b> title": ("Atom <3",),
        "Plain": ("Atom <3",),
        "Seven": ("JSON",),
        "one & two three": ("JSON",),
    }


def test_an_entry_is_kept_with_all_that_it_says(library: Library, server: FeedServer) -> None:
    feed = ConfiguredFeed(server.put("/f", RSS_20), "财经", "news", ("own",))
    library.fetch(feed)
    ((path, raw),) = ((p, r) for p, r in library.files().items() if p.endswith(".html"))
    post = library.posts()[0]

    assert path == "财经/_posts/2022-02-25-第一篇-芯片.html"
    assert (post.title, post.author, post.lang) == ("第一篇：芯片", "钱", "zh-CN")
    assert (post.categories, post.tags) == (("news", "财经"), ("芯片", "chips", "own"))
    assert post.link == "https://two.example/a/1"
    assert post.date is not None
    assert post.date.isoformat() == "2022-02-25T11:01:00+08:00"
    assert '<a href="https://two.example/b?x=1&amp;y=2">text</a>' in post.body
    assert '<img src="https://two.example/i.png">' in post.body
    assert "Only a summary" not in post.body
    assert b'entry_id: "two-1"\n' in raw
    assert b'enclosures:\n  - url: "https://two.example/1.mp3"\n' in raw
    assert post.problem is None


def test_what_comes_again_unchanged_touches_nothing(library: Library, server: FeedServer) -> None:
    url = server.put("/f", RSS_20)
    library.fetch(url)
    before = {path: path.stat().st_mtime_ns for path in library.root.rglob("*.html")}
    server.put("/f", RSS_20 + "\n")  # other bytes that say the same
    (again,) = library.fetch(url)

    assert (again.new, again.changed, again.problem) == (0, 0, None)
    assert {path: path.stat().st_mtime_ns for path in library.root.rglob("*.html")} == before


def test_a_server_is_asked_whether_its_feed_has_changed(
    library: Library, server: FeedServer
) -> None:
    url = server.put("/f", RSS_20, validates=True)
    library.fetch(url)
    (again,) = library.fetch(url)

    assert again.problem is None
    assert [("If-None-Match" in headers) for headers in server.asked("/f")] == [False, True]


def test_an_entry_that_changed_rewrites_its_file(library: Library, server: FeedServer) -> None:
    url = server.put("/f", RSS_20)
    library.fetch(url)
    names = library.files().keys()
    server.put("/f", RSS_20.replace("第一篇：芯片", "Another title").replace("Full", "Corrected"))
    (again,) = library.fetch(url)

    assert (again.new, again.changed) == (0, 1)
    assert library.files().keys() == names
    assert "Corrected" in library.post("Another title").body


def test_a_post_that_was_deleted_stays_deleted(library: Library, server: FeedServer) -> None:
    url = server.put("/f", RSS_20)
    library.fetch(url)
    for path in library.root.rglob("*.html"):
        path.unlink()
    server.put("/f", RSS_20.replace("Full", "Corrected"))
    (again,) = library.fetch(url)

    assert (again.new, again.changed, library.posts()) == (0, 0, [])


def test_two_feeds_that_carry_one_link_make_one_post(library: Library, server: FeedServer) -> None:
    item = ("Shared", "https://made.example/p/1", "words")
    one = ConfiguredFeed(server.put("/1", rss("One", [item])), tags=("a",))
    two = ConfiguredFeed(
        server.put("/2", rss("Two", [item, ("Own", "https://m.example/2", "x")])), tags=("b",)
    )
    library.fetch(one)
    (second,) = library.fetch(two)
    merged = library.post("Shared")
    server.put("/1", rss("One", [("Shared anew", item[1], "other words")]))
    library.fetch(one)

    assert second.new == 1
    assert (merged.categories, merged.tags) == (("One", "Two"), ("a", "b"))
    assert library.post("Shared anew").tags == ("a", "b")
    assert len(library.posts()) == 2


def test_entries_that_share_a_link_in_their_feed_are_posts_of_their_own(
    library: Library, server: FeedServer
) -> None:
    items = [(f"Post {n}", "https://made.example/", "words") for n in range(5)]
    (ended,) = library.fetch(server.put("/f", rss("Home", items)))

    assert ended.new == 5
    assert {post.title for post in library.posts()} == {f"Post {n}" for n in range(5)}


def test_entries_without_a_date_take_the_time_they_were_seen(
    library: Library, server: FeedServer
) -> None:
    url = server.put("/f", RSS_091)
    library.fetch(url)
    server.put("/f", RSS_091.replace("Words", "Corrected words"))
    library.fetch(url, now=NOW + timedelta(days=3))
    (post,) = library.posts()

    assert "Corrected" in post.body
    assert post.date == NOW
    assert post.path == "_posts/2022-03-01-first-of-0-91.html"


def test_five_thousand_entries_are_kept(library: Library, server: FeedServer) -> None:
    items = [(f"新闻 {n}", f"https://made.example/{n}", "words") for n in range(5000)]
    (ended,) = library.fetch(server.put("/f", rss("Many", items)))

    assert ended.new == 5000
    assert len(library.files()) == 5001


@pytest.mark.parametrize("charset", ["gb18030", "shift_jis", "utf-16"])
def test_a_feed_without_a_declared_charset_is_read(
    library: Library, server: FeedServer, charset: str
) -> None:
    title = (
        "日本のニュースをまとめて読む" if charset == "shift_jis" else "数字化转型为广东带来新机遇"
    )
    text = rss("Feed", [(title, "https://made.example/1", f"<p>{title}。</p>")])
    url = server.put("/f", text.replace(' encoding="UTF-8"', "").encode(charset))
    library.fetch(url)

    assert library.posts()[0].title == title


def test_wrong_xml_that_others_read_is_read(library: Library, server: FeedServer) -> None:
    text = rss("Wrong & more", [("A", "https://made.example/1", "x")])
    wrong = text.replace("&amp;", "&").replace("</channel></rss>", "<item><title>B</title>")
    (ended,) = library.fetch(server.put("/f", f"\n\n{wrong}"))

    assert ended.problem is None
    assert {post.title for post in library.posts()} == {"A", "B"}


def test_compressed_answers_are_read(library: Library, server: FeedServer) -> None:
    url = server.put("/f", gzip.compress(RSS_20.encode()), headers={"Content-Encoding": "gzip"})
    (ended,) = library.fetch(url)

    assert ended.new == 1


def test_each_failure_has_its_sentence_and_costs_no_other_feed(
    library: Library, server: FeedServer
) -> None:
    wrong = {
        "feed-not-found": server.put("/404", status=404),
        "feed-gone": server.put("/410", status=410),
        "feed-busy": server.put("/503", status=503),
        "feed-busy-until": server.put("/429", status=429, headers={"Retry-After": "3600"}),
        "feed-status": server.put("/500", status=500),
        "feed-timed-out": server.put("/slow", send=trickle(60, 0.2)),
        "feed-cut-off": server.put("/half", send=break_off(RSS_20.encode()[:300], 5000)),
        "feed-redirects": server.put("/loop", status=302, headers={"Location": "/loop"}),
        "feed-redirect-refused": server.put(
            "/file", status=302, headers={"Location": "file:///etc/passwd"}
        ),
        "feed-not-one": server.put("/page", "<!doctype html><title>x</title><p>no feed"),
        "feed-too-large": server.put("/endless", send=pour(10_000)),
        "feed-no-connection": "http://127.0.0.1:1/",
        "feed-host-unknown": "http://nobody.invalid/",
        "feed-address-unusable": "ftp://127.0.0.1/feed",
    }
    *ended, good = library.fetch(*wrong.values(), server.put("/good", RSS_20))

    assert problem_codes(ended) == list(wrong)
    assert (good.new, good.problem) == (1, None)


def test_what_a_server_says_of_later_is_kept(library: Library, server: FeedServer) -> None:
    gone = server.put("/410", status=410)
    busy = server.put("/429", status=429, headers={"Retry-After": "3600"})
    well = server.put("/f", RSS_20)
    library.fetch(gone, busy, well)
    states = load_states(library.root)
    feeds = [ConfiguredFeed(url) for url in (gone, busy, well)]

    assert [feed.url for feed in due_feeds(feeds, states, NOW)] == [well]
    assert states[gone].is_gone
    assert not states[well].problem


def test_an_answer_that_bursts_when_it_is_unpacked_ends_in_a_sentence(
    library: Library, server: FeedServer
) -> None:
    bomb = gzip.compress(bytes(1 << 28))  # 256 MB in 260 KB
    url = server.put("/f", bomb, headers={"Content-Encoding": "gzip"})
    (ended,) = library.fetch(url)

    assert problem_codes([ended]) == ["feed-too-large"]


def test_entities_that_multiply_or_name_files_are_not_expanded(
    library: Library, server: FeedServer
) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    declared = f'<!DOCTYPE rss [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{levels}]>'
    text = rss("Bomb", [("T", "https://made.example/1", "x")]).replace("<rss", f"{declared}<rss")
    text = text.replace("<title>T<", "<title>T &a19; &f;<")
    (ended,) = library.fetch(server.put("/f", text))

    assert problem_codes([ended]) == [""]
    assert all(b"root:" not in raw and len(raw) < 5000 for raw in library.files().values())


def test_a_permanent_redirect_is_told_and_followed_from_then_on(
    library: Library, server: FeedServer
) -> None:
    new = server.put("/new", RSS_20, validates=True)
    moved = server.put("/old", status=301, headers={"Location": "/new"})
    away = server.put("/away", status=302, headers={"Location": "/new"})
    first = library.fetch(moved, away)
    library.fetch(moved)

    assert [each.moved_to for each in first] == [new, ""]
    assert len(server.asked("/old")) == 1


def test_what_happens_is_told(library: Library, server: FeedServer) -> None:
    feed = ConfiguredFeed(server.put("/f", RSS_20))
    (ended,) = library.fetch(feed)

    assert library.events == [FetchStarted(feed), ended]
    assert isinstance(ended, FetchEnded)


def test_images_are_kept_beside_the_posts(library: Library, server: FeedServer) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(20)
    image = server.put("/i.png", png)
    page = server.put("/no.png", "<html>no image")
    body = f'<p><img src="{image}" srcset="{image} 2x"><img src="{page}"></p>'
    url = server.put("/f", rss("Pictures", [("T", "https://made.example/1", body)]))
    library.fetch(ConfiguredFeed(url, images=True))
    files = library.files()
    (copy,) = (path for path in files if path.startswith("pictures/images/"))
    html = library.posts()[0].body

    assert files[copy] == png
    assert f'src="/{copy.partition("/")[2]}" data-fetched-from="{image}"' in html
    assert f'src="{page}"' in html
    assert "srcset" not in html


def test_nothing_of_a_feed_reaches_outside_its_folder(library: Library, server: FeedServer) -> None:
    items = [
        (name, f"https://made.example/{n}", escape(name))
        for n, name in enumerate(
            (
                "../../../etc/passwd",
                "/etc/passwd",
                "..",
                "a/b\\c",
                "\x00\x1b[31m",
                "x" * 5000,
                "新" * 500,
                "CON",
                " ",
            )
        )
    ]
    (ended,) = library.fetch(server.put("/f", rss("../../up", items)))
    written = [path for path in library.root.parent.rglob("*") if path.is_file()]

    assert ended.new == len(items)
    assert all(path.is_relative_to(library.root) for path in written)
    assert all(len(path.name.encode()) <= 120 for path in written)
    assert {path.split("/")[0] for path in library.files()} == {"up"}


def test_a_lost_memory_finds_its_posts_again(library: Library, server: FeedServer) -> None:
    url = server.put("/f", RSS_20)
    library.fetch(url)
    before = library.files()
    for path in sorted((library.root / ".fetch").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    library.fetch(url)

    assert library.files() == before
    assert load_states(library.root)[url] != FeedState()
