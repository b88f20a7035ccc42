"""The two databases, and how they are opened.

A connection has `index.db` as its main database and `state.db` attached as `state`, so a
statement can join both. A transaction writes to one of the two only: see `writing`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from newsreader.store import state_tables, tables
from newsreader.store.model import StateError, StoreError

BUSY_SECONDS: Final = 20.0

_CHECKED_BYTES: Final = 4 << 20
"""States up to this size are checked whole on opening: 10 ms."""


def connect(index: Path, state: Path) -> sqlite3.Connection:
    """A connection to both databases, which exist.

    Raises:
        sqlite3.Error: Where one of them cannot be opened.
    """
    db = _open(index)
    try:
        db.execute("PRAGMA journal_size_limit = 67108864")
        db.execute("PRAGMA cache_size = -16384")
        db.execute("PRAGMA foreign_keys = ON")
        _attach(db, state)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _attach(db: sqlite3.Connection, state: Path) -> None:
    uri = state.absolute().as_uri()
    try:
        db.execute("ATTACH ? AS state", (f"{uri}?mode=rw",))
        db.execute("PRAGMA state.synchronous = FULL")
        db.execute("SELECT value FROM state.meta WHERE key = 'id'").fetchone()
    except sqlite3.OperationalError:
        # Where its folder cannot be written, SQLite cannot keep its log beside it: then the state
        # is read as it is, and every mark fails with a sentence.
        if _is_writable(state):
            raise
        if "state" in {row[1] for row in db.execute("PRAGMA database_list")}:
            db.execute("DETACH state")
        db.execute("ATTACH ? AS state", (f"{uri}?immutable=1",))
        db.execute("SELECT value FROM state.meta WHERE key = 'id'").fetchone()


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
    damaged = _damage_note(path)
    try:
        _private_folder(path.parent)
        try:
            if damaged.exists() and path.exists():
                raise sqlite3.DatabaseError("it was found damaged")
            _prepare_index(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not is_damage(error):
                raise
            aside = _set_aside(path)
            damaged.unlink(missing_ok=True)
            _prepare_index(path)
            return (f"The index was damaged and is made anew; the old one is {aside}.",)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The index {path} cannot be opened ({error}).") from error
    return ()


def note_damage(index: Path) -> None:
    """Have the next `prepare_index` set this index aside: it turned out damaged while in use."""
    with suppress(OSError):
        _damage_note(index).touch(mode=0o600)


def prepare_state(path: Path) -> None:
    """Make `state.db` usable.

    Raises:
        StateError: Where it is damaged, of a newer version, or can be neither opened nor made.
    """
    try:
        _private_folder(path.parent)
        _private_file(path)
        _check_size(path)
        if not _is_writable(path):
            return  # `connect` reads it as it is, or says why not.
        with closing(_open(path)) as db:
            version = _version(db)
            if version > state_tables.STATE_VERSION:
                raise StateError(
                    f"The reading state {path} was written by a newer newsreader; "
                    "please use that version."
                )
            if version == 0:
                _create(db, state_tables.STATE_TABLES, state_tables.STATE_VERSION)
            elif version < state_tables.STATE_VERSION:
                _migrate(db, path)
            db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
            if path.stat().st_size <= _CHECKED_BYTES:
                (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise sqlite3.DatabaseError(verdict)
    except OSError as error:
        raise StateError(f"The reading state {path} cannot be opened ({error}).") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and not is_damage(error):
            raise StateError(f"The reading state {path} cannot be opened ({error}).") from error
        raise _damaged_state(path, error) from error


def back_up(db: sqlite3.Connection, path: Path) -> Path:
    """Copy a state beside itself, as it is now; where the copy is."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    backup = path.with_name(f"{path.name}.backup-{stamp}")
    _private_file(backup)
    with closing(sqlite3.connect(backup)) as copy:
        db.backup(copy)
    return backup


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
        if version != tables.INDEX_VERSION:
            _create(db, tables.INDEX_TABLES, tables.INDEX_VERSION)
        db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    finally:
        db.close()


def _create(db: sqlite3.Connection, tables: str, version: int) -> None:
    db.execute("BEGIN EXCLUSIVE")
    try:
        if _version(db) != version:  # Another process may have been faster.
            # Virtual tables first: they take the tables that they are made of with them.
            for (name,) in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
            ).fetchall():
                db.execute('DROP TABLE IF EXISTS "' + name.replace('"', '""') + '"')
            for statement in _statements(tables):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    back_up(db, path)
    db.execute("BEGIN EXCLUSIVE")
    try:
        for step in range(_version(db), state_tables.STATE_VERSION):
            for statement in _statements(state_tables.MIGRATIONS[step]):
                db.execute(statement)
        if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise sqlite3.DatabaseError("a row names another that is not there")
        db.execute(f"PRAGMA user_version = {state_tables.STATE_VERSION}")
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
    if not path.exists():
        path.touch(mode=0o600, exist_ok=True)


def _is_writable(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return all(os.access(p, os.W_OK, effective_ids=effective) for p in (path, path.parent))


def _damage_note(index: Path) -> Path:
    return index.with_name(f"{index.name}.damaged")


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


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that a database is no longer whole."""
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
