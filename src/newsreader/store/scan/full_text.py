"""Add the full text of posts that are in the index without it, the newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final, TypeAlias

from newsreader.posts.model import Site
from newsreader.problems import Problem
from newsreader.store.db.stored_path import StoredPath, from_stored
from newsreader.store.db.stored_zone import zone_from
from newsreader.store.db.transactions import writing
from newsreader.store.index.post_ids import LAST_ID
from newsreader.store.index.read_flags import remove_post
from newsreader.store.index.writer import FullText, IndexEntry, IndexWriter
from newsreader.store.query import PostId
from newsreader.store.scan.jobs import Folder, IndexedPost, Job, UnreadableFile
from newsreader.store.scan.worker import JobRunner
from newsreader.store.state.bookmarks import saved_post

_BATCH: Final = 200
"""The most posts that are read at a time."""

_BATCH_BYTES: Final = 2_000_000
"""Bytes of files, after which fewer are: what was read is held until all of a batch is."""

_WRITTEN_CHARACTERS: Final = 1_500_000
"""Letters and spaces written in one transaction: 700 posts of 1,000 characters, 0.15 s."""

_LEAST_CHARACTERS: Final = 300
"""The least that a post counts for: even one without any text takes time."""

_WORTH_HELP: Final = 400
_REMEMBERED: Final = 10_000
_RENEWED_AT_ONCE: Final = 2000
FEW: Final = 1000
"""The most stale rows that are not worth renewing the whole."""


# Id, source, path, size, mtime_ns, title and labels of a post.
_Textless: TypeAlias = tuple[int, int, StoredPath, int, int, str, str]


@dataclass(slots=True)
class TextTally:
    """Counts what the full text stage found about files that changed meanwhile."""

    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class _Batch:
    jobs: list[Job]
    ids: list[PostId]


def count_textless(db: sqlite3.Connection, sources: Sequence[int]) -> int:
    """Count the posts of some sources that are without their full text."""
    return sum(
        db.execute(
            "SELECT count(*) FROM posts INDEXED BY posts_textless"
            " WHERE source = ? AND text IS NULL",
            (source,),
        ).fetchone()[0]
        for source in sources
    )


def renew_if_stale(db: sqlite3.Connection) -> None:
    """Empty the full text if a quarter of it belongs to no post any more.

    What is left of a text takes space and time in every search. A renewal that was stopped goes on.
    """
    (renewing,) = db.execute("SELECT value FROM main.meta WHERE key = 'renewing'").fetchone()
    if not renewing:
        (stale,) = db.execute("SELECT count(*) FROM stale_texts").fetchone()
        if stale <= FEW:
            return
        (used,) = db.execute(
            "SELECT count(*) FROM posts INDEXED BY posts_text WHERE text IS NOT NULL"
        ).fetchone()
        if stale * 4 <= stale + used:
            return
        with writing(db, "main"):
            db.execute("UPDATE main.meta SET value = 1 WHERE key = 'renewing'")
    left = True
    while left:
        with writing(db, "main"):
            # Noted as stale until all are, so that no search takes one text for another.
            ids = db.execute(
                "SELECT id, text FROM posts INDEXED BY posts_text WHERE text IS NOT NULL LIMIT ?",
                (_RENEWED_AT_ONCE,),
            ).fetchall()
            db.executemany("INSERT INTO stale_texts VALUES (?)", [(text,) for _, text in ids])
            db.executemany("UPDATE posts SET text = NULL WHERE id = ?", [(row[0],) for row in ids])
            left = bool(ids)
            if not left:
                db.execute("INSERT INTO fts (fts) VALUES ('delete-all')")
                db.execute("DELETE FROM stale_texts")
                db.execute("UPDATE main.meta SET value = 0 WHERE key = 'renewing'")


class TextStage:
    """Puts in the texts that are missing, in short transactions."""

    def __init__(
        self,
        db: sqlite3.Connection,
        writer: IndexWriter,
        sources: Sequence[int],
        folders: Mapping[tuple[int, str], Folder],
        trouble: Callable[[Problem], None],
    ) -> None:
        """Set the stage.

        Args:
            db: The index.
            writer: Of the same connection.
            sources: Ids of the sources.
            folders: Their folders by source and prefix; posts of others stay as they are.
            trouble: Takes what could not be read.
        """
        self._db = db
        self._writer = writer
        self._sources = sources
        self._folders = folders
        self._trouble = trouble
        self._labels: dict[str, tuple[str, ...]] = {}
        self.tally = TextTally()

    def run(self, missing: int, report: Callable[[int], None]) -> None:
        """Put all in.

        Args:
            missing: How many there are, about.
            report: Is told how many more are dealt with, inside the transaction that does it.
        """
        self._bookmarks()
        if not missing:
            return
        full_texts: list[tuple[PostId, FullText]] = []
        entries: list[IndexEntry] = []
        gone: list[int] = []
        weight = done = 0

        def flush() -> None:
            nonlocal weight, done
            with writing(self._db, "main"):
                for post_id in gone:
                    remove_post(self._db, self._writer, post_id)
                self._writer.put_full_texts(full_texts)
                for entry in entries:
                    self.tally.changed += self._put_entry(entry)
                if gone or entries:
                    self._writer.touch()
                report(done)
            full_texts.clear()
            entries.clear()
            gone.clear()
            weight = done = 0

        with JobRunner[_Batch](with_worker=missing >= _WORTH_HELP) as runner:
            for batch, results in runner.run(self._batches()):
                for post_id, found in zip(batch.ids, results, strict=True):
                    done += 1
                    characters = 0
                    match found:
                        case None:
                            gone.append(post_id)
                            self.tally.removed += 1
                        case UnreadableFile():
                            self._trouble(found.problem)
                        case FullText():
                            full_texts.append((post_id, found))
                            characters = len(found.body)
                        case IndexEntry():
                            entries.append(found)
                            characters = len(found.full_text.body) if found.full_text else 0
                    weight += max(characters, _LEAST_CHARACTERS)
                    if weight >= _WRITTEN_CHARACTERS:
                        flush()
            flush()

    def _put_entry(self, entry: IndexEntry) -> bool:
        """Put a post in; whether its file has changed since it was listed."""
        facts: tuple[int, int] | None = self._db.execute(
            "SELECT size, mtime_ns FROM posts WHERE source = ? AND path = ?",
            (entry.source, entry.path),
        ).fetchone()
        self._writer.put(entry)
        return facts != (entry.size, entry.mtime_ns)

    def _batches(self) -> Iterator[_Batch]:
        before = LAST_ID
        while True:
            rows = nlargest(
                _BATCH, (row for source in self._sources for row in self._newest(source, before))
            )
            if not rows:
                return
            before = rows[-1][0]
            batch, batch_size = _Batch([], []), 0
            for post_id, source, stored, size, mtime_ns, title, labels in rows:
                if batch_size > _BATCH_BYTES:
                    yield batch
                    batch, batch_size = _Batch([], []), 0
                batch_size += size
                path = from_stored(stored)
                prefix = path[: path.rfind("/") + 1]
                folder = self._folders.get((source, prefix))
                if folder is not None and size != -1:
                    listed = IndexedPost(size, mtime_ns, title, self._names(labels))
                    name = path[len(prefix) :]
                    batch.jobs.append(Job(folder, name, with_text=True, listed=listed))
                    batch.ids.append(PostId(post_id))
            yield batch

    def _names(self, labels: str) -> tuple[str, ...]:
        """The names of the labels of a post, looked up once."""
        names = self._labels.get(labels)
        if names is None:
            rows = self._db.execute(
                "SELECT labels.name FROM json_each(?) AS each"
                " JOIN labels ON labels.id = each.value ORDER BY each.key",
                (labels,),
            )
            names = tuple(row[0] for row in rows)
            if len(self._labels) < _REMEMBERED:
                self._labels[labels] = names
        return names

    def _newest(self, source: int, before: int) -> list[_Textless]:
        return self._db.execute(
            "SELECT id, source, path, size, mtime_ns, title, labels"
            " FROM posts INDEXED BY posts_textless WHERE source = ?"
            " AND text IS NULL AND id < ? ORDER BY id DESC LIMIT ?",
            (source, before, _BATCH),
        ).fetchall()

    def _bookmarks(self) -> None:
        """Put in the full text of bookmarks that have no file: of all sources, as they are few."""
        rows = self._db.execute(
            "SELECT p.id, s.path, p.path FROM posts AS p INDEXED BY posts_bookmarked"
            " JOIN sources AS s ON s.id = p.source"
            " WHERE p.bookmarked = 1 AND p.text IS NULL AND p.size = -1 ORDER BY p.id"
        ).fetchall()
        if not rows:
            return
        from newsreader.store.scan.index_entry import saved_full_text  # noqa: PLC0415  (late: see there)

        for start in range(0, len(rows), _BATCH):
            full_texts: list[tuple[PostId, FullText]] = []
            for post_id, source, path in rows[start : start + _BATCH]:
                saved = saved_post(self._db, source, path)
                if saved is not None:
                    site = Site(saved.site_title, saved.site_url, zone_from(saved.site_timezone))
                    site_path = from_stored(saved.site_path)
                    full_texts.append(
                        (PostId(post_id), saved_full_text(saved.raw, site_path, site))
                    )
            with writing(self._db, "main"):
                self._writer.put_full_texts(full_texts)
