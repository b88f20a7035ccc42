"""Lists that were gathered: what a search found, in order, as it was then."""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import neg
from typing import Final

from newsreader.store.db.connect import Statement
from newsreader.store.db.lru import LruCache
from newsreader.store.values import Query, Sort

LISTS_KEPT: Final = 4
"""So many gathered lists are remembered: 8 bytes a post each."""

_PART: Final = 500


@dataclass(slots=True)
class Snapshot:
    """The posts of a gathered list; grows at its end until it is complete.

    Attributes:
        sort: The order.
        ids: The posts.
        unread: How many of them come first because they were unread, where they do.
        complete: Whether all are there.
    """

    sort: Sort
    ids: array[int] = field(default_factory=lambda: array("q"))
    unread: int = 0
    complete: bool = False

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` where it is not in the list."""
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
        """How many posts stand above one that is not in the list, in an order by date."""
        start, end = self._parts()[0]
        return self._index_above(post_id, start, end)

    def _parts(self) -> Sequence[tuple[int, int]]:
        """Where the parts of the list begin and end that are sorted in themselves."""
        end = len(self.ids)
        if self.sort is Sort.UNREAD_FIRST and self.complete:
            return (0, self.unread), (self.unread, end)
        return ((0, end),)

    def _index_above(self, post_id: int, start: int, end: int) -> int:
        if self.sort is Sort.OLDEST:
            return bisect_left(self.ids, post_id, start, end)
        return bisect_left(self.ids, -post_id, start, end, key=neg)


class GatheredLists:
    """The lists gathered last, by their query."""

    def __init__(self) -> None:
        self._lists: LruCache[Query, Snapshot] = LruCache(LISTS_KEPT)

    def get(self, query: Query) -> Snapshot | None:
        """What was gathered last for a query; what it keeps makes no other list of it."""
        return self._lists.get(_name(query))

    def put(self, query: Query, snapshot: Snapshot) -> None:
        """Remember a list, in place of what was gathered for its query before."""
        self._lists.put(_name(query), snapshot)


def _name(query: Query) -> Query:
    return replace(query, kept=frozenset()) if query.kept else query


class GatheredList:
    """A gathered list as the store reads lists."""

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
        """The index of a post; `None` where it is not in the list."""
        return self._snapshot.index_of(post_id)

    def index_above(self, post_id: int) -> int:
        """How many posts of the list stand above a post, which need not be in it."""
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
        """A statement for all ids, in no order; `None` where there can be none."""
        ids = json.dumps(self._snapshot.ids.tolist())
        return "SELECT value AS id FROM json_each(?)", (ids,)

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
            # Few are unread here: bigger steps cost less a post.
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
