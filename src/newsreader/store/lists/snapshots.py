"""Snapshots of lists: what a search found, in order, as it was then."""

from __future__ import annotations

import json
import sqlite3
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import neg
from typing import Final, assert_never

from newsreader.store.db.connect import Statement
from newsreader.store.db.lru import LruCache
from newsreader.store.index.post_ids import FIRST_DATED
from newsreader.store.lists.date_list import SourceSet
from newsreader.store.lists.orders import IndexedLists
from newsreader.store.lists.plan import plan_list
from newsreader.store.lists.sql import MOST_WALKS
from newsreader.store.lists.windows import (
    ReadTransaction,
    first_by_title,
    search_windows,
    sort_by_title,
    walk_titles,
)
from newsreader.store.query import Everything, Query, Sort, View
from newsreader.store.values import CollectProgress

MOST_SNAPSHOTS: Final = 4
"""The most snapshots that are remembered: 8 bytes per post each."""

_PART: Final = 500

_FIRST_PAGE: Final = 50
_PATIENCE: Final = 0.04
"""Seconds after which less than a page is shown."""
_STEP: Final = 0.05
"""Seconds between two reports of how many posts were found."""


class Snapshot:
    """The posts of a collected list; grows at its end until it is complete.

    Attributes:
        sort: The order.
        ids: The posts.
        unread: How many of them come first because they were unread; 0 in the other orders.
        complete: Whether all are there.
    """

    __slots__ = ("complete", "ids", "sort", "unread")

    def __init__(self, sort: Sort) -> None:
        self.sort = sort
        self.ids: array[int] = array("q")
        self.unread = 0
        self.complete = False

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` if it is not in the list."""
        if self.sort is Sort.TITLE:
            try:
                return self.ids.index(post_id)
            except ValueError:
                return None
        for start, end in self._parts():
            index = self._index_above(post_id, start, end)
            if index < end and self.ids[index] == post_id:
                return index
        return None

    def index_above(self, post_id: int) -> int:
        """Count the posts above one that is not in the list, in an order by date."""
        start, end = self._parts()[0]
        return self._index_above(post_id, start, end)

    def _parts(self) -> Sequence[tuple[int, int]]:
        """The beginnings and ends of the parts of the list that are sorted in themselves."""
        end = len(self.ids)
        if self.sort is Sort.UNREAD_FIRST and self.complete:
            return (0, self.unread), (self.unread, end)
        return ((0, end),)

    def _index_above(self, post_id: int, start: int, end: int) -> int:
        if self.sort is Sort.OLDEST:
            return bisect_left(self.ids, post_id, start, end)
        return bisect_left(self.ids, -post_id, start, end, key=neg)


class SnapshotList:
    """A collected list as the store reads lists."""

    def __init__(self, db: sqlite3.Connection, snapshot: Snapshot) -> None:
        self._db = db
        self._snapshot = snapshot

    def count(self) -> int:
        """The number of posts."""
        return len(self._snapshot.ids)

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list."""
        return self._snapshot.ids[offset : offset + max(0, limit)].tolist()

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` if it is not in the list."""
        return self._snapshot.index_of(post_id)

    def index_above(self, post_id: int) -> int:
        """Count the posts of the list above a post, which need not be in it."""
        index = self._snapshot.index_of(post_id)
        if index is not None:
            return index
        if self._snapshot.sort is not Sort.TITLE:
            return self._snapshot.index_above(post_id)
        place = self._title_place(post_id)
        if place is None:
            return 0
        return bisect_left(
            self._snapshot.ids,
            place,
            key=lambda other: self._title_place(other) or (b"", other),
        )

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` if there can be none."""
        ids = json.dumps(self._snapshot.ids.tolist())
        return "SELECT value AS id FROM json_each(?)", (ids,)

    def dated_span(self) -> tuple[int, int] | None:
        """The ids of the oldest and the newest post that have a date; `None` if none has."""
        dated = [post_id for post_id in self._snapshot.ids if post_id >= FIRST_DATED]
        return (min(dated), max(dated)) if dated else None

    def counts(self, edges: Sequence[int]) -> list[int]:
        """Count the posts from each id of `edges`, which ascend, to before the next one."""
        ids = sorted(self._snapshot.ids)
        places = [bisect_left(ids, edge) for edge in edges]
        return [after - before for before, after in pairwise(places)]

    def next_unread(self, post_id: int | None, *, backwards: bool) -> int | None:
        """The next unread post of the list below a post, or above it."""
        ids = self._snapshot.ids
        if post_id is None:
            at = len(ids) if backwards else 0
        else:
            index = self._snapshot.index_of(post_id)
            at = self.index_above(post_id) if index is None else index + (not backwards)
        size = _PART
        while (at > 0) if backwards else (at < len(ids)):
            part = ids[max(0, at - size) : at][::-1] if backwards else ids[at : at + size]
            unread = self._unread_of(part)
            if unread:
                return next(post for post in part if post in unread)
            at += -len(part) if backwards else len(part)
            # Few are unread here: bigger steps cost less per post.
            size = min(size * 4, _PART * 64)
        return None

    def _unread_of(self, ids: array[int]) -> set[int]:
        rows = self._db.execute(
            "SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?)) AND read = 0",
            (json.dumps(ids.tolist()),),
        )
        return {row[0] for row in rows}

    def _title_place(self, post_id: int) -> tuple[bytes, int] | None:
        row = self._db.execute("SELECT title_key FROM posts WHERE id = ?", (post_id,)).fetchone()
        return (row[0], post_id) if row else None


