"""The marks of `state.db` as flags in `index.db`; on a mismatch the state is right."""

from __future__ import annotations

import json
import sqlite3
import threading
from typing import Final

from newsreader.store.files import file_path
from newsreader.store.finding import is_gone
from newsreader.store.identity import StoredPath
from newsreader.store.index import IndexWriter
from newsreader.store.keeping import saved_post
from newsreader.store.schema import writing

CHUNK: Final = 2000
"""Marks mirrored in one transaction: about 50 ms."""


def is_behind(db: sqlite3.Connection) -> bool:
    """Whether there are marks that the index does not show yet."""
    row = db.execute(
        "SELECT (SELECT value FROM state.meta WHERE key = 'id')"
        " = (SELECT value FROM main.meta WHERE key = 'state_id')"
        " AND (SELECT value FROM state.meta WHERE key = 'revision')"
        " = (SELECT value FROM main.meta WHERE key = 'state_revision')"
    ).fetchone()
    return not row[0]


def is_quick(db: sqlite3.Connection) -> bool:
    """Whether `mirror` takes a moment only: one transaction, or an index without posts."""
    (chunk,) = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM state.marks WHERE revision >"
        " (SELECT value FROM main.meta WHERE key = 'state_revision') LIMIT ?)",
        (CHUNK,),
    ).fetchone()
    empty = db.execute("SELECT 1 FROM posts LIMIT 1").fetchone() is None
    return empty or chunk < CHUNK


def mirror(db: sqlite3.Connection, stop: threading.Event | None = None) -> None:
    """Bring the flags of the index up to date, in short transactions.

    Stopped half-way, it begins again at the revision that was mirrored last.
    """
    if not is_behind(db):
        return
    _check_state(db)
    mirrored = _number(db, "SELECT value FROM main.meta WHERE key = 'state_revision'")
    target = _number(db, "SELECT value FROM state.meta WHERE key = 'revision'")
    place: tuple[int, StoredPath, StoredPath] | None = (mirrored + 1, "", "")
    while place is not None and not (stop is not None and stop.is_set()):
        with writing(db, "main"):
            place = _mirror_chunk(db, place)
            if place is None:
                db.execute(
                    "UPDATE main.meta SET value = max(value, ?) WHERE key = 'state_revision'",
                    (target,),
                )


def touch_flags(db: sqlite3.Connection) -> None:
    """Note that marks of the index have changed."""
    db.execute("UPDATE main.meta SET value = value + 1 WHERE key = 'flags'")


def _check_state(db: sqlite3.Connection) -> None:
    """Where the index mirrors another state, or a later one of this, forget all flags."""
    with writing(db, "main"):
        state_id, revision = db.execute(
            "SELECT (SELECT value FROM state.meta WHERE key = 'id'),"
            " (SELECT value FROM state.meta WHERE key = 'revision')"
        ).fetchone()
        mirrored_id, mirrored = db.execute(
            "SELECT (SELECT value FROM main.meta WHERE key = 'state_id'),"
            " (SELECT value FROM main.meta WHERE key = 'state_revision')"
        ).fetchone()
        if mirrored_id == state_id and mirrored <= revision:
            return
        db.execute("UPDATE posts SET read = 0, bookmarked = 0 WHERE read <> 0 OR bookmarked <> 0")
        db.execute("UPDATE post_labels SET read = 0 WHERE read <> 0")
        touch_flags(db)
        db.execute("UPDATE main.meta SET value = ? WHERE key = 'state_id'", (state_id,))
        # A scan looks the flags of new posts up itself, so an index without posts lacks nothing
        # but rows for the bookmarks.
        if db.execute("SELECT 1 FROM posts LIMIT 1").fetchone() is None:
            _add_bookmarks(
                db,
                db.execute("SELECT source, path FROM state.bookmarks WHERE kept = 1").fetchall(),
            )
        else:
            revision = 0
        db.execute("UPDATE main.meta SET value = ? WHERE key = 'state_revision'", (revision,))


def _mirror_chunk(
    db: sqlite3.Connection, place: tuple[int, StoredPath, StoredPath]
) -> tuple[int, StoredPath, StoredPath] | None:
    """Mirror the marks after `place`; where to go on, `None` at the end."""
    rows = db.execute(
        "SELECT m.revision, m.source, m.path, m.read, m.bookmarked,"
        " p.id, p.read, p.bookmarked, p.labels, p.shelf"
        " FROM (SELECT * FROM state.marks WHERE (revision, source, path) > (?, ?, ?)"
        " ORDER BY revision, source, path LIMIT ?) AS m"
        " LEFT JOIN main.sources AS s ON s.path = m.source"
        " LEFT JOIN main.posts AS p ON p.source = s.id AND p.path = m.path"
        " ORDER BY m.revision, m.source, m.path",
        (*place, CHUNK),
    ).fetchall()
    flags: list[tuple[int, int, int]] = []
    labels_read: list[tuple[int, int, int]] = []
    missing: list[tuple[StoredPath, StoredPath]] = []
    for _, source, path, read, bookmarked, post, was_read, was_kept, labels, shelf in rows:
        if post is None:
            if bookmarked:
                missing.append((source, path))
        elif (read, bookmarked) != (was_read, was_kept):
            flags.append((read, bookmarked, post))
            if shelf is not None and read != was_read:
                labels_read += [(read, label, post) for label in json.loads(labels)]
    db.executemany("UPDATE posts SET read = ?, bookmarked = ? WHERE id = ?", flags)
    db.executemany("UPDATE post_labels SET read = ? WHERE label = ? AND post = ?", labels_read)
    if flags:
        touch_flags(db)
    _add_bookmarks(db, missing)
    return None if len(rows) < CHUNK else rows[-1][:3]


def _add_bookmarks(db: sqlite3.Connection, names: list[tuple[StoredPath, StoredPath]]) -> None:
    """Make rows for bookmarks of which the index has none, from what they keep themselves."""
    writer = IndexWriter(db)
    for source, path in names:
        saved = saved_post(db, source, path)
        if saved is None:
            continue
        writer.put_saved(saved, gone=is_gone(file_path(source, path)))
    if names:
        writer.touch()


def _number(db: sqlite3.Connection, sql: str) -> int:
    number: int = db.execute(sql).fetchone()[0]
    return number
