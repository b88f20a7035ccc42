"""Transactions over both databases: one that reads a single moment, and one that writes to one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal


@contextmanager
def writing(db: sqlite3.Connection, which: Literal["main", "state"]) -> Iterator[None]:
    """A transaction that holds the write lock of one database from its start.

    The other database is read as it is after the lock was got. Callers that write a flag into the
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