class Snapshots:
    """Collects the lists that no index holds in order, and remembers the last few."""

    def __init__(self, sources: SourceSet, indexed: IndexedLists, reading: ReadTransaction) -> None:
        """Collect nothing yet.

        Args:
            sources: The sources whose posts the lists hold.
            indexed: Says what the scope of a query means now.
            reading: Lends a connection for one window.
        """
        self._sources = sources
        self._indexed = indexed
        self._reading = reading
        self._lists: LruCache[Query, Snapshot] = LruCache(MOST_SNAPSHOTS)

    def clear(self) -> None:
        """Forget everything that was collected."""
        self._lists = LruCache(MOST_SNAPSHOTS)

    def remembered(self, query: Query) -> Snapshot | None:
        """The last snapshot of a query; `None` if nothing is remembered."""
        return self._lists.get(query.without_pins)

    def get(self, query: Query) -> Snapshot:
        """The last snapshot of a query; if nothing is remembered, it is collected now."""
        snapshot = self._lists.get(query.without_pins)
        while snapshot is None:
            for _ in self.collect(query, lambda: False):
                pass
            snapshot = self._lists.get(query.without_pins)
        return snapshot

    def collect(self, query: Query, stop: Callable[[], bool]) -> Iterator[CollectProgress]:
        """Collect a list, in steps: see `Lists.collect`."""
        snapshot = Snapshot(query.sort)
        before = self._lists.get(query.without_pins)
        # A whole list is not taken away for the beginning of another one.
        stays = before is not None and before.complete
        yielded_at = time.monotonic()
        first = True
        for found in self._parts(query, snapshot, stop):
            snapshot.ids.extend(found)
            size, waited = len(snapshot.ids), time.monotonic() - yielded_at
            if (size and waited >= (_PATIENCE if first else _STEP)) or (
                first and size >= _FIRST_PAGE
            ):
                if first and not stays:
                    self._lists.put(query.without_pins, snapshot)
                first, yielded_at = False, time.monotonic()
                yield CollectProgress(size, complete=False)
        if stop():
            return
        snapshot.complete = True
        self._lists.put(query.without_pins, snapshot)
        yield CollectProgress(len(snapshot.ids), complete=True)

    def tally(self, query: Query, stop: Callable[[], bool]) -> int | None:
        """The number of posts of a list, without remembering it; `None` if it was stopped."""
        with self._reading() as db:
            plan = plan_list(db, self._sources, query, self._indexed.resolve(db, query))
        parts = search_windows(self._reading, plan, oldest_first=False, stop=stop)
        total = sum(map(len, parts))
        return None if stop() else total

    def _parts(
        self, query: Query, snapshot: Snapshot, stop: Callable[[], bool]
    ) -> Iterator[list[int]]:
        """The posts of a list in its order, in parts."""
        shelves = self._sources.ids
        if self._is_all(query) and query.sort is Sort.TITLE and len(shelves) <= MOST_WALKS:
            yield from walk_titles(self._reading, shelves, stop)
            return
        with self._reading() as db:
            plan = plan_list(db, self._sources, query, self._indexed.resolve(db, query))
        oldest_first = query.sort is Sort.OLDEST
        parts = search_windows(self._reading, plan, oldest_first=oldest_first, stop=stop)
        match query.sort:
            case Sort.NEWEST | Sort.OLDEST:
                yield from parts
            case Sort.TITLE:
                early: set[int] = set()
                if query.view is not View.BOOKMARKS and not query.pinned:
                    for part in first_by_title(self._reading, shelves, plan, stop):
                        early.update(part)
                        yield part
                ids = array("q")
                for part in parts:
                    ids.extend(part)
                ids.reverse()
                for part in sort_by_title(self._reading, shelves, ids, stop):
                    yield [post for post in part if post not in early] if early else part
            case Sort.UNREAD_FIRST:
                read = array("q")
                for part in parts:
                    read.extend(each >> 1 for each in part if each & 1)
                    yield [each >> 1 for each in part if not each & 1]
                snapshot.unread = len(snapshot.ids)
                yield read.tolist()
            case _:
                assert_never(query.sort)

    @staticmethod
    def _is_all(query: Query) -> bool:
        return (
            query.search is None
            and not query.pinned
            and not query.fold
            and query.view is View.ALL
            and isinstance(query.scope, Everything)
        )
