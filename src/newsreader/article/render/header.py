"""The header above an article: the facts of its post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsreader.article.render.placed import Header
from newsreader.posts.format_date import format_date
from newsreader.posts.model import Post
from newsreader.text import EMPTY, Clean, join


def post_header(
    post: Post,
    labels: Iterable[Sequence[Clean]],
    *,
    length: Clean = EMPTY,
    gone: Clean = EMPTY,
    date: Clean = EMPTY,
    problem: Clean = EMPTY,
    remarks: tuple[Clean, ...] = (),
) -> Header:
    """Make the header of a post: its title and facts.

    Args:
        post: The post.
        labels: Its categories and tags, as they are to be shown; what two of them, or the author,
            have in common is shown once.
        length: How long it takes to read, in words; empty if that is not known yet.
        date: Its date in words; empty: as it was written.
        gone: That its file is gone and a bookmark's copy is shown, in words; empty if it is not.
        problem: What is wrong with its file, in words.
        remarks: Further sentences, each on lines of its own.
    """
    facts = [
        date or format_date(post.date, has_time=post.has_time),
        *_distinct((*labels, (post.author,))),
        length,
        gone,
        problem,
    ]
    return Header(post.title, tuple(filter(None, facts)), remarks)


def _distinct(groups: Iterable[Sequence[Clean]]) -> Iterator[Clean]:
    """Join the names of each group, leaving out those that were there before."""
    seen: set[str] = set()
    for group in groups:
        names = {name.casefold(): name for name in reversed(group)}
        ordered = reversed(names.items())
        yield join(", ", [name for key, name in ordered if key not in seen])
        seen.update(names)
