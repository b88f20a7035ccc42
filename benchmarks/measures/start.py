"""How the reader starts: on an index that is there, and on a folder never seen."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks.measures.bench import ARTICLE, LISTED, Bench
from benchmarks.measures.keys import minimal_key, ratios
from benchmarks.processes import memory_of
from benchmarks.table import Row, number
from benchmarks.terminal import Spread, Terminal

BUSY_QUIET = 0.05
"""Seconds without anything drawn that end a key's frame while progress is drawn now and then."""


def start_rows(bench: Bench) -> Iterator[Row]:
    """The start beside the smallest app's and newsboat's, each in turn."""
    minimal, lists, articles, other = [], [], [], []
    for _ in range(bench.runs + 1):
        app = Terminal(bench.minimal, bench.environment)
        minimal.append(app.wait_for(b"1 of 1"))
        app.settle()
        app.close(b"\x11")
        reader = Terminal(bench.command(), bench.environment)
        lists.append(reader.wait_for(LISTED))
        articles.append(reader.wait_for(ARTICLE))
        reader.settle(0.5)
        reader.close(b"q")
        if bench.newsboat is not None:
            other.append(bench.newsboat.start_once())
    # The first start of each compiles its modules.
    minimal, lists, articles = minimal[1:], lists[1:], articles[1:]
    beside = f"minimal app {number(statistics.median(minimal) * 1e3)} ms"
    beside += f", newsreader {number(statistics.median(lists) * 1e3)} ms"
    if other:
        beside += f"; newsboat, its list of feeds {number(statistics.median(other) * 1e3)} ms"
    pairs = zip(lists, minimal, strict=True)
    yield Row(
        "start to the first full screen, times a minimal app's",
        tuple(ours / floor for ours, floor in pairs), "x", 1.3, beside=beside,
    )  # fmt: skip
    pairs = zip(articles, minimal, strict=True)
    yield Row("  the article beside it included", tuple(a / floor for a, floor in pairs), "x")


def first_start_rows(bench: Bench) -> Iterator[Row]:
    """The start without an index; keys and memory while it is made."""
    floor = minimal_key(bench)
    listed, keys, memory = [], [], []
    for number_of_run in range(bench.runs):
        fresh = bench.in_cache(f"never-seen-{number_of_run}")
        terminal = Terminal(fresh.command(), fresh.environment)
        listed.append(terminal.wait_for(LISTED, seconds=600))
        times, sizes = [], [sum(memory_of(fresh.environment))]
        with fresh.open_store() as store:
            for press in range(bench.keys):
                taken = terminal.key(b" " if press % 5 == 4 else b"j", BUSY_QUIET)
                sizes.append(sum(memory_of(fresh.environment)))
                if not store.scans.progress().running:
                    break
                times.append(taken)
        terminal.close(b"q")
        fresh.wait_for_indexers()
        keys.append(Spread.of(times))
        memory.append(max(sizes))
    yield Row("start on a folder never seen, first posts listed", tuple(listed), "s", 1)
    enough = [each for each in keys if len(each.times) >= 10]
    yield Row(
        "  a key meanwhile, times a minimal app's",
        ratios([each.median for each in enough], [floor] * len(enough)), "x", 5,
        beside="" if enough else "indexing was over too soon",
    )  # fmt: skip
    yield Row("  memory of all processes meanwhile", tuple(memory), "MB", 200)
