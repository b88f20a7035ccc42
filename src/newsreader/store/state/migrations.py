"""Bring a `state.db` of an older version up to date: one function per step, in one transaction.

To change the tables: write the new ones into `schema.STATE_TABLES`, count `schema.STATE_VERSION` up
and add the function that brings a state from the version before to `MIGRATIONS`. It must not use
`schema.STATE_TABLES`, which a later version changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from newsreader.problems import Problem
from newsreader.store.db.tables import statements, version_of
from newsreader.store.errors import DamageError
from newsreader.store.state import schema
from newsreader.store.state.backups import back_up_before_migration


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Copy a state beside itself, then bring it to today's version.

    The copy is made under the lock, and stays only if the version is changed: where that fails, or
    waits for another process in vain, each attempt would leave one more.

    Raises:
        sqlite3.Error: If a step fails; then nothing is changed.
        OSError: If the copy cannot be written.
    """
    db.execute("BEGIN IMMEDIATE")  # not EXCLUSIVE: the copy is read by another connection
    backup: Path | None = None
    try:
        # Another process may have been faster, so the version is read under the lock.
        if (before := version_of(db)) < schema.STATE_VERSION:
            backup = back_up_before_migration(path)
            for version in range(before, schema.STATE_VERSION):
                MIGRATIONS[version](db)
            if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise DamageError(Problem("row-without-another"))
            db.execute(f"PRAGMA user_version = {schema.STATE_VERSION}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        if backup is not None:
            with suppress(OSError):
                backup.unlink()
        raise


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Execute the statements of a script inside the transaction that is open."""
    for statement in statements(script):
        db.execute(statement)


def from_1_to_2(db: sqlite3.Connection) -> None:
    """Let steps be done again, and bookmarks have versions, notes and images."""
    run_script(db, _FROM_1_TO_2)


_FROM_1_TO_2: Final = """
ALTER TABLE marks ADD COLUMN undone INTEGER;
DROP INDEX bookmarks_kept;
DROP INDEX bookmarks_removed;
ALTER TABLE bookmarks RENAME TO bookmarks_1;
ALTER TABLE positions RENAME TO positions_1;
ALTER TABLE journal RENAME TO journal_1;
ALTER TABLE superseded RENAME TO superseded_1;
CREATE TABLE bookmarks (
    id INTEGER PRIMARY KEY, source NOT NULL, path NOT NULL,
    site_path NOT NULL,
    mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL, date TEXT, has_time INTEGER NOT NULL,
    categories TEXT NOT NULL, tags TEXT NOT NULL,
    site_title TEXT NOT NULL, site_url TEXT NOT NULL, site_timezone TEXT NOT NULL,
    saved_at REAL NOT NULL,
    note TEXT NOT NULL,
    left_out TEXT NOT NULL,
    kept INTEGER NOT NULL,
    raw BLOB NOT NULL
);
CREATE UNIQUE INDEX bookmarks_kept ON bookmarks (source, path) WHERE kept = 1;
CREATE INDEX bookmarks_other ON bookmarks (source, path) WHERE kept = 0;
CREATE TABLE blobs (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
CREATE TABLE bookmark_files (
    bookmark INTEGER NOT NULL REFERENCES bookmarks ON DELETE CASCADE,
    path NOT NULL,
    blob INTEGER NOT NULL REFERENCES blobs,
    PRIMARY KEY (bookmark, path)
) WITHOUT ROWID;
CREATE INDEX bookmark_files_blob ON bookmark_files (blob);
CREATE TABLE positions (
    source NOT NULL, path NOT NULL, place INTEGER NOT NULL, context TEXT NOT NULL,
    changed_at REAL NOT NULL, PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE TABLE seen (
    source NOT NULL, path NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE TABLE sessions (
    library TEXT PRIMARY KEY, value TEXT NOT NULL, changed_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    posts INTEGER NOT NULL, title TEXT NOT NULL,
    undone INTEGER NOT NULL
);
CREATE TABLE superseded (
    step INTEGER NOT NULL REFERENCES journal ON DELETE CASCADE,
    source NOT NULL, path NOT NULL, action INTEGER NOT NULL,
    PRIMARY KEY (step, source, path)
) WITHOUT ROWID;
CREATE TABLE changes (
    step INTEGER NOT NULL REFERENCES journal ON DELETE CASCADE,
    source NOT NULL, path NOT NULL,
    before INTEGER REFERENCES bookmarks, after INTEGER REFERENCES bookmarks,
    note_before TEXT NOT NULL, note_after TEXT NOT NULL,
    PRIMARY KEY (step, source, path)
) WITHOUT ROWID;
CREATE INDEX changes_before ON changes (before) WHERE before IS NOT NULL;
CREATE INDEX changes_after ON changes (after) WHERE after IS NOT NULL;
INSERT INTO bookmarks
SELECT id, source, path, site_path, -1, title, date, has_time, categories, tags,
    site_title, site_url, site_timezone, saved_at, '', '[]', removed_by IS NULL, raw
FROM bookmarks_1;
INSERT INTO positions SELECT source, path, place, '', changed_at FROM positions_1;
INSERT INTO journal SELECT id, at, kind, revision, posts, title, 0 FROM journal_1;
DELETE FROM sqlite_sequence WHERE name = 'journal';
INSERT INTO sqlite_sequence SELECT 'journal', seq FROM sqlite_sequence WHERE name = 'journal_1';
INSERT INTO superseded
SELECT * FROM superseded_1 WHERE step IN (SELECT id FROM journal_1);
-- What a step saved was taken away by the next one of the same post, or is still there.
INSERT INTO changes
SELECT id, source, path, NULL, coalesce(
    (SELECT b.id FROM bookmarks_1 AS b JOIN journal_1 AS later ON later.id = b.removed_by
     WHERE b.source = step.source AND b.path = step.path AND later.id > step.id
     ORDER BY later.id LIMIT 1),
    (SELECT b.id FROM bookmarks_1 AS b
     WHERE b.source = step.source AND b.path = step.path AND b.removed_by IS NULL)
), '', ''
FROM journal_1 AS step WHERE kind = 'bookmark';
INSERT INTO changes
SELECT step.id, step.source, step.path, b.id, NULL, '', ''
FROM journal_1 AS step JOIN bookmarks_1 AS b ON b.removed_by = step.id
WHERE step.kind = 'unbookmark';
DROP TABLE bookmarks_1;
DROP TABLE positions_1;
DROP TABLE superseded_1;
DROP TABLE journal_1;
DELETE FROM bookmarks WHERE kept = 0 AND id NOT IN (
    SELECT before FROM changes WHERE before IS NOT NULL
    UNION SELECT after FROM changes WHERE after IS NOT NULL
);
"""

MIGRATIONS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {1: from_1_to_2}
"""The migrations from each version of a state to the next one."""
