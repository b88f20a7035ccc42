"""Transactions that wait for the lock of another process, and that give up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal, TypeAlias

import pytest

from newsreader.store.db.connect import INDEX, STATE, connect
from newsreader.store.db.transactions import writing
from newsreader.store.errors import is_busy
from tests.store.conftest import Library

Which: TypeAlias = Literal["main", "state"]
PLACES: list[tuple[Which, str]] = [("main", INDEX), ("state", STATE)]


@pytest.fixture
def db(library: Library) -> Iterator[sqlite3.Connection]:
    library.open().close()
    with closing(connect(library.cache / INDEX, library.data / STATE)) as opened:
        yield opened


def locked(library: Library, name: str) -> sqlite3.Connection:
    path: Path = (library.cache if name == INDEX else library.data) / name
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


@pytest.mark.parametrize(("which", "name"), PLACES)
def test_a_lock_that_is_let_go_is_got_with_what_was_committed(
    library: Library, db: sqlite3.Connection, which: Which, name: str
) -> None:
    with closing(locked(library, name)) as other:
        other.execute("INSERT INTO meta VALUES ('of another', 1)")
        asked: list[int] = []

        def retry() -> bool:
            asked.append(1)
            if len(asked) == 3:
                other.execute("COMMIT")
            return True

        with writing(db, which, retry):
            db.execute(f"UPDATE {which}.meta SET value = 2 WHERE key = 'of another'")
        found = other.execute("SELECT value FROM meta WHERE key = 'of another'").fetchone()
    assert (len(asked), found) == (3, (2,))


@pytest.mark.parametrize(("which", "name"), PLACES)
def test_a_lock_that_is_kept_is_given_up_and_nothing_is_open(
    library: Library, db: sqlite3.Connection, which: Which, name: str
) -> None:
    before = db.execute("PRAGMA busy_timeout").fetchone()
    with closing(locked(library, name)):
        with pytest.raises(sqlite3.OperationalError) as failure, writing(db, which, lambda: False):
            raise AssertionError("the lock is another's")
        assert is_busy(failure.value)
        assert not db.in_transaction
    assert db.execute("PRAGMA busy_timeout").fetchone() == before
