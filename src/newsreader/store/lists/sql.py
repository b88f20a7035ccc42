"""The SQL of lists: walks through indexes that hold ids in order, one per source or label."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final, Literal, assert_never

from newsreader.frozen import dataclass
from newsreader.store.db.connect import SqlValue, Statement
from newsreader.store.index.post_ids import CROWDED, LAST_ID, text_ranges
from newsreader.store.query import Everything, Labelled, OneSource, PostId, Scope, Today, View

# SQLite takes 500 parts of one SELECT at most; beyond these a list is sorted instead.
MOST_WALKS: Final = 100

_BOOKMARKED: Final = "posts INDEXED BY posts_bookmarked"
_SHELF_WALKS: Final = {
    "all": ("posts INDEXED BY posts_shelf", "shelf = ?"),
    "unread": ("posts INDEXED BY posts_unread", "shelf = ? AND read = 0"),
    "read": ("posts INDEXED BY posts_read", "shelf = ? AND read = 1"),
}
_LABEL_WALKS: Final = {
    "all": ("post_labels", "label = ?"),
    "unread": ("post_labels INDEXED BY post_labels_unread", "label = ? AND read = 0"),
    # Without an index of its own, which would be as large as that of all: a post is read once, and
    # then nearly all posts are read.
    "read": ("post_labels", "label = ? AND read = 1"),
}


@dataclass(frozen=True, slots=True)
class Walk:
    """Ids that an index of `table` holds in order: those in `column` where `where` is true."""

    table: str
    column: str
    where: str
    values: tuple[SqlValue, ...]


@dataclass(frozen=True, slots=True)
class ResolvedScope:
    """The scope of a query, resolved to ids of this index.

    Attributes:
        sources: Ids of the sources shown, of which `OneSource` has one.
        labels: Ids of the labels that a `Labelled` scope names.
        day: The lowest and the highest id of today's posts.
    """

    sources: tuple[int, ...]
    labels: tuple[int, ...] = ()
    day: tuple[int, int] = (0, LAST_ID)


def list_walks(
    scope: Scope, view: View, resolved: ResolvedScope, pinned: frozenset[PostId] = frozenset()
) -> tuple[Walk, ...]:
    """The walks that together are the list; no post is in two of them."""
    walks = _walks(scope, view, resolved)
    return (*walks, _pinned_walk(pinned, _membership(scope, view, resolved))) if pinned else walks


def unread_walks(
    scope: Scope,
    view: View,
    resolved: ResolvedScope,
    pinned: frozenset[PostId] = frozenset(),
    settled: frozenset[PostId] = frozenset(),
) -> tuple[Walk, ...]:
    """The walks of the unread posts of a list: with those pinned, without those settled below."""
    if view is View.BOOKMARKS:
        member = _read_membership(scope, view, resolved, read=False)
        walks: tuple[Walk, ...] = (Walk(_BOOKMARKED, "id", *member),)
    else:
        member = _membership(scope, View.UNREAD, resolved)
        walks = _walks(scope, View.UNREAD, resolved)
    below = settled if view is not View.UNREAD else frozenset()
    return _with_and_without(walks, pinned, below, member)


def read_walks(
    scope: Scope,
    view: View,
    resolved: ResolvedScope,
    pinned: frozenset[PostId] = frozenset(),
    settled: frozenset[PostId] = frozenset(),
) -> tuple[Walk, ...]:
    """The walks of the posts of a list that `unread_walks` leaves out."""
    if view is View.UNREAD:
        return ()
    member = _read_membership(scope, view, resolved, read=True)
    if view is View.BOOKMARKS:
        walks: tuple[Walk, ...] = (Walk(_BOOKMARKED, "id", *member),)
    else:
        walks = _read_walks(scope, resolved)
    return _with_and_without(walks, settled, pinned, member)


def moved_walks(
    scope: Scope, resolved: ResolvedScope, posts: frozenset[PostId], *, read: bool
) -> tuple[Walk, ...]:
    """The walk of those of some posts that are in a scope, and read or unread."""
    if not posts:
        return ()
    where, values = _read_membership(scope, View.ALL, resolved, read=read)
    chosen = json.dumps(sorted(posts))
    condition = f"id IN (SELECT value FROM json_each(?)) AND ({where})"
    return (Walk("posts", "id", condition, (chosen, *values)),)


def _read_membership(scope: Scope, view: View, resolved: ResolvedScope, *, read: bool) -> Statement:
    where, values = _membership(scope, view, resolved)
    return f"{where} AND posts.read = {int(read)}", values


def _with_and_without(
    walks: tuple[Walk, ...],
    added: frozenset[PostId],
    left_out: frozenset[PostId],
    member: Statement,
) -> tuple[Walk, ...]:
    """Add a walk of posts that are in none, and leave others out."""
    if left_out:
        chosen = json.dumps(sorted(left_out))
        without = "NOT IN (SELECT value FROM json_each(?))"
        walks = tuple(
            replace(
                walk,
                where=f"{walk.where} AND {walk.column} {without}",
                values=(*walk.values, chosen),
            )
            for walk in walks
        )
    return (*walks, _pinned_walk(added, member)) if added else walks


def bookmark_walks() -> tuple[Walk, ...]:
    """The walk of every bookmark there is."""
    return (Walk(_BOOKMARKED, "id", "bookmarked = 1", ()),)


def label_walks(labels: tuple[int, ...]) -> tuple[Walk, ...]:
    """The walks of all listed posts of some labels; a post of several of them is in several."""
    table, where = _LABEL_WALKS["all"]
    return tuple(Walk(table, "post", where, (label,)) for label in labels)


def pinned_walks(pinned: frozenset[PostId]) -> tuple[Walk, ...]:
    """The walk of the pinned posts."""
    condition = "id IN (SELECT value FROM json_each(?))"
    return (Walk("posts", "id", condition, (json.dumps(sorted(pinned)),)),) if pinned else ()


def membership(
    scope: Scope,
    view: View,
    resolved: ResolvedScope,
    pinned: frozenset[PostId] = frozenset(),
    *,
    table: str = "posts",
) -> Statement:
    """The condition on a row of `posts`, which a statement calls `table`, for being in a list."""
    where, values = _membership(scope, view, resolved, table)
    if not pinned:
        return where, values
    condition = f"coalesce(({where}), 0) OR {table}.id IN (SELECT value FROM json_each(?))"
    return condition, (*values, json.dumps(sorted(pinned)))


def _pinned_walk(pinned: frozenset[PostId], member: Statement) -> Walk:
    """The walk of the pinned posts that would not be in the list otherwise."""
    where, values = member
    condition = f"id IN (SELECT value FROM json_each(?)) AND NOT coalesce(({where}), 0)"
    return Walk("posts", "id", condition, (json.dumps(sorted(pinned)), *values))


def select_ids(
    walks: tuple[Walk, ...],
    *,
    after: int = -1,
    before: int = LAST_ID,
    oldest_first: bool = False,
) -> Statement:
    """A statement for the ids above `after` and below `before`; takes LIMIT and OFFSET last."""
    sql, values = ids_within(walks, after + 1, before - 1)
    order = "ORDER BY id ASC" if oldest_first else "ORDER BY id DESC"
    return f"{sql} {order} LIMIT ? OFFSET ?", values


def all_ids(walks: tuple[Walk, ...]) -> Statement:
    """A statement for all ids of a list, in no order."""
    parts = (f"SELECT {walk.column} AS id FROM {walk.table} WHERE {walk.where}" for walk in walks)
    return " UNION ALL ".join(parts), tuple(value for walk in walks for value in walk.values)


def ids_within(walks: tuple[Walk, ...], low: int, high: int) -> Statement:
    """A statement for the ids from `low` to `high`, both included, in no order."""
    parts: list[str] = []
    values: list[SqlValue] = []
    for walk in walks:
        where, bounds = _bounded(walk, low - 1, high + 1)
        parts.append(f"SELECT {walk.column} AS id FROM {walk.table} WHERE {where}")
        values += bounds
    return " UNION ALL ".join(parts), tuple(values)


def count_ids(walk: Walk, *, after: int = -1, before: int = LAST_ID) -> Statement:
    """A statement for the number of ids of one walk above `after` and below `before`."""
    where, values = _bounded(walk, after, before)
    return f"SELECT count(*) FROM {walk.table} WHERE {where}", values


def _bounded(walk: Walk, after: int, before: int) -> Statement:
    where, values = walk.where, walk.values
    if after > -1:
        where, values = f"{where} AND {walk.column} > ?", (*values, after)
    if before < LAST_ID:
        where, values = f"{where} AND {walk.column} < ?", (*values, before)
    return where, values


def _walks(scope: Scope, view: View, resolved: ResolvedScope) -> tuple[Walk, ...]:
    if view is View.BOOKMARKS:
        return (Walk(_BOOKMARKED, "id", *_membership(scope, view, resolved)),)
    walks = _indexed_walks(scope, "unread" if view is View.UNREAD else "all", resolved)
    return (
        walks if walks is not None else (Walk("posts", "id", *_membership(scope, view, resolved)),)
    )


def _read_walks(scope: Scope, resolved: ResolvedScope) -> tuple[Walk, ...]:
    walks = _indexed_walks(scope, "read", resolved)
    if walks is not None:
        return walks
    where, values = _membership(scope, View.ALL, resolved)
    return (Walk("posts", "id", f"{where} AND read = 1", values),)


def _indexed_walks(
    scope: Scope, which: Literal["all", "unread", "read"], resolved: ResolvedScope
) -> tuple[Walk, ...] | None:
    """One walk per source or label; `None` if there are too many of them."""
    days: tuple[SqlValue, ...] = ()
    match scope:
        case Labelled():
            table, where = _LABEL_WALKS[which]
            column, names = "post", resolved.labels
        case Everything() | Today() | OneSource():
            table, where = _SHELF_WALKS[which]
            column, names = "id", resolved.sources
            if isinstance(scope, Today):
                where, days = f"{where} AND id BETWEEN ? AND ?", resolved.day
        case _:
            assert_never(scope)
    if len(names) > MOST_WALKS:
        return None
    return tuple(Walk(table, column, where, (name, *days)) for name in names)


def _membership(
    scope: Scope, view: View, resolved: ResolvedScope, table: str = "posts"
) -> Statement:
    """The condition on a row of `posts` for being in the list."""
    conditions: list[str] = []
    values: list[SqlValue] = []
    match view:
        case View.UNREAD:
            conditions.append(f"{table}.read = 0")
        case View.BOOKMARKS:
            conditions.append(f"{table}.bookmarked = 1")
        case View.ALL:
            pass
        case _:
            assert_never(view)
    if not (view is View.BOOKMARKS and isinstance(scope, Everything)):
        conditions.append(f"{table}.shelf IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(resolved.sources))
    match scope:
        case Everything() | OneSource():
            pass
        case Today():
            conditions.append(f"{table}.id BETWEEN ? AND ?")
            values += resolved.day
        case Labelled():
            conditions.append(
                f"EXISTS (SELECT 1 FROM post_labels WHERE post_labels.post = {table}.id"
                " AND post_labels.label IN (SELECT value FROM json_each(?)))"
            )
            values.append(json.dumps(resolved.labels))
        case _:
            assert_never(scope)
    return " AND ".join(conditions), tuple(values)


def matching_texts(match: str, window: tuple[int, int]) -> Statement:
    """A statement for the texts of a window of ids that match an expression of FTS5, as `text`.

    There may be texts of posts beside the window among them: see `post_ids.text_ranges`.
    """
    usual, crowded = text_ranges(*window)
    # In ascending order always: asked to begin at a row and go down, FTS5 passes over some. Seen
    # with SQLite 3.40 in an index of a million posts, which its integrity check finds whole.
    rows = "SELECT rowid AS text FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ?"
    # Nearly always there are none, and this says so before FTS5 is asked.
    any_crowded = "EXISTS (SELECT 1 FROM posts INDEXED BY posts_text WHERE text >= ?)"
    return (
        f"{rows} UNION ALL {rows} AND {any_crowded}",
        (match, *usual, match, *crowded, CROWDED),
    )
