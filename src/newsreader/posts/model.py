"""The values of posts and sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from newsreader.problems import Problem
from newsreader.text import EMPTY, Clean


@dataclass(frozen=True, slots=True)
class Site:
    """The facts of a Jekyll site that its posts depend on.

    Attributes:
        title: The site's own name, cleaned; empty if it has none.
        url: Scheme and host without a final slash (`https://example.org`), the base of links
            such as `/about`; empty if it has none.
        timezone: The zone of dates that are written without one.
        problem: What of `_config.yml` could not be read; `None` if all is well.
    """

    title: Clean = EMPTY
    url: str = ""
    timezone: tzinfo = UTC
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One post file: its facts and its body.

    Every string but `body` has been cleaned for the terminal and stands on one line.

    Attributes:
        path: Where it lies below the root of its site, with `/`; may hold any character.
        title: Never blank.
        date: Always with a zone, as it was written; `None` for an undated post.
        has_time: Whether a time of day was written; if not, `date` is midnight.
        categories: In order, each once: those of the folders first, then the written ones.
        tags: In order, each once, as written.
        author: Who wrote it, as the front matter says; empty if it does not.
        lang: The language tag of the front matter (`zh-CN`); empty if there is none.
        link: The address that the front matter names as the post's own; empty if there is none.
        body: What follows the front matter, decoded, newlines as a line feed, nothing else changed.
        published: False if the front matter says `published: false`.
        problem: What is wrong with the file; `None` if all is well, or if nothing was lost.
    """

    path: str
    title: Clean
    date: datetime | None
    has_time: bool
    categories: tuple[Clean, ...]
    tags: tuple[Clean, ...]
    author: Clean
    lang: Clean
    link: Clean
    body: str
    published: bool
    problem: Problem | None
