"""Mirror the marks of `state.db` as flags in `index.db`; on a mismatch the state is right."""

from __future__ import annotations

import sqlite3
import threading
from typing import Final, TypeAlias

from newsreader.files import is_gone
from newsreader.store.db.stored_path import StoredPath, file_path
from newsreader.store.db.transactions import Retry, writing
from newsreader.store.index.writer import IndexEntry, IndexWriter
from newsreader.store.state.bookmarks import SavedPost, date_from, saved_post

CHUNK: Final = 4000
"""Marks mirrored in one transaction: about 50 ms."""

_LAST_REVISION: Final = (1 << 63) - 1

_Place: TypeAlias = tuple[int, StoredPath, StoredPath]

_MARKS: Final = """
FROM state.marks AS m
{join} JOIN main.sources AS s ON s.path = m.source
{join} JOIN main.posts AS p ON p.source = s.id AND p.path = m.path
WHERE (m.revision, m.source, m.path) > (?, ?, ?) AND (m.revision, m.source, m.path) <= (?, ?, ?)
"""
_CHOOSE_FLAGGED: Final = f"""
INSERT INTO temp.flagged
SELECT p.id, m.read, m.bookmarked, p.shelf IS NOT NULL AND m.read <> p.read, p.shelf, p.labels
{_MARKS.replace("{join}", "CROSS")} AND (m.read <> p.read OR m.bookmarked <> p.bookmarked)
"""
_CHOOSE_WITHOUT_FILE: Final = f"""
SELECT m.source, m.path {_MARKS.replace("{join}", "LEFT")}
AND m.bookmarked = 1 AND (p.id IS NULL OR p.gone = 1)
"""
# Set by set, and counts by their sums: with a trigger per row it would take five times as long.
_FLAG: Final = (
    """
UPDATE sources SET unread = unread + changed.by FROM (
    SELECT shelf, sum(1 - 2 * read) AS by FROM temp.flagged WHERE relabel GROUP BY shelf
) AS changed WHERE sources.id = changed.shelf
""",
    """
UPDATE labels SET unread = unread + changed.by FROM (
    SELECT l.value AS label, sum(1 - 2 * f.read) AS by
    FROM temp.flagged AS f, json_each(f.labels) AS l WHERE f.relabel GROUP BY l.value
) AS changed WHERE labels.id = changed.label
""",
    """
UPDATE post_labels SET read = (
    SELECT f.read FROM temp.flagged AS f WHERE f.post = post_labels.post
) WHERE (label, post) IN (
    SELECT l.value, f.post FROM temp.flagged AS f, json_each(f.labels) AS l WHERE f.relabel
)
""",
    """
UPDATE posts SET (read, bookmarked) = (
    SELECT f.read, f.bookmarked FROM temp.flagged AS f WHERE f.post = posts.id
) WHERE id IN (SELECT post FROM temp.flagged)
""",
)


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


def mirror(
    db: sqlite3.Connection, stop: threading.Event | None = None, retry: Retry | None = None
) -> None:
    """Bring the flags of the index up to date, in short transactions.

    Stopped half-way, it begins again at the revision that was mirrored last.
    """
    if not is_behind(db):
        return
    _check_state(db, retry)
    mirrored = _number(db, "SELECT value FROM main.meta WHERE key = 'state_revision'")
    target = _number(db, "SELECT value FROM state.meta WHERE key = 'revision'")
    place: _Place | None = (mirrored + 1, "", "")
    while place is not None and not (stop is not None and stop.is_set()):
        with writing(db, "main", retry):
            place = _mirror_chunk(db, place)
            if place is None:
                db.execute(
                    "UPDATE main.meta SET value = max(value, ?) WHERE key = 'state_revision'",
                    (target,),
                )


def touch_flags(db: sqlite3.Connection) -> None:
    """Note that marks of the index have changed."""
    db.execute("UPDATE main.meta SET value = value + 1 WHERE key = 'flags'")


def put_saved(writer: IndexWriter, saved: SavedPost, *, gone: bool) -> None:
    """Put a bookmark in as it was saved, because it has no row yet or its file is gone."""
    writer.put(
        IndexEntry(
            source=writer.source_id(saved.source),
            path=saved.path,
            site=None,
            size=-1,
            mtime_ns=-1,
            title=saved.title,
            date=date_from(saved.date),
            has_time=saved.has_time,
            categories=saved.categories,
            tags=saved.tags,
            listed=False,
            gone=gone,
            problem=None,
        )
    )


def remove_post(db: sqlite3.Connection, writer: IndexWriter, post_id: int) -> None:
    """Take a post out whose file is gone; a bookmarked one stays, but is no longer listed."""
    row = db.execute(
        "SELECT s.path, p.path, p.bookmarked, p.gone, p.size FROM posts AS p"
        " JOIN sources AS s ON s.id = p.source WHERE p.id = ?",
        (post_id,),
    ).fetchone()
    if row is None:
        return
    source, path, bookmarked, gone, size = row
    if bookmarked:
        if gone and size == -1:
            return
        saved = saved_post(db, source, path)
        if saved is not None:
            put_saved(writer, saved, gone=True)
            return
    writer.delete(post_id)


def _check_state(db: sqlite3.Connection, retry: Retry | None) -> None:
    """Forget all flags if the index mirrors another state, or a later one of this."""
    with writing(db, "main", retry):
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
        db.execute("UPDATE sources SET unread = total WHERE unread <> total")
        db.execute("UPDATE labels SET unread = total WHERE unread <> total")
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


def _mirror_chunk(db: sqlite3.Connection, place: _Place) -> _Place | None:
    """Mirror the marks after `place`; where to go on, `None` at the end."""
    last: _Place | None = db.execute(
        "SELECT revision, source, path FROM state.marks WHERE (revision, source, path) > (?, ?, ?)"
        " ORDER BY revision, source, path LIMIT 1 OFFSET ?",
        (*place, CHUNK - 1),
    ).fetchone()
    end = last or (_LAST_REVISION, "", "")
    db.execute(
        "CREATE TEMP TABLE IF NOT EXISTS flagged (post INTEGER PRIMARY KEY,"
        " read INTEGER, bookmarked INTEGER, relabel INTEGER, shelf INTEGER, labels TEXT)"
    )
    db.execute("DELETE FROM temp.flagged")
    db.execute(_CHOOSE_FLAGGED, (*place, *end))
    if db.execute("SELECT 1 FROM temp.flagged LIMIT 1").fetchone():
        for statement in _FLAG:
            db.execute(statement)
        touch_flags(db)
    _add_bookmarks(db, db.execute(_CHOOSE_WITHOUT_FILE, (*place, *end)).fetchall())
    return last


def _add_bookmarks(db: sqlite3.Connection, names: list[tuple[StoredPath, StoredPath]]) -> None:
    """Make rows for bookmarks that have no file, as they were saved."""
    writer = IndexWriter(db)
    for source, path in names:
        saved = saved_post(db, source, path)
        if saved is None:
            continue
        put_saved(writer, saved, gone=is_gone(file_path(source, path)))
    if names:
        writer.touch()


def _number(db: sqlite3.Connection, sql: str) -> int:
    number: int = db.execute(sql).fetchone()[0]
    return number
