"""Measure the search: `python -m benchmarks.search COUNT [--folder FOLDER] [--repeat N]`.

Fills an index of that many posts (see `benchmarks.fill_index`) in a temporary folder, or takes the
one that FOLDER has, and prints for every query how long its first page takes and how long all of
it, as the reader asks for it: the time from the query to the rows of a screen, and to the last step
of collecting. First pages are the median and the worst of some repetitions. What SQLite has read
once is in its or the system's cache.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from benchmarks.fill_index import fill
from benchmarks.shapes.words import vocabulary
from newsreader.search.parse_query import parse_query
from newsreader.store import PostStore, Query, Sort, Source

PAGE = 60
NOW = datetime(2023, 1, 1)  # noqa: DTZ001 - local time


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds to the first page and to the end, and how many posts were found."""

    first: float
    whole: float
    found: int


def queries() -> Iterator[tuple[str, str]]:
    """What to look for, by kind: words from the most frequent to ones that are nowhere."""
    words = vocabulary()
    for length in (1, 2, 3, 4):
        of = [word for word in words if len(word) == length and not word.isascii()]
        ranks = (0, len(of) // 10, len(of) - 1)
        for rank in ranks:
            yield f"{length}, rank {rank}", of[rank]
    yield "1, absent", "鑫"
    yield "2, absent", "是鑫"
    yield "4, absent", "的是的是"
    yield "two words", "公司 银行"
    yield "phrase", '"公司银行"'
    yield "either", "公司 OR 银行"
    yield "left out", "公司 -市场"
    yield "only left out", "-公司"
    yield "title", "title:公司"
    yield "letters", "gdp"
    yield "letters, whole", '"5g"'
    yield "category", "category:jiankang 公司"
    yield "category, rare word", f"category:jiankang {words[-1]}"
    yield "days", "on:2022-02 公司"
    yield "bookmarks", "is:bookmarked 公司"
    yield "unread", "is:unread 公司"
    yield "mixed", "title:公司 OR (category:tiyu -银行)"


def timed(store: PostStore, query: Query) -> Timed:
    """Gathers a list as the reader does."""
    store.lists.snapshots.clear()
    begun = time.perf_counter()
    first = None
    found = 0
    for step in store.lists.collect(query, lambda: False):
        found = step.found
        if first is None:
            store.lists.page(query, 0, PAGE)
            first = time.perf_counter() - begun
    whole = time.perf_counter() - begun
    return Timed((first or whole) * 1000, whole * 1000, found)


def first_pages(store: PostStore, query: Query, repeat: int) -> list[float]:
    """Milliseconds to the first page, again and again."""
    times: list[float] = []
    for _ in range(repeat):
        store.lists.snapshots.clear()
        begun = time.perf_counter()
        next(store.lists.collect(query, lambda: False))
        store.lists.page(query, 0, PAGE)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def measure(store: PostStore, repeat: int) -> None:
    """Prints the table."""
    print(f"{'query':<22}{'':<26}{'first page':>12}{'worst':>9}{'all':>10}{'found':>11}")
    everything: list[float] = []
    asked = [(kind, text, Query(search=parse_query(text, NOW))) for kind, text in queries()]
    whole = Query(search=parse_query("公司", NOW))
    asked += [(f"sort {sort.value}", "公司", replace(whole, sort=sort)) for sort in Sort]
    asked += [("sort title", "(all posts)", Query(sort=Sort.TITLE))]
    for kind, text, query in asked:
        times = first_pages(store, query, repeat)
        result = timed(store, query)
        everything += times
        print(
            f"{kind:<22}{text:<22}\t{statistics.median(times):>8.1f} ms{max(times):>6.1f} ms"
            f"{result.whole:>7.0f} ms{result.found:>11,}",
            flush=True,
        )
    print(
        f"all first pages: median {statistics.median(everything):.1f} ms,"
        f" worst {max(everything):.1f} ms"
    )
    for sort in (Sort.NEWEST, Sort.OLDEST, Sort.UNREAD_FIRST):
        query = Query(sort=sort)
        for place, offset in (("top", 0), ("middle", store.lists.count(query) // 2)):
            begun = time.perf_counter()
            store.lists.page(query, offset, PAGE)
            print(f"list {sort.value}, {place}: {(time.perf_counter() - begun) * 1000:.1f} ms")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        source = Source(folder / "posts")
        if not (folder / "cache" / "index.db").exists():
            source = fill(folder, arguments.count)
        with PostStore([source], cache_dir=folder / "cache", data_dir=folder / "data") as store:
            if not store.lists.count(Query()):
                raise SystemExit(f"The index in {folder} was of another version: fill it again.")
            print(f"{store.lists.count(Query()):,} posts")
            measure(store, arguments.repeat)


if __name__ == "__main__":
    main()
