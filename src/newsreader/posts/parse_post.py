"""Parse the bytes of a post file into a `Post`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from newsreader.posts.dates import find_date
from newsreader.posts.decode import decode_text
from newsreader.posts.front_matter import Values, closed_body, split_front_matter
from newsreader.posts.labels import (
    first_text,
    flatten,
    folder_categories,
    read_labels,
    unique_labels,
)
from newsreader.posts.model import Post, Site
from newsreader.posts.scalars import show_text
from newsreader.posts.titles import find_title
from newsreader.posts.yaml_values import YamlValue
from newsreader.problems import join_problems
from newsreader.text import EMPTY, Clean, join, safe_link

_NO_SITE: Final = Site()
_LINK_KEYS: Final = (
    "link",
    "source_url",
    "original_url",
    "source_link",
    "external_url",
    "external-url",
    "canonical_url",
)
# The words that YAML 1.1 takes for false; quoted they mean the same to a reader.
_FALSE_WORDS: Final = frozenset(("false", "no", "off"))


def parse_post(raw: bytes, path: str, site: Site = _NO_SITE) -> Post:
    """Parse the post that a file holds.

    Args:
        raw: The file's bytes, any at all: a post is made of them in any case. What was lost is
            named in its `problem`.
        path: Where the file lies below the root of its site, with `/`.
        site: What the post takes from its site: the zone of dates, the base of links.

    Never raises; time is linear in the length of `raw`.
    """
    text, damage = decode_text(raw)
    front = split_front_matter(text)
    values = front.values
    date = find_date(first_text(values, ("date",)), path, site)
    return Post(
        path=path,
        title=find_title(first_text(values, ("title",)), front.body, path),
        date=date.moment,
        has_time=date.has_time,
        categories=unique_labels(
            (*folder_categories(path), *read_labels(values, "category", "categories"))
        ),
        tags=unique_labels(read_labels(values, "tag", "tags")),
        author=join(", ", unique_labels(_author_names(values))),
        lang=show_text(first_text(values, ("lang", "language", "locale"))),
        link=_first_link(values, site),
        body=front.body,
        published=first_text(values, ("published",)).lower() not in _FALSE_WORDS,
        problem=join_problems(damage, front.problem),
    )


def read_body(raw: bytes) -> str | None:
    """Read the body of the post that a file holds; `None` if it takes `parse_post` to find it.

    It costs a tenth, because nothing else of the front matter is read.
    """
    return closed_body(decode_text(raw)[0])


def _author_names(values: Values) -> Iterator[str]:
    for key in ("author", "authors"):
        value = values.get(key)
        people: Iterable[YamlValue] = value if isinstance(value, list) else (value,)
        for person in people:
            named = person.get("name") if isinstance(person, dict) else None
            yield from flatten(person if named is None else named)


def _first_link(values: Values, site: Site) -> Clean:
    for key in _LINK_KEYS:
        written = first_text(values, (key,))
        if written and (address := safe_link(written, site.url)).startswith("http"):
            return address
    return EMPTY
