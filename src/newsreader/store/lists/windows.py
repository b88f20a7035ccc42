"""Collect a list window by window, so that its beginning is there at once.

A window is a range of ids, and so of dates. The first ones are small; then they grow as long as one
takes less than `_WINDOW_SECONDS`, or a few times what the quickest one took. Between two windows
nothing is locked, and callers may stop.
"""

from __future__ import annotations

import json
import math
import sqlite3
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Final, TypeAlias

from newsreader.frozen import dataclass
from newsreader.store.db.connect import Statement
from newsreader.store.index.post_ids import BUCKET_BITS
from newsreader.store.lists.sql import MOST_WALKS, Walk, select_ids

Bounds: TypeAlias = tuple[int, int]
"""The lowest and the highest id of a window, both included; it never parts a bucket of texts."""

ReadTransaction: TypeAlias = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Lends a connection inside a transaction: all reads within see the index in one moment."""

_FIRST_WINDOW: Final = 1_000
_WINDOW_SECONDS: Final = 0.02
_MOST_GROWTH: Final = 4.0
_LARGEST_WINDOW: Final = 200_000

_MANY: Final = 10
_TOO_LONG: Final = 0.5
"""Seconds for all candidates one by one; beyond, they are looked for in windows."""

_FEW: Final = 20_000
"""The most posts that are sorted here; for more, the index of titles is gone through."""

_PART: Final = 2_000

_TESTED: Final = 100
"""Posts that are tested at a time."""
_TEST_SECONDS: Final = 0.06
_FIRST_PAGE: Final = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for finding the posts of a list.

    Attributes:
        select: The statement that gives those of a window, as one JSON list of their ids (if the
            unread ones come first, of twice the id, plus one for a read post), and how many rows of
            the full text were found on the way.
        pace: Walks by which windows are measured out: so many posts of them lie in one.
        bounds: Where to look.
        first: How many posts lie in the first window.
        instead: What to go on with if this takes too long.
        most: How many posts there are in all, if there is another way.
        test: The statement that gives those of some posts that belong to the list; `None` if no
            word is looked for.
    """

    select: Callable[[Bounds], Statement]
    pace: tuple[Walk, ...]
    bounds: Bounds
    first: int = _FIRST_WINDOW
    instead: Plan | None = None
    most: int = 0
    test: Callable[[Sequence[int]], Statement] | None = None


