"""Connections that threads share, and the number by which changes are noticed."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsreader.store.db.connect import connect

IDLE_CONNECTIONS: Final = 3
"""How many connections wait for a thread at most; each takes up to 16 MB for pages of the index,
and seven descriptors. Threads seldom use more at once."""

_WAIT_SECONDS: Final = 0.3
"""How long the end waits for connections that are in use, and once more after reads were stopped:
a reader that is left ends within a second."""


class Connections:
    """Connections to both databases, each lent to one thread at a time.

    A connection for each thread would be simpler, but a process has a dozen threads that ask once
    in a while, and each connection would fill its memory with the same pages: random keys took a
    reader from 52 to 144 MB.
    """

    def __init__(self, index: Path, state: Path) -> None:
        self._index = index
        self._state = state
        self._changed = threading.Condition()
        self._idle: list[sqlite3.Connection] = []
        self._lent: set[sqlite3.Connection] = set()
        self._mine = threading.local()
        self._closed = False
        # SQLite tells a connection of the commits of all others, never of its own; so this one
        # only watches.
        self._watch = connect(index, state)

    @contextmanager
    def using(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection, which is not closed meanwhile; inside that, the same one."""
        db: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if db is not None:
            yield db
            return
        db = self._take()
        self._mine.db = db
        try:
            yield db
        finally:
            self._mine.db = None
            self._give_back(db)

    def _take(self) -> sqlite3.Connection:
        with self._changed:
            self._check_open()
            if self._idle:  # the one that was used last: it has pages in memory
                db = self._idle.pop()
                self._lent.add(db)
                return db
        db = connect(self._index, self._state)
        with self._changed:
            try:
                self._check_open()
            except sqlite3.Error:
                db.close()
                raise
            self._lent.add(db)
        return db

    def _give_back(self, db: sqlite3.Connection) -> None:
        with self._changed:
            self._lent.discard(db)
            if self._closed or len(self._idle) >= IDLE_CONNECTIONS:
                db.close()
            else:
                self._idle.append(db)
            self._changed.notify_all()

    def _check_open(self) -> None:
        if self._closed:
            raise sqlite3.ProgrammingError("the store is closed")

    def data_version(self) -> int:
        """A number that grows whenever anybody has changed one of the databases."""
        with self._changed:
            self._check_open()
            index = self._watch.execute("PRAGMA main.data_version").fetchone()[0]
            state = self._watch.execute("PRAGMA state.data_version").fetchone()[0]
        version: int = index + state
        return version

    def close(self) -> None:
        """Close all; the databases are then as a reader on read-only storage wants them.

        What is being read is stopped. A connection that is in use for longer, because it waits for
        a lock, is left to the end of the process: SQLite must not lose it in the middle of a
        statement.
        """
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._watch.close()
            for db in self._idle:
                db.close()
            self._idle.clear()
            if not self._wait():
                for db in self._lent:
                    db.interrupt()
                self._wait()

    def _wait(self) -> bool:
        """Wait until no connection is lent; return whether none is."""
        own = getattr(self._mine, "db", None)
        end = time.monotonic() + _WAIT_SECONDS
        while self._lent - {own}:
            if not self._changed.wait(max(0.0, end - time.monotonic())) and (
                time.monotonic() >= end
            ):
                return False
        return True
