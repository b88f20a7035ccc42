"""What a scan asks of a post file, and what comes of it; `index_entry.run_job` does it.

Apart from it because a scan that finds nothing to do needs no parser, which takes 0.13 s to import.
"""

from __future__ import annotations

from typing import TypeAlias

from newsreader.frozen import dataclass
from newsreader.posts.model import Site
from newsreader.problems import Problem
from newsreader.store.index.writer import FullText, IndexEntry


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a source, as its files share it.

    Attributes:
        source: The id of its source.
        base: What stands before a path below the source, with a final `/`.
        prefix: The folder below the source, empty or with a final `/`.
        site_prefix: The folder below the root of its site, likewise.
        site: The id of its site.
        facts: The site.
        certain: Whether every file in it is a post; otherwise those with front matter are.
    """

    source: int
    base: str
    prefix: str
    site_prefix: str
    site: int
    facts: Site
    certain: bool


@dataclass(frozen=True, slots=True)
class IndexedPost:
    """A post in the index whose full text is wanted, title and labels in short."""

    size: int
    mtime_ns: int
    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read.

    Attributes:
        folder: Where it is.
        name: Its name.
        with_text: Whether its full text is wanted, too.
        listed: What the index holds of it, if no more than the full text is wanted as long as it
            has not changed.
    """

    folder: Folder
    name: str
    with_text: bool
    listed: IndexedPost | None = None


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file that could not be read, and why."""

    problem: Problem


# `None` for a file that is no longer there, or is no post.
JobResult: TypeAlias = IndexEntry | FullText | UnreadableFile | None
