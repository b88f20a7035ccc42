"""The list that a query means: walked through where an index has its order, gathered otherwise."""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import Final, assert_never

from newsreader.store.index.post_ids import ids_between
from newsreader.store.lists.counts import kept_count, label_ids
from newsreader.store.lists.date_list import Library, ListMemory, PostList, count
from newsreader.store.lists.orders import Listing, OldestFirst, UnreadFirst
from newsreader.store.lists.plan import plan_list
from newsreader.store.lists.snapshots import GatheredLists, Snapshot
from newsreader.store.lists.sql import MOST_ARMS, Arm, Shelves, arms, read_arms, unread_arms
from newsreader.store.lists.windows import Reading, find_posts, sort_by_title, walk_titles
from newsreader.store.values import Everything, Gathered, Labelled, Query, Sort, Today, View

_FIRST_PAGE: Final = 50
_PATIENCE: Final = 0.04
"""Seconds after which less than a page is shown."""
_STEP: Final = 0.05
"""Seconds between two steps of gathering."""


class Listings:
    """The lists of some sources."""

    def __init__(self, library: Library, now: Callable[[], datetime]) -> None:
        self._library = library
        self._now = now
        self._memory = ListMemory()
        self._gathered = GatheredLists()

    def gathered(self, query: Query) -> Snapshot | None:
        """What was gathered last for a query; `None` where nothing is remembered."""
        return self._gathered.get(query)

    def open(self, db: sqlite3.Connection, query: Query) -> Listing:
        """A list that need not be gathered, inside one `schema.reading`."""
        match query.sort:
            case Sort.OLDEST:
                return OldestFirst(self.newest_first(db, query))
            case Sort.UNREAD_FIRST:
                return self._unread_first(db, query)
            case Sort.NEWEST | Sort.TITLE:
                return self.newest_first(db, query)
            case _:
                assert_never(query.sort)

    def newest_first(self, db: sqlite3.Connection, query: Query) -> PostList:
        """A list that need not be gathered, the newest first whatever its order is."""
        shelves = self.shelves(db, query)
        walks = arms(query.scope, query.view, shelves, query.kept)
        posts, key = self._walked(db, query, shelves, walks, "")
        if query.view is not View.BOOKMARKS and not isinstance(query.scope, Today):
            unread = query.view is View.UNREAD
            counted = kept_count(db, self._library.ids, query.scope, unread=unread)
            self._memory.note_total(key, counted + self._more(db, query, walks))
        return posts

    def gather(
        self, reading: Reading, query: Query, stop: Callable[[], bool]
    ) -> Iterator[Gathered]:
        """Gather a list, in steps: see `PostStore.gather`."""
        snapshot = Snapshot(query.sort)
        before = self._gathered.get(query)
        # A whole list is not taken away for the beginning of another one.
        kept = before is not None and before.complete
        shown = time.monotonic()
        first = True
        for found in self._parts(reading, query, snapshot, stop):
            snapshot.ids.extend(found)
            size, waited = len(snapshot.ids), time.monotonic() - shown
            if (size and waited >= (_PATIENCE if first else _STEP)) or (
                first and size >= _FIRST_PAGE
            ):
                if first and not kept:
                    self._gathered.put(query, snapshot)
                first, shown = False, time.monotonic()
                yield Gathered(size, complete=False)
        if stop():
            return
        snapshot.complete = True
        self._gathered.put(query, snapshot)
        yield Gathered(len(snapshot.ids), complete=True)

    def tally(self, reading: Reading, query: Query, stop: Callable[[], bool]) -> int | None:
        """The number of posts of a list, without keeping it; `None` where it was stopped."""
        with reading() as db:
            plan = plan_list(db, self._library, query, self.shelves(db, query))
        parts = find_posts(reading, plan, oldest_first=False, stop=stop)
        total = sum(map(len, parts))
        return None if stop() else total

    def _parts(
        self, reading: Reading, query: Query, snapshot: Snapshot, stop: Callable[[], bool]
    ) -> Iterator[list[int]]:
        """The posts of a list in its order, in parts."""
        shelves = self._library.ids
        if self._is_all(query) and query.sort is Sort.TITLE and len(shelves) <= MOST_ARMS:
            yield from walk_titles(reading, shelves, stop)
            return
        with reading() as db:
            plan = plan_list(db, self._library, query, self.shelves(db, query))
        oldest_first = query.sort is Sort.OLDEST
        parts = find_posts(reading, plan, oldest_first=oldest_first, stop=stop)
        match query.sort:
            case Sort.NEWEST | Sort.OLDEST:
                yield from parts
            case Sort.TITLE:
                ids = array("q")
                for part in parts:
                    ids.extend(part)
                ids.reverse()
                yield from sort_by_title(reading, shelves, ids, stop)
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
            and not query.kept
            and query.view is View.ALL
            and isinstance(query.scope, Everything)
        )

    def shelves(self, db: sqlite3.Connection, query: Query) -> Shelves:
        """What the scope of a query means now."""
        ids = self._library.ids
        match query.scope:
            case Labelled():
                return Shelves(ids, labels=label_ids(db, ids, query.scope))
            case Today():
                return Shelves(ids, day=self._today())
            case Everything():
                return Shelves(ids)
            case _:
                assert_never(query.scope)

    def _unread_first(self, db: sqlite3.Connection, query: Query) -> UnreadFirst:
        shelves = self.shelves(db, query)
        what = (query.scope, query.view, shelves, query.kept)
        walks = unread_arms(*what)
        unread, key = self._walked(db, query, shelves, walks, "unread")
        read, read_key = self._walked(db, query, shelves, read_arms(*what), "read")
        if query.view is not View.BOOKMARKS and not isinstance(query.scope, Today):
            counted = kept_count(db, self._library.ids, query.scope, unread=True)
            self._memory.note_total(key, counted + self._more(db, query, walks))
            if query.view is View.ALL and not query.kept:
                total = kept_count(db, self._library.ids, query.scope, unread=False)
                self._memory.note_total(read_key, total - counted)
        return UnreadFirst(unread, read)

    def _walked(
        self,
        db: sqlite3.Connection,
        query: Query,
        shelves: Shelves,
        walks: tuple[Arm, ...],
        part: str,
    ) -> tuple[PostList, tuple[object, ...]]:
        """A list that is walked through, and the name that it is remembered by."""
        generation, flags = versions(db)
        # Marks do not change what is in a list of all posts.
        if query.view is View.ALL and not query.kept and not part:
            flags = 0
        key = (generation, flags, replace(query, sort=Sort.NEWEST), shelves.day, part)
        return PostList(db, walks, self._memory, key), key

    @staticmethod
    def _more(db: sqlite3.Connection, query: Query, walks: tuple[Arm, ...]) -> int:
        """How many posts are in a list only because they are kept: the last walk is theirs."""
        return count(db, walks[-1:]) if query.kept else 0

    def _today(self) -> tuple[int, int]:
        today = self._now().date()
        # `astimezone` takes a naive time as local, so a day of 23 or 25 hours comes out right.
        start, end = (
            datetime.combine(day, time_of_day()).astimezone()
            for day in (today, today + timedelta(1))
        )
        return ids_between(start, end)


def versions(db: sqlite3.Connection) -> tuple[int, int]:
    """How often posts, and marks, of the index have changed."""
    row: tuple[int, int] = db.execute(
        "SELECT (SELECT value FROM main.meta WHERE key = 'generation'),"
        " (SELECT value FROM main.meta WHERE key = 'flags')"
    ).fetchone()
    return row
