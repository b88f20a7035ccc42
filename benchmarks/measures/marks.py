"""What changes or sorts everything, in the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime

from benchmarks.measures.bench import Bench
from benchmarks.measures.commands import QUERY
from benchmarks.table import Row
from newsreader.search.parse_query import parse_query
from newsreader.store import Query, Sort

PAGE = 60


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def mark_rows(bench: Bench) -> Iterator[Row]:
    """Marking everything read, and undoing that."""
    marking, undoing = [], []
    with bench.open_store() as store:
        for _ in range(bench.runs):
            marking.append(
                timed(lambda: store.marks.mark_all_read(store.lists.unread_ids(Query())))
            )
            undoing.append(timed(store.marks.undo))
    yield Row("mark all read", tuple(marking), "s", 3, beside=f"{bench.count:,} posts")
    yield Row("undo it", tuple(undoing), "s", 3)


def sort_rows(bench: Bench) -> Iterator[Row]:
    """The first page of what was found, and of everything, sorted by title."""
    found = Query(search=parse_query(QUERY, datetime.now()), sort=Sort.TITLE)  # noqa: DTZ005 - local
    for name, query in ((f"search {QUERY}", found), ("all posts", Query(sort=Sort.TITLE))):

        def page(query: Query = query) -> float:
            with bench.open_store() as store:
                store.lists.page(Query(), 0, PAGE)

                def first() -> None:
                    next(store.lists.collect(query, lambda: False), None)
                    store.lists.page(query, 0, PAGE)

                return timed(first) * 1e3

        yield Row(f"{name} sorted by title, first page", bench.repeated(page), "ms", 150)
