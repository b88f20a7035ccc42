"""Index a folder that never rests, with indexers that are killed: `python -m tests.long.stress`.

In each round another process edits, deletes, renames, replaces and adds files, while a reader marks
posts and indexers start and get SIGKILL at a random moment, and so do their helpers. Then the next
scan must give the index that a new one gives: every row, label and count, every word at its place,
and the databases sound. It stops at the first difference, and says which.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from benchmarks.make_posts import make_posts
from newsreader.store import PostStore, Query, Source, StoreError
from newsreader.store.db.locks import is_scanning

KILLED_MOST: Final = 3
"""So many indexers are killed in a round at most."""

_PATIENCE: Final = 2.0
"""Seconds to wait for an indexer to begin."""

# Every batch, help and transaction small, so that a moment of each kind is met soon.
INDEXER: Final = """
import random, sys
from newsreader.store.scan import __main__ as indexer, follow, full_text, scanner
chance = random.Random(int(sys.argv[1]))
scanner._WORTH_HELP = full_text._WORTH_HELP = chance.choice((1, 10_000))
scanner._FEW = chance.choice((0, 400))
scanner.BATCH = chance.choice((3, 400))
scanner._READ_AT_ONCE = full_text._BATCH = chance.choice((2, 100))
full_text._WRITTEN_CHARACTERS = chance.choice((1_000, 1_500_000))
full_text._RENEWED_AT_ONCE, full_text.FEW = 20, 20
follow.FLOOD = chance.choice((5, 2_000))
sys.exit(indexer.main(sys.argv[2:]))
"""

NEW: Final = """
import sys
from pathlib import Path
from newsreader.store import PostStore, Source
folder, cache, data = map(Path, sys.argv[1:])
with PostStore([Source(folder)], cache_dir=cache, data_dir=data) as store:
    store.scans.run()
