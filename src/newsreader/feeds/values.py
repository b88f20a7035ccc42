"""The values of feeds: what a document says, free of formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an entry, such as an episode of a podcast.

    Attributes:
        url: Where it is.
        media_type: Its type (`audio/mpeg`); empty if the feed does not say.
        length: Its bytes; 0 if the feed does not say.
    """

    url: str
    media_type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    Attributes:
        key: What identifies it inside its feed: its id, else its link, else a digest.
        entry_id: Its id as the feed writes it; may be empty.
        title: Plain text on one line, never empty.
        link: Its address; may be empty.
        shared_link: Its address if that means this one entry and no other of its feed; else empty.
        date: With its zone as written; `None` if it has none that makes sense.
        author: Plain text; may be empty.
        tags: Plain texts.
        body: HTML, with absolute links.
        enclosures: The files that go with it.
    """

    key: str
    entry_id: str
    title: str
    link: str
    shared_link: str
    date: datetime | None
    author: str
    tags: tuple[str, ...]
    body: str = field(repr=False)
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What a feed's document says.

    Attributes:
        title: What the feed calls itself; may be empty.
        site: The address of its web site; may be empty.
        language: A language tag such as `zh-CN`; may be empty.
        entries: In the order of the document.
    """

    title: str
    site: str
    language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry with its texts as its feed has them.

    Attributes:
        entry_id: As written.
        title: Plain text.
        link: As written, absolute if the feed says what it is relative to.
        dates: As written, the best first.
        moment: What a lenient parser made of them; `None` if nothing.
        author: Plain text.
        tags: Plain texts.
        body: HTML.
        base: What links of the body are relative to.
        enclosures: As written.
    """

    entry_id: str
    title: str
    link: str
    dates: tuple[str, ...]
    moment: datetime | None
    author: str
    tags: tuple[str, ...]
    body: str
    base: str
    enclosures: tuple[Enclosure, ...] = ()
