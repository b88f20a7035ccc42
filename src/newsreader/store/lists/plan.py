"""Plan how to find the posts of a query: from the words, or from a short list of candidates."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Final

from newsreader.frozen import dataclass
from newsreader.store.db.connect import SqlValue, Statement
from newsreader.store.lists.counts import stored_count
from newsreader.store.lists.sql import (
    MOST_WALKS,
    ResolvedScope,
    Walk,
    bookmark_walks,
    ids_within,
    label_walks,
    list_walks,
    matching_texts,
    membership,
    pinned_walks,
    read_walks,
    select_ids,
    unread_walks,
)
from newsreader.store.lists.stories import has_newer_copy
from newsreader.store.lists.windows import Bounds, Plan
from newsreader.store.query import Everything, Query, Sort, Today, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.search.model import Search
    from newsreader.store.lists.date_list import SourceSet
    from newsreader.store.lists.search_names import SearchNames

_FEW: Final = 3_000
"""The most candidates that are tested singly; more are looked for among what the words find.

One by one costs 0.05 ms each if the words are frequent. A post that the words find costs a tenth
of that, but a frequent word finds every third one of a million.
"""

_FIRST_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Walks that hold all posts of a list, and how many they hold, roughly.

    The whole list is one; others may hold posts that scope and view leave out.
    """

    walks: tuple[Walk, ...]
    size: int


def plan_list(
    db: sqlite3.Connection, sources: SourceSet, query: Query, resolved: ResolvedScope
) -> Plan:
    """Plan how to find the posts of a query, in no certain order."""
    return _Planner(db, sources, query, resolved).plan()


class _Planner:
    """Plans one query in one moment of the index."""

    def __init__(
        self, db: sqlite3.Connection, sources: SourceSet, query: Query, resolved: ResolvedScope
    ) -> None:
        self._db = db
        self._sources = sources
        self._query = query
        self._resolved = resolved

    def plan(self) -> Plan:
        query = self._query
        bounds = _bounds(self._db)
        if isinstance(query.scope, Today) and not query.pinned:
            bounds = _common(bounds, self._resolved.day)
        whole = self._whole()
        if query.search is None:
            return Plan(partial(_walk, query, whole.walks, self._folded()), whole.walks, bounds)
        return self._plan_search(query.search, whole, bounds)

    def _plan_search(self, search: Search, whole: _Candidates, bounds: Bounds) -> Plan:
        # Imported when it is needed: other lists do not pay for the query language.
        from newsreader.search.model import And, Dated  # noqa: PLC0415
        from newsreader.store.lists.search_names import SearchNames  # noqa: PLC0415
        from newsreader.store.lists.search_sql import condition, split_search  # noqa: PLC0415

        query = self._query
        names = SearchNames(self._db, self._sources, search)
        required = search.parts if isinstance(search, And) else (search,)
        for part in required:
            if isinstance(part, Dated):
                bounds = _common(bounds, names.days(part))
        narrower = (each for part in required for each in self._narrower(part, names))
        candidates = min([whole, *narrower], key=lambda each: each.size)
        member = membership(query.scope, query.view, self._resolved, query.pinned)
        members = (member, *self._folded())
        parts = split_search(search)

        def matching(part: Search, window: Bounds | None) -> Statement:
            return condition(part, names, window)

        def select_few(window: Bounds) -> Statement:
            return _walk(query, candidates.walks, (*members, matching(search, None)), window)

        def select_by_walk(window: Bounds) -> Statement:
            return _walk(query, candidates.walks, (*members, matching(search, window)), window)

        def select_by_text(window: Bounds) -> Statement:
            rest = (matching(part, window) for part in parts.rest)
            return _text(query, parts.match, (*members, *rest), window)

        def test(ids: Sequence[int]) -> Statement:
            return _test((*members, matching(search, None)), ids)

        everything = list_walks(Everything(), View.ALL, self._resolved)
        select = select_by_text if parts.match else select_by_walk
        plan = Plan(select, everything, bounds, test=test)
        if candidates.size > _FEW:
            return plan
        few = candidates.walks, bounds, _FIRST_FEW
        return Plan(select_few, *few, instead=plan, most=candidates.size)

    def _folded(self) -> tuple[Statement, ...]:
        """What leaves out the posts for which another one of the list stands."""
        query = self._query
        if not query.fold:
            return ()
        where, values = has_newer_copy(
            membership(query.scope, query.view, self._resolved, query.pinned, table="copy")
        )
        return ((f"NOT {where}", values),)

    def _whole(self) -> _Candidates:
        query = self._query
        walks = list_walks(query.scope, query.view, self._resolved, query.pinned)
        if query.view is View.BOOKMARKS or isinstance(query.scope, Today):
            return _Candidates(walks, _size(self._db, walks))
        return _Candidates(walks, self._count(unread=query.view is View.UNREAD))

    def _narrower(self, part: Search, names: SearchNames) -> tuple[_Candidates, ...]:
        """Walks that hold all posts of a part of the search, if an index has any."""
        from newsreader.search.model import Marked, Named  # noqa: PLC0415

        query = self._query
        match part:
            case Marked("bookmarked"):
                walks = bookmark_walks()
                return (_Candidates(walks, _size(self._db, walks)),)
            case _ if query.view is View.BOOKMARKS:
                # The walks below hold no bookmarks whose file is gone.
                return ()
            case Marked("unread") if not isinstance(query.scope, Today):
                walks = unread_walks(query.scope, View.ALL, self._resolved, query.pinned)
                return (_Candidates(walks, self._count(unread=True)),)
            case Marked("read") if not isinstance(query.scope, Today):
                walks = read_walks(query.scope, View.ALL, self._resolved)
                size = self._count(unread=False) - self._count(unread=True)
                # What is pinned may be outside the scope.
                return (
                    _Candidates((*walks, *pinned_walks(query.pinned)), size + len(query.pinned)),
                )
            case Named("source") if not query.pinned:
                ids = tuple(set(names.sources(part)) & set(self._resolved.sources))
                walks = list_walks(Everything(), View.ALL, ResolvedScope(ids))
                size = stored_count(self._db, ids, Everything(), unread=False)
                return (_Candidates(walks, size),)
            case Named("category" | "tag") if len(names.labels(part)) <= MOST_WALKS:
                labels = tuple(names.labels(part))
                return (_Candidates(label_walks(labels), _labelled(self._db, labels)),)
            case _:
                return ()

    def _count(self, *, unread: bool) -> int:
        """Count the posts of the scope, and those that are pinned."""
        scope = self._query.scope
        assert not isinstance(scope, Today)
        counted = stored_count(self._db, self._resolved.sources, scope, unread=unread)
        return counted + len(self._query.pinned)


