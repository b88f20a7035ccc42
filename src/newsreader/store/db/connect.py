"""Connections to the two databases.

A connection has `index.db` as its main database and `state.db` attached as `state`, so a
statement can join both. A transaction writes to one of the two only: see `transactions.writing`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import quote

from newsreader.frozen import dataclass
from newsreader.store.errors import sqlite_code

INDEX: Final = "index.db"
STATE: Final = "state.db"

BUSY_SECONDS: Final = 20.0
"""Seconds to wait for a lock of another process, where nobody waits for what a key does."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait at most for a process that has locked the reading state.

    Attributes:
        opening: Until the state is opened, or a temporary one in its place.
        changes: Until a change is refused.
    """

    opening: float
    changes: float


PATIENT: Final = Patience(opening=BUSY_SECONDS, changes=BUSY_SECONDS)
"""For commands."""

INTERACTIVE: Final = Patience(opening=0.25, changes=2.0)
"""For a screen: it is there at once, and a key that changes nothing says so soon."""

SqlValue: TypeAlias = int | str
Statement: TypeAlias = tuple[str, tuple[SqlValue, ...]]
"""A statement of SQL, and the values that it takes."""


def connect(index: Path, state: Path) -> sqlite3.Connection:
    """A connection to both databases, which exist.

    Raises:
        sqlite3.Error: If one of them cannot be opened.
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
        sqlite3.Error: If it cannot be opened.
    """
    with readable_errors():
        db.execute("ATTACH ? AS state", (f"{state.absolute().as_uri()}?mode=rw",))
        db.execute("PRAGMA state.synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("SELECT value FROM state.meta WHERE key = 'id'").fetchone()


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn the errors of SQLite that Python cannot read, as they quote a damaged file, into others.

    Raises:
        sqlite3.DatabaseError: In place of a `UnicodeDecodeError`.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("malformed database schema") from error


def open_database(path: Path, seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to a database that exists, in WAL mode; it waits so long for locks."""
    db = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw",
        uri=True,
        timeout=seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        with readable_errors():
            mode = db.execute("PRAGMA main.journal_mode").fetchone()[0]
            if mode != "wal":
                db.execute("PRAGMA main.journal_mode = WAL")
            db.execute("PRAGMA main.synchronous = NORMAL")
    except sqlite3.Error:
        db.close()
        raise
    return db


def is_full(error: sqlite3.Error) -> bool:
    """Whether an error means that there is no room on the disk."""
    return sqlite_code(error) == sqlite3.SQLITE_FULL


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that a database is no longer whole."""
    is_other = sqlite_code(error) not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    return not is_other or "no such table" in str(error)


def read_only(path: Path, seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection that changes nothing, also if nothing can be changed; it waits for locks.

    Raises:
        OSError: If there is no such file.
        sqlite3.Error: If it cannot be read.
    """
    if not path.is_file():
        raise FileNotFoundError(2, "No such file", str(path))
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    db = sqlite3.connect(uri, uri=True, timeout=seconds)
    try:
        with readable_errors():
            db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        # SQLite cannot keep the log of a WAL database beside it here.
        db.close()
        return sqlite3.connect(f"{uri}&immutable=1", uri=True)
    except sqlite3.Error:
        db.close()
        raise
    return db
