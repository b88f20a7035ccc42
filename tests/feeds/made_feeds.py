"""Feeds of every kind, written for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

RSS_091 = """<?xml version="1.0"?>
<rss version="0.91"><channel><title>Old</title><link>https://old.example/</link>
<item><title>First of 0.91</title><link>https://old.example/1</link>
<description>Words &lt;b&gt;and&lt;/b&gt; more</description></item>
</channel></rss>"""

RSS_10 = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://rdf.example/"><title>RDF</title><link>https://rdf.example/</link></channel>
<item rdf:about="https://rdf.example/1"><title>First of 1.0</title>
<link>https://rdf.example/1</link><dc:date>2022-02-25T11:01:00+08:00</dc:date>
<dc:creator>赵</dc:creator><dc:subject>财经</dc:subject><description>Words</description></item>
</rdf:RDF>"""

RSS_20 = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Two &amp; more</title><link>https://two.example/</link><language>zh-CN</language>
<item><title>第一篇：芯片</title><link>https://two.example/a/1</link>
<guid isPermaLink="false">two-1</guid>
<pubDate>Fri, 25 Feb 2022 11:01:00 +0800</pubDate>
<category>芯片</category><category>chips</category>
<author>a@two.example (钱)</author>
<enclosure url="https://two.example/1.mp3" length="1200" type="audio/mpeg"/>
<description>Only a summary</description>
<content:encoded><![CDATA[<p>Full <a href="../b?x=1&amp;y=2">text</a></p>
<img src="/i.png">]]></content:encoded>
</item></channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://atom.example/">
<title type="html">Atom &amp;lt;3</title><link href="/"/><id>urn:feed</id>
<entry><id>urn:1</id><title type="text">a &lt;b&gt; title</title><link href="posts/1"/>
<link rel="enclosure" href="m.ogg" type="audio/ogg"/><updated>2022-02-25T03:01:00Z</updated>
<author><name>Sun</name></author><category term="x"/><summary>short</summary>
<content type="xhtml" xml:base="posts/"><div xmlns="http://www.w3.org/1999/xhtml"><p>one<br/>two
<img src="i.png" alt=""/></p></div></content></entry>
<entry><id>urn:2</id><title>Plain</title><link href="posts/2"/>
<published>2022-02-24T00:00:00Z</published>
<content type="text">1 &lt; 2
next line

next paragraph</content></entry></feed>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "language": "en",
"home_page_url": "https://json.example/", "items": [
{"id": 7, "url": "https://json.example/7", "title": "Seven", "content_html": "<p>seven</p>",
 "date_published": "2022-02-25T11:01:00+08:00", "authors": [{"name": "Li"}], "tags": ["a", "b"],
 "attachments": [{"url": "https://json.example/7.mp3",
 "mime_type": "audio/mpeg", "size_in_bytes": 9}]},
{"id": "8", "content_text": "one & two\\n\\nthree"}]}"""


def rss(
    title: str, items: Sequence[tuple[str, str, str]], *, link: str = "https://made.example/"
) -> str:
    """An RSS feed of items with a title, an address and some HTML; an empty text leaves it out."""
    written = "".join(
        "<item>"
        + (f"<title>{escape(name)}</title>" if name else "")
        + (f"<link>{escape(url)}</link><guid>{escape(url)}</guid>" if url else "")
        + f"<pubDate>Fri, 25 Feb 2022 {place // 60 % 24:02}:{place % 60:02}:00 +0800</pubDate>"
        + f"<description>{escape(body)}</description></item>"
        for place, (name, url, body) in enumerate(items)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>{link}</link>{written}</channel></rss>"
    )
