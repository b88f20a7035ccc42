"""Indexing, beside only reading the files and the bare token stream into FTS5."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

from benchmarks.articles import read_samples
from benchmarks.measures.bench import Bench
from benchmarks.processes import Used, memory_of, run
from benchmarks.table import Row, number
from newsreader.article.search_text.search_text import search_text
from newsreader.posts.parse_post import parse_post
from newsreader.search.tokens import index_text

OF_SHORT_POSTS = 4_000
"""Mean bytes of posts for which the costs per post are promised."""

FLOOR_MOST = 20_000
"""Posts whose token stream is inserted by itself, at most."""


def index_rows(bench: Bench) -> Iterator[Row]:
    """The installed command on a folder never seen; the last index stays for what comes next."""
    sizes = [path.stat().st_size for path in bench.folder.rglob("*") if path.is_file()]
    size = sum(sizes)
    peaks: list[float] = []
    uses: list[Used] = []

    def once() -> float:
        shutil.rmtree(bench.cache, ignore_errors=True)
        used, peak = _watched(bench)
        uses.append(used)
        peaks.append(peak)
        return bench.count / used.seconds

    rates = bench.repeated(once)
    count = bench.count
    is_short = size / count < OF_SHORT_POSTS
    cat = _read_all(bench.folder)
    bytes_of_index = sum(path.stat().st_size for path in bench.cache.glob("index.db*"))
    bare_processor, bare_bytes = bare_stream(bench)
    yield Row(
        "indexing with full text", rates, "posts/s",
        beside=f"{count:,} posts of {size / count:,.0f} bytes; cat alone {count / cat:,.0f}",
    )  # fmt: skip
    rate = tuple(each * size / count / 1e6 for each in rates)
    yield Row("  the same", rate, "MB/s", 10, at_least=True)
    yield Row(
        "  processor per post", tuple(used.processor / count * 1e3 for used in uses), "ms",
        0.9 if is_short else None,
        beside=f"the bare token stream into FTS5: {number(bare_processor * 1e3)} ms",
    )  # fmt: skip
    yield Row(
        "  index per post", (bytes_of_index / count,), "bytes", 4096 if is_short else None,
        beside=f"the bare token stream: {number(bare_bytes)}",
    )  # fmt: skip
    yield Row("  memory of all processes, the most", tuple(peaks), "MB", 200)
    again = [run(bench.command("index"), bench.environment) for _ in range(bench.runs)]
    yield Row(
        "looking for changes, nothing changed (`newsreader index`)",
        tuple(used.seconds for used in again), "s", 1,
        beside=f"processor {number(min(used.processor for used in again))} s",
    )  # fmt: skip


def _watched(bench: Bench) -> tuple[Used, float]:
    """Index, and look every now and then how much memory that takes."""
    done = Event()
    sizes = [0.0]

    def watch() -> None:
        pause = 0.01
        while not done.wait(pause):
            sizes.append(sum(memory_of(bench.environment)))
            # The few posts of a test are indexed in 0.2 s. What the kernel says of a process that
            # has ended (`ru_maxrss`) would be what this one had when it started it.
            pause = min(0.2, pause * 1.3)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        used = run(bench.command("index"), bench.environment)
    finally:
        done.set()
        watcher.join()
    return used, max(sizes)


def bare_stream(bench: Bench) -> tuple[float, float]:
    """Insert the tokens of the posts, made before, into a table as the index has one.

    Returns:
        Seconds of the processor and bytes, per post.
    """
    texts: list[tuple[int, str, str]] = []
    for sample in read_samples([bench.folder]):
        post = parse_post(sample.raw, sample.path, sample.site)
        body = index_text(search_text(post, sample.site))
        texts.append((len(texts), body, index_text(post.title)))
        if len(texts) == FLOOR_MOST:
            break
    with closing(sqlite3.connect(bench.cache / "index.db")) as db:
        [schema] = db.execute("SELECT sql FROM sqlite_master WHERE name = 'fts'").fetchone()
        settings = db.execute("SELECT k, v FROM fts_config WHERE k <> 'version'").fetchall()
    file = bench.scratch / "bare.db"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute(schema)
        for setting in settings:
            db.execute("INSERT INTO fts (fts, rank) VALUES (?, ?)", setting)
        begun = time.process_time()
        db.execute("BEGIN")
        db.executemany("INSERT INTO fts (rowid, body, title) VALUES (?, ?, ?)", texts)
        db.execute("COMMIT")
        taken = time.process_time() - begun
    return taken / len(texts), file.stat().st_size / len(texts)


def _read_all(folder: Path) -> float:
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
