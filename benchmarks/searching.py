"""How soon the first page of a search is there, in the store, and how long grep takes."""

from __future__ import annotations

import math
import shutil
import subprocess
import time
from datetime import datetime
from pathlib import Path

from benchmarks.shapes.words import vocabulary
from benchmarks.terminal import Spread
from newsreader.search.parse_query import parse_query
from newsreader.store import PostStore, Query

PAGE = 60
LENGTHS = (1, 2, 4)


def choose_words(length: int, count: int) -> list[str]:
    """Words of the made posts of a length, from the most frequent to the rarest."""
    words = [word for word in vocabulary() if len(word) == length]
    count = min(count, len(words))
    ranks = {int(math.exp(math.log(len(words)) * step / count)) for step in range(count)}
    return [words[rank - 1] for rank in sorted(ranks)]


def measure_search(store: PostStore, length: int, count: int) -> Spread:
    """Seconds to the first page of words of a length, each asked for the first time."""
    times = []
    for word in choose_words(length, count):
        query = Query(search=parse_query(word, datetime.now()))  # noqa: DTZ005 - local, as typed
        begun = time.perf_counter()
        next(store.lists.collect(query, lambda: False), None)
        store.lists.page(query, 0, PAGE)
        times.append(time.perf_counter() - begun)
    return Spread.of(times)


def measure_grep(folder: Path, word: str) -> dict[str, float]:
    """Seconds that the programs there are take to name the files with a word."""
    commands = {"grep": ["grep", "-rlF", word], "rg": ["rg", "-lF", word]}
    times = {}
    for name, command in commands.items():
        program = shutil.which(name)
        if program is None:
            continue
        begun = time.perf_counter()
        subprocess.run([program, *command[1:], str(folder)], stdout=subprocess.DEVNULL, check=False)
        times[name] = time.perf_counter() - begun
    return times
