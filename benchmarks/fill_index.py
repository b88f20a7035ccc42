"""Fill an index with posts that have no files: `python -m benchmarks.fill_index FOLDER COUNT`.

The rows are those that a scan of `make_posts` would write, more or less: as many characters, words
by the same law, the same categories. A million take minutes instead of half an hour.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from operator import itemgetter
from pathlib import Path

from benchmarks.make_posts import CATEGORIES, DAYS, FIRST
from benchmarks.shapes.words import urn
from newsreader.search.tokens import BREAK, index_text
from newsreader.store import PostStore, ScanResult, Source
from newsreader.store.db.connect import connect
from newsreader.store.index.post_ids import first_choice, text_rows, title_key
from newsreader.store.index.scan_log import library_key, note_end, note_start

WORDS = 640
"""Of a body: about 1,200 characters."""

PART = 2_000


def fill(folder: Path, count: int, seed: int = 1) -> Source:
    """Make an index of `count` posts in `folder / "cache"`; the source that they seem to be of."""
    source = Source(folder / "posts")
    source.path.mkdir(parents=True, exist_ok=True)
    cache, data = folder / "cache", folder / "data"
    PostStore([source], cache_dir=cache, data_dir=data).close()
    with closing(connect(cache / "index.db", data / "state.db")) as db:
        db.execute("PRAGMA main.synchronous = OFF")
        filler = _Filler(db, count, seed)
        # The newest first, as a scan does.
        for first in range((count - 1) // PART * PART, -1, -PART):
            filler.put(range(first, min(count, first + PART)))
        db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        # As after a scan, so that commands take the index as it is.
        note_start(db, library_key([source]))
        note_end(db, library_key([source]), ScanResult(found=count, added=count))
    return source


class _Filler:
    """Writes posts of the only source of an index."""

    def __init__(self, db: sqlite3.Connection, count: int, seed: int) -> None:
        self._db = db
        self._step = timedelta(days=DAYS) / count
        self._seed = seed
        self._texts = Counter[int]()
        (self._shelf,) = db.execute("SELECT id FROM sources").fetchone()
        self._labels = [
            (self._label("category", name), self._label("tag", title))
            for name, title, _ in CATEGORIES
        ]

    def put(self, numbers: range) -> None:
        """Write some posts in one transaction."""
        posts: list[tuple[object, ...]] = []
        texts: list[tuple[int, str, str, str]] = []
        rows: list[tuple[int, int, int, int | None]] = []
        for number in numbers:
            chance = random.Random(f"{self._seed} {number}")
            [at] = chance.choices(range(len(CATEGORIES)), [part for _, _, part in CATEGORIES])
            category, tag = self._labels[at]
            path = f"_posts/{number:08}.md"
            # No two posts are of one second, so no two ids are the same.
            post = first_choice(FIRST + self._step * number, "", path)
            words = chance.choices(urn(), k=WORDS)
            title = "".join(words[:8])
            for place in range(12, WORDS, 12):
                words[place] += "，"
            labels = json.dumps([category, tag])
            name, shown, _ = CATEGORIES[at]
            own = (post, self._shelf, path, title, category, labels, self._shelf)
            first, _ = text_rows(post)
            text = first + self._texts[first]
            self._texts[first] += 1
            posts.append((*own, title_key(title), text))
            labelled = f"{index_text(name)} {BREAK} {index_text(shown)}"
            texts.append((text, index_text("".join(words)), index_text(title), labelled))
            rows += [(category, post, 0, tag), (tag, post, 0, None)]
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT INTO posts (id, source, path, size, mtime_ns, title, utc_offset,"
            " has_time, category, labels, shelf, read, bookmarked, gone, problem, title_key, text)"
            " VALUES (?, ?, ?, 3500, 1, ?, 28800, 1, ?, ?, ?, 0, 0, 0, '', ?, ?)",
            posts,
        )
        self._db.executemany(
            "INSERT INTO post_labels VALUES (?, ?, ?, ?)", sorted(rows, key=itemgetter(0, 1))
        )
        self._db.executemany(
            "INSERT INTO fts (rowid, body, title, labels) VALUES (?, ?, ?, ?)", sorted(texts)
        )
        self._db.execute("COMMIT")

    def _label(self, kind: str, name: str) -> int:
        found: int = self._db.execute(
            "INSERT INTO labels (source, kind, name) VALUES (?, ?, ?) RETURNING id",
            (self._shelf, kind, name),
        ).fetchone()[0]
        return found


def main() -> None:
    """Read the command line and fill."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    begun = time.perf_counter()
    fill(arguments.folder, arguments.count, arguments.seed)
    seconds = time.perf_counter() - begun
    rate = arguments.count / seconds
    print(f"{arguments.count:,} posts in {seconds:,.0f} s: {rate:,.0f} a second")


if __name__ == "__main__":
    main()
