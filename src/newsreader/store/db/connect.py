"""The two databases, and how they are opened.

A connection has `index.db` as its main database and `state.db` attached as `state`, so a
statement can join both. A transaction writes to one of the two only: see `writing`.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from newsreader.store.errors import StoreError, reason
from newsreader.store.index import schema as tables

INDEX: Final = "index.db"
STATE: Final = "state.db"

BUSY_SECONDS: Final = 20.0

_ROOM: Final = 1 << 20
"""What a temporary folder must have room for, in bytes."""


def connect(index: Path, state: Path) -> sqlite3.Connection:
    """A connection to both databases, which exist.

    Raises:
        sqlite3.Error: Where one of them cannot be opened.
    """
    db = open_database(index)
    try:
        db.execute("PRAGMA journal_size_limit = 67108864")
        db.execute("PRAGMA cache_size = -16384")
        attach_state(db, state)
    except sqlite3.Error:
        db.close()
        raise
    return db


def attach_state(db: sqlite3.Connection, state: Path) -> None:
    """Attach `state.db` to a connection, as `state`.

    Raises:
        sqlite3.Error: Where it cannot be opened.
    """
    with legible():
        db.execute("ATTACH ? AS state", (f"{state.absolute().as_uri()}?mode=rw",))
        db.execute("PRAGMA state.synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
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
        private_folder(path.parent)
        try:
            if damaged.exists() and path.exists():
                raise sqlite3.DatabaseError("it was found damaged")
            with legible():
                _prepare_index(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not is_damage(error):
                raise
            aside = set_aside(path)
            _forget_older(path, aside)
            damaged.unlink(missing_ok=True)
            _prepare_index(path)
            return (f"The index was damaged and is made anew; the old one is {aside}.",)
    except (OSError, sqlite3.Error) as error:
        why = reason(error) if isinstance(error, OSError) else error
        raise StoreError(f"The index {path} cannot be opened ({why}).") from error
    return ()


@dataclass(frozen=True, slots=True)
class OpenedIndex:
    """An index that can be used.

    Attributes:
        path: Where it is; in a temporary folder where the user's own cannot be used.
        notices: What the user should know.
        is_temporary: Whether it is thrown away in the end.
    """

    path: Path
    notices: tuple[str, ...] = ()
    is_temporary: bool = False

    def close(self) -> None:
        """Throw a temporary index away."""
        if self.is_temporary:
            shutil.rmtree(self.path.parent, ignore_errors=True)


def open_index(path: Path) -> OpenedIndex:
    """Make an index usable, or a temporary one in its place.

    Raises:
        StoreError: Where there is no place for one at all.
    """
    try:
        return OpenedIndex(path, prepare_index(path))
    except StoreError as error:
        return temporary_index(path, str(error))


def temporary_index(path: Path, problem: str) -> OpenedIndex:
    """An index in a temporary folder, in place of one that cannot be used.

    Raises:
        StoreError: Where there is no place for one.
    """
    try:
        place = temporary_folder() / path.name
        prepare_index(place)
    except OSError as error:
        raise StoreError(f"{problem} There is no temporary folder either.") from error
    return OpenedIndex(place, (f"{problem} The posts are read anew, for this time only.",), True)


def temporary_folder() -> Path:
    """A new folder for the user alone, in a place that has room.

    Raises:
        OSError: Where there is none.
    """
    import tempfile  # noqa: PLC0415  (late: seldom needed)

    last: OSError | None = None
    for parent in (None, "/dev/shm"):  # noqa: S108 - mkdtemp makes a folder of its own in it
        try:
            folder = Path(tempfile.mkdtemp(prefix="newsreader-", dir=parent))
        except OSError as error:
            last = error
            continue
        probe = folder / "probe"
        try:
            probe.write_bytes(bytes(_ROOM))
            probe.unlink()
        except OSError as error:
            last = error
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return folder
    raise last or FileNotFoundError("temporary folder")


def note_damage(index: Path) -> None:
    """Have the next `prepare_index` set this index aside: it turned out damaged while in use."""
    with suppress(OSError):
        _damage_note(index).touch(mode=0o600)


@contextmanager
def legible() -> Iterator[None]:
    """Turn the errors of SQLite that Python cannot read, as they quote a damaged file, into others.

    Raises:
        sqlite3.DatabaseError: In place of a `UnicodeDecodeError`.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("malformed database schema") from error


def open_database(path: Path) -> sqlite3.Connection:
    """A connection to a database that exists, in WAL mode."""
    db = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        with legible():
            mode = db.execute("PRAGMA main.journal_mode").fetchone()[0]
            if mode != "wal":
                db.execute("PRAGMA main.journal_mode = WAL")
            db.execute("PRAGMA main.synchronous = NORMAL")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _prepare_index(path: Path) -> None:
    private_file(path)
    check_size(path)
    db = open_database(path)
    try:
        version = version_of(db)
        if version != tables.INDEX_VERSION:
            create_tables(db, tables.INDEX_TABLES, tables.INDEX_VERSION)
        db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    finally:
        db.close()


def create_tables(db: sqlite3.Connection, tables: str, version: int) -> None:
    """Make the tables, in place of those of another version."""
    db.execute("BEGIN EXCLUSIVE")
    try:
        if version_of(db) != version:  # Another process may have been faster.
            # Virtual tables first: they take the tables that they are made of with them.
            for (name,) in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
            ).fetchall():
                db.execute('DROP TABLE IF EXISTS "' + name.replace('"', '""') + '"')
            for statement in statements(tables):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit in between."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def version_of(db: sqlite3.Connection) -> int:
    """The version of the tables; 0 where there are none."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def private_folder(path: Path) -> None:
    """Make a folder for the user alone, where there is none.

    Raises:
        OSError: Where it cannot be made, or lies in a home folder that the user has not.
    """
    if path.parts[:1] == ("~",):  # Else it would be made below the working folder.
        raise FileNotFoundError(2, "there is no home folder", str(path))
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file for the user alone, where there is none."""
    if not path.exists():
        path.touch(mode=0o600, exist_ok=True)


def _damage_note(index: Path) -> Path:
    return index.with_name(f"{index.name}.damaged")


def check_size(path: Path) -> None:
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


def _forget_older(path: Path, aside: Path) -> None:
    """Remove what was set aside of an index before: it may be gigabytes, and helps nobody."""
    for old in path.parent.glob(f"{path.name}.broken-*"):
        if not old.name.startswith(aside.name):
            with suppress(OSError):
                old.unlink()


def stamped(path: Path, what: str) -> Path:
    """A name beside a database that says when it got it, and that no file has yet."""
    name = f"{path.name}.{what}-{time.strftime('%Y%m%d-%H%M%S')}"
    free, number = path.with_name(name), 1
    while free.exists():
        number += 1
        free = path.with_name(f"{name}-{number}")
    return free


def set_aside(path: Path) -> Path:
    """Rename a damaged database, with what belongs to it; its new name."""
    aside = stamped(path, "broken")
    path.rename(aside)
    for end in ("-wal", "-shm"):
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))
    return aside
