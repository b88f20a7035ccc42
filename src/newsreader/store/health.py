"""Check the databases for `newsreader doctor`. Nothing here changes one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, Literal, TypeAlias

from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.store.db.connect import read_only, readable_errors
from newsreader.store.db.private_files import check_size
from newsreader.store.errors import reason
from newsreader.store.index.schema import INDEX_VERSION
from newsreader.store.state.backups import integrity
from newsreader.store.state.schema import STATE_VERSION

HealthFact: TypeAlias = Literal["bookmarks", "read", "steps", "posts", "sources"]
"""The things that are counted in a database."""

_STATE_FACTS: Final[dict[HealthFact, str]] = {
    "bookmarks": "SELECT count(*) FROM bookmarks WHERE kept = 1",
    "read": "SELECT count(*) FROM marks WHERE read = 1",
    "steps": "SELECT count(*) FROM journal WHERE undone = 0",
}
_FIRST_STATE_FACTS: Final[dict[HealthFact, str]] = _STATE_FACTS | {
    "bookmarks": "SELECT count(*) FROM bookmarks WHERE removed_by IS NULL",
    "steps": "SELECT count(*) FROM journal",
}
"""Those of the first version of the state, whose bookmarks and steps had other columns."""
_INDEX_FACTS: Final[dict[HealthFact, str]] = {
    "posts": "SELECT count(*) FROM posts",
    "sources": "SELECT count(*) FROM sources",
}


@dataclass(frozen=True, slots=True)
class Health:
    """The condition of a database.

    Attributes:
        path: Where it is.
        exists: Whether there is one.
        size: In bytes, with its log.
        version: Of its tables.
        problem: What is wrong; `None` if nothing is.
        facts: How much of what is in it.
    """

    path: Path
    exists: bool = True
    size: int = 0
    version: int = 0
    problem: Problem | None = None
    facts: tuple[tuple[HealthFact, int], ...] = ()


def sqlite_version() -> str:
    """The version of SQLite that is used."""
    return sqlite3.sqlite_version


def check_state(path: Path) -> Health:
    """Check a reading state; reads all of it."""
    return _check(path, _state_facts, newest=STATE_VERSION)


def check_index(path: Path) -> Health:
    """Check an index; reads all of it."""
    return _check(path, _index_facts)


def _state_facts(version: int) -> dict[HealthFact, str]:
    return _STATE_FACTS if version > 1 else _FIRST_STATE_FACTS


def _index_facts(version: int) -> dict[HealthFact, str]:
    # An index of another version is made anew before anybody reads it.
    return _INDEX_FACTS if version == INDEX_VERSION else {}


def _check(path: Path, facts_of: Callable[[int], dict[HealthFact, str]], newest: int = 0) -> Health:
    """Check a database.

    Args:
        path: Where it is.
        facts_of: Gives the queries of what is in it, by its version.
        newest: The newest version that can be read; 0 if any can be replaced.
    """
    try:
        if not path.exists():
            return Health(path, exists=False)
        beside = (path, path.with_name(f"{path.name}-wal"))
        size = sum(each.stat().st_size for each in beside if each.exists())
    except OSError as error:
        return Health(path, problem=Problem("database-unreadable", (reason(error),)))
    found = 0
    try:
        check_size(path)
        with closing(read_only(path)) as db, readable_errors():
            (found,) = db.execute("PRAGMA user_version").fetchone()
            if newest and found > newest:
                problem = Problem("newer")
                return Health(path, size=size, version=found, problem=problem)
            damage = integrity(path)
            if damage is not None:
                problem = Problem("database-damaged", (damage,))
                return Health(path, size=size, version=found, problem=problem)
            facts = tuple(
                (name, db.execute(sql).fetchone()[0]) for name, sql in facts_of(found).items()
            )
    except OSError as error:
        return Health(path, size=size, problem=Problem("database-unreadable", (reason(error),)))
    except sqlite3.Error as error:
        problem = Problem("database-damaged", (reason(error),))
        return Health(path, size=size, version=found, problem=problem)
    return Health(path, size=size, version=found, facts=facts)
