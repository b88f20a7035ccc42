"""The table of numbers: `python -m benchmarks.numbers [--count N] [--folder FOLDER]`.

Makes N posts (see `benchmarks.make_posts`), or takes those of FOLDER, and measures in one run what
the design promises, each beside something to compare it with: the smallest Textual app, newsboat
with the same posts in a cache of its own, grep or rg, and only reading the files. Keys are timed in
a pseudo-terminal from the byte sent to the last byte drawn. Everything is written to a scratch
folder. What is not installed is said and left out.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import articles, linebreak, newsboat, searching, sessions
from benchmarks.make_posts import write_posts
from benchmarks.sessions import Place
from benchmarks.terminal import Spread, environment
from newsreader.posts.parse_post import parse_post
from newsreader.store import Query

REFERENCE_BYTES = 9_000
LARGEST_BYTES = 700_000
WIDTH = 80
WORDS_OF_A_LENGTH = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: What was measured.
        measured: What it came to.
        bar: What it should be; empty: nothing was promised.
        held: Whether it was; None where nothing was promised or measured.
        beside: What else was measured beside it.
    """

    what: str
    measured: str
    bar: str = ""
    held: bool | None = None
    beside: str = ""


def ms(seconds: float) -> str:
    """Seconds as milliseconds."""
    return f"{seconds * 1e3:,.1f} ms" if seconds < 0.1 else f"{seconds * 1e3:,.0f} ms"


def spread(times: Spread) -> str:
    """Median, 99th percentile and worst."""
    if not times.times:
        return "nothing was drawn"
    return f"{ms(times.median)}, 99th {ms(times.high)}, worst {ms(times.worst)}"


def bulk_rows(place: Place) -> Iterator[Row]:
    """Indexing and refreshing, beside only reading the files."""
    with place.open_store() as store:
        begun = time.perf_counter()
        first = store.scans.run()
        taken = time.perf_counter() - begun
        again = statistics.median(
            result.found / result.seconds for result in (store.scans.run() for _ in range(3))
        )
    floor = read_all(place.folder)
    rate = first.found / taken
    yield Row(
        f"indexing with full text, {first.found:,} posts",
        f"{rate:,.0f} posts/s", "2,000 posts/s", rate >= 2_000,
        f"only reading the files (cat): {first.found / floor:,.0f} posts/s",
    )  # fmt: skip
    yield Row(
        "refresh with nothing changed", f"{again:,.0f} files/s", "150,000 files/s", again >= 150_000
    )


def read_all(folder: Path) -> float:
    """Seconds that reading all files of a folder takes.

    `wc -c` would ask for their sizes and read nothing.
    """
    begun = time.perf_counter()
    with subprocess.Popen(
        ["find", str(folder), "-type", "f", "-print0"], stdout=subprocess.PIPE
    ) as found:
        subprocess.run(
            ["xargs", "-0", "cat"], stdin=found.stdout, stdout=subprocess.DEVNULL, check=True
        )
    return time.perf_counter() - begun


def start_rows(place: Place, other: newsboat.Newsboat | None, rounds: int) -> Iterator[Row]:
    """The start, beside the smallest app's and newsboat's."""
    starts = sessions.measure_starts(place, other, rounds)
    floor = starts.minimal.median
    beside = f"minimal Textual app {ms(floor)}"
    if starts.newsboat:
        beside += f"; newsboat, its list of feeds {ms(statistics.median(starts.newsboat))}"
    ratio = starts.lists.median / floor
    yield Row(
        "start to the first full screen, index present",
        f"{ms(starts.lists.median)}, ratio {ratio:.2f}", "1.3 x minimal app", ratio <= 1.3, beside,
    )  # fmt: skip
    yield Row(
        "the same, the article beside it included",
        f"{ms(starts.article.median)}, ratio {starts.article.median / floor:.2f}",
    )


def never_seen_rows(place: Place, at_rest: sessions.Keys, rounds: int) -> Iterator[Row]:
    """The start without an index, and keys while it is made."""
    seen = sessions.measure_never_seen(place, rounds)
    yield Row(
        "start on a folder never seen, first posts listed", ms(seen.listed), "1 s", seen.listed <= 1
    )
    if seen.keys is None:
        yield Row("a key while indexing", "over too soon to be measured")
        return
    yield Row(
        f"a key while indexing ({len(seen.keys.times)} keys)",
        spread(seen.keys),
        beside=f"at rest {spread(at_rest.together)}; memory {seen.memory:,.0f} MB",
    )


def key_rows(keys: sessions.Keys, other: newsboat.Measured | None) -> Iterator[Row]:
    """Keys at rest, beside newsboat's, which has no preview to draw; and memory."""
    in_list = Spread.of([t for name in ("j", "space", "G, g") for t in keys.by_name[name].times])
    yield Row(
        "a key in the list, article preview included",
        spread(in_list), "median 16 ms, 99th 50 ms",
        in_list.median <= 0.016 and in_list.high <= 0.050,
        f"newsboat, without a preview: {spread(other.keys)}" if other else "",
    )  # fmt: skip
    for name, times in keys.by_name.items():
        opened = f"newsboat opens its list in {ms(other.opening.median)}" if other else ""
        yield Row(f"  {name}", spread(times), beside=opened if name == "other views" else "")
    yield Row(
        "  j held down for 5 s at 30 a second",
        f"{ms(keys.behind)} behind at the end, nothing drawn for {ms(keys.silence)} at most",
    )
    yield Row("memory of the UI process", f"{keys.memory:,.0f} MB", "120 MB", keys.memory <= 120)


