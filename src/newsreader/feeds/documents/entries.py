"""Read a feed's document into values, whatever it is: RSS, Atom, RDF or a JSON feed.

feedparser reads the XML: it takes what other readers take and no strict parser would, declares no
entities but plain ones, and fetches nothing. It is slow on input made for that, so `parse_process`
runs this in a process with limits.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, cast
from urllib.parse import urlsplit

import feedparser
from selectolax.lexbor import LexborHTMLParser

from newsreader.feeds.documents.absolute_links import join_link, make_links_absolute, xhtml_as_html
from newsreader.feeds.documents.decode_feed import decode_feed
from newsreader.feeds.documents.json_feed import is_json, plain_as_html, read_json_feed
from newsreader.feeds.values import Enclosure, Entry, FeedDocument, RawEntry
from newsreader.patterns import compile_late
from newsreader.posts.dates import parse_date
from newsreader.posts.scalars import show_text
from newsreader.posts.titles import can_be_title, shorten
from newsreader.text import clean_line, clean_text, safe_link

Parsed = Mapping[str, object]

LONGEST_TITLE: Final = 300
_MOST_TAGS: Final = 30
_MOST_ENCLOSURES: Final = 20
_MAIL_AND_NAME: Final = compile_late(r"\S+@\S+ \(([^()]+)\)")
_EXCERPT: Final = 400
_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_feed(raw: bytes, content_type: str, url: str) -> FeedDocument | None:
    """Read a feed's document; `None` if it is none.

    Args:
        raw: Its bytes.
        content_type: What the server says they are; may be empty.
        url: Where it comes from: the base of its relative links.

    Never raises, but for hostile input it can take long.
    """
    text = decode_feed(raw, content_type)
    if is_json(text):
        feed = read_json_feed(text)
        return None if feed is None else _document(*feed, url)
    return _read_xml(text, url)


def _read_xml(text: str, url: str) -> FeedDocument | None:
    parsed = cast(
        "Parsed",
        feedparser.parse(
            text.lstrip().encode("utf-8", "replace"),
            # Without its address: an id that stands as a relative link must not change with it.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # What is unsafe in HTML is left out when it is shown; this would take twice the time.
            sanitize_html=False,
            resolve_relative_uris=False,
        ),
    )
    entries = _mappings(parsed, "entries")
    # An HTML page has no version. Wrong XML may have none either, but then it has entries.
    if not entries and not parsed.get("version"):
        return None
    feed = parsed.get("feed")
    channel: Parsed = feed if isinstance(feed, Mapping) else {}
    return _document(
        _plain(channel, "title"),
        _text(channel, "link"),
        _text(channel, "language"),
        [_raw_entry(each) for each in entries],
        url,
    )


def _document(
    title: str, site: str, language: str, entries: Iterable[RawEntry], url: str
) -> FeedDocument:
    home = safe_link(join_link(url, site))
    made = [_entry(each, home, url) for each in entries]
    links = Counter(entry.link for entry in made)
    return FeedDocument(
        title=clean_line(title)[:LONGEST_TITLE],
        site=home,
        language=clean_line(language)[:40],
        entries=tuple(_identified(made, links)),
    )


def _identified(entries: Sequence[Entry], links: Counter[str]) -> Iterator[Entry]:
    """Give each entry a key of its own, also where a feed writes one id for all of them."""
    ids: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        ids.setdefault(entry.key, set()).add((entry.link, entry.title))
    given: set[str] = set()
    for entry in entries:
        key = entry.key
        if len(ids[key]) > 1:
            key = "\n".join((key, entry.link, entry.title))
        if key not in given:
            given.add(key)
            is_own = links[entry.link] == 1
            yield replace(entry, key=key, shared_link=entry.shared_link if is_own else "")


def _entry(raw: RawEntry, home: str, url: str) -> Entry:
    address = safe_link(join_link(url, raw.link))
    link = address if address.startswith("http") else ""
    entry_id = clean_line(raw.entry_id)
    # Without a base of its own a text comes from the page of its entry.
    body = clean_text(make_links_absolute(raw.body, join_link(url, raw.base) or link or url))
    title = _title(raw.title, body, link)
    key = entry_id or link or _digest(title, *raw.dates, "" if raw.dates else body)
    # The front page is the address of no single entry.
    is_page = (
        bool(link) and link != home and urlsplit(link)[2:] not in (("", "", ""), ("/", "", ""))
    )
    return Entry(
        key=key,
        entry_id=entry_id,
        title=title,
        link=link,
        shared_link=link if is_page else "",
        date=_date(raw),
        author=clean_line(raw.author)[:LONGEST_TITLE],
        tags=tuple(_labels(raw.tags)),
        body=body,
        enclosures=tuple(_enclosures(raw.enclosures, join_link(url, raw.base) or url))[
            :_MOST_ENCLOSURES
        ],
    )


def _title(written: str, body: str, link: str) -> str:
    """The title, else the first words of the body, else the last part of the address."""
    ends = (
        written,
        shorten(clean_line(_text_of(body)[:_EXCERPT])),
        urlsplit(link).path.strip("/").rpartition("/")[2],
    )
    titles = (clean_line(each)[:LONGEST_TITLE].strip() for each in ends)
    return next(filter(can_be_title, titles), "Untitled")


def _labels(tags: Iterable[str]) -> list[str]:
    cleaned: Iterator[str] = (clean_line(tag) for tag in tags)
    return list(dict.fromkeys(tag for tag in cleaned if 0 < len(tag) <= 100))[:_MOST_TAGS]


def _enclosures(written: Iterable[Enclosure], base: str) -> Iterator[Enclosure]:
    for each in written:
        url = safe_link(join_link(base, each.url))
        if url.startswith("http"):
            yield replace(each, url=url, media_type=clean_line(each.media_type)[:100])


def _date(raw: RawEntry) -> datetime | None:
    """The date of an entry, in the zone that is written."""
    for written in raw.dates:
        found = parse_date(clean_line(written)[:100], UTC)
        if found is not None and found.moment is not None and _is_likely(found.moment):
            return found.moment.replace(microsecond=0)
    return raw.moment if raw.moment is not None and _is_likely(raw.moment) else None


def _is_likely(moment: datetime) -> bool:
    """Whether a date can be meant: programs write the first moment of their clock for none."""
    return moment >= _EARLIEST and moment != _NO_DATE


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _raw_entry(parsed: Parsed) -> RawEntry:
    body, base = _body(parsed)
    dates = [_text(parsed, name) for name in ("published", "updated", "created")]
    moments = (_moment(parsed, f"{name}_parsed") for name in ("published", "updated", "created"))
    link = _text(parsed, "link")
    if parsed.get("guidislink") and ":" not in link and "/" not in link:
        link = ""  # an id that does not say that it is no link
    author = _text(parsed, "author")
    if named := _MAIL_AND_NAME.fullmatch(author.strip()):  # as RSS has it
        author = named[1]
    return RawEntry(
        entry_id=_text(parsed, "id"),
        title=_plain(parsed, "title"),
        link=link,
        dates=tuple(filter(None, dates)),
        moment=next((moment for moment in moments if moment is not None), None),
        author=_text_of(author) if "<" in author else author,
        tags=tuple(_text(tag, "term") or _text(tag, "label") for tag in _mappings(parsed, "tags")),
        body=body,
        base=base,
        enclosures=tuple(_parsed_enclosures(parsed)),
    )


def _body(parsed: Parsed) -> tuple[str, str]:
    """The HTML of an entry and its base: the longest full content, else the summary."""
    details = [each for each in _mappings(parsed, "content") if _text(each, "value").strip()]
    summary = parsed.get("summary_detail")
    if not details and isinstance(summary, Mapping):
        details = [summary]
    texts = [each for each in details if not _text(each, "type").startswith(("audio", "video"))]
    if not texts:
        return "", ""
    best = max(texts, key=lambda each: len(_text(each, "value")))
    value = _text(best, "value")
    match _text(best, "type"):
        case "text/plain":
            value = plain_as_html(value)
        case "application/xhtml+xml":
            value = xhtml_as_html(value)
    return value, _text(best, "base")


def _parsed_enclosures(parsed: Parsed) -> Iterator[Enclosure]:
    for each in _mappings(parsed, "links"):
        if _text(each, "rel") == "enclosure":
            length = _text(each, "length")
            number = (
                int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0
            )
            yield Enclosure(_text(each, "href"), _text(each, "type"), number)


def _plain(parsed: Parsed, name: str) -> str:
    """A text without its markup, if it has any."""
    text = _text(parsed, name)
    detail = parsed.get(f"{name}_detail")
    is_html = isinstance(detail, Mapping) and _text(detail, "type") != "text/plain"
    if not is_html:
        return text
    return _text_of(text) if "<" in text else show_text(text)


def _text_of(html: str) -> str:
    if "<" not in html and "&" not in html:
        return html
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    return "" if body is None else body.text(separator=" ")


def _moment(parsed: Parsed, name: str) -> datetime | None:
    value = parsed.get(name)
    if not isinstance(value, tuple) or len(value) < 6:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in value[:6])
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def _text(parsed: Parsed, name: str) -> str:
    value = parsed.get(name)
    return value if isinstance(value, str) else ""


def _mappings(parsed: Parsed, name: str) -> list[Parsed]:
    value = parsed.get(name)
    if not isinstance(value, list):
        return []
    # Plain ones: those of feedparser answer to other keys as well, with a warning.
    return [dict(each) for each in value if isinstance(each, Mapping)]
