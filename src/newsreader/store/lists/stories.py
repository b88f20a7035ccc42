"""Read which posts tell the same story (`index.stories`), to show one of them for all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from newsreader.store.db.connect import Statement

_NEWER_COPY: Final = (
    "EXISTS (SELECT 1 FROM stories AS own"
    " JOIN stories AS newer ON newer.story = own.story AND newer.post > own.post"
    " JOIN posts AS copy ON copy.id = newer.post WHERE own.post = posts.id AND {where})"
)

IS_DUPLICATE: Final = _NEWER_COPY.format(where="copy.shelf IS NOT NULL")
"""The condition on a row of `posts` that a newer post tells the same."""


def has_newer_copy(member: Statement) -> Statement:
    """The condition on a row of `posts` that a newer post of the same list tells the same.

    Args:
        member: The condition for being in the list, on a row of `posts` that is called `copy`.
    """
    where, values = member
    return _NEWER_COPY.format(where=f"({where})"), values


def count_copies(
    db: sqlite3.Connection, ids: Sequence[int], sources: Sequence[int]
) -> dict[int, int]:
    """Count the listed posts of some sources that tell what each of `ids` tells, itself included.

    Returns:
        The counts of two and more, by the id.
    """
    rows = db.execute(
        "SELECT own.post, count(*) FROM stories AS own"
        " JOIN stories AS other ON other.story = own.story"
        " JOIN posts ON posts.id = other.post"
        " WHERE own.post IN (SELECT value FROM json_each(?))"
        " AND posts.shelf IN (SELECT value FROM json_each(?))"
        " GROUP BY own.post HAVING count(*) > 1",
        (json.dumps(ids), json.dumps(sources)),
    )
    return dict(rows)


def copies_of(db: sqlite3.Connection, post_id: int, sources: Sequence[int]) -> list[int]:
    """The listed posts of some sources that tell what a post tells, itself included, newest first.

    Returns:
        Their ids; none if the post has no copy.
    """
    rows = db.execute(
        "SELECT other.post FROM stories AS own JOIN stories AS other ON other.story = own.story"
        " JOIN posts ON posts.id = other.post WHERE own.post = ?"
        " AND posts.shelf IN (SELECT value FROM json_each(?)) ORDER BY other.post DESC",
        (post_id, json.dumps(sources)),
    )
    return [row[0] for row in rows]