def _size(db: sqlite3.Connection, walks: tuple[Walk, ...]) -> int:
    """Count the posts that walks hold; beyond `_FEW` it does not matter."""
    if not walks:
        return 0
    sql, values = select_ids(walks)
    row = db.execute(f"SELECT count(*) FROM ({sql})", (*values, _FEW + 1, 0))
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
    """Choose the value that a statement selects per post: see `windows.Plan`."""
    if query.sort is not Sort.UNREAD_FIRST:
        return "posts.id", ()
    chosen = "IN (SELECT value FROM json_each(?))"
    return (
        f"posts.id * 2 + (posts.id {chosen} OR posts.read AND posts.id NOT {chosen})",
        (json.dumps(sorted(query.settled)), json.dumps(sorted(query.pinned))),
    )


def _walk(
    query: Query, walks: tuple[Walk, ...], conditions: tuple[Statement, ...], window: Bounds
) -> Statement:
    """A statement for those posts of some walks that fulfil all conditions."""
    if not walks:
        return "SELECT '[]', 0", ()
    value, values = _value(query)
    inner, within = ids_within(walks, *window)
    if not conditions and query.sort is not Sort.UNREAD_FIRST:
        # No word is looked for, so nothing is gone through twice.
        return f"SELECT json_group_array(id), count(*) FROM ({inner})", within
    where = " AND ".join(f"({sql})" for sql, _ in conditions) or "1"
    sql = (
        f"SELECT json_group_array({value}), 0 FROM ({inner}) AS walk"
        f" CROSS JOIN posts ON posts.id = walk.id WHERE {where}"
    )
    return sql, (*values, *within, *_values(conditions))


def _test(conditions: tuple[Statement, ...], ids: Sequence[int]) -> Statement:
    """A statement for those of some posts that fulfil all conditions, in the order given."""
    where = " AND ".join(f"({sql})" for sql, _ in conditions)
    sql = (
        "SELECT posts.id FROM (SELECT key, value AS id FROM json_each(?)) AS walk"
        f" CROSS JOIN posts ON posts.id = walk.id WHERE {where} ORDER BY walk.key"
    )
    return sql, (json.dumps(list(ids)), *_values(conditions))


def _text(query: Query, match: str, conditions: tuple[Statement, ...], window: Bounds) -> Statement:
    """A statement for the posts whose text matches and that fulfil all conditions."""
    value, values = _value(query)
    conditions = (("posts.id BETWEEN ? AND ?", window), *conditions)
    where = " AND ".join(f"({sql})" for sql, _ in conditions)
    matched, found = matching_texts(match, window)
    sql = (
        f"SELECT json_group_array({value}) FILTER (WHERE {where}), count(*)"
        f" FROM ({matched}) AS matched"
        " CROSS JOIN posts INDEXED BY posts_text ON posts.text = matched.text"
    )
    return sql, (*values, *_values(conditions), *found)


def _values(conditions: tuple[Statement, ...]) -> tuple[SqlValue, ...]:
    return tuple(value for _, values in conditions for value in values)
