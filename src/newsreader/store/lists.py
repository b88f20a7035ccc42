"""Reading lists page by page, from wherever is nearest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from newsreader.store.identity import LAST_ID, date_of
from newsreader.store.model import PostId, PostRow
from newsreader.store.queries import Arm, count_ids, select_ids

TitleOf = Callable[[int], str]


def count(db: sqlite3.Connection, walks: tuple[Arm, ...], *, after: int = -1) -> int:
    """The number of posts of a list with an id above `after`."""
    return sum(db.execute(*count_ids(walk, after=after)).fetchone()[0] for walk in walks)


def contains(db: sqlite3.Connection, walks: tuple[Arm, ...], post_id: int) -> bool:
    """Whether a post is in a list."""
    for walk in walks:
        sql, values = count_ids(walk, after=post_id - 1, before=post_id + 1)
        if db.execute(sql, values).fetchone()[0]:
            return True
    return False


def ids_at(
    db: sqlite3.Connection, walks: tuple[Arm, ...], offset: int, limit: int, total: int
) -> list[int]:
    """Ids of a part of a list, newest first; walks there from the nearer end."""
    limit = min(limit, total - offset)
    if limit <= 0 or not walks:
        return []
    below = total - offset - limit
    oldest_first = below < offset
    sql, values = select_ids(walks, oldest_first=oldest_first)
    rows = db.execute(sql, (*values, limit, below if oldest_first else offset)).fetchall()
    ids = [row[0] for row in rows]
    return ids[::-1] if oldest_first else ids


def first_id(
    db: sqlite3.Connection,
    walks: tuple[Arm, ...],
    *,
    after: int = -1,
    before: int = LAST_ID,
    oldest_first: bool = False,
) -> int | None:
    """The first id of a list between two ids, both excluded."""
    if not walks:
        return None
    sql, values = select_ids(walks, after=after, before=before, oldest_first=oldest_first)
    row = db.execute(sql, (*values, 1, 0)).fetchone()
    return row[0] if row else None


def rows_of(db: sqlite3.Connection, ids: list[int], title_of: TitleOf) -> list[PostRow]:
    """What a list shows of the posts, in the order of `ids`; those not there are left out."""
    found = {
        row[0]: row
        for row in db.execute(
            "SELECT id, title, utc_offset, has_time, category, read, bookmarked, gone, problem"
            " FROM posts WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
    }
    return [_row(found[post_id], title_of) for post_id in ids if post_id in found]


def _row(
    row: tuple[int, str, int, int, int | None, int, int, int, str], title_of: TitleOf
) -> PostRow:
    post_id, title, offset, has_time, category, read, bookmarked, gone, problem = row
    return PostRow(
        post_id=PostId(post_id),
        title=title,
        date=date_of(post_id, offset),
        has_time=bool(has_time),
        category=title_of(category) if category is not None else "",
        read=bool(read),
        bookmarked=bool(bookmarked),
        gone=bool(gone),
        problem=problem,
    )
