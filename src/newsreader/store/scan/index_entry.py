"""Turn a post file into what the index is to hold of it; needs no index, so any process can."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from newsreader.article.search_text.search_text import search_text
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post, read_body
from newsreader.problems import Problem
from newsreader.search.sketches import make_sketch, sketch_to_bytes
from newsreader.search.tokens import BREAK, index_text
from newsreader.store.db.stored_path import storable, to_stored
from newsreader.store.errors import reason
from newsreader.store.index.writer import FullText, IndexEntry, short_labels, short_title
from newsreader.store.scan.jobs import Job, JobResult, UnreadableFile
from newsreader.store.scan.read_post_file import read_post_file
from newsreader.text import EMPTY, clean_line

_LONGEST_TEXT: Final = 2_000_000
"""Characters of a body that can be found: six megabytes of Chinese, more than any news."""


def run_job(job: Job) -> JobResult:
    """Read the file of a job.

    Returns:
        `FullText` if no more is wanted and the file has not changed; `None` if there is no post.
    """
    folder = job.folder
    path = f"{folder.base}{folder.prefix}{job.name}"
    try:
        file = read_post_file(path, certain=folder.certain)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return UnreadableFile(Problem("file-unreadable", (path, reason(error))))
    if file is None:
        return None
    listed = job.listed
    if listed is not None and (file.size, file.mtime_ns) == (listed.size, listed.mtime_ns):
        body = read_body(file.raw)
        if body is not None:
            return _texts(listed.title, _post_of(body, listed.title), listed.labels, folder.facts)
    post = parse_post(file.raw, folder.site_prefix + job.name, folder.facts)
    return IndexEntry(
        source=folder.source,
        path=to_stored(folder.prefix + job.name),
        site=folder.site,
        size=file.size,
        mtime_ns=file.mtime_ns,
        title=post.title,
        date=post.date,
        has_time=post.has_time,
        categories=post.categories,
        tags=post.tags,
        listed=post.published,
        gone=False,
        problem=post.problem,
        full_text=full_text_of(post, folder.facts) if job.with_text else None,
    )


def saved_full_text(raw: bytes, site_path: str, site: Site) -> FullText:
    """The full text of a post whose bytes are at hand."""
    return full_text_of(parse_post(raw, site_path, site), site)


def full_text_of(post: Post, site: Site) -> FullText:
    """The words of a post that a search finds."""
    labels = (*short_labels(post.categories), *short_labels(post.tags))
    return _texts(short_title(post.title), post, labels, site)


def _texts(title: str, post: Post, labels: Sequence[str], site: Site) -> FullText:
    body = search_text(post, site)[:_LONGEST_TEXT]
    return FullText(
        title=_split(title),
        body=_split(body),
        labels=f" {BREAK} ".join(map(_split_again, labels)),
        sketch=sketch_to_bytes(make_sketch(body)),
    )


def _post_of(body: str, title: str) -> Post:
    """Parse the parts of a post that its visible text depends on."""
    return Post("", clean_line(title), None, False, (), (), EMPTY, EMPTY, EMPTY, body, True, None)


def _split(text: str) -> str:
    return storable(index_text(text))


_split_again = lru_cache(maxsize=1_000)(_split)
"""The same for labels, of which a site has few."""
