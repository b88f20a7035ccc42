"""How the databases are: what `newsreader doctor` tells of them. Nothing here changes one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newsreader.store.db.connect import legible, read_only
from newsreader.store.db.private_files import check_size
from newsreader.store.errors import reason
from newsreader.store.index.schema import INDEX_VERSION
from newsreader.store.state.backups import integrity
from newsreader.store.state.schema import STATE_VERSION

_STATE_FACTS: Final = {
    "bookmarks": "SELECT count(*) FROM bookmarks WHERE {kept}",
    "posts marked read": "SELECT count(*) FROM marks WHERE read = 1",
    "steps to undo": "SELECT count(*) FROM journal WHERE {done}",
}
_INDEX_FACTS: Final = {
    "posts": "SELECT count(*) FROM posts",
    "sources": "SELECT count(*) FROM sources",
}


@dataclass(frozen=True, slots=True)
class Health:
    """How a database is.

    Attributes:
        path: Where it is.
        exists: Whether there is one.
        size: In bytes, with its log.
        version: Of its tables.
        problem: What is wrong; empty where nothing is.
        facts: What is in it, by its name.
    """

    path: Path
    exists: bool = True
    size: int = 0
    version: int = 0
    problem: str = ""
    facts: tuple[tuple[str, int], ...] = ()


def sqlite_version() -> str:
    """The version of SQLite that is used."""
    return sqlite3.sqlite_version


def check_state(path: Path) -> Health:
    """How a reading state is; reads all of it."""
    return _check(path, _STATE_FACTS, STATE_VERSION, "was written by a newer newsreader")


def check_index(path: Path) -> Health:
    """How an index is; reads all of it."""
    return _check(path, _INDEX_FACTS, INDEX_VERSION, "")


def _check(path: Path, facts: dict[str, str], version: int, newer: str) -> Health:
    try:
        if not path.exists():
            return Health(path, exists=False)
        beside = (path, path.with_name(f"{path.name}-wal"))
        size = sum(each.stat().st_size for each in beside if each.exists())
    except OSError as error:
        return Health(path, problem=f"it cannot be read ({reason(error)})")
    found = 0
    try:
        check_size(path)
        with closing(read_only(path)) as db, legible():
            (found,) = db.execute("PRAGMA user_version").fetchone()
            if newer and found > version:
                return Health(path, size=size, version=found, problem=f"it {newer}")
            verdict = integrity(path)
            if verdict != "ok":
                return Health(path, size=size, version=found, problem=f"it is damaged ({verdict})")
            names = {
                "{kept}": "kept = 1" if found > 1 else "removed_by IS NULL",
                "{done}": "undone = 0" if found > 1 else "true",
            }
            counts: list[tuple[str, int]] = []
            if found == version or newer:
                for name, sql in facts.items():
                    for place, condition in names.items():
                        sql = sql.replace(place, condition)  # noqa: PLW2901 - filled in
                    counts.append((name, db.execute(sql).fetchone()[0]))
    except OSError as error:
        return Health(path, size=size, problem=f"it cannot be read ({reason(error)})")
    except sqlite3.Error as error:
        what = " ".join(str(error).split())
        return Health(path, size=size, version=found, problem=f"it is damaged ({what})")
    return Health(path, size=size, version=found, facts=tuple(counts))
