"""Copies of `state.db`: one per day, one before each change of its tables, and how to go back."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

from newsreader.frozen import dataclass
from newsreader.patterns import compile_late
from newsreader.problems import Argument, Problem
from newsreader.store.db.connect import BUSY_SECONDS, read_only, readable_errors
from newsreader.store.db.private_files import (
    private_file,
    private_folder,
    set_aside,
    stamped,
    sync_folder,
)
from newsreader.store.db.tables import version_of
from newsreader.store.errors import DamageError, StateError, reason
from newsreader.store.state.schema import STATE_VERSION

FOLDER: Final = "backups"
DAYS_KEPT: Final = 7

_DAILY: Final = compile_late(r"state-(\d{4}-\d\d-\d\d)\.db")
_LEFTOVER_SECONDS: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the state; `made` is in local time."""

    path: Path
    made: datetime
    kind: Literal["daily", "migration"]


def list_backups(state: Path) -> list[Backup]:
    """The copies there are of a state, the newest first; an unreadable folder holds none."""
    found: list[Backup] = []
    with suppress(OSError):
        found += [
            _backup(path, "migration") for path in state.parent.glob(f"{state.name}.backup-*")
        ]
    with suppress(OSError):
        folder = state.parent / FOLDER
        found += [
            _backup(path, "daily") for path in folder.iterdir() if _DAILY.fullmatch(path.name)
        ]
    return sorted(found, key=lambda backup: (backup.made, backup.path), reverse=True)


def newest_backup(state: Path) -> Path | None:
    """The newest copy of a state; `None` if there is none."""
    found = list_backups(state)
    return found[0].path if found else None


def back_up_before_migration(state: Path) -> Path:
    """Copy a state beside itself, as it is now; return the path of the copy."""
    backup = stamped(state, "backup")
    copy_state(state, backup)
    return backup


def back_up_daily(state: Path, today: date | None = None) -> Path | None:
    """Copy a state into the folder of backups if that was not done today; the last seven stay.

    The copy has been checked whole when it gets its name. May be called by several processes and
    threads at once; readers and writers of the state need not wait.

    Args:
        state: `state.db`, of today's version.
        today: The day; otherwise this machine's.

    Returns:
        The copy; `None` if there is one of today, or nothing to back up.

    Raises:
        StateError: If the state turned out damaged. No backup is made, and none is dropped.
        OSError: If the copy cannot be written.
        sqlite3.Error: Likewise.
    """
    folder = state.parent / FOLDER
    backup = folder / f"state-{today or datetime.now().astimezone().date()}.db"
    if backup.exists():
        return None
    with closing(read_only(state)) as db, readable_errors():
        (revision,) = db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        if not revision:
            return None
        private_folder(folder)
        try:
            _copy(db, backup)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise StateError(Problem("state-damaged", (str(state), reason(error)))) from error
    daily = sorted(path for path in folder.iterdir() if _DAILY.fullmatch(path.name))
    for old in daily[:-DAYS_KEPT]:
        # A clock that was ahead once has left some that seem to be of later days than this one.
        if old != backup:
            old.unlink(missing_ok=True)
    _remove_leftovers(folder)
    return backup


def restore_backup(state: Path, backup: Path) -> Path | None:
    """Put a backup in the place of a state, which is set aside with all that belongs to it.

    Returns:
        Where the state is now that was there; `None` if there was none.

    Raises:
        StateError: If the backup is not whole, or cannot be put there.
    """
    part = state.with_name(f".{state.name}.{os.getpid()}.restored")
    try:
        private_folder(state.parent)
        part.unlink(missing_ok=True)
        copy_state(backup, part)
        with closing(read_only(part)) as db, readable_errors():
            _check_kind(db)
        with closing(sqlite3.connect(part)) as copy, copy:
            # An index that has followed the state further than this has to begin anew.
            copy.execute("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'id'")
        aside = set_aside(state) if state.exists() else None
        for end in ("-wal", "-shm"):  # Of a state that was deleted without them.
            state.with_name(state.name + end).unlink(missing_ok=True)
        part.replace(state)
        sync_folder(state.parent)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        problem = Problem("backup-not-restored", (str(backup), reason(error)))
        raise StateError(problem) from error
    return aside


def _check_kind(db: sqlite3.Connection) -> None:
    """Raise `sqlite3.DatabaseError` if a database is no state that can be opened here."""
    if db.execute("SELECT value FROM meta WHERE key = 'id'").fetchone() is None:
        raise DamageError(Problem("no-state"))
    if version_of(db) > STATE_VERSION:
        raise DamageError(Problem("newer"))


def copy_state(state: Path, target: Path, seconds: float = BUSY_SECONDS) -> None:
    """Copy a state that may be read only, waiting so long for locks.

    Raises:
        OSError: If it cannot be read, or the copy not written.
        sqlite3.Error: Likewise, or if it is damaged.
    """
    with closing(read_only(state, seconds)) as db, readable_errors():
        _copy(db, target)


def integrity(path: Path) -> Argument | None:
    """Run SQLite's full check: the first thing that is wrong; `None` if the database is whole.

    Raises:
        sqlite3.Error: If it cannot even be checked.
        OSError: If it cannot be read.
    """
    with closing(read_only(path)) as db, readable_errors():
        (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict == "ok" and db.execute("PRAGMA foreign_key_check").fetchone() is not None:
            return Problem("row-without-another")
    return None if verdict == "ok" else str(verdict).splitlines()[-1]


def integrity_problem(backup: Path) -> Problem | None:
    """Check a backup: the problem; `None` if it is whole."""
    try:
        damage = integrity(backup)
    except OSError as error:
        damage = str(error)
    except sqlite3.Error as error:
        damage = reason(error)
    return None if damage is None else Problem("backup-damaged", (damage,))


def _copy(db: sqlite3.Connection, target: Path) -> None:
    """Copy a database; the copy has its name only when it is whole, and on the disk.

    Raises:
        sqlite3.DatabaseError: If what was copied is damaged.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}-{time.monotonic_ns()}.part")
    try:
        private_file(part)
        with closing(sqlite3.connect(part)) as copy:
            db.backup(copy)
            # So that it needs no files beside it, wherever it is put.
            copy.execute("PRAGMA journal_mode = DELETE")
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(str(verdict).splitlines()[-1])
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
        for end in ("-wal", "-shm", "-journal"):
            part.with_name(part.name + end).unlink(missing_ok=True)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a process left behind that was killed while it copied."""
    for path in folder.glob(".state-*.part*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
                path.unlink()


def _backup(path: Path, kind: Literal["daily", "migration"]) -> Backup:
    return Backup(path, datetime.fromtimestamp(path.stat().st_mtime).astimezone(), kind)
