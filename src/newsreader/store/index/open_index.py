"""Open `index.db`: made if there is none, anew if it is damaged, elsewhere if it must be."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.store.db.connect import is_damage, open_database, readable_errors
from newsreader.store.db.private_files import (
    check_size,
    private_file,
    private_folder,
    remove_folder,
    set_aside,
    temporary_folder,
)
from newsreader.store.db.tables import create_tables, version_of
from newsreader.store.errors import DamageError, StoreError, reason
from newsreader.store.index.schema import INDEX_TABLES, INDEX_VERSION


def prepare_index(path: Path) -> Problem | None:
    """Make `index.db` usable, new if it must be; what the user should know of that.

    Raises:
        StoreError: If it can be neither opened nor made.
    """
    damaged = _damage_note(path)
    try:
        private_folder(path.parent)
        try:
            if damaged.exists() and path.exists():
                raise DamageError(Problem("found-damaged"))
            with readable_errors():
                _prepare_index(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not is_damage(error):
                raise
            aside = set_aside(path)
            _forget_older(path, aside)
            damaged.unlink(missing_ok=True)
            _prepare_index(path)
            return Problem("index-anew", (str(aside),))
    except (OSError, sqlite3.Error) as error:
        raise StoreError(Problem("index-not-opened", (str(path), reason(error)))) from error
    return None


@dataclass(frozen=True, slots=True)
class OpenedIndex:
    """An index that can be used.

    Attributes:
        path: Where it is; in a temporary folder where the user's own cannot be used.
        notice: What the user should know; `None` for nothing.
        is_temporary: Whether it is thrown away in the end.
    """

    path: Path
    notice: Problem | None = None
    is_temporary: bool = False

    def close(self) -> None:
        """Throw a temporary index away."""
        if self.is_temporary:
            remove_folder(self.path.parent)


def open_index(path: Path) -> OpenedIndex:
    """Make an index usable, or a temporary one in its place.

    Raises:
        StoreError: If there is no place for one at all.
    """
    try:
        return OpenedIndex(path, prepare_index(path))
    except StoreError as error:
        return temporary_index(path, error.problem)


def temporary_index(path: Path, problem: Problem) -> OpenedIndex:
    """An index in a temporary folder, in place of one that cannot be used.

    Raises:
        StoreError: If there is no place for one.
    """
    try:
        place = temporary_folder() / path.name
    except OSError as error:
        raise StoreError(Problem("no-temporary-folder", (problem,))) from error
    try:
        prepare_index(place)
    except BaseException:
        remove_folder(place.parent)
        raise
    is_index = problem.code in {"index-unusable", "index-at-unusable", "index-not-opened"}
    why = problem.arguments[-1] if is_index else problem
    return OpenedIndex(place, Problem("index-temporary", (why, str(path))), True)


def note_damage(index: Path) -> None:
    """Have the next `prepare_index` set this index aside: it turned out damaged while in use."""
    with suppress(OSError):
        _damage_note(index).touch(mode=0o600)


def _prepare_index(path: Path) -> None:
    private_file(path)
    check_size(path)
    db = open_database(path)
    try:
        version = version_of(db)
        if version != INDEX_VERSION:
            create_tables(db, INDEX_TABLES, INDEX_VERSION)
        db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    finally:
        db.close()


def _damage_note(index: Path) -> Path:
    return index.with_name(f"{index.name}.damaged")


def _forget_older(path: Path, aside: Path) -> None:
    """Remove what was set aside of an index before: it may be gigabytes, and helps nobody."""
    for old in path.parent.glob(f"{path.name}.broken-*"):
        if not old.name.startswith(aside.name):
            with suppress(OSError):
                old.unlink()
