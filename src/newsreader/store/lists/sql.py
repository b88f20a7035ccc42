"""A query as sorted walks through the index, one a source or a label."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Final, Literal, assert_never

from newsreader.store.db.connect import Statement, Value
from newsreader.store.index.post_ids import LAST_ID
from newsreader.store.values import Everything, Labelled, PostId, Scope, Today, View

# SQLite takes 500 arms at most; beyond these a list is sorted instead.
MOST_ARMS: Final = 100

_BOOKMARKED: Final = "posts INDEXED BY posts_bookmarked"
_SHELF_WALKS: Final = {
    "all": ("posts INDEXED BY posts_shelf", "shelf = ?"),
    "unread": ("posts INDEXED BY posts_unread", "shelf = ? AND read = 0"),
    "read": ("posts INDEXED BY posts_read", "shelf = ? AND read = 1"),
}
_LABEL_WALKS: Final = {
    "all": ("post_labels", "label = ?"),
    "unread": ("post_labels INDEXED BY post_labels_unread", "label = ? AND read = 0"),
    "read": ("post_labels INDEXED BY post_labels_read", "label = ? AND read = 1"),
}


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
    return (*walks, _kept(kept, _membership(scope, view, shelves))) if kept else walks


def unread_arms(
    scope: Scope, view: View, shelves: Shelves, kept: frozenset[PostId] = frozenset()
) -> tuple[Arm, ...]:
    """The walks of the unread posts of a list; those that are kept count as unread."""
    if view is View.BOOKMARKS:
        where, values = _membership(scope, view, shelves)
        member: Statement = (f"{where} AND read = 0", values)
        walks: tuple[Arm, ...] = (Arm(_BOOKMARKED, "id", *member),)
    else:
        member = _membership(scope, View.UNREAD, shelves)
        walks = _walks(scope, View.UNREAD, shelves)
    return (*walks, _kept(kept, member)) if kept else walks


def read_arms(
    scope: Scope, view: View, shelves: Shelves, kept: frozenset[PostId] = frozenset()
) -> tuple[Arm, ...]:
    """The walks of the posts of a list that `unread_arms` leaves out."""
    match view:
        case View.UNREAD:
            return ()
        case View.BOOKMARKS:
            where, values = _membership(scope, view, shelves)
            walks: tuple[Arm, ...] = (Arm(_BOOKMARKED, "id", f"{where} AND read = 1", values),)
        case View.ALL:
            walks = _read_walks(scope, shelves)
        case _:
            assert_never(view)
    if not kept:
        return walks
    chosen = json.dumps(sorted(kept))
    without = "NOT IN (SELECT value FROM json_each(?))"
    return tuple(
        replace(
            walk,
            where=" ".join((walk.where, "AND", walk.column, without)),
            values=(*walk.values, chosen),
        )
        for walk in walks
    )


def bookmark_arms() -> tuple[Arm, ...]:
    """The walk of every bookmark there is."""
    return (Arm(_BOOKMARKED, "id", "bookmarked = 1", ()),)


def label_arms(labels: tuple[int, ...]) -> tuple[Arm, ...]:
    """The walks of all listed posts of some labels; a post of several of them is in several."""
    table, where = _LABEL_WALKS["all"]
    return tuple(Arm(table, "post", where, (label,)) for label in labels)


def kept_arms(kept: frozenset[PostId]) -> tuple[Arm, ...]:
    """The walk of the posts that are kept."""
    condition = "id IN (SELECT value FROM json_each(?))"
    return (Arm("posts", "id", condition, (json.dumps(sorted(kept)),)),) if kept else ()


def membership(
    scope: Scope, view: View, shelves: Shelves, kept: frozenset[PostId] = frozenset()
) -> Statement:
    """The condition on a row of `posts` for being in a list."""
    where, values = _membership(scope, view, shelves)
    if not kept:
        return where, values
    condition = " ".join(
        ("coalesce((", where, "), 0) OR posts.id IN (SELECT value FROM json_each(?))")
    )
    return condition, (*values, json.dumps(sorted(kept)))


def _kept(kept: frozenset[PostId], member: Statement) -> Arm:
    """The walk of the posts that are kept and would not be in the list otherwise."""
    condition = " ".join(
        ("id IN (SELECT value FROM json_each(?)) AND NOT coalesce((", member[0], "), 0)")
    )
    return Arm("posts", "id", condition, (json.dumps(sorted(kept)), *member[1]))


def select_ids(
    walks: tuple[Arm, ...],
    *,
    after: int = -1,
    before: int = LAST_ID,
    oldest_first: bool = False,
) -> Statement:
    """A statement for the ids above `after` and below `before`; takes LIMIT and OFFSET last."""
    sql, values = ids_within(walks, after + 1, before - 1)
    order = "ORDER BY id ASC" if oldest_first else "ORDER BY id DESC"
    return f"{sql} {order} LIMIT ? OFFSET ?", values


def all_ids(walks: tuple[Arm, ...]) -> Statement:
    """A statement for all ids of a list, in no order."""
    parts = (
        " ".join(("SELECT", walk.column, "AS id FROM", walk.table, "WHERE", walk.where))
        for walk in walks
    )
    return " UNION ALL ".join(parts), tuple(value for walk in walks for value in walk.values)


def ids_within(walks: tuple[Arm, ...], low: int, high: int) -> Statement:
    """A statement for the ids from `low` to `high`, both included, in no order."""
    parts: list[str] = []
    values: list[Value] = []
    for walk in walks:
        where, bounds = _bounded(walk, low - 1, high + 1)
        parts.append(" ".join(("SELECT", walk.column, "AS id FROM", walk.table, "WHERE", where)))
        values += bounds
    return " UNION ALL ".join(parts), tuple(values)


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
    if view is View.BOOKMARKS:
        return (Arm(_BOOKMARKED, "id", *_membership(scope, view, shelves)),)
    walks = _indexed_walks(scope, "unread" if view is View.UNREAD else "all", shelves)
    return walks if walks is not None else (Arm("posts", "id", *_membership(scope, view, shelves)),)


def _read_walks(scope: Scope, shelves: Shelves) -> tuple[Arm, ...]:
    walks = _indexed_walks(scope, "read", shelves)
    if walks is not None:
        return walks
    where, values = _membership(scope, View.ALL, shelves)
    return (Arm("posts", "id", f"{where} AND read = 1", values),)


def _indexed_walks(
    scope: Scope, which: Literal["all", "unread", "read"], shelves: Shelves
) -> tuple[Arm, ...] | None:
    """A walk a source or a label; `None` where there are too many of them."""
    days: tuple[Value, ...] = ()
    match scope:
        case Labelled():
            table, where = _LABEL_WALKS[which]
            column, names = "post", shelves.labels
        case Everything() | Today():
            table, where = _SHELF_WALKS[which]
            column, names = "id", shelves.sources
            if isinstance(scope, Today):
                where, days = f"{where} AND id BETWEEN ? AND ?", shelves.day
        case _:
            assert_never(scope)
    if len(names) > MOST_ARMS:
        return None
    return tuple(Arm(table, column, where, (name, *days)) for name in names)


def _membership(scope: Scope, view: View, shelves: Shelves) -> Statement:
    """The condition on a row of `posts` for being in the list."""
    conditions: list[str] = []
    values: list[Value] = []
    match view:
        case View.UNREAD:
            conditions.append("posts.read = 0")
        case View.BOOKMARKS:
            conditions.append("posts.bookmarked = 1")
        case View.ALL:
            pass
        case _:
            assert_never(view)
    if not (view is View.BOOKMARKS and isinstance(scope, Everything)):
        conditions.append("posts.shelf IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(shelves.sources))
    match scope:
        case Everything():
            pass
        case Today():
            conditions.append("posts.id BETWEEN ? AND ?")
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
