"""Which way to find the posts of a query: from the words, or from a short list of candidates."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from newsreader.store.db.connect import Statement, Value
from newsreader.store.lists.counts import kept_count
from newsreader.store.lists.sql import (
    MOST_ARMS,
    Arm,
    Shelves,
    arms,
    bookmark_arms,
    ids_within,
    kept_arms,
    label_arms,
    membership,
    read_arms,
    select_ids,
    unread_arms,
)
from newsreader.store.lists.windows import Bounds, Plan
from newsreader.store.values import Everything, Query, Sort, Today, View

if TYPE_CHECKING:
    from newsreader.search.model import Search
    from newsreader.store.lists.date_list import Library
    from newsreader.store.lists.search_names import Meanings

_FEW: Final = 3_000
"""So many candidates are looked at one by one; more are looked for among what the words find.

One by one costs 0.05 ms each where the words are frequent. A post that the words find costs a tenth
of that, but a frequent word finds every third one of a million.
"""

_FIRST_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Walks that hold all posts of a list, and how many they hold, roughly.

    The whole list is one; others may hold posts that scope and view leave out.
    """

    walks: tuple[Arm, ...]
    size: int


def plan_list(db: sqlite3.Connection, library: Library, query: Query, shelves: Shelves) -> Plan:
    """How to find the posts of a query, in no certain order."""
    return _Planner(db, library, query, shelves).plan()


class _Planner:
    """Plans one query in one moment of the index."""

    def __init__(
        self, db: sqlite3.Connection, library: Library, query: Query, shelves: Shelves
    ) -> None:
        self._db = db
        self._library = library
        self._query = query
        self._shelves = shelves

    def plan(self) -> Plan:
        query = self._query
        bounds = _bounds(self._db)
        if isinstance(query.scope, Today) and not query.kept:
            bounds = _common(bounds, self._shelves.day)
        whole = self._whole()
        if query.search is None:
            return Plan(partial(_walk, query, whole.walks, ()), whole.walks, bounds)
        return self._plan_search(query.search, whole, bounds)

    def _plan_search(self, search: Search, whole: _Candidates, bounds: Bounds) -> Plan:
        # Imported where it is needed: other lists do not pay for the query language.
        from newsreader.search.model import And, Dated  # noqa: PLC0415
        from newsreader.store.lists.search_names import Meanings  # noqa: PLC0415
        from newsreader.store.lists.search_sql import condition, part_search  # noqa: PLC0415

        query = self._query
        meanings = Meanings(self._db, self._library, search)
        required = search.parts if isinstance(search, And) else (search,)
        for part in required:
            if isinstance(part, Dated):
                bounds = _common(bounds, meanings.days(part))
        narrower = (each for part in required for each in self._narrower(part, meanings))
        candidates = min([whole, *narrower], key=lambda each: each.size)
        member = membership(query.scope, query.view, self._shelves, query.kept)
        parts = part_search(search)

        def matching(part: Search, window: Bounds | None) -> Statement:
            return condition(part, meanings, window)

        def select_few(window: Bounds) -> Statement:
            return _walk(query, candidates.walks, (member, matching(search, None)), window)

        def select_by_walk(window: Bounds) -> Statement:
            return _walk(query, candidates.walks, (member, matching(search, window)), window)

        def select_by_text(window: Bounds) -> Statement:
            rest = (matching(part, window) for part in parts.rest)
            return _text(query, parts.match, (member, *rest), window)

        everything = arms(Everything(), View.ALL, self._shelves)
        select = select_by_text if parts.match else select_by_walk
        plan = Plan(select, everything, bounds)
        if candidates.size > _FEW:
            return plan
        few = candidates.walks, bounds, _FIRST_FEW
        return Plan(select_few, *few, instead=plan, most=candidates.size)

    def _whole(self) -> _Candidates:
        query = self._query
        walks = arms(query.scope, query.view, self._shelves, query.kept)
        if query.view is View.BOOKMARKS or isinstance(query.scope, Today):
            return _Candidates(walks, _size(self._db, walks))
        return _Candidates(walks, self._count(unread=query.view is View.UNREAD))

    def _narrower(self, part: Search, meanings: Meanings) -> tuple[_Candidates, ...]:
        """Walks that hold all posts of a part of the search, where there are any."""
        from newsreader.search.model import Marked, Named  # noqa: PLC0415

        query = self._query
        match part:
            case Marked("bookmarked"):
                walks = bookmark_arms()
                return (_Candidates(walks, _size(self._db, walks)),)
            case _ if query.view is View.BOOKMARKS:
                # The walks below hold no bookmarks whose file is gone.
                return ()
            case Marked("unread") if not isinstance(query.scope, Today):
                walks = unread_arms(query.scope, View.ALL, self._shelves, query.kept)
                return (_Candidates(walks, self._count(unread=True)),)
            case Marked("read") if not isinstance(query.scope, Today):
                walks = read_arms(query.scope, View.ALL, self._shelves)
                size = self._count(unread=False) - self._count(unread=True)
                # What is kept may be outside the scope.
                return (_Candidates((*walks, *kept_arms(query.kept)), size + len(query.kept)),)
            case Named("source") if not query.kept:
                ids = tuple(set(meanings.sources(part)) & set(self._library.ids))
                walks = arms(Everything(), View.ALL, Shelves(ids))
                size = kept_count(self._db, ids, Everything(), unread=False)
                return (_Candidates(walks, size),)
            case Named("category" | "tag") if len(meanings.labels(part)) <= MOST_ARMS:
                labels = tuple(meanings.labels(part))
                return (_Candidates(label_arms(labels), _labelled(self._db, labels)),)
            case _:
                return ()

    def _count(self, *, unread: bool) -> int:
        """How many posts the scope holds, and those that are kept."""
        scope = self._query.scope
        assert not isinstance(scope, Today)
        counted = kept_count(self._db, self._library.ids, scope, unread=unread)
        return counted + len(self._query.kept)


