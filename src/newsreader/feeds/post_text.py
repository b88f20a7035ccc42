"""Write an entry as the text of a post, and read what a post of ours says back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from newsreader.feeds.values import Entry
from newsreader.patterns import compile_late
from newsreader.posts.scalars import show_text

_OPENS_LIQUID: Final = compile_late(r"\{[{%]")
_ENDS_RAW: Final = compile_late(r"\{(?=%-?\s*endraw\s*-?%\})")
# YAML takes no other character as it is.
_NOT_PRINTABLE: Final = compile_late(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def post_text(
    entry: Entry, date: datetime, *, categories: Iterable[str], tags: Iterable[str], language: str
) -> str:
    """Write an entry as a post that this program and Jekyll read alike.

    Every value of the front matter is quoted and on one line of its own. Jekyll would run Liquid
    in the body: what holds any is put between `raw` and `endraw`, which Jekyll of every version
    and this reader take for text. (`render_with_liquid: false` is unknown to Jekyll 3.)

    Args:
        entry: What is written.
        date: Its date, or when it was first seen if it has none.
        categories: What it is listed under.
        tags: Its tags, those of its feed included.
        language: The language of its feed; may be empty.
    """
    return "".join(
        ("---\n", *_lines(entry, date, categories, tags, language), "---\n", _body(entry))
    )


def _lines(
    entry: Entry, date: datetime, categories: Iterable[str], tags: Iterable[str], language: str
) -> Iterator[str]:
    yield f"title: {quote_yaml(entry.title)}\n"
    yield f"date: {_date(date)}\n"
    yield _labels("categories", categories)
    yield _labels("tags", tags)
    if entry.author:
        yield f"author: {quote_yaml(entry.author)}\n"
    if language:
        yield f"lang: {quote_yaml(language)}\n"
    if entry.link:
        yield f"link: {quote_yaml(entry.link)}\n"
    if entry.entry_id:
        yield f"entry_id: {quote_yaml(entry.entry_id)}\n"
    if entry.enclosures:
        yield "enclosures:\n"
    for each in entry.enclosures:
        yield f"  - url: {quote_yaml(each.url)}\n"
        if each.media_type:
            yield f"    type: {quote_yaml(each.media_type)}\n"
        if each.length:
            yield f"    length: {each.length}\n"


def with_labels(text: str, categories: Iterable[str], tags: Iterable[str]) -> str:
    """Change the labels in the text of a post of ours; where their lines are gone, nothing."""
    head, mark, body = text.partition("\n---\n")
    for name, labels in (("categories", categories), ("tags", tags)):
        written = re.search(rf"^{name}: \[.*\]\n", f"{head}\n", re.MULTILINE)
        if written is not None:
            head = f"{head[: written.start()]}{_labels(name, labels)}{head[written.end() :]}"
    return f"{head}{mark}{body}"


def _labels(name: str, labels: Iterable[str]) -> str:
    return f"{name}: [{', '.join(map(quote_yaml, labels))}]\n"


def _date(date: datetime) -> str:
    offset = date.strftime("%z")[:5] or "+0000"
    return (
        f"{date.year:04}-{date.month:02}-{date.day:02}"
        f" {date.hour:02}:{date.minute:02}:{date.second:02} {offset}"
    )


def _body(entry: Entry) -> str:
    body = entry.body.strip("\n")
    if _OPENS_LIQUID.search(body):
        body = f"{{% raw %}}{_ENDS_RAW.sub('&#123;', body)}{{% endraw %}}"
    return f"{body}\n"


def quote_yaml(text: str) -> str:
    """Quote a text so that YAML, and whoever decodes entities after it, gives it back."""
    if show_text(text) != text:
        text = text.replace("&", "&amp;")
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_PRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
