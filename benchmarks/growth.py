"""How costs of the store grow: `python -m benchmarks.growth FOLDER COUNT ... [--runs N]`.

Fills an index of each COUNT of posts in `FOLDER/COUNT` (`benchmarks.fill_index`), or takes the one
that is there, and measures on each what lists, searches and marks take of the processor. Prints the
medians, the power of the count by which each cost grows, and what it would be at ten million.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from benchmarks.fill_index import fill
from benchmarks.table import Row, growth
from newsreader.search.parse_query import parse_query
from newsreader.store import PostStore, Query, Sort, Source, View

PAGE = 60
WORDS = ("的", "市场", "市场增长")


def found(text: str, sort: Sort = Sort.NEWEST) -> Query:
    """A search."""
    return Query(search=parse_query(text, datetime.now()), sort=sort)  # noqa: DTZ005 - local


def first_page(query: Query) -> Callable[[PostStore], object]:
    """What shows the first page of a collected list."""

    def show(store: PostStore) -> None:
        next(store.lists.collect(query, lambda: False), None)
        store.lists.page(query, 0, PAGE)

    return show


def whole(query: Query) -> Callable[[PostStore], object]:
    """What collects a list to its end."""
    return lambda store: list(store.lists.collect(query, lambda: False))


ACTIONS: dict[str, Callable[[PostStore], object]] = {
    "the newest page": lambda store: store.lists.page(Query(), 0, PAGE),
    "the newest page of unread posts": lambda store: store.lists.page(
        Query(view=View.UNREAD), 0, PAGE
    ),
    "counts of all categories": lambda store: store.lists.overview(),
    **{f"search {words}, first page": first_page(found(words)) for words in WORDS},
    "search 市场 by title, first page": first_page(found("市场", Sort.TITLE)),
    **{f"search {words}, all that is found": whole(found(words)) for words in WORDS},
    "all posts by title, first page": first_page(Query(sort=Sort.TITLE)),
    "ids of all unread posts": lambda store: store.lists.unread_ids(Query()),
}
"""What changes nothing, by its name."""


def open_store(folder: Path) -> PostStore:
    """The store on what `fill` made."""
    sources = [Source(folder / "posts")]
    return PostStore(sources, cache_dir=folder / "cache", data_dir=folder / "data")


def processor(action: Callable[[PostStore], object], store: PostStore) -> float:
    """Milliseconds of the processor that an action takes."""
    begun = time.process_time()
    action(store)
    return (time.process_time() - begun) * 1e3


def rows_of(folder: Path, count: int, runs: int) -> Iterator[Row]:
    """All costs at one count."""
    if not (folder / "cache" / "index.db").exists():
        fill(folder, count)
    for name, action in ACTIONS.items():
        times = []
        for _ in range(runs):
            with open_store(folder) as store:
                store.lists.page(Query(), 0, 1)
                times.append(processor(action, store))
        yield Row(name, tuple(times), "ms")
    yield from mark_rows(folder, runs)
    size = (folder / "cache" / "index.db").stat().st_size
    yield Row("the index", (size / 1e6,), "MB")


def mark_rows(folder: Path, runs: int) -> Iterator[Row]:
    """Marking everything read, and undoing that, on a copy."""
    marking, undoing = [], []
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        copy = Path(name) / "copy"
        shutil.copytree(folder, copy)
        sources = [Source(folder / "posts")]
        with PostStore(sources, cache_dir=copy / "cache", data_dir=copy / "data") as store:
            for _ in range(runs):
                ids = store.lists.unread_ids(Query())
                marking.append(processor(lambda store: store.marks.mark_all_read(ids), store))  # noqa: B023
                undoing.append(processor(lambda store: store.marks.undo(), store))
    yield Row("mark all read", tuple(marking), "ms")
    yield Row("undo it", tuple(undoing), "ms")


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="+")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    rows = {
        count: list(rows_of(options.folder / str(count), count, options.runs))
        for count in options.count
    }
    print("\n".join(growth(rows)))


if __name__ == "__main__":
    main()
