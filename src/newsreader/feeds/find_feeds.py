"""Find the feed of an address: it is one itself, or a web page that names some."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from newsreader.feeds.documents.absolute_links import join_link
from newsreader.feeds.documents.decode_feed import decode_feed
from newsreader.feeds.documents.parse_process import ParseProcesses, UnreadableFeedError
from newsreader.feeds.download import Downloaded, Limits, Refused, host_of, open_downloader
from newsreader.problems import Problem
from newsreader.text import clean_line, safe_link

# Not `application/json`: WordPress names its own interface so.
_TYPES: Final = frozenset(
    f"application/{kind}" for kind in ("rss+xml", "atom+xml", "feed+json", "rdf+xml", "xml")
)
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed: its address, and what it calls itself, which may be empty."""

    url: str
    title: str


def find_feeds(url: str, limits: Limits | None = None) -> list[FoundFeed] | Problem:
    """Ask an address for feeds: at least one, or why there is none.

    Raises:
        KeyboardInterrupt: The user does not want to wait.
    """
    return asyncio.run(_find(url, limits or Limits()))


async def _find(url: str, limits: Limits) -> list[FoundFeed] | Problem:
    async with open_downloader(limits) as downloader, ParseProcesses(1) as processes:
        answer = await downloader.get(url)
        if isinstance(answer, Refused):
            return answer.problem
        if not isinstance(answer, Downloaded):
            return Problem("feed-not-one", (url,))
        try:
            document = await processes.read(answer.raw, answer.content_type, answer.url)
        except UnreadableFeedError:
            return Problem("feed-unreadable", (url,))
    if document is not None:
        return [FoundFeed(answer.moved_to or url, document.title)]
    found = alternates(decode_feed(answer.raw, answer.content_type), answer.url)
    return found or Problem("feed-not-one", (url,))


def alternates(html: str, url: str) -> list[FoundFeed]:
    """The feeds that a web page names in its head, each once, in its order."""
    found: dict[str, FoundFeed] = {}
    tree = LexborHTMLParser(html)
    base = tree.css_first("base[href]")
    home = join_link(url, (base.attributes.get("href") or "") if base is not None else "") or url
    for link in tree.css("link[rel][href]"):
        attributes = link.attributes
        words = (attributes.get("rel") or "").lower().split()
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in words or kind not in _TYPES or "stylesheet" in words:
            continue
        address = safe_link(join_link(home, attributes.get("href") or ""))
        if host_of(address) and address not in found:
            found[address] = FoundFeed(address, clean_line(attributes.get("title") or "")[:300])
    return list(found.values())[:_MOST]
