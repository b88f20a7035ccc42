"""A query as sorted walks through the index, one a source or a label."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from newsreader.store.identity import LAST_ID
from newsreader.store.model import Everything, Labelled, PostId, Scope, Today, View

Value: TypeAlias = int | str
Statement: TypeAlias = tuple[str, tuple[Value, ...]]

# SQLite takes 500 arms at most; beyond these a list is sorted instead.
MOST_ARMS: Final = 100


@dataclass(frozen=True, slots=True)
class Arm:
    """Ids that an index of `table` holds in order: those in `column` where `where` is true."""

    table: str
    column: str
    where: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    """What a query means in this index.

    Attributes:
        sources: Ids of the sources shown.
        labels: Ids of the labels that a `Labelled` scope names.
        day: The lowest and the highest id of today's posts.
    """

    sources: tuple[int, ...]
    labels: tuple[int, ...] = ()
    day: tuple[int, int] = (0, LAST_ID)


def arms(
    scope: Scope, view: View, shelves: Shelves, kept: frozenset[PostId] = frozenset()
) -> tuple[Arm, ...]:
    """The walks that together are the list; no post is in two of them."""
    walks = _walks(scope, view, shelves)
    if not kept:
        return walks
    member, values = _membership(scope, view, shelves)
    condition = " ".join(
        ("id IN (SELECT value FROM json_each(?)) AND NOT coalesce((", member, "), 0)")
    )
    return (*walks, Arm("posts", "id", condition, (json.dumps(sorted(kept)), *values)))


def select_ids(
    walks: tuple[Arm, ...],
    *,
    after: int = -1,
    before: int = LAST_ID,
    oldest_first: bool = False,
) -> Statement:
    """A statement for the ids above `after` and below `before`; takes LIMIT and OFFSET last."""
    parts: list[str] = []
    values: list[Value] = []
    for walk in walks:
        where, bounds = _bounded(walk, after, before)
        parts.append(" ".join(("SELECT", walk.column, "AS id FROM", walk.table, "WHERE", where)))
        values += bounds
    order = "ORDER BY id ASC" if oldest_first else "ORDER BY id DESC"
    return " ".join((" UNION ALL ".join(parts), order, "LIMIT ? OFFSET ?")), tuple(values)


def all_ids(walks: tuple[Arm, ...]) -> Statement:
    """A statement for all ids of a list, in no order."""
    parts = (
        " ".join(("SELECT", walk.column, "AS id FROM", walk.table, "WHERE", walk.where))
        for walk in walks
    )
    return " UNION ALL ".join(parts), tuple(value for walk in walks for value in walk.values)


def count_ids(walk: Arm, *, after: int = -1, before: int = LAST_ID) -> Statement:
    """A statement for the number of ids of one walk above `after` and below `before`."""
    where, values = _bounded(walk, after, before)
    return " ".join(("SELECT count(*) FROM", walk.table, "WHERE", where)), values


def _bounded(walk: Arm, after: int, before: int) -> Statement:
    where, values = walk.where, walk.values
    if after > -1:
        where, values = f"{where} AND {walk.column} > ?", (*values, after)
    if before < LAST_ID:
        where, values = f"{where} AND {walk.column} < ?", (*values, before)
    return where, values


def _walks(scope: Scope, view: View, shelves: Shelves) -> tuple[Arm, ...]:
    match scope:
        case Labelled():
            return _label_walks(scope, view, shelves)
        case Everything() | Today():
            if view is View.BOOKMARKS:
                where, values = _membership(scope, view, shelves)
                return (Arm("posts INDEXED BY posts_bookmarked", "id", where, values),)
            return _shelf_walks(scope, view, shelves)
        case _:
            assert_never(scope)


def _shelf_walks(scope: Scope, view: View, shelves: Shelves) -> tuple[Arm, ...]:
    days: tuple[Value, ...] = shelves.day if isinstance(scope, Today) else ()
    condition = " AND id BETWEEN ? AND ?" if days else ""
    if len(shelves.sources) > MOST_ARMS:
        where, values = _membership(scope, view, shelves)
        return (Arm("posts", "id", where, values),)
    match view:
        case View.UNREAD:
            table = "posts INDEXED BY posts_unread"
            condition = "shelf = ? AND read = 0" + condition
        case _:
            table = "posts INDEXED BY posts_shelf"
            condition = "shelf = ?" + condition
    return tuple(Arm(table, "id", condition, (shelf, *days)) for shelf in shelves.sources)


def _label_walks(scope: Labelled, view: View, shelves: Shelves) -> tuple[Arm, ...]:
    if view is View.BOOKMARKS:
        where, values = _membership(scope, view, shelves)
        return (Arm("posts INDEXED BY posts_bookmarked", "id", where, values),)
    if len(shelves.labels) > MOST_ARMS:
        where, values = _membership(scope, view, shelves)
        return (Arm("posts", "id", where, values),)
    match view:
        case View.UNREAD:
            table, where = "post_labels INDEXED BY post_labels_unread", "label = ? AND read = 0"
        case _:
            table, where = "post_labels", "label = ?"
    return tuple(Arm(table, "post", where, (label,)) for label in shelves.labels)


def _membership(scope: Scope, view: View, shelves: Shelves) -> Statement:
    """The condition on a row of `posts` for being in the list."""
    conditions: list[str] = []
    values: list[Value] = []
    match view:
        case View.UNREAD:
            conditions.append("read = 0")
        case View.BOOKMARKS:
            conditions.append("bookmarked = 1")
        case View.ALL:
            pass
        case _:
            assert_never(view)
    if not (view is View.BOOKMARKS and isinstance(scope, Everything)):
        conditions.append("shelf IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(shelves.sources))
    match scope:
        case Everything():
            pass
        case Today():
            conditions.append("id BETWEEN ? AND ?")
            values += shelves.day
        case Labelled():
            conditions.append(
                "EXISTS (SELECT 1 FROM post_labels WHERE post_labels.post = posts.id"
                " AND post_labels.label IN (SELECT value FROM json_each(?)))"
            )
            values.append(json.dumps(shelves.labels))
        case _:
            assert_never(scope)
    return " AND ".join(conditions), tuple(values)
