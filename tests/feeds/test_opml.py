"""Lists of feeds come in and go out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.opml import NotOpmlError, read_feed_list, read_opml, write_opml
from newsreader.text import clean_line

LINES = st.text().map(clean_line)
FEEDS = st.lists(
    st.builds(
        ConfiguredFeed,
        url=st.integers(0).map("https://a.example/?a=1&b={}".format),
        name=LINES,
        category=LINES,
        tags=st.lists(LINES.filter(bool), unique=True).map(tuple),
        every=st.sampled_from(["", "6h"]),
        keep=st.sampled_from(["", "500", "1y"]),
        images=st.booleans(),
    ),
    unique_by=lambda feed: feed.url,
)

OTHERS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>Subscriptions</title></head><body>
<outline text="Tech" title="Tech">
  <outline text="A" type="rss" xmlUrl="https://a.example/rss" htmlUrl="https://a.example"/>
  <outline title="B" text="b" type="rss" xmlURL="https://b.example/rss" category="/x/y,z"/>
</outline>
<outline type="rss" text="C" xmlUrl="https://c.example/rss"/>
<outline type="rss" text="C again" xmlUrl="https://c.example/rss"/>
<outline type="rss" text="D" xmlUrl="file:///etc/passwd"/>
<outline text="a note"/>
</body></opml>"""

# As newsboat's manual has it, of its file `urls`.
URLS = """# my feeds
https://blog.example/rss.xml?html interesting conspiracy news "cool stuff"
https://rss.example/news.xml news orf "~The News"

"query:Unread:unread = \\"yes\\""
exec:~/bin/script tag1 "quoted tag"
"filter:~/bin/filter param1:https://url.example/foobar"
file:///home/me/feed.xml
https://hidden.example/feed "!Hidden" tag#1
"https://quoted.example/a b"
https://open.example/ "open
"""


@given(FEEDS)
def test_what_is_exported_is_imported_as_it_was(feeds: list[ConfiguredFeed]) -> None:
    kept = sorted(read_feed_list(write_opml(feeds, {}).encode()), key=lambda feed: feed.url)

    assert kept == sorted(feeds, key=lambda feed: feed.url)


def test_a_list_of_another_program_is_read() -> None:
    assert read_feed_list(OTHERS.encode()) == [
        ConfiguredFeed("https://a.example/rss", "A", "Tech"),
        ConfiguredFeed("https://b.example/rss", "B", "Tech", ("x", "y", "z")),
        ConfiguredFeed("https://c.example/rss", "C"),
    ]


def test_the_urls_of_newsboat_are_read() -> None:
    assert read_feed_list(URLS.encode()) == [
        ConfiguredFeed(
            "https://blog.example/rss.xml?html",
            tags=("interesting", "conspiracy", "news", "cool stuff"),
        ),
        ConfiguredFeed("https://rss.example/news.xml", "The News", tags=("news", "orf")),
        ConfiguredFeed("https://hidden.example/feed", tags=("tag#1",)),
        ConfiguredFeed("https://quoted.example/a b"),
        ConfiguredFeed("https://open.example/", tags=("open",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<rss/>",
        "<opml><body>",
        '<!DOCTYPE opml [<!ENTITY a "b">]><opml><body>&a;</body></opml>',
        '<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>',
        "<opml>" + "<outline>" * 99 + "</outline>" * 99 + "</opml>",
    ],
)
def test_what_is_no_opml_or_declares_entities_is_refused(text: str) -> None:
    with pytest.raises(NotOpmlError):
        read_opml(text)


def test_others_read_what_is_exported() -> None:
    text = write_opml(
        [ConfiguredFeed("https://a.example/", "", "Tech", ("x",))], {"https://a.example/": "A"}
    )

    assert '<outline text="Tech">' in text
    assert 'type="rss" text="A" title="A" xmlUrl="https://a.example/" category="x"' in text
