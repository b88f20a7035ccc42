"""How the databases are opened: what is on the disk when a change has been told to be saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Literal

import pytest

from newsreader.store.db.connect import attach_state, connect
from newsreader.store.db.transactions import reading, writing
from tests.store.conftest import Library

FULL = 2
"""What SQLite calls `synchronous = FULL`: each transaction is on the disk when it ends."""


@pytest.fixture
def paths(library: Library) -> tuple[Path, Path]:
    """An index and a state that nobody has open."""
    library.write("a.md", title="a")
    library.scanned().close()
    return library.cache / "index.db", library.data / "state.db"


@pytest.fixture
def two(paths: tuple[Path, Path]) -> Iterator[list[sqlite3.Connection]]:
    """Two connections to both, of which neither waits for the other."""
    with ExitStack() as stack:
        connections = [stack.enter_context(closing(connect(*paths))) for _ in range(2)]
        for db in connections:
            db.execute("PRAGMA busy_timeout = 0")
        yield connections


class LazyConnection(sqlite3.Connection):
    """A connection of a SQLite that was built to write WAL databases without waiting for the disk.

    The one that comes with macOS is such: what is attached has `synchronous = NORMAL` there.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        cursor = super().execute(sql, parameters)
        if sql.startswith("ATTACH"):
            super().execute("PRAGMA state.synchronous = NORMAL")
        return cursor


def test_a_mark_that_was_told_to_be_saved_is_on_the_disk_whatever_sqlite_was_built_for(
    paths: tuple[Path, Path],
) -> None:
    _, state = paths
    lazy = sqlite3.connect(":memory:", isolation_level=None, uri=True, factory=LazyConnection)
    with closing(lazy) as db:
        attach_state(db, state)
        assert db.execute("PRAGMA state.synchronous").fetchone() == (FULL,)


def test_a_state_keeps_its_transactions_through_a_power_cut_and_an_index_need_not(
    two: list[sqlite3.Connection],
) -> None:
    db, _ = two
    assert db.execute("PRAGMA state.synchronous").fetchone() == (FULL,)
    assert db.execute("PRAGMA main.synchronous").fetchone() == (1,), "a scan would wait for a disk"
    for name in ("main", "state"):
        assert db.execute(f"PRAGMA {name}.journal_mode").fetchone() == ("wal",)


def test_a_row_cannot_name_another_that_is_not_there(two: list[sqlite3.Connection]) -> None:
    db, _ = two
    with pytest.raises(sqlite3.IntegrityError), writing(db, "state"):
        db.execute("INSERT INTO state.changes VALUES (12345, 's', 'p', NULL, NULL, '', '')")


@pytest.mark.parametrize(("which", "other"), [("main", "state"), ("state", "main")])
def test_a_transaction_holds_the_lock_of_one_database_from_its_start(
    two: list[sqlite3.Connection],
    which: Literal["main", "state"],
    other: Literal["main", "state"],
) -> None:
    mine, others = two
    with writing(mine, which):
        with pytest.raises(sqlite3.OperationalError, match="locked"), writing(others, which):
            pass
        assert not others.in_transaction, "it can be tried again"
        with writing(others, other):
            pass


def test_a_transaction_that_writes_sees_what_was_written_before_it_got_the_lock(
    two: list[sqlite3.Connection],
) -> None:
    mine, others = two
    revision = "SELECT value FROM state.meta WHERE key = 'revision'"
    with writing(mine, "main"):
        with writing(others, "state"):
            others.execute("UPDATE state.meta SET value = 77 WHERE key = 'revision'")
        assert mine.execute(revision).fetchone() == (77,)


def test_a_transaction_that_reads_sees_one_moment_of_both_and_leaves_nothing_behind(
    two: list[sqlite3.Connection],
) -> None:
    mine, others = two
    revision = "SELECT value FROM state.meta WHERE key = 'revision'"
    with reading(mine):
        before = mine.execute(revision).fetchone()
        with writing(others, "state"):
            others.execute("UPDATE state.meta SET value = 77 WHERE key = 'revision'")
        assert mine.execute(revision).fetchone() == before
    assert not mine.in_transaction
    assert mine.execute(revision).fetchone() == (77,)


def test_what_was_begun_and_failed_is_as_if_it_had_never_been(
    two: list[sqlite3.Connection],
) -> None:
    db, _ = two
    revision = "SELECT value FROM state.meta WHERE key = 'revision'"
    before = db.execute(revision).fetchone()

    def be_interrupted() -> None:
        with writing(db, "state"):
            db.execute("UPDATE state.meta SET value = 77 WHERE key = 'revision'")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        be_interrupted()
    assert not db.in_transaction
    assert db.execute(revision).fetchone() == before
