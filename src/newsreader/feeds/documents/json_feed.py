"""Read JSON feeds: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final, NamedTuple, cast

from newsreader.feeds.values import Enclosure, RawEntry

_VERSION: Final = "jsonfeed.org/version/"


class JsonFeed(NamedTuple):
    """What a JSON feed says, its texts as written."""

    title: str
    site: str
    language: str
    entries: list[RawEntry]


def is_json(text: str) -> bool:
    """Whether a document can be a JSON feed and no XML."""
    return text.lstrip("\ufeff \t\n").startswith("{")


def read_json_feed(text: str) -> JsonFeed | None:
    """Read a JSON feed; `None` if it is none."""
    try:
        value = cast("object", json.loads(text.lstrip("\ufeff")))
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, Mapping) or _VERSION not in _text(value, "version"):
        return None
    return JsonFeed(
        _text(value, "title"),
        _text(value, "home_page_url"),
        _text(value, "language"),
        [_entry(item) for item in _mappings(value, "items")],
    )


def _entry(item: Mapping[str, object]) -> RawEntry:
    authors = [_text(each, "name") for each in _mappings(item, "authors")]
    author = item.get("author")
    if isinstance(author, Mapping):  # version 1
        authors.append(_text(author, "name"))
    tags = item.get("tags")
    plain = _text(item, "content_text") or _text(item, "summary")
    return RawEntry(
        entry_id=_text(item, "id"),
        title=_text(item, "title"),
        link=_text(item, "url") or _text(item, "external_url"),
        dates=tuple(filter(None, (_text(item, "date_published"), _text(item, "date_modified")))),
        moment=None,
        author=", ".join(dict.fromkeys(filter(None, authors))),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        body=_text(item, "content_html") or plain_as_html(plain),
        base="",
        enclosures=tuple(_attachments(item)),
    )


def plain_as_html(text: str) -> str:
    """Write plain text as HTML: a blank line parts paragraphs, other line ends are kept."""
    lines = [escape(line.strip(), quote=False) for line in text.strip().split("\n")]
    paragraphs = "\n".join(lines).split("\n\n")
    return "\n".join(
        f"<p>{'<br>'.join(paragraph.strip().split(chr(10)))}</p>"
        for paragraph in paragraphs
        if paragraph.strip()
    )


def _attachments(item: Mapping[str, object]) -> Iterator[Enclosure]:
    for each in _mappings(item, "attachments"):
        size = each.get("size_in_bytes")
        length = size if isinstance(size, int) and 0 <= size < 10**15 else 0
        yield Enclosure(_text(each, "url"), _text(each, "mime_type"), length)


def _text(mapping: Mapping[str, object], name: str) -> str:
    value = mapping.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**20:
        return str(value)
    return value if isinstance(value, str) else ""


def _mappings(mapping: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    value = mapping.get(name)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
