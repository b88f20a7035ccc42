"""The two databases: their tables, and how they are opened.

A connection has `index.db` as its main database and `state.db` attached as `state`, so a
statement can join both. A transaction writes to one of the two only: see `writing`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from newsreader.store.model import StateError, StoreError

INDEX_VERSION: Final = 1
STATE_VERSION: Final = 1
BUSY_SECONDS: Final = 20.0

INDEX_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
-- `generation` counts changes of posts, `flags` those of their marks: lists are remembered by them.
INSERT INTO meta VALUES ('generation', 0), ('flags', 0), ('state_id', ''), ('state_revision', 0);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, path UNIQUE NOT NULL,
    total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE sites (
    id INTEGER PRIMARY KEY, root NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL, url TEXT NOT NULL, timezone TEXT NOT NULL, problem TEXT NOT NULL,
    UNIQUE (root, size, mtime_ns)
);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL, path NOT NULL, site INTEGER, site_path NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL, utc_offset INTEGER NOT NULL, has_time INTEGER NOT NULL,
    category INTEGER,              -- the label that the list shows
    labels TEXT NOT NULL,          -- every label, as a JSON list
    shelf INTEGER,                 -- the source, where the post is listed
    read INTEGER NOT NULL, bookmarked INTEGER NOT NULL, gone INTEGER NOT NULL,
    problem TEXT NOT NULL,
    UNIQUE (source, path)
);
CREATE INDEX posts_shelf ON posts (shelf) WHERE shelf IS NOT NULL;
CREATE INDEX posts_unread ON posts (shelf, read) WHERE read = 0 AND shelf IS NOT NULL;
CREATE INDEX posts_bookmarked ON posts (bookmarked) WHERE bookmarked = 1;
CREATE TABLE labels (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, kind, name)
);
-- Of listed posts only. `tag` is NULL in the rows of tags; in those of categories it is the one
-- tag of the post, 0 where it has none or several.
CREATE TABLE post_labels (
    label INTEGER NOT NULL, post INTEGER NOT NULL, read INTEGER NOT NULL, tag INTEGER,
    PRIMARY KEY (label, post)
) WITHOUT ROWID;
CREATE INDEX post_labels_unread ON post_labels (label, read, post) WHERE read = 0;
CREATE INDEX post_labels_tag ON post_labels (label, tag) WHERE tag IS NOT NULL;
CREATE TABLE scans (
    library TEXT PRIMARY KEY, started REAL NOT NULL, done INTEGER NOT NULL,
    total INTEGER NOT NULL, result TEXT
) WITHOUT ROWID;
-- Counts are kept, not counted: the overview of a million posts costs what there are of labels.
CREATE TRIGGER post_put AFTER INSERT ON posts WHEN new.shelf IS NOT NULL BEGIN
    UPDATE sources SET total = total + 1, unread = unread + 1 - new.read WHERE id = new.shelf;
END;
CREATE TRIGGER post_removed AFTER DELETE ON posts WHEN old.shelf IS NOT NULL BEGIN
    UPDATE sources SET total = total - 1, unread = unread - 1 + old.read WHERE id = old.shelf;
END;
CREATE TRIGGER post_unlisted AFTER UPDATE OF shelf ON posts
WHEN old.shelf IS NOT NULL AND new.shelf IS NULL BEGIN
    UPDATE sources SET total = total - 1, unread = unread - 1 + old.read WHERE id = old.shelf;
END;
CREATE TRIGGER post_marked AFTER UPDATE OF read ON posts WHEN new.shelf IS NOT NULL BEGIN
    UPDATE sources SET unread = unread + old.read - new.read WHERE id = new.shelf;
END;
CREATE TRIGGER label_put AFTER INSERT ON post_labels BEGIN
    UPDATE labels SET total = total + 1, unread = unread + 1 - new.read WHERE id = new.label;
END;
CREATE TRIGGER label_removed AFTER DELETE ON post_labels BEGIN
    UPDATE labels SET total = total - 1, unread = unread - 1 + old.read WHERE id = old.label;
END;
CREATE TRIGGER label_marked AFTER UPDATE OF read ON post_labels BEGIN
    UPDATE labels SET unread = unread + old.read - new.read WHERE id = new.label;
END;
"""

