"""One connection per thread, and the number by which changes are noticed."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsreader.store.db.connect import connect

_PATIENCE: Final = 2.0
"""Seconds to wait for a thread that is using its connection."""


class Connections:
    """Connections to both databases, made when a thread first asks for one."""

    def __init__(self, index: Path, state: Path) -> None:
        self._index = index
        self._state = state
        self._lock = threading.Lock()
        self._by_thread: dict[threading.Thread, tuple[sqlite3.Connection, threading.RLock]] = {}
        self._closed = False
        # SQLite tells a connection of the commits of all others, never of its own; so this one
        # only watches.
        self._watch = connect(index, state)

    @contextmanager
    def using(self) -> Iterator[sqlite3.Connection]:
        """The connection of this thread, which is not closed meanwhile."""
        db, lock = self._get()
        with lock:
            if self._closed:
                raise sqlite3.ProgrammingError("the store is closed")
            yield db

    def _get(self) -> tuple[sqlite3.Connection, threading.RLock]:
        thread = threading.current_thread()
        mine = self._by_thread.get(thread)
        if mine is not None:
            return mine
        mine = connect(self._index, self._state), threading.RLock()
        with self._lock:
            if self._closed:
                mine[0].close()
                raise sqlite3.ProgrammingError("the store is closed")
            for other in [other for other in self._by_thread if not other.is_alive()]:
                self._by_thread.pop(other)[0].close()
            self._by_thread[thread] = mine
        return mine

    def data_version(self) -> int:
        """A number that grows whenever anybody has changed one of the databases."""
        with self._lock:
            index = self._watch.execute("PRAGMA main.data_version").fetchone()[0]
            state = self._watch.execute("PRAGMA state.data_version").fetchone()[0]
        version: int = index + state
        return version

    def close(self) -> None:
        """Close all; the databases are then as a reader on read-only storage wants them.

        A connection that is busy for longer is left to the end of the process: SQLite must not
        lose it in the middle of a statement.
        """
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._watch.close()
            connections = list(self._by_thread.values())
            self._by_thread.clear()
        for db, lock in connections:
            if lock.acquire(timeout=_PATIENCE):
                try:
                    db.close()
                finally:
                    lock.release()
