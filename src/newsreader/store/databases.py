"""The index and the reading state of a store: opened, lent to its parts, and closed."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from newsreader.problems import Problem
from newsreader.store.db.connect import (
    BUSY_SECONDS,
    INDEX,
    PATIENT,
    Patience,
    is_damage,
    is_full,
    readable_errors,
)
from newsreader.store.db.pool import Connections
from newsreader.store.db.transactions import Retry, reading, writing
from newsreader.store.errors import (
    NoRoomError,
    StateError,
    StoreError,
    UnsavedError,
    is_busy,
    reason,
)
from newsreader.store.index.open_index import note_damage, open_index, temporary_index
from newsreader.store.index.read_flags import is_behind, is_quick, mirror
from newsreader.store.index.writer import source_ids
from newsreader.store.state.open_state import (
    damaged_state,
    is_damaged,
    open_state,
    why_unwritten,
)
from newsreader.store.values import Source

_CLOSE_SECONDS: Final = 0.3
"""Seconds that closing waits for the thread that mirrors marks."""


_PAUSE_SECONDS: Final = 0.02
"""Seconds between two attempts to get a lock."""

_NEXT_SECONDS: Final = 0.2
"""Seconds that changes wait for a lock that has just been waited for in vain: each of ten keys is
not to take as long as the first."""


class Databases:
    """Lends connections to the parts of a store, and keeps the index in step with the state.

    A connection has `index.db` as its main database and `state.db` attached as `state`. Any thread
    may ask for one and gets its own. Errors of SQLite leave here as a `StoreError`.

    Attributes:
        index_path: `index.db`; in a temporary folder if the user's own cannot be used.
        state_path: `state.db`; in a temporary folder if the user's own cannot be written.
        unsaved: Why nothing is saved; `None` if everything is.
        notices: What happened on opening that the user should know.
        source_ids: The ids that the sources have in the index, in their order.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        cache_dir: Path,
        data_dir: Path,
        index_problem: Problem | None = None,
        patience: Patience = PATIENT,
    ) -> None:
        """Open both databases; those that are missing are made.

        Args:
            sources: What is to be read; sources that the index does not know are put into it.
            cache_dir: The folder of `index.db`.
            data_dir: The folder of `state.db`.
            index_problem: Why that index is not to be used, but a temporary one; `None`: it is.
            patience: How long to wait for the locks of other processes.

        Raises:
            StateError: If the reading state is damaged or of a newer version.
            StoreError: If one of the databases can be neither opened nor made, and no temporary
                one in its place.
        """
        self._paths: Final = [str(source.path) for source in sources]
        self._patience = patience
        self._refused_at = -patience.changes
        self._closing = threading.Event()
        self._mirror_lock = threading.Lock()
        self._follower_lock = threading.Lock()
        self._follower: threading.Thread | None = None
        self._state = open_state(data_dir, patience.opening)
        path = cache_dir / INDEX
        try:
            self._index = (
                temporary_index(path, index_problem) if index_problem else open_index(path)
            )
        except BaseException:
            self._state.close()
            raise
        try:
            try:
                self._connect()
            except StateError:
                raise
            except StoreError as error:
                if self._index.is_temporary:
                    raise
                self._index = temporary_index(self._index.path, error.problem)
                self._connect()
        except BaseException:
            self._index.close()
            self._state.close()
            raise
        self.index_path: Final = self._index.path
        self.state_path: Final = self._state.path
        self.unsaved: Final = self._state.unsaved
        problem = self.unsaved.problem if self.unsaved else None
        told = (problem, self._state.notice, self._index.notice)
        self.notices: Final = tuple(notice for notice in told if notice)

    def close(self) -> None:
        """Close every connection, and throw temporary databases away."""
        self._closing.set()
        follower = self._follower
        if follower is not None:
            follower.join(_CLOSE_SECONDS)  # it may wait for a lock; it is a daemon
        self._connections.close()
        self._index.close()
        self._state.close()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection of this thread.

        Raises:
            StateError: If the reading state turns out damaged.
            StoreError: If the index cannot be used.
        """
        try:
            with self._connections.using() as db, readable_errors():
                yield db
        except sqlite3.Error as error:
            if not is_damage(error):
                kind = NoRoomError if is_full(error) else StoreError
                raise kind(Problem("index-unusable", (reason(error),))) from error
            if is_damaged(self._state.path):
                raise damaged_state(self._state.path, error) from error
            note_damage(self._index.path)
            raise StoreError(Problem("index-damaged")) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a transaction: all reads see the databases in one moment."""
        with self.connection() as db, reading(db):
            yield db

    @contextmanager
    def changing(self, *, must_last: bool = False) -> Iterator[sqlite3.Connection]:
        """Lend a connection for changes of the state; afterwards the index shows them.

        Args:
            must_last: Whether to refuse if the state is a temporary one: nobody is to believe a
                bookmark saved that is not.

        Raises:
            UnsavedError: If `must_last` and nothing is saved, or the state cannot be written.
        """
        self._refuse_unsaved(must_last)
        with self.connection() as db:
            try:
                yield db
            except sqlite3.OperationalError as error:
                if is_busy(error):
                    self._refused_at = time.monotonic()
                raise self._not_written(error) from error
            self._mirror(self._patience.changes)

    def check_writable(self, *, must_last: bool = False) -> None:
        """Write a page of the state as it is, before somebody is asked for what is to be saved.

        A lock of another process is neither waited for nor a failure: it is gone by the answer.

        Args:
            must_last: As for `changing`.

        Raises:
            UnsavedError: If `changing` would raise it.
        """
        self._refuse_unsaved(must_last)
        with self.connection() as db:
            try:
                with writing(db, "state", lambda: False):
                    # A value that stays the same is not written; a version always is.
                    (version,) = db.execute("PRAGMA state.user_version").fetchone()
                    db.execute(f"PRAGMA state.user_version = {version}")
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise self._not_written(error) from error

    def _refuse_unsaved(self, must_last: bool) -> None:
        if must_last and self.unsaved:
            raise UnsavedError(self.unsaved.problem, self.unsaved.reason)

    def _not_written(self, error: sqlite3.OperationalError) -> UnsavedError:
        why = why_unwritten(error, self._state.path)
        return UnsavedError(Problem("state-not-written", (str(self._state.path), why)), why)

    @contextmanager
    def writing(self, db: sqlite3.Connection) -> Iterator[None]:
        """A transaction that changes the state, inside `changing`; `close` ends its wait.

        Raises:
            sqlite3.OperationalError: If another process holds the lock for too long.
        """
        seconds = self._patience.changes
        if time.monotonic() - self._refused_at < seconds:
            seconds = min(seconds, _NEXT_SECONDS)
        with writing(db, "state", self._retry(seconds)):
            yield

    def _retry(self, seconds: float) -> Retry:
        end = time.monotonic() + seconds
        return lambda: time.monotonic() < end and not self._closing.wait(_PAUSE_SECONDS)

    def data_version(self) -> int:
        """A number that changes if this or another process has changed something."""
        self._follow()
        with self.connection():
            return self._connections.data_version()

    def _connect(self) -> None:
        """Connect to both databases.

        Raises:
            StoreError: If they cannot be used.
        """
        try:
            self._connections = Connections(self._index.path, self._state.path)
        except sqlite3.Error as error:
            problem = Problem("index-at-unusable", (str(self._index.path), reason(error)))
            raise StoreError(problem) from error
        try:
            with self.connection() as db:
                self.source_ids = tuple(source_ids(db, self._paths))
                quick = is_quick(db)
            if quick:
                self._mirror(self._patience.opening)
            else:
                self._follow()
        except BaseException:
            self._connections.close()
            raise

    def _mirror(self, seconds: float) -> None:
        """Bring the flags of the index up to date, if it can be written within some seconds."""
        with self._mirror_lock, self.connection() as db:
            try:
                mirror(db, self._closing, self._retry(seconds))
            except sqlite3.OperationalError as error:
                # What was marked is safe; it shows as soon as the index can be written.
                if is_damage(error):
                    raise

    def _mirror_in_thread(self) -> None:
        # The next use of the index meets the same failure again, and reports it.
        with suppress(StoreError):
            self._mirror(BUSY_SECONDS)

    def _follow(self) -> None:
        """Show the marks that another process made and did not write to the index itself."""
        with self.connection() as db:
            if not is_behind(db):
                return
        with self._follower_lock:
            if self._closing.is_set() or (self._follower and self._follower.is_alive()):
                return
            self._follower = threading.Thread(
                target=self._mirror_in_thread, name="marks", daemon=True
            )
            self._follower.start()