STATE_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES ('id', lower(hex(randomblob(16)))), ('revision', 0);
-- A row stays when both flags are back at 0, so that others can follow by its revision.
CREATE TABLE marks (
    source NOT NULL, path NOT NULL,
    read INTEGER NOT NULL, bookmarked INTEGER NOT NULL,
    revision INTEGER NOT NULL, changed_at REAL NOT NULL,
    action INTEGER,                -- the step of the journal that made it so
    PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE INDEX marks_revision ON marks (revision, source, path);
CREATE TABLE bookmarks (
    id INTEGER PRIMARY KEY, source NOT NULL, path NOT NULL,
    site_path NOT NULL, raw BLOB NOT NULL,
    title TEXT NOT NULL, date TEXT, has_time INTEGER NOT NULL,
    categories TEXT NOT NULL, tags TEXT NOT NULL,
    site_title TEXT NOT NULL, site_url TEXT NOT NULL, site_timezone TEXT NOT NULL,
    saved_at REAL NOT NULL,
    removed_by INTEGER             -- the step of the journal that removed it
);
CREATE UNIQUE INDEX bookmarks_kept ON bookmarks (source, path) WHERE removed_by IS NULL;
CREATE INDEX bookmarks_removed ON bookmarks (removed_by) WHERE removed_by IS NOT NULL;
CREATE TABLE positions (
    source NOT NULL, path NOT NULL, place INTEGER NOT NULL, changed_at REAL NOT NULL,
    PRIMARY KEY (source, path)
) WITHOUT ROWID;
-- What `undo` takes back. Which posts a step marked, the marks say themselves.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL,
    revision INTEGER NOT NULL, posts INTEGER NOT NULL, title TEXT NOT NULL, source, path
);
-- The step that a mark named before a later step took it over.
CREATE TABLE superseded (
    step INTEGER NOT NULL, source NOT NULL, path NOT NULL, action INTEGER NOT NULL,
    PRIMARY KEY (step, source, path)
) WITHOUT ROWID;
"""


def connect(index: Path, state: Path) -> sqlite3.Connection:
    """A connection to both databases, which exist.

    Raises:
        sqlite3.Error: Where one of them cannot be opened.
    """
    db = _open(index)
    try:
        db.execute("PRAGMA journal_size_limit = 67108864")
        db.execute("PRAGMA cache_size = -16384")
        db.execute("ATTACH ? AS state", (state.absolute().as_uri() + "?mode=rw",))
        db.execute("PRAGMA state.synchronous = FULL")
        db.execute("SELECT value FROM state.meta WHERE key = 'id'").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db


@contextmanager
def writing(db: sqlite3.Connection, which: Literal["main", "state"]) -> Iterator[None]:
    """A transaction that holds the write lock of one database from its start.

    The other database is read as it is after the lock was got. Whoever writes a flag into the
    index holds the index's lock before looking into the state, so it writes the newest one.
    """
    db.execute("BEGIN")
    try:
        # Not BEGIN IMMEDIATE: that would lock both.
        match which:
            case "main":
                db.execute("UPDATE main.meta SET value = value WHERE key = 'generation'")
            case "state":
                db.execute("UPDATE state.meta SET value = value WHERE key = 'revision'")
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def reading(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction in which every query sees the same state of both databases."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def prepare_index(path: Path) -> tuple[str, ...]:
    """Make `index.db` usable, new where it must be; the notices that the user should see.

    Raises:
        StoreError: Where it can be neither opened nor made.
    """
    try:
        _private_folder(path.parent)
        try:
            _prepare_index(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _is_damage(error):
                raise
            aside = _set_aside(path)
            _prepare_index(path)
            return (f"The index was damaged and is made anew; the old one is {aside}.",)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The index {path} cannot be opened ({error}).") from error
    return ()


def prepare_state(path: Path) -> None:
    """Make `state.db` usable.

    Raises:
        StateError: Where it is damaged, of a newer version, or can be neither opened nor made.
    """
    try:
        _private_folder(path.parent)
        _private_file(path)
        _check_size(path)
        db = _open(path)
        try:
            version = _version(db)
            if version > STATE_VERSION:
                raise StateError(
                    f"The reading state {path} was written by a newer newsreader; "
                    "please install that version again."
                )
            if version == 0:
                _create(db, STATE_TABLES, STATE_VERSION)
            db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        finally:
            db.close()
    except OSError as error:
        raise StateError(f"The reading state {path} cannot be opened ({error}).") from error
    except sqlite3.OperationalError as error:
        if _is_damage(error):
            raise _damaged_state(path, error) from error
        raise StateError(f"The reading state {path} cannot be opened ({error}).") from error
    except sqlite3.DatabaseError as error:
        raise _damaged_state(path, error) from error


def newest_backup(state: Path) -> Path | None:
    """The newest backup copy beside `state.db`; `None` where there is none."""
    backups = state.parent.glob(f"{state.name}.backup-*")
    return max(backups, key=lambda path: path.stat().st_mtime_ns, default=None)


def _damaged_state(path: Path, error: Exception) -> StateError:
    backup = newest_backup(path)
    advice = (
        f"The newest backup is {backup}: copy it over the damaged file."
        if backup
        else "There is no backup. Move the file away to begin with an empty reading state."
    )
    return StateError(f"The reading state {path} is damaged ({error}). {advice}")


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        mode = db.execute("PRAGMA main.journal_mode").fetchone()[0]
        if mode != "wal":
            db.execute("PRAGMA main.journal_mode = WAL")
        db.execute("PRAGMA main.synchronous = NORMAL")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _prepare_index(path: Path) -> None:
    _private_file(path)
    _check_size(path)
    db = _open(path)
    try:
        version = _version(db)
        if version != INDEX_VERSION:
            _create(db, INDEX_TABLES, INDEX_VERSION)
        db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    finally:
        db.close()


def _create(db: sqlite3.Connection, tables: str, version: int) -> None:
    db.execute("BEGIN EXCLUSIVE")
    try:
        if _version(db) != version:  # Another process may have been faster.
            for (name,) in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall():
                db.execute('DROP TABLE "' + name.replace('"', '""') + '"')
            for statement in _statements(tables):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(db: sqlite3.Connection) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def _private_folder(path: Path) -> None:
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _private_file(path: Path) -> None:
    path.touch(mode=0o600, exist_ok=True) if not path.exists() else None


def _check_size(path: Path) -> None:
    """Raise `sqlite3.DatabaseError` where a cleanly closed database has lost its end."""
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100:
        if header:
            raise sqlite3.DatabaseError("file is not a database")
        return
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    # Both fields as in https://www.sqlite.org/fileformat2.html#the_database_header.
    if path.stat().st_size < (65536 if page_size == 1 else page_size) * pages:
        raise sqlite3.DatabaseError("the file is cut off")


def _is_damage(error: sqlite3.Error) -> bool:
    code: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or "no such table" in str(error)


def _set_aside(path: Path) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.broken-{stamp}")
    path.rename(aside)
    for end in ("-wal", "-shm"):
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))
    return aside
