"""Open `state.db`: make it, bring it up to date, or leave it alone and say why.

If it can be read but not written, or not even read, the reader goes on with a copy in a
temporary folder, or with an empty one: reading goes on, and nothing is saved.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from newsreader.frozen import dataclass
from newsreader.problems import Argument, Problem
from newsreader.store.db.connect import (
    BUSY_SECONDS,
    STATE,
    attach_state,
    is_damage,
    open_database,
    readable_errors,
)
from newsreader.store.db.private_files import (
    check_size,
    private_file,
    private_folder,
    remove_folder,
    temporary_folder,
)
from newsreader.store.db.tables import create_tables, version_of
from newsreader.store.errors import DamageError, StateError, UnsavedError, is_busy, reason
from newsreader.store.state import schema
from newsreader.store.state.backups import (
    copy_state,
    integrity,
    newest_backup,
)
from newsreader.store.state.migrations import migrate

_LEAST_ROOM: Final = 128 << 10

_CHECKED_BYTES: Final = 4 << 20
"""States up to this size are checked whole on opening: 10 ms."""


@dataclass(frozen=True, slots=True)
class OpenedState:
    """A state that can be used.

    Attributes:
        path: Where it is; in a temporary folder where the user's own cannot be written.
        unsaved: Why nothing is saved; `None` if everything is.
        notice: What the user should know though all is well; `None` for nothing.
        is_complete: Whether all is in it that the user's own holds.
    """

    path: Path
    unsaved: UnsavedError | None = None
    notice: Problem | None = None
    is_complete: bool = True

    def close(self) -> None:
        """Throw a temporary state away."""
        if self.unsaved:
            remove_folder(self.path.parent)


def open_state(data_dir: Path, seconds: float = BUSY_SECONDS) -> OpenedState:
    """Make the state of a folder usable, or a temporary one in its place.

    Args:
        data_dir: The folder.
        seconds: How long to wait at most for a process that has locked the state.

    Raises:
        StateError: If it is damaged or of a newer version, or there is no place at all to write.
    """
    path = data_dir / STATE
    try:
        is_new = not path.exists()
        prepare_state(path, seconds)
    except OSError as error:
        unsaved = _unsaved(path, reason(error))
    except UnsavedError as error:
        unsaved = error
    else:
        backup = newest_backup(path) if is_new else None
        notice = Problem("state-missing", (str(path),)) if backup else None
        return OpenedState(path, notice=notice)
    place, is_copy = _temporary(path, unsaved.reason, seconds)
    return OpenedState(place, unsaved, is_complete=is_copy)


@contextmanager
def state_alone(state: OpenedState) -> Iterator[sqlite3.Connection]:
    """A connection to the state without an index, for what needs bookmarks alone.

    Raises:
        StateError: If it cannot be used.
    """
    try:
        memory = sqlite3.connect(":memory:", isolation_level=None, uri=True, timeout=BUSY_SECONDS)
        with closing(memory) as db, readable_errors():
            attach_state(db, state.path)
            yield db
    except sqlite3.Error as error:
        problem = Problem("state-unusable", (str(state.path), reason(error)))
        raise StateError(problem) from error


def prepare_state(path: Path, seconds: float = BUSY_SECONDS) -> None:
    """Make `state.db` usable: new, brought to today's version, or as it is.

    Raises:
        UnsavedError: If it cannot be written, or read.
        StateError: If it is damaged or of a newer version; it has not been touched.
    """
    try:
        private_folder(path.parent)
        is_new = not path.exists()
        private_file(path)
        if not is_new:
            _check_beginning(path)
        if not _is_writable(path):
            raise _unsaved(path, Problem("not-writable"))
        _make_private(path)
        with closing(open_database(path, seconds)) as db, readable_errors():
            _bring_up_to_date(db, path)
            db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
            if path.stat().st_size <= _CHECKED_BYTES:
                (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise sqlite3.DatabaseError(verdict)
    except OSError as error:
        raise _unsaved(path, reason(error)) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and not is_damage(error):
            raise _unsaved(path, why_unwritten(error, path)) from error
        raise damaged_state(path, error) from error


def why_unwritten(error: sqlite3.OperationalError, path: Path) -> Argument:
    """Explain why a state could not be written, in words that fit into a sentence."""
    # SQLite calls it an I/O error if the files beside a database find no room.
    is_full = not is_busy(error) and _has_no_room(path.parent)
    return Problem("disk-full") if is_full else reason(error)


def _has_no_room(folder: Path) -> bool:
    """Whether a disk has no room for what SQLite writes beside a database."""
    import shutil  # noqa: PLC0415  (late: most states can be written)

    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False


def is_damaged(state: Path) -> bool:
    """Whether a state is no longer whole; it takes a second for 200 MB."""
    try:
        return integrity(state) is not None
    except OSError:
        return False
    except sqlite3.Error as error:
        return not isinstance(error, sqlite3.OperationalError) or is_damage(error)


def damaged_state(path: Path, error: Exception) -> StateError:
    """The error of a damaged state: it says what can be done."""
    backup = newest_backup(path)
    damage = Problem("state-damaged", (str(path), reason(error)))
    if backup is None:
        return StateError(Problem("damaged-without-backup", (damage,)))
    return StateError(Problem("damaged-with-backup", (damage, str(backup))))


def _bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    version = version_of(db)
    if version > schema.STATE_VERSION:
        raise StateError(Problem("state-newer", (str(path),)))
    if version == 0:
        # Never what holds tables: only a damaged file can have them and no version.
        if db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None:
            raise DamageError(Problem("version-lost"))
        create_tables(db, schema.STATE_TABLES, schema.STATE_VERSION)
    elif version < schema.STATE_VERSION:
        migrate(db, path)


def _check_beginning(path: Path) -> None:
    """Raise `sqlite3.DatabaseError` if a state has been cut off."""
    check_size(path)
    if not path.stat().st_size and newest_backup(path) is not None:
        wal = path.with_name(path.name + "-wal")
        if not (wal.exists() and wal.stat().st_size):
            raise DamageError(Problem("file-empty"))


def _temporary(path: Path, why: Argument, seconds: float) -> tuple[Path, bool]:
    """A state in a temporary folder: a copy if there is anything to copy, else a new one.

    Returns:
        Where it is, and whether it is a copy.
    """
    problem = Problem("state-unusable", (str(path), why))
    try:
        place = temporary_folder() / STATE
    except OSError as error:
        raise StateError(Problem("no-temporary-folder", (problem,))) from error
    is_copy = False
    try:
        with suppress(OSError, sqlite3.Error):
            copy_state(path, place, seconds)
            is_copy = True
        prepare_state(place)
    except UnsavedError as error:
        remove_folder(place.parent)
        raise StateError(Problem("no-temporary-state", (problem,))) from error
    except StateError as error:
        remove_folder(place.parent)
        raise StateError(_renamed(error.problem, str(place), str(path))) from error
    return place, is_copy


def _renamed(problem: Problem, old: str, new: str) -> Problem:
    """A problem of a copy, as one of what was copied: users know nothing of copies."""
    return replace(
        problem,
        arguments=tuple(
            _renamed(each, old, new)
            if isinstance(each, Problem)
            else each.replace(old, new)
            if isinstance(each, str)
            else each
            for each in problem.arguments
        ),
    )


def _unsaved(path: Path, why: Argument) -> UnsavedError:
    return UnsavedError(Problem("nothing-saved", (str(path), why)), why)


def _is_writable(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return all(os.access(p, os.W_OK, effective_ids=effective) for p in (path, path.parent))


def _make_private(path: Path) -> None:
    """Take rights away that others have on the state and its folder, if the user may."""
    beside = (path.with_name(path.name + end) for end in ("", "-wal", "-shm"))
    for place in (path.parent, *beside):
        with suppress(OSError):
            status = place.stat()
            if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) & 0o077:
                place.chmod(stat.S_IMODE(status.st_mode) & 0o700)