def search_rows(place: Place, other: newsboat.Measured | None) -> Iterator[Row]:
    """The first page of a search, in the store and typed, beside grep and newsboat."""
    with place.open_store() as store:
        store.lists.page(Query(), 0, searching.PAGE)
        lengths = {
            length: searching.measure_search(store, length, WORDS_OF_A_LENGTH)
            for length in searching.LENGTHS
        }
    together = Spread.of([time for times in lengths.values() for time in times.times])
    word = searching.choose_words(2, WORDS_OF_A_LENGTH)[WORDS_OF_A_LENGTH // 2]
    grep = searching.measure_grep(place.folder, word)
    beside = [f"{name} -rl: {ms(seconds)}" for name, seconds in grep.items()]
    beside += [f"no {name} here" for name in ("grep", "rg") if name not in grep]
    if other:
        beside += [f"newsboat: {ms(times.median)}" for times in other.searches.values()]
    yield Row(
        f"search, first page, {len(together.times)} words of 1, 2 and 4 characters",
        f"{ms(together.median)}, worst {ms(together.worst)}", "median 50 ms, worst 150 ms",
        together.median <= 0.050 and together.worst <= 0.150, "; ".join(beside),
    )  # fmt: skip
    for length, times in lengths.items():
        yield Row(f"  words of {length}", f"{ms(times.median)}, worst {ms(times.worst)}")
    typed = sessions.measure_typing(place, searching.choose_words(2, 8))
    yield Row("  typed behind /, last character to the results drawn", spread(typed))


def article_rows() -> Iterator[Row]:
    """What a single article costs; not a matter of how many there are."""
    sample = articles.make_sample(REFERENCE_BYTES)
    taken = articles.seconds(partial(articles.show_here, sample, WIDTH), 20)
    yield Row(
        f"parse and lay out a post of {REFERENCE_BYTES:,} bytes at {WIDTH} columns",
        ms(taken), "5 ms", taken <= 0.005,
    )  # fmt: skip
    largest = articles.make_sample(LARGEST_BYTES)
    post = parse_post(largest.raw, largest.path, largest.site)
    first = articles.seconds(lambda: next(articles.show(post, WIDTH)))
    waits = max(
        asyncio.run(articles.longest_wait(lambda: list(articles.show(post, WIDTH))))
        for _ in range(articles.BEST_OF)
    )
    yield Row(
        f"the first screen of a post of {LARGEST_BYTES:,} bytes",
        f"{ms(first)}; the loop waits {ms(waits)}", "50 ms; 50 ms",
        first <= 0.050 and waits <= 0.050,
    )  # fmt: skip
    size = 100_000
    rates = {
        kind: linebreak.seconds(linebreak.ours, text, WIDTH) / size * 1e6
        for kind, text in linebreak.texts(size).items()
    }
    wrap = linebreak.seconds(linebreak.rich_wrap, linebreak.texts(size)["Chinese"], WIDTH)
    yield Row(
        "line breaking, a character",
        ", ".join(f"{kind} {rate:.2f} µs" for kind, rate in rates.items()), "0.5 µs",
        max(rates.values()) <= 0.5, f"rich's own wrapping of Chinese: {wrap / size * 1e6:.2f} µs",
    )  # fmt: skip


def measure(place: Place, rounds: int) -> Iterator[Row]:
    """All rows, in the order of the design's table where it has one."""
    bulk = list(bulk_rows(place))
    other = measured = None
    if newsboat.is_here():
        other = newsboat.Newsboat(place.scratch / "newsboat", place.environment)
        filled = other.fill(place.folder)
    yield from start_rows(place, other, max(5, rounds // 6))
    if other is not None:
        words = searching.choose_words(2, WORDS_OF_A_LENGTH)[WORDS_OF_A_LENGTH // 2 :][:1]
        measured = other.measure(filled, words, max(10, rounds // 2))
        shutil.rmtree(other.place)
    keys = sessions.measure_keys(place, rounds)
    yield from never_seen_rows(place, keys, rounds * 2)
    yield from key_rows(keys, measured)
    yield from search_rows(place, measured)
    yield from bulk
    yield from article_rows()
    if measured is None:
        yield Row("newsboat", "is not installed here: nothing to compare with")
    else:
        yield Row("newsboat", f"{measured.count:,} posts, {measured.filling:.1f} s to take them in")


def show(row: Row) -> str:
    """A row as a line of a Markdown table."""
    held = {True: "held", False: "**not held**", None: ""}[row.held]
    cells = (row.what, row.measured, row.bar, held, row.beside)
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.numbers", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="posts that are there already")
    parser.add_argument("--rounds", type=int, default=60, help="keys of a kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsreader-numbers-") as name:
        scratch = Path(name)
        folder = (options.folder or scratch / "site").resolve()
        if options.folder is None:
            write_posts(folder, options.count)
        place = Place(folder, scratch, environment(scratch))
        print(
            f"Python {platform.python_version()}, {os.cpu_count()} cores, "
            f"{sys.platform}, load {os.getloadavg()[0]:.1f}\n"
        )
        print("| what | measured | bar | | beside it |\n|---|---|---|---|---|", flush=True)
        for row in measure(place, options.rounds):
            print(show(row), flush=True)


if __name__ == "__main__":
    main()
