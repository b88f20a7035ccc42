"""Lists that an index holds in order, in each of the orders that are put together from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import Protocol, assert_never

from newsreader.store.db.connect import Statement
from newsreader.store.index.post_ids import ids_between
from newsreader.store.lists.counts import label_ids, stored_count
from newsreader.store.lists.date_list import DateList, ListCache, SourceSet, count
from newsreader.store.lists.sql import (
    ResolvedScope,
    Walk,
    list_walks,
    moved_walks,
    read_walks,
    unread_walks,
)
from newsreader.store.query import Everything, Labelled, OneSource, Query, Sort, Today, View


class OrderedList(Protocol):
    """A list of posts in one moment, in its own order."""

    def count(self) -> int:
        """The number of posts."""

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list."""

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` if it is not in the list."""

    def index_above(self, post_id: int) -> int:
        """Count the posts of the list above a post, which need not be in it."""

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` if there can be none."""

    def dated_span(self) -> tuple[int, int] | None:
        """The ids of the oldest and the newest post that have a date; `None` if none has."""

    def counts(self, edges: Sequence[int]) -> list[int]:
        """Count the posts from each id of `edges`, which ascend, to before the next one."""


class OldestFirst:
    """A list upside down."""

    def __init__(self, posts: DateList) -> None:
        self._posts = posts

    def count(self) -> int:
        """The number of posts."""
        return self._posts.count()

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list."""
        end = self.count() - offset
        start = max(0, end - limit)
        return self._posts.ids(start, end - start)[::-1] if end > start else []

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` if it is not in the list."""
        index = self._posts.index_of(post_id)
        return None if index is None else self.count() - 1 - index

    def index_above(self, post_id: int) -> int:
        """Count the posts of the list above a post, which need not be in it."""
        index = self.index_of(post_id)
        return self.count() - self._posts.index_above(post_id) if index is None else index

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` if there can be none."""
        return self._posts.statement()

    def dated_span(self) -> tuple[int, int] | None:
        """The ids of the oldest and the newest post that have a date; `None` if none has."""
        return self._posts.dated_span()

    def counts(self, edges: Sequence[int]) -> list[int]:
        """Count the posts from each id of `edges`, which ascend, to before the next one."""
        return self._posts.counts(edges)


class UnreadFirst:
    """A list of unread posts and, below it, one of read posts."""

    def __init__(self, unread: DateList, read: DateList) -> None:
        self._unread = unread
        self._read = read

    def count(self) -> int:
        """The number of posts."""
        return self._unread.count() + self._read.count()

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list."""
        unread = self._unread.count()
        found = self._unread.ids(offset, limit) if offset < unread else []
        if len(found) < limit:
            found += self._read.ids(max(0, offset - unread), limit - len(found))
        return found

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` if it is not in the list."""
        index = self._unread.index_of(post_id)
        if index is None:
            index = self._read.index_of(post_id)
            return None if index is None else self._unread.count() + index
        return index

    def index_above(self, post_id: int) -> int:
        """Count the posts of the list above a post, which need not be in it.

        One that is not in it stands where it would if it were unread: it was, most likely, when it
        was last seen in such a list.
        """
        index = self.index_of(post_id)
        return self._unread.index_above(post_id) if index is None else index

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` if there can be none."""
        parts = [part for part in (self._unread.statement(), self._read.statement()) if part]
        if not parts:
            return None
        sql = " UNION ALL ".join(sql for sql, _ in parts)
        return sql, tuple(value for _, values in parts for value in values)

    def dated_span(self) -> tuple[int, int] | None:
        """The ids of the oldest and the newest post that have a date; `None` if none has."""
        spans = [span for span in (self._unread.dated_span(), self._read.dated_span()) if span]
        return (min(spans)[0], max(span[1] for span in spans)) if spans else None

    def counts(self, edges: Sequence[int]) -> list[int]:
        """Count the posts from each id of `edges`, which ascend, to before the next one."""
        both = zip(self._unread.counts(edges), self._read.counts(edges), strict=True)
        return [unread + read for unread, read in both]


class IndexedLists:
    """The lists of a sources that an index holds in order: nothing is collected for them."""

    def __init__(self, sources: SourceSet, now: Callable[[], datetime]) -> None:
        """Read nothing yet.

        Args:
            sources: The sources whose posts the lists hold.
            now: The clock that says what is today, in local time.
        """
        self._sources = sources
        self._now = now
        self._memory = ListCache()

    def open(self, db: sqlite3.Connection, query: Query) -> OrderedList:
        """A list that needs no snapshot, in its order; use it inside one transaction."""
        match query.sort:
            case Sort.OLDEST:
                return OldestFirst(self.newest_first(db, query))
            case Sort.UNREAD_FIRST:
                return self._unread_first(db, query)
            case Sort.NEWEST | Sort.TITLE:
                return self.newest_first(db, query)
            case _:
                assert_never(query.sort)

    def newest_first(self, db: sqlite3.Connection, query: Query) -> DateList:
        """A list that needs no snapshot, the newest first whatever its order is."""
        resolved = self.resolve(db, query)
        walks = list_walks(query.scope, query.view, resolved, query.pinned)
        posts, key = self._walked(db, query, resolved, walks, "")
        if query.view is not View.BOOKMARKS and not isinstance(query.scope, Today):
            unread = query.view is View.UNREAD
            counted = stored_count(db, resolved.sources, query.scope, unread=unread)
            self._memory.note_total(key, counted + self._more(db, query, walks))
        return posts

    def resolve(self, db: sqlite3.Connection, query: Query) -> ResolvedScope:
        """Resolve the scope of a query to ids of the index."""
        ids = self._sources.ids
        match query.scope:
            case Labelled():
                return ResolvedScope(ids, labels=label_ids(db, ids, query.scope))
            case Today():
                return ResolvedScope(ids, day=self._today())
            case OneSource():
                return ResolvedScope(self._sources.ids_of(query.scope))
            case Everything():
                return ResolvedScope(ids)
            case _:
                assert_never(query.scope)

    def _unread_first(self, db: sqlite3.Connection, query: Query) -> UnreadFirst:
        resolved = self.resolve(db, query)
        what = (query.scope, query.view, resolved, query.pinned, query.settled)
        walks, below = unread_walks(*what), read_walks(*what)
        unread, key = self._walked(db, query, resolved, walks, "unread")
        read, read_key = self._walked(db, query, resolved, below, "read")
        if query.view is not View.BOOKMARKS and not isinstance(query.scope, Today):
            # Posts that stay where they were are few, but would have to be looked for among all.
            counted = stored_count(db, resolved.sources, query.scope, unread=True)
            more = count(db, walks[-1:]) if query.pinned else 0
            if query.view is View.ALL:
                more -= count(db, moved_walks(query.scope, resolved, query.settled, read=False))
                total = stored_count(db, resolved.sources, query.scope, unread=False) - counted
                total += count(db, below[-1:]) if query.settled else 0
                total -= count(db, moved_walks(query.scope, resolved, query.pinned, read=True))
                self._memory.note_total(read_key, total)
            self._memory.note_total(key, counted + more)
        return UnreadFirst(unread, read)

    def _walked(
        self,
        db: sqlite3.Connection,
        query: Query,
        resolved: ResolvedScope,
        walks: tuple[Walk, ...],
        part: str,
    ) -> tuple[DateList, tuple[object, ...]]:
        """A list that is walked through, and the name that it is remembered by."""
        generation, flags = versions(db)
        # Marks do not change what is in a list of all posts.
        if query.view is View.ALL and not query.pinned and not part:
            flags = 0
        key = (generation, flags, replace(query, sort=Sort.NEWEST), resolved.day, part)
        return DateList(db, walks, self._memory, key), key

    @staticmethod
    def _more(db: sqlite3.Connection, query: Query, walks: tuple[Walk, ...]) -> int:
        """Count the posts in a list only because they are pinned: the last walk is theirs."""
        return count(db, walks[-1:]) if query.pinned else 0

    def _today(self) -> tuple[int, int]:
        today = self._now().date()
        # `astimezone` takes a naive time as local, so a day of 23 or 25 hours comes out right.
        start, end = (
            datetime.combine(day, time_of_day()).astimezone()
            for day in (today, today + timedelta(1))
        )
        return ids_between(start, end)


def versions(db: sqlite3.Connection) -> tuple[int, int]:
    """Return how often posts, and marks, of the index have changed."""
    row: tuple[int, int] = db.execute(
        "SELECT (SELECT value FROM main.meta WHERE key = 'generation'),"
        " (SELECT value FROM main.meta WHERE key = 'flags')"
    ).fetchone()
    return row