"""


class Different(Exception):  # noqa: N818 - it says what it found
    """How an index differs from a new one."""


class Mutator:
    """Changes a site in all the ways that sites change."""

    def __init__(self, site: Path, seed: int) -> None:
        self._site = site
        self._chance = random.Random(seed)
        self._made = make_posts(1_000_000, seed)
        self._number = 0

    def run(self, stop: Callable[[], object]) -> None:
        """Change something again and again."""
        actions: tuple[tuple[Callable[[], None], int], ...] = (
            (self._add, 6),
            (self._edit, 6),
            (self._edit_in_place, 4),
            (self._write_in_parts, 3),
            (self._delete, 6),
            (self._rename, 4),
            (self._swap, 2),
            (self._replace, 3),
            (self._restore, 3),
            (self._burst, 1),
            (self._folder, 1),
            (self._move_folder, 1),
            (self._configure, 1),
        )
        kinds, weights = zip(*actions, strict=True)
        while not stop():
            [action] = self._chance.choices(kinds, weights)
            # What was just chosen may be a folder or gone, as in life.
            with suppress(OSError):
                action()
            time.sleep(self._chance.choice((0.001, 0.01, 0.05)))

    def _folders(self) -> list[Path]:
        return [path for path in self._site.rglob("_posts") if path.is_dir()]

    def _any(self) -> Path:
        paths = [path for folder in self._folders() for path in folder.iterdir()]
        if not paths:
            raise FileNotFoundError
        return self._chance.choice(sorted(paths))

    def _file(self) -> Path:
        path = self._any()
        if not path.is_file() or path.is_symlink():
            raise FileNotFoundError
        return path

    def _raw(self) -> bytes:
        raw = next(self._made).raw
        if self._chance.random() < 0.1:
            raw = raw.replace(b"layout: post", b"published: false")
        return raw

    def _add(self) -> None:
        self._number += 1
        name = f"20{self._chance.randrange(10, 22)}-01-01-{self._number}.md"
        if self._chance.random() < 0.05:
            name = f"2020-01-01-中文 {self._number}.md"
        path = self._chance.choice(self._folders()) / name
        path.write_bytes(self._raw())
        if self._chance.random() < 0.05:
            path.rename(path.with_name(os.fsdecode(b"2020-01-01-\xff%d.md" % self._number)))

    def _edit(self) -> None:
        path = self._file()
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_bytes(self._raw())
        fresh.replace(path)

    def _edit_in_place(self) -> None:
        """Other words, but just as many bytes."""
        path = self._file()
        raw = path.read_bytes()
        path.write_bytes(raw[:-200] + raw[-200:].swapcase()[::-1])

    def _write_in_parts(self) -> None:
        raw = self._raw()
        with self._file().open("wb") as file:
            file.write(raw[: len(raw) // 2])
            file.flush()
            time.sleep(self._chance.choice((0.001, 0.03)))
            file.write(raw[len(raw) // 2 :])

    def _delete(self) -> None:
        path = self._any()
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()

    def _rename(self) -> None:
        self._number += 1
        folder = self._chance.choice(self._folders())
        self._any().rename(folder / f"2015-01-01-{self._number}.md")

    def _swap(self) -> None:
        one, other = self._file(), self._file()
        between = one.with_name(".between")
        one.rename(between)
        other.rename(one)
        between.rename(other)

    def _replace(self) -> None:
        path = self._file()
        match self._chance.randrange(4):
            case 0:
                path.unlink()
                path.mkdir()
                (path / "inner.md").write_bytes(self._raw())
            case 1:
                path.unlink()
                os.mkfifo(path)
            case 2:
                target = self._file()
                path.unlink()
                path.symlink_to(target)
            case _:
                path.unlink()
                path.symlink_to("/etc/passwd")

    def _restore(self) -> None:
        path = self._any()
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.is_symlink() or not path.is_file():
            path.unlink()
        else:
            return
        path.write_bytes(self._raw())

    def _burst(self) -> None:
        """Many at once, as a `git pull` does."""
        for _ in range(40):
            self._chance.choice((self._add, self._edit, self._delete))()

    def _folder(self) -> None:
        folder = self._site / self._chance.choice("abc") / "_posts"
        if folder.is_dir():
            shutil.rmtree(folder.parent)
        else:
            folder.mkdir(parents=True)
            for _ in range(10):
                self._number += 1
                (folder / f"2018-01-01-{self._number}.md").write_bytes(self._raw())

    def _move_folder(self) -> None:
        one, other = self._chance.sample("abc", 2)
        (self._site / one).rename(self._site / other)

    def _configure(self) -> None:
        path = self._site / "_config.yml"
        zone = self._chance.choice(("Asia/Shanghai", "UTC", "America/New_York"))
        path.write_text(f"title: {self._number}\ntimezone: {zone}\n", encoding="utf-8")


class Stress:
    """A site, a reader on it, and what disturbs them."""

    def __init__(self, place: Path, posts: int, seed: int) -> None:
        self._place = place
        self._site = place / "site"
        self._chance = random.Random(seed)
        self._seed = seed
        folder = self._site / "_posts"
        folder.mkdir(parents=True)
        for post in make_posts(posts, seed):
            (folder / post.name).write_bytes(post.raw)
        self.killed = 0

    def run(
        self, rounds: int, report: Callable[[int, int], None], *, most: int = KILLED_MOST
    ) -> None:
        """Disturb and compare.

        Args:
            rounds: How often.
            report: Is told the round and the number of posts.
            most: How many indexers are killed in a round at most.

        Raises:
            Different: Where an index is not what a new one is.
        """
        cache, data = self._place / "cache", self._place / "data"
        sources = [Source(self._site)]
        with PostStore(sources, cache_dir=cache, data_dir=data) as store:
            for number in range(rounds):
                with self._changes(number):
                    for _ in range(self._chance.randint(1, most)):
                        self._disturb(store)
                store.scans.run()
                posts = self._compare(cache, data)
                report(number, posts)

    @contextmanager
    def _changes(self, number: int) -> Iterator[None]:
        """A process that changes the site."""
        command = [sys.executable, "-m", "tests.long.stress", f"--seed={self._seed + number}"]
        process = subprocess.Popen([*command, f"--change={self._site}"], stdin=subprocess.PIPE)
        try:
            yield
        finally:
            process.communicate()
        if process.returncode:
            raise Different("the process that changes the site failed")

    def _disturb(self, store: PostStore) -> None:
        """Mark some posts, and kill an indexer at a random moment."""
        chance = self._chance
        seed = chance.randrange(1 << 30)
        flags = [f"--cache={self._place / 'cache'}", f"--data={self._place / 'data'}"]
        flags += ["--follow"] if chance.random() < 0.5 else []
        indexer = subprocess.Popen(
            [sys.executable, "-c", INDEXER, str(seed), *flags, "--", str(self._site)],
            stdin=subprocess.PIPE,
        )
        helped = chance.random() < 0.3
        lasts = chance.choice((0.05, 0.3, 1.0)) * chance.random()
        end = time.monotonic() + _PATIENCE
        begun = False
        while time.monotonic() < end and indexer.poll() is None:
            if not begun and is_scanning(self._place / "cache"):
                begun = True
                end = time.monotonic() + lasts
            self._mark(store)
            if helped and self._kill_helper(indexer.pid):
                helped = False
        indexer.send_signal(signal.SIGKILL)
        indexer.communicate()
        self.killed += 1

    def _kill_helper(self, parent: int) -> bool:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        with suppress(OSError):
            for child in children.read_text(encoding="ascii").split():
                time.sleep(self._chance.uniform(0, 0.3))
                os.kill(int(child), signal.SIGKILL)
                return True
        return False

    def _mark(self, store: PostStore) -> None:
        rows = store.lists.page(Query(), self._chance.randrange(50), 5)
        # A post may be gone by the time it is marked.
        with suppress(StoreError):
            match self._chance.randrange(4):
                case 0 if rows:
                    store.bookmarks.set_bookmarked(rows[0].post_id, True)
                case 1:
                    store.marks.undo()
                case _:
                    ids = [row.post_id for row in rows]
                    store.marks.set_read(ids, self._chance.random() < 0.7)
        time.sleep(0.005)

    def _compare(self, cache: Path, data: Path) -> int:
        fresh = self._place / "fresh"
        # In a process of its own: to open the state twice in one would be no fair test, since a
        # process that closes a file loses all its locks on it.
        subprocess.run([sys.executable, "-c", NEW, self._site, fresh, data], check=True)
        ours, theirs = (describe(folder / "index.db") for folder in (cache, fresh))
        shutil.rmtree(fresh)
        for name, rows in ours.items():
            if rows != theirs[name]:
                only, missing = list(rows - theirs[name]), list(theirs[name] - rows)
                raise Different(f"{name}: there are {only[:5]}\ninstead of {missing[:5]}")
        return ours["posts"].total()


def describe(path: Path) -> dict[str, Counter[object]]:
    """All that an index says, less its ids; and whether it is sound.

    Raises:
        Different: Where it is not.
    """
    db = sqlite3.connect(path, isolation_level=None)
    try:
        _check(db)
        columns = (
            "p.id >> 24, s.path, p.path, p.size, p.mtime_ns, p.title, p.utc_offset,"
            " p.has_time, p.shelf IS NOT NULL, p.read, p.bookmarked, p.gone, p.problem,"
            " p.title_key, p.text IS NULL, first.name, t.root, t.size, t.mtime_ns,"
            " (SELECT group_concat(kind || name) FROM json_each(p.labels) AS each"
            "  JOIN labels ON labels.id = each.value)"
        )
        posts = db.execute(
            f"SELECT {columns} FROM posts AS p JOIN sources AS s ON s.id = p.source"
            " LEFT JOIN labels AS first ON first.id = p.category"
            " LEFT JOIN sites AS t ON t.id = p.site"
        ).fetchall()
        labels = db.execute(
            "SELECT s.path, l.kind, l.name, l.total, l.unread FROM labels AS l"
            " JOIN sources AS s ON s.id = l.source WHERE l.total > 0 OR l.unread <> 0"
        ).fetchall()
        labelled = db.execute(
            "SELECT l.kind, l.name, p.path, pl.read, tag.name FROM post_labels AS pl"
            " JOIN labels AS l ON l.id = pl.label JOIN posts AS p ON p.id = pl.post"
            " LEFT JOIN labels AS tag ON tag.id = pl.tag"
        ).fetchall()
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, fts, instance)")
        texts: dict[object, list[str]] = {}
        paths = dict(db.execute("SELECT text, path FROM posts WHERE text IS NOT NULL"))
        for term, text, column, offset in db.execute("SELECT * FROM temp.words"):
            if text in paths:
                texts.setdefault(paths[text], []).append(f"{column} {offset} {term}")
        return {
            "posts": Counter(posts),
            "labels": Counter(labels),
            "labelled": Counter(labelled),
            "sources": Counter(db.execute("SELECT path, total, unread FROM sources").fetchall()),
            "texts": Counter(
                (path, blake2b("\n".join(sorted(words)).encode()).hexdigest())
                for path, words in texts.items()
            ),
        }
    finally:
        db.close()


def _check(db: sqlite3.Connection) -> None:
    """Whether the database is sound and its counts are what they count."""
    if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise Different("the index is damaged")
    db.execute("INSERT INTO fts (fts) VALUES ('integrity-check')")
    wrong = {
        "a count of a source is wrong": "SELECT id, total, unread FROM sources EXCEPT"
        " SELECT s.id, count(p.id), coalesce(sum(p.read = 0), 0) FROM sources AS s"
        " LEFT JOIN posts AS p ON p.shelf = s.id GROUP BY s.id",
        "a count of a label is wrong": "SELECT id, total, unread FROM labels EXCEPT"
        " SELECT l.id, count(p.post), coalesce(sum(p.read = 0), 0) FROM labels AS l"
        " LEFT JOIN post_labels AS p ON p.label = l.id GROUP BY l.id",
        "a label names no post": "SELECT post FROM post_labels EXCEPT SELECT id FROM posts",
        "a stale text is in use": "SELECT text FROM stale_texts INTERSECT SELECT text FROM posts",
        "a text has the wrong date": "SELECT id FROM posts WHERE text >> 13 <> id >> 41"
        " AND (text - (1 << 51)) >> 24 <> id >> 24",
    }
    for what, sql in wrong.items():
        rows = db.execute(sql).fetchall()
        if rows:
            raise Different(f"{what}: {rows[:5]}")


def main() -> int:
    """Stress as the command line says."""
    parser = argparse.ArgumentParser(prog="tests.long.stress", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--posts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--change", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.change is not None:
        stop = partial(select.select, [sys.stdin], [], [], 0)
        Mutator(options.change, options.seed).run(lambda: stop()[0])
        return 0
    begun = time.monotonic()

    def report(number: int, posts: int) -> None:
        seconds = time.monotonic() - begun
        print(f"\rround {number + 1}: {posts} posts alike, {seconds:.0f} s ", end="", flush=True)

    with tempfile.TemporaryDirectory(prefix="newsreader-stress-") as name:
        stress = Stress(Path(name).resolve(), options.posts, options.seed)
        try:
            stress.run(options.rounds, report)
        except Different as error:
            print(f"\n{error}")
            return 1
        print(f"\n{options.rounds} rounds, {stress.killed} indexers killed: all alike")
    return 0


if __name__ == "__main__":
    sys.exit(main())
