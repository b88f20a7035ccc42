"""How soon the first page of a search is there: in the store, and typed; grep, rg and newsboat."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from time import perf_counter

from benchmarks.measures.bench import Bench
from benchmarks.measures.marks import PAGE, timed
from benchmarks.shapes.words import vocabulary
from benchmarks.table import Row, number
from benchmarks.terminal import Spread
from newsreader.search.parse_query import parse_query
from newsreader.store import PostStore, Query

LENGTHS = (1, 2, 4)
WORDS_OF_A_LENGTH = 25
TYPED_QUIET = 0.4
"""Seconds without anything drawn after which a search has added and counted all that it finds."""


def choose_words(length: int, count: int) -> list[str]:
    """Words of the made posts of a length, from the most frequent to the rarest."""
    words = [word for word in vocabulary() if len(word) == length]
    count = min(count, len(words))
    ranks = {int(math.exp(math.log(len(words)) * step / count)) for step in range(count)}
    return [words[rank - 1] for rank in sorted(ranks)]


def search_rows(bench: Bench) -> Iterator[Row]:
    """The first page of words, each asked for the first time in a run."""
    words = [word for length in LENGTHS for word in choose_words(length, WORDS_OF_A_LENGTH)]
    medians, worst = [], []
    for _ in range(bench.runs):
        with bench.open_store() as store:
            store.lists.page(Query(), 0, PAGE)
            times = Spread.of([_first_page(store, word) * 1e3 for word in words])
        medians.append(times.median)
        worst.append(times.worst)
    [*_, word] = choose_words(2, WORDS_OF_A_LENGTH)[: WORDS_OF_A_LENGTH // 2]
    beside = [
        _beside(bench, name, option, word) for name, option in (("grep", "-rlF"), ("rg", "-lF"))
    ]
    if bench.newsboat:
        found = bench.newsboat.measure_search(word, 3)
        beside.append(f"newsboat {number(found.median * 1e3)} ms")
    yield Row(
        f"search, first page, {len(words)} words, median", tuple(medians), "ms", 50,
        beside="; ".join(beside),
    )  # fmt: skip
    yield Row("  the worst", tuple(worst), "ms", 150)
    typed = [_type_searches(bench, choose_words(2, 8)).median * 1e3 for _ in range(bench.runs)]
    yield Row("  typed behind /, last character to the results drawn", tuple(typed), "ms")


def _first_page(store: PostStore, word: str) -> float:
    query = Query(search=parse_query(word, datetime.now()))  # noqa: DTZ005 - local, as typed

    def first() -> None:
        next(store.lists.collect(query, lambda: False), None)
        store.lists.page(query, 0, PAGE)

    return timed(first)


def _beside(bench: Bench, name: str, option: str, word: str) -> str:
    """What a program takes to name the files with a word."""
    program = shutil.which(name)
    if program is None:
        return f"{name}: not installed"
    command = [program, option, word, str(bench.folder)]
    taken = timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))
    return f"{name} {number(taken * 1e3)} ms"


def _type_searches(bench: Bench, words: list[str]) -> Spread:
    """`/` and a word: from its last character to the results drawn."""
    terminal = bench.open_reader()
    times = []
    for word in words:
        terminal.key(b"/")
        for character in word[:-1]:
            terminal.key(character.encode(), TYPED_QUIET)
        # The character is drawn in the line where it was typed, then in the title of the list that
        # was found, of which no more is sent; its count may go on growing.
        last, begun = word[-1].encode(), perf_counter()
        terminal.type_until(last, last)
        times.append(terminal.wait_for(last, since=begun))
        terminal.settle(TYPED_QUIET)
        for key in (b"\x1b", b"\x1b", b"l"):
            terminal.key(key, TYPED_QUIET)
    terminal.close(b"\x03")
    return Spread.of(times)
