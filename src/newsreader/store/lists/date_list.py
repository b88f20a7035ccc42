"""Lists in order of date, read page by page from the nearest post whose index is known."""

from __future__ import annotations

import sqlite3
from bisect import insort
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from newsreader.frozen import dataclass
from newsreader.store.db.connect import Statement
from newsreader.store.db.lru import LruCache
from newsreader.store.index.post_ids import FIRST_DATED, LAST_ID
from newsreader.store.lists.sql import Walk, all_ids, count_ids, select_ids
from newsreader.store.query import OneSource
from newsreader.store.values import Source

_NEAR: Final = 1000
"""Posts from the top up to which a list is walked without asking how long it is."""

_MOST_LISTS: Final = 16
_MOST_PLACES: Final = 256


@dataclass(frozen=True, slots=True)
class SourceSet:
    """The sources that are shown.

    Attributes:
        sources: In their order.
        ids: The ids that they have in the index.
        title_of: What to call one of them.
    """

    sources: tuple[Source, ...]
    ids: tuple[int, ...]
    title_of: Callable[[sqlite3.Connection, Source], str]

    def ids_of(self, scope: OneSource) -> tuple[int, ...]:
        """The id of a source; none if it is not one of these."""
        named = zip(self.ids, self.sources, strict=True)
        return tuple(id_ for id_, source in named if source.path == scope.path)

    @property
    def labels(self) -> dict[str, str]:
        """What the user calls categories; if two sources say something else, the first is right."""
        return dict(pair for source in reversed(self.sources) for pair in source.labels)

    @property
    def hidden(self) -> frozenset[str]:
        """The categories that the user does not want to see listed."""
        return frozenset(name for source in self.sources for name in source.hidden)


_KnownIndex: TypeAlias = tuple[int, int]
"""The index of a post in a list, and its id."""


class ListCache:
    """Caches lengths and known indexes of the last lists; a key names all that decides them."""

    def __init__(self) -> None:
        self._totals: LruCache[tuple[object, ...], int] = LruCache(_MOST_LISTS)
        self._places: LruCache[tuple[object, ...], tuple[_KnownIndex, ...]] = LruCache(_MOST_LISTS)

    def total(self, key: tuple[object, ...]) -> int | None:
        """The length of a list, if it is known."""
        return self._totals.get(key)

    def note_total(self, key: tuple[object, ...], total: int) -> None:
        """Remember the length of a list."""
        self._totals.put(key, total)

    def places(self, key: tuple[object, ...]) -> tuple[_KnownIndex, ...]:
        """Posts of a list whose index is known, newest first."""
        return self._places.get(key) or ()

    def note_place(self, key: tuple[object, ...], index: int, post_id: int) -> None:
        """Remember the index of a post."""
        self._places.change(key, lambda known: _with_place(known or (), (index, post_id)))


def _with_place(known: tuple[_KnownIndex, ...], place: _KnownIndex) -> tuple[_KnownIndex, ...]:
    """Add a place, in order; every second one is forgotten if there are too many."""
    if place in known:
        return known
    places = list(known if len(known) < _MOST_PLACES else known[1::2])
    insort(places, place)
    return tuple(places)


class DateList:
    """A list, the newest post first, in one moment: use it inside one transaction."""

    def __init__(
        self,
        db: sqlite3.Connection,
        walks: tuple[Walk, ...],
        memory: ListCache,
        key: tuple[object, ...],
    ) -> None:
        self._db = db
        self._walks = walks
        self._memory = memory
        self._key = key

    def count(self) -> int:
        """The number of posts."""
        total = self._memory.total(self._key)
        if total is None:
            total = self._count()
            self._memory.note_total(self._key, total)
        return total

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list, newest first.

        Goes there from its top, its end, or a post whose index is known, whichever is nearest.
        """
        if offset > _NEAR or self._memory.total(self._key) is not None:
            limit = min(limit, self.count() - offset)
        if limit <= 0 or not self._walks:
            return []
        ids = self._ids(offset, limit)
        if ids:
            self._memory.note_place(self._key, offset, ids[0])
            self._memory.note_place(self._key, offset + len(ids) - 1, ids[-1])
        return ids

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` if it is not in the list."""
        if not self._count(after=post_id - 1, before=post_id + 1):
            return None
        return self.index_above(post_id)

    def index_above(self, post_id: int) -> int:
        """Count the posts of the list above a post, which need not be in it."""
        best = (self._distance(post_id, LAST_ID), 0, LAST_ID)
        for index, place in self._memory.places(self._key):
            best = min(best, (self._distance(post_id, place), index, place))
        _, index, place = best
        if place == LAST_ID:
            found = self._count(after=post_id)
        elif place > post_id:
            found = index + self._count(after=post_id, before=place + 1)
        else:
            found = index - self._count(after=place, before=post_id + 1)
        if self._count(after=post_id - 1, before=post_id + 1):
            self._memory.note_place(self._key, found, post_id)
        return found

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` if there can be none."""
        return all_ids(self._walks) if self._walks else None

    def first(
        self, *, after: int = -1, before: int = LAST_ID, oldest_first: bool = False
    ) -> int | None:
        """The first id between two ids, both excluded."""
        if not self._walks:
            return None
        sql, values = select_ids(self._walks, after=after, before=before, oldest_first=oldest_first)
        row = self._db.execute(sql, (*values, 1, 0)).fetchone()
        return row[0] if row else None

    def dated_span(self) -> tuple[int, int] | None:
        """The ids of the oldest and the newest post that have a date; `None` if none has."""
        oldest = self.first(after=FIRST_DATED - 1, oldest_first=True)
        newest = self.first(after=FIRST_DATED - 1)
        return None if oldest is None or newest is None else (oldest, newest)

    def counts(self, edges: Sequence[int]) -> list[int]:
        """Count the posts from each id of `edges`, which ascend, to before the next one."""
        return [self._count(after=low - 1, before=high) for low, high in pairwise(edges)]

    @staticmethod
    def _distance(post_id: int, place: int) -> int:
        """Measure how far two posts are apart in time: the only measure that costs nothing."""
        return abs(place - post_id)

    def _count(self, *, after: int = -1, before: int = LAST_ID) -> int:
        return count(self._db, self._walks, after=after, before=before)

    def _ids(self, offset: int, limit: int) -> list[int]:
        # Ways to get there: how many posts to pass over, from which id, and in which direction.
        ways: list[tuple[int, int, bool]] = [(offset, LAST_ID, False)]
        total = self._memory.total(self._key)
        if total is not None:
            ways.append((total - offset - limit, -1, True))
        for index, place in self._memory.places(self._key):
            if index <= offset:
                ways.append((offset - index, place + 1, False))
            elif index >= offset + limit - 1:
                ways.append((index - offset - limit + 1, place - 1, True))
        skipped, start, oldest_first = min(ways)
        if oldest_first:
            sql, values = select_ids(self._walks, after=start, oldest_first=True)
        else:
            sql, values = select_ids(self._walks, before=start)
        rows = self._db.execute(sql, (*values, limit, skipped)).fetchall()
        ids = [row[0] for row in rows]
        return ids[::-1] if oldest_first else ids


def count(
    db: sqlite3.Connection, walks: tuple[Walk, ...], *, after: int = -1, before: int = LAST_ID
) -> int:
    """The number of posts of some walks between two ids, both excluded."""
    return sum(
        db.execute(*count_ids(walk, after=after, before=before)).fetchone()[0] for walk in walks
    )