def _size(db: sqlite3.Connection, walks: tuple[Arm, ...]) -> int:
    """How many posts walks hold; beyond `_FEW` it does not matter."""
    if not walks:
        return 0
    sql, values = select_ids(walks)
    row = db.execute(" ".join(("SELECT count(*) FROM (", sql, ")")), (*values, _FEW + 1, 0))
    size: int = row.fetchone()[0]
    return size


def _labelled(db: sqlite3.Connection, labels: tuple[int, ...]) -> int:
    row = db.execute(
        "SELECT coalesce(sum(total), 0) FROM labels WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(labels),),
    )
    size: int = row.fetchone()[0]
    return size


def _bounds(db: sqlite3.Connection) -> Bounds:
    # Two statements: SQLite looks one end up in a moment, both together by going through all.
    low = db.execute("SELECT min(id) FROM posts").fetchone()[0]
    high = db.execute("SELECT max(id) FROM posts").fetchone()[0]
    return (low, high) if low is not None else (0, -1)


def _common(one: Bounds, other: Bounds) -> Bounds:
    return max(one[0], other[0]), min(one[1], other[1])


def _value(query: Query) -> Statement:
    """What a statement gives of a post: see `gathering.Plan`."""
    if query.sort is not Sort.UNREAD_FIRST:
        return "posts.id", ()
    return (
        "posts.id * 2 + (posts.read AND posts.id NOT IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(query.kept)),),
    )


def _walk(
    query: Query, walks: tuple[Arm, ...], conditions: tuple[Statement, ...], window: Bounds
) -> Statement:
    """A statement for those posts of some walks that fulfil all conditions."""
    if not walks:
        return "SELECT '[]', 0", ()
    value, values = _value(query)
    inner, within = ids_within(walks, *window)
    if not conditions and query.sort is not Sort.UNREAD_FIRST:
        # No word is looked for, so nothing is gone through twice.
        return " ".join(("SELECT json_group_array(id), count(*) FROM (", inner, ")")), within
    where = " AND ".join(f"({sql})" for sql, _ in conditions) or "1"
    joined = ") AS walk CROSS JOIN posts ON posts.id = walk.id WHERE"
    sql = " ".join(("SELECT json_group_array(", value, "), 0 FROM (", inner, joined, where))
    return sql, (*values, *within, *_values(conditions))


def _text(query: Query, match: str, conditions: tuple[Statement, ...], window: Bounds) -> Statement:
    """A statement for the posts whose text matches and that fulfil all conditions."""
    value, values = _value(query)
    where = " AND ".join(f"({sql})" for sql, _ in conditions)
    # In ascending order always: asked to begin at a row and go down, FTS5 passes over some. Seen
    # with SQLite 3.40 in an index of a million posts, which its integrity check finds whole.
    matched = "SELECT rowid AS text FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ?"
    joined = ") AS matched CROSS JOIN posts INDEXED BY posts_text ON posts.text = matched.text"
    found = ("SELECT json_group_array(", value, ") FILTER (WHERE", where, "), count(*) FROM (")
    sql = " ".join((*found, matched, joined))
    return sql, (*values, *_values(conditions), match, *window)


def _values(conditions: tuple[Statement, ...]) -> tuple[Value, ...]:
    return tuple(value for _, values in conditions for value in values)
