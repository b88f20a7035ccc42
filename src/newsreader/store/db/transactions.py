"""Transactions over both databases: one that reads a single moment, and one that writes to one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

from newsreader.store.errors import is_busy

Retry: TypeAlias = Callable[[], bool]
"""Waits a moment if another process holds a lock, and says whether to try again."""


@contextmanager
def writing(
    db: sqlite3.Connection, which: Literal["main", "state"], retry: Retry | None = None
) -> Iterator[None]:
    """A transaction that holds the write lock of one database from its start.

    The other database is read as it is after the lock was got. Callers that write a flag into the
    index hold the index's lock before looking into the state, so they write the newest one.

    Args:
        db: A connection to both.
        which: What is written to.
        retry: Asked after each attempt in vain; otherwise SQLite waits, which nothing can stop.
    """
    try:
        if retry is None:
            _lock(db, which)
        else:
            _lock_patiently(db, which, retry)
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _lock(db: sqlite3.Connection, which: Literal["main", "state"]) -> None:
    """Begin a transaction with the lock of one database."""
    # Not BEGIN IMMEDIATE: that would lock both.
    db.execute("BEGIN")
    match which:
        case "main":
            db.execute("UPDATE main.meta SET value = value WHERE key = 'generation'")
        case "state":
            db.execute("UPDATE state.meta SET value = value WHERE key = 'revision'")


def _lock_patiently(db: sqlite3.Connection, which: Literal["main", "state"], retry: Retry) -> None:
    """Begin a transaction as `_lock` does, as soon as no other process holds the lock."""
    (timeout,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                return _lock(db, which)
            except sqlite3.OperationalError as error:
                if not is_busy(error) or not retry():
                    raise
                db.execute("ROLLBACK")  # the next attempt sees what was committed meanwhile
    finally:
        db.execute(f"PRAGMA busy_timeout = {timeout}")


@contextmanager
def reading(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction in which every query sees the same state of both databases."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
