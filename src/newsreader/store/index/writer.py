"""Write rows of the index: put posts in and take them out.

Everything here runs inside a transaction that holds the index's lock (`transactions.writing`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Final

from newsreader.frozen import dataclass
from newsreader.problems import Problem, problem_to_json
from newsreader.store.db.stored_path import StoredPath, from_stored, storable, to_stored
from newsreader.store.db.transactions import writing
from newsreader.store.index.post_ids import (
    LOW_BITS,
    crowded_text,
    date_bits,
    first_choice,
    next_choice,
    text_rows,
    title_key,
    utc_offset,
)
from newsreader.store.index.stories import drop_sketch, put_sketch
from newsreader.store.query import PostId

# A hostile post must not fill the index or the screen.
_MOST_LABELS: Final = 200
_LONGEST_NAME: Final = 200
_LONGEST_TITLE: Final = 1000


@dataclass(frozen=True, slots=True)
class FullText:
    """The words of a post for the full text, as `tokens.index_text` splits them.

    Attributes:
        title: Of its title.
        body: Of its body.
        labels: Of its categories and tags.
        sketch: What its body is compared by, as `sketches.sketch_to_bytes` writes it.
    """

    title: str
    body: str
    labels: str
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """All that the index is to hold of a post, but its flags, which come from the reading state.

    Attributes:
        source: The id of its source.
        path: Below the source, as stored.
        site: The id of its site; `None` for a bookmark whose file was not read.
        size: Of the file in bytes; -1 if it was not read.
        mtime_ns: Of the file.
        title: For the list.
        date: With its zone; `None` for an undated post.
        has_time: Whether a time of day was written.
        categories: Names, in order.
        tags: Names, in order.
        listed: Whether the post is listed (otherwise it is found as a bookmark only).
        gone: Whether its file is no longer there.
        problem: What is wrong with its file; `None` if nothing is.
        full_text: Its words; `None` if they are put in later.
    """

    source: int
    path: StoredPath
    site: int | None
    size: int
    mtime_ns: int
    title: str
    date: datetime | None
    has_time: bool
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    listed: bool
    gone: bool
    problem: Problem | None
    full_text: FullText | None = None


class IndexWriter:
    """Puts posts into the index of one connection; remembers the ids of labels.

    A label's id is remembered only once it is certain to be there: call `forget` after a
    transaction that failed.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._labels: dict[tuple[int, str, str], int] = {}
        self._sources: dict[int, StoredPath] = {}

    def forget(self) -> None:
        """Forget what was remembered of the index."""
        self._labels.clear()
        self._sources.clear()

    def touch(self) -> None:
        """Note that the posts of the index have changed, other than in their flags."""
        self._db.execute("UPDATE main.meta SET value = value + 1 WHERE key = 'generation'")

    def source_id(self, path: StoredPath) -> int:
        """The id of the source at `path`, which is written down if it is new."""
        return source_id(self._db, path)

    def put(self, entry: IndexEntry) -> PostId:
        """Put a post in, in place of the row of the same file."""
        db = self._db
        source = self._source_path(entry.source)
        old = db.execute(
            "SELECT id, labels, shelf, text FROM posts WHERE source = ? AND path = ?",
            (entry.source, entry.path),
        ).fetchone()
        post_id = None
        if old is not None:
            if old[2] is not None:
                self._unlabel(old[0], old[1])
            if old[0] >> LOW_BITS == date_bits(entry.date):
                post_id = PostId(old[0])
            self._drop_text(old[3])
            drop_sketch(db, old[0])
            db.execute("DELETE FROM posts WHERE id = ?", (old[0],))
        if post_id is None:
            post_id = self._free_id(entry, source)
        flags = db.execute(
            "SELECT read, bookmarked FROM state.marks WHERE source = ? AND path = ?",
            (source, entry.path),
        ).fetchone()
        read, bookmarked = flags or (0, 0)
        categories = self._label_ids(entry.source, "category", entry.categories)
        tags = self._label_ids(entry.source, "tag", entry.tags)
        db.execute(
            "INSERT INTO posts (id, source, path, site, size, mtime_ns, title,"
            " utc_offset, has_time, category, labels, shelf, read, bookmarked, gone, problem,"
            " title_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                post_id,
                entry.source,
                entry.path,
                entry.site,
                entry.size,
                entry.mtime_ns,
                short_title(entry.title),
                utc_offset(entry.date),
                int(entry.has_time),
                categories[0] if categories else None,
                json.dumps([*categories, *tags]),
                entry.source if entry.listed else None,
                read,
                bookmarked,
                int(entry.gone),
                problem_to_json(entry.problem) if entry.problem else None,
                title_key(entry.title),
            ),
        )
        if entry.listed:
            sole_tag = tags[0] if len(tags) == 1 else 0
            rows: list[tuple[int, int, int, int | None]]
            rows = [(label, post_id, read, sole_tag) for label in categories]
            rows += [(label, post_id, read, None) for label in tags]
            db.executemany("INSERT INTO post_labels VALUES (?, ?, ?, ?)", rows)
        if entry.full_text is not None:
            self.put_full_texts([(post_id, entry.full_text)])
        return post_id

    def put_full_texts(self, found: Sequence[tuple[PostId, FullText]]) -> None:
        """Put the full texts of posts in that have none."""
        rows: list[tuple[int, str, str, str]] = []
        free: dict[int, int] = {}
        for post_id, full_text in sorted(found, key=itemgetter(0)):
            text = self._free_text(post_id, free)
            self._db.execute("UPDATE posts SET text = ? WHERE id = ?", (text, post_id))
            rows.append((text, full_text.body, full_text.title, full_text.labels))
            put_sketch(self._db, post_id, full_text.sketch)
        # FTS5 writes out what it has buffered whenever rows go down.
        rows.sort(key=itemgetter(0))
        self._db.executemany(
            "INSERT INTO fts (rowid, body, title, labels) VALUES (?, ?, ?, ?)", rows
        )

    def _free_text(self, post_id: PostId, free: dict[int, int]) -> int:
        """A row for the text of a post; `free` remembers the next one of each bucket."""
        first, last = text_rows(post_id)
        text = free.get(first)
        if text is None:
            used = self._last_text(first, last)
            text = first if used is None else used + 1
        free[first] = text + 1
        if text <= last:
            return text
        while self._last_text(crowded_text(post_id), crowded_text(post_id)) is not None:
            post_id = next_choice(post_id)
        return crowded_text(post_id)

    def _last_text(self, first: int, last: int) -> int | None:
        # A row that was used once may hold the text of another post, which cannot be taken out.
        row: tuple[int | None] = self._db.execute(
            "SELECT max(text) FROM"
            " (SELECT max(text) AS text FROM stale_texts WHERE text BETWEEN ? AND ? UNION ALL"
            " SELECT max(text) FROM posts INDEXED BY posts_text WHERE text BETWEEN ? AND ?)",
            (first, last, first, last),
        ).fetchone()
        return row[0]

    def delete(self, post_id: int) -> None:
        """Take the row of a post out; `read_flags.remove_post` spares bookmarks."""
        row = self._db.execute(
            "SELECT labels, shelf, text FROM posts WHERE id = ?", (post_id,)
        ).fetchone()
        if row is None:
            return
        labels, shelf, text = row
        if shelf is not None:
            self._unlabel(post_id, labels)
        self._drop_text(text)
        drop_sketch(self._db, post_id)
        self._db.execute("DELETE FROM posts WHERE id = ?", (post_id,))

    def _drop_text(self, text: int | None) -> None:
        """Note that a row of the full text no longer belongs to a post."""
        if text is not None:
            self._db.execute("INSERT INTO stale_texts VALUES (?)", (text,))

    def _unlabel(self, post_id: int, labels: str) -> None:
        self._db.executemany(
            "DELETE FROM post_labels WHERE label = ? AND post = ?",
            [(label, post_id) for label in json.loads(labels)],
        )

    def _free_id(self, entry: IndexEntry, source: StoredPath) -> PostId:
        post_id = first_choice(entry.date, from_stored(source), from_stored(entry.path))
        while self._db.execute("SELECT 1 FROM posts WHERE id = ?", (post_id,)).fetchone():
            post_id = next_choice(post_id)
        return post_id

    def _source_path(self, source: int) -> StoredPath:
        path = self._sources.get(source)
        if path is None:
            row = self._db.execute("SELECT path FROM sources WHERE id = ?", (source,)).fetchone()
            path = self._sources[source] = row[0]
        return path

    def _label_ids(self, source: int, kind: str, names: tuple[str, ...]) -> list[int]:
        return [self._label_id((source, kind, name)) for name in short_labels(names)]

    def _label_id(self, key: tuple[int, str, str]) -> int:
        label = self._labels.get(key)
        if label is None:
            self._db.execute(
                "INSERT OR IGNORE INTO labels (source, kind, name) VALUES (?, ?, ?)", key
            )
            row = self._db.execute(
                "SELECT id FROM labels WHERE source = ? AND kind = ? AND name = ?", key
            ).fetchone()
            label = self._labels[key] = int(row[0])
        return label