class _Pace:
    """Chooses how large the windows are."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.quickest = math.inf
        self.spent = 0.0

    def took(self, seconds: float, matches: int) -> None:
        """Choose the size of the next window by what the last one took.

        FTS5 knows no end of a window: it looks for the first match beyond. If there are few, it
        goes through much of what was gone through before, for every window again. So these become
        longer and longer then, and are few.
        """
        self.quickest = min(self.quickest, seconds)
        self.spent += seconds
        # Every window takes some work, however small it is: for the beginning of a word, say.
        goal = max(_WINDOW_SECONDS, self.quickest * _MOST_GROWTH)
        if matches < _MANY:
            goal = max(goal, self.spent / 2)
        growth = min(_MOST_GROWTH, goal / max(seconds, 1e-6))
        self.size = max(1, min(_LARGEST_WINDOW, int(self.size * growth)))


def search_windows(
    reading: ReadTransaction, plan: Plan, *, oldest_first: bool, stop: Callable[[], bool]
) -> Iterator[list[int]]:
    """Yield the posts of a plan per window, each in order, empty ones too. Ends early on `stop`."""
    low, high = plan.bounds
    pace = _Pace(plan.first)
    while low <= high and not stop():
        with reading() as db:
            # The time of measuring out the window counts too.
            begun = time.perf_counter()
            window = _measured(db, plan.pace, (low, high), pace.size, oldest_first=oldest_first)
            sql, values = plan.select(window)
            ids, matches = db.execute(sql, values).fetchone()
            seconds = time.perf_counter() - begun
        # Nearly sorted already. An edited post has a text of another row: it may be out of place,
        # and by several labels it may be there twice.
        yield sorted(set(json.loads(ids)), reverse=not oldest_first)
        if plan.instead is not None and seconds / pace.size * plan.most > _TOO_LONG:
            plan = plan.instead
            pace = _Pace(plan.first)
        else:
            pace.took(seconds, matches)
        if oldest_first:
            low = window[1] + 1
        else:
            high = window[0] - 1


def _measured(
    db: sqlite3.Connection,
    pace: tuple[Walk, ...],
    bounds: Bounds,
    size: int,
    *,
    oldest_first: bool,
) -> Bounds:
    """Measure a window: the newer or older end of `bounds` that holds about `size` posts.

    Posts of one bucket stay together: the row of a text tells no more of its post.
    """
    if not pace:
        return bounds
    low, high = bounds
    sql, values = select_ids(pace, after=low - 1, before=high + 1, oldest_first=oldest_first)
    row = db.execute(sql, (*values, 1, size)).fetchone()
    if row is None:
        return bounds
    first = row[0] >> BUCKET_BITS << BUCKET_BITS
    if oldest_first:
        return low, min(high, first + (1 << BUCKET_BITS) - 1)
    return max(low, first), high


def sort_by_title(
    reading: ReadTransaction, shelves: tuple[int, ...], ids: array[int], stop: Callable[[], bool]
) -> Iterator[list[int]]:
    """Yield posts by their titles, in parts. Ends early on `stop`.

    Args:
        reading: Opens the index.
        shelves: The sources whose posts are gone through if `ids` are many.
        ids: The posts, in ascending order.
        stop: Says when to stop.
    """
    if len(ids) <= _FEW or len(shelves) > MOST_WALKS:
        keyed: list[tuple[bytes, int]] = []
        for start in range(0, len(ids), _PART):
            if stop():
                return
            chosen = json.dumps(ids[start : start + _PART].tolist())
            with reading() as db:
                keyed += db.execute(
                    "SELECT title_key, id FROM posts WHERE id IN (SELECT value FROM json_each(?))",
                    (chosen,),
                )
        yield [post for _, post in sorted(keyed)]
        return
    missing = len(ids)
    for part in walk_titles(reading, shelves, stop):
        found = [post for post in part if _holds(ids, post)]
        missing -= len(found)
        yield found
    if missing and not stop():
        # Bookmarks that are on no shelf.
        with reading() as db:
            rows = db.execute(
                "SELECT title_key, id FROM posts WHERE bookmarked = 1 AND shelf IS NULL"
            ).fetchall()
        yield [post for _, post in sorted(rows) if _holds(ids, post)]


def first_by_title(
    reading: ReadTransaction, shelves: tuple[int, ...], plan: Plan, stop: Callable[[], bool]
) -> Iterator[list[int]]:
    """Yield the first page of what words find by its titles, in parts, if it is found at once.

    Posts are tested one by one, in the order of their titles. That finds a page of frequent words,
    of which a million posts have so many that to collect and sort all takes seconds; rare words are
    collected in a moment.
    """
    if plan.test is None or plan.instead is not None or len(shelves) > MOST_WALKS:
        return
    begun = time.perf_counter()
    missing = _FIRST_PAGE
    for part in walk_titles(reading, shelves, stop):
        for start in range(0, len(part), _TESTED):
            with reading() as db:
                rows = db.execute(*plan.test(part[start : start + _TESTED])).fetchall()
            yield [row[0] for row in rows]
            missing -= len(rows)
            if missing <= 0 or stop() or time.perf_counter() - begun > _TEST_SECONDS:
                return


def _holds(ids: array[int], post_id: int) -> bool:
    # A set of a million ids would take 70 MB.
    index = bisect_left(ids, post_id)
    return index < len(ids) and ids[index] == post_id


def walk_titles(
    reading: ReadTransaction, shelves: tuple[int, ...], stop: Callable[[], bool]
) -> Iterator[list[int]]:
    """Yield all posts on the shelves, at most `MOST_WALKS`, by their titles, in parts."""
    key, post, size = b"", -1, _PART
    while not stop():
        begun = time.perf_counter()
        with reading() as db:
            # Two steps, as one condition for both would go through all posts of one title again.
            rows = db.execute(*_titles(shelves, "title_key = ? AND id > ?", (key, post), size))
            found = rows.fetchall()
            if len(found) < size:
                more = db.execute(*_titles(shelves, "title_key > ?", (key,), size - len(found)))
                found += more.fetchall()
        if not found:
            return
        yield [row[1] for row in found]
        key, post = found[-1]
        growth = min(_MOST_GROWTH, _WINDOW_SECONDS / max(time.perf_counter() - begun, 1e-6))
        size = max(_PART // 4, min(_LARGEST_WINDOW, int(size * growth)))


def _titles(
    shelves: tuple[int, ...], where: str, values: tuple[bytes | int, ...], limit: int
) -> tuple[str, tuple[bytes | int, ...]]:
    walk = f"SELECT title_key, id FROM posts INDEXED BY posts_title WHERE shelf = ? AND {where}"
    sql = " UNION ALL ".join([walk] * len(shelves))
    return f"{sql} ORDER BY title_key, id LIMIT ?", (
        *(value for shelf in shelves for value in (shelf, *values)),
        limit,
    )
