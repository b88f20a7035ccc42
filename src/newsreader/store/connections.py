"""One connection a thread, and the number by which changes are noticed."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from newsreader.store.schema import connect


class Connections:
    """Connections to both databases, made when a thread first asks for one."""

    def __init__(self, index: Path, state: Path) -> None:
        self._index = index
        self._state = state
        self._lock = threading.Lock()
        self._by_thread: dict[threading.Thread, sqlite3.Connection] = {}
        self._closed = False
        # SQLite tells a connection of the commits of all others, never of its own; so this one
        # only watches.
        self._watch = connect(index, state)

    def get(self) -> sqlite3.Connection:
        """The connection of this thread."""
        thread = threading.current_thread()
        db = self._by_thread.get(thread)
        if db is not None:
            return db
        db = connect(self._index, self._state)
        with self._lock:
            if self._closed:
                db.close()
                raise sqlite3.ProgrammingError("the store is closed")
            for other in [other for other in self._by_thread if not other.is_alive()]:
                self._by_thread.pop(other).close()
            self._by_thread[thread] = db
        return db

    def data_version(self) -> int:
        """A number that grows whenever anybody has changed one of the databases."""
        with self._lock:
            index = self._watch.execute("PRAGMA main.data_version").fetchone()[0]
            state = self._watch.execute("PRAGMA state.data_version").fetchone()[0]
        version: int = index + state
        return version

    def close(self) -> None:
        """Close all; the databases are then as a reader on read-only storage wants them."""
        with self._lock:
            self._closed = True
            for db in self._by_thread.values():
                db.close()
            self._by_thread.clear()
            self._watch.close()
