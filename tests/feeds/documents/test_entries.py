"""Documents of feeds are read into values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from newsreader.feeds.documents.entries import read_feed
from newsreader.feeds.values import Enclosure, Entry, FeedDocument
from tests.feeds.made_feeds import ATOM, JSON_FEED, RSS_091, RSS_10, RSS_20, rss

URL = "https://feed.example/dir/feed.xml"


def read(text: str, content_type: str = "application/xml") -> FeedDocument:
    document = read_feed(text.encode(), content_type, URL)
    assert document is not None
    return document


def item(inside: str) -> Entry:
    (entry,) = read(f'<rss version="2.0"><channel><item>{inside}</item></channel></rss>').entries
    return entry


@pytest.mark.parametrize(
    ("text", "title", "site", "language", "titles"),
    [
        (RSS_091, "Old", "https://old.example/", "", ["First of 0.91"]),
        (RSS_10, "RDF", "https://rdf.example/", "", ["First of 1.0"]),
        (RSS_20, "Two & more", "https://two.example/", "zh-CN", ["第一篇：芯片"]),
        (ATOM, "Atom <3", "https://atom.example/", "en", ["a <b> title", "Plain"]),
        (JSON_FEED, "JSON", "https://json.example/", "en", ["Seven", "one & two three"]),
    ],
)
def test_a_feed_says_what_it_is(
    text: str, title: str, site: str, language: str, titles: Sequence[str]
) -> None:
    feed = read(text)

    assert (feed.title, feed.site, feed.language) == (title, site, language)
    assert [entry.title for entry in feed.entries] == titles


def test_an_entry_of_atom_is_read_whole() -> None:
    entry, plain = read(ATOM).entries

    assert entry.entry_id == "urn:1"
    assert entry.link == entry.shared_link == "https://atom.example/posts/1"
    assert entry.author == "Sun"
    assert entry.tags == ("x",)
    assert entry.enclosures == (Enclosure("https://atom.example/m.ogg", "audio/ogg"),)
    assert "<br>two" in entry.body
    assert "</br>" not in entry.body
    assert 'src="https://atom.example/posts/i.png"' in entry.body
    assert plain.body == "<p>1 &lt; 2<br>next line</p>\n<p>next paragraph</p>"


def test_an_entry_of_json_is_read_whole() -> None:
    entry, plain = read(JSON_FEED, "application/feed+json").entries

    assert (entry.entry_id, entry.author, entry.tags) == ("7", "Li", ("a", "b"))
    assert entry.enclosures == (Enclosure("https://json.example/7.mp3", "audio/mpeg", 9),)
    assert plain.body == "<p>one &amp; two</p>\n<p>three</p>"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Fri, 25 Feb 2022 11:01:02 +0800", "2022-02-25T11:01:02+08:00"),
        ("Fri, 25 Feb 2022 11:01:02 GMT", "2022-02-25T11:01:02+00:00"),
        ("25 Feb 2022 11:01 EST", "2022-02-25T11:01:00-05:00"),
        ("Fri, 25 Feb 22 11:01:02 +0000", "2022-02-25T11:01:02+00:00"),
        ("2022-02-25T11:01:02Z", "2022-02-25T11:01:02+00:00"),
        ("2022-02-25T11:01:02.123+08:00", "2022-02-25T11:01:02+08:00"),
        ("2022-02-25 11:01:02", "2022-02-25T11:01:02+00:00"),
        ("2022-02-25", "2022-02-25T00:00:00+00:00"),
        ("20220225T110102Z", "2022-02-25T11:01:02+00:00"),
        ("2022/02/25 11:01", "2022-02-25T11:01:00+00:00"),
        ("2022年2月25日 11:01", "2022-02-25T11:01:00+00:00"),
        ("Feb 25, 2022", "2022-02-25T00:00:00+00:00"),
        ("Friday, February 25, 2022 11:01 PM", "2022-02-25T23:01:00+00:00"),
        ("yesterday", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("1970-01-01T00:00:00Z", None),
        ("31 Feb 2022 10:00:00 +0000", None),
    ],
)
def test_dates_are_read_in_the_forms_that_feeds_write(written: str, read_as: str | None) -> None:
    date = item(f"<title>T</title><pubDate>{written}</pubDate>").date

    assert (date.isoformat() if date else None) == read_as


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("<title>A &amp;amp; B</title>", "A & B"),
        ("<title>&lt;i&gt;A&lt;/i&gt; B</title>", "A B"),
        ("<title> </title><description>First words. And more.</description>", "First words."),
        ("<link>https://a.example/p/some-slug/</link>", "some-slug"),
        ("<guid>x</guid>", "Untitled"),
        ("<guid>https://a.example/p/slug</guid>", "slug"),
    ],
)
def test_every_entry_gets_a_title(inside: str, title: str) -> None:
    assert item(inside).title.removesuffix("…").startswith(title.removesuffix("."))


def test_entries_without_id_and_link_are_told_apart() -> None:
    bodies = "".join(f"<item><description>text {n}</description></item>" for n in range(3))
    feed = read(f'<rss version="2.0"><channel>{bodies}</channel></rss>')

    assert len({entry.key for entry in feed.entries}) == 3


def test_entries_that_share_an_id_are_told_apart() -> None:
    items = "".join(
        f"<item><guid>same</guid><link>https://a.example/{n}</link><title>{n}</title></item>"
        for n in (1, 2, 2)
    )
    feed = read(f'<rss version="2.0"><channel>{items}</channel></rss>')

    assert len(feed.entries) == len({entry.key for entry in feed.entries}) == 2


def test_an_id_does_not_change_with_the_address_of_its_feed() -> None:
    text = (
        '<rss version="2.0"><channel><item><guid>123</guid><title>T</title></item></channel></rss>'
    )
    moved = [read_feed(text.encode(), "", url) for url in (URL, "https://moved.example/")]
    entries = [feed.entries[0] for feed in moved if feed is not None]

    assert [(entry.key, entry.link) for entry in entries] == [("123", "")] * 2


def test_a_link_of_several_entries_belongs_to_none_of_them() -> None:
    pages = [("A", "https://a.example/1", ""), ("B", "https://a.example/1", "")]
    pages += [("C", "https://made.example/", ""), ("D", "https://a.example/2", "")]
    shared = {entry.title: entry.shared_link for entry in read(rss("F", pages)).entries}

    assert shared == {"A": "", "B": "", "C": "", "D": "https://a.example/2"}


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"]
)
def test_only_addresses_of_the_web_are_links(scheme: str) -> None:
    entry = item(f'<title>T</title><link>{scheme}</link><enclosure url="{scheme}"/>')

    assert (entry.link, entry.enclosures) == ("", ())


def test_commands_to_a_terminal_are_taken_out() -> None:
    entry = read(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"title": "a\\u001b[31mb",'
        ' "content_html": "c\\u009b2Jd\\ud800", "tags": ["e\\u202ef"]}]}'
    ).entries[0]

    assert (entry.title, entry.body, entry.tags) == ("a[31mb", "c2Jd\ufffd", ("ef",))


@pytest.mark.parametrize(
    "text",
    ["", "words", "<!doctype html><p>x", "{", "{}", '{"items": []}', "[" * 10_000, "<rss", "\x00"],
)
def test_what_is_no_feed_is_none(text: str) -> None:
    assert read_feed(text.encode(), "", URL) is None


def test_a_feed_without_entries_is_one() -> None:
    assert read(rss("Empty", [])).entries == ()


def test_a_zone_is_kept_as_it_is_written() -> None:
    date = item("<title>T</title><pubDate>Fri, 25 Feb 2022 00:30:00 +0800</pubDate>").date

    assert date is not None
    assert date.day == 25
    assert date.astimezone(UTC) == datetime(2022, 2, 24, 16, 30, tzinfo=UTC)