def short_title(title: str) -> str:
    """As much of a title as the index holds."""
    return storable(title[:_LONGEST_TITLE])


def short_labels(names: tuple[str, ...]) -> list[str]:
    """As much of the names of a post's labels as the index holds."""
    return list(dict.fromkeys(storable(name[:_LONGEST_NAME]) for name in names[:_MOST_LABELS]))


def source_ids(db: sqlite3.Connection, paths: list[str]) -> list[int]:
    """The ids of sources; takes the lock of the index only for sources that are new to it."""
    stored = [to_stored(path) for path in paths]
    known: dict[StoredPath, int] = dict(db.execute("SELECT path, id FROM sources").fetchall())
    if not all(path in known for path in stored):
        with writing(db, "main"):
            return [source_id(db, path) for path in stored]
    return [known[path] for path in stored]


def source_id(db: sqlite3.Connection, path: StoredPath) -> int:
    """The id of the source at `path`, which is written down if it is new."""
    row = db.execute("SELECT id FROM sources WHERE path = ?", (path,)).fetchone()
    if row is None:
        db.execute("INSERT OR IGNORE INTO sources (path) VALUES (?)", (path,))
        row = db.execute("SELECT id FROM sources WHERE path = ?", (path,)).fetchone()
    found: int = row[0]
    return found
