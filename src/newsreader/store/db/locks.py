"""The lock that keeps scans from overlapping."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from newsreader.store.errors import is_busy

LOCK: Final = "index.lock"
NO_LIMIT: Final = 7 * 24 * 3600.0
"""Seconds to wait for another scan: practically until it ends."""

_PAUSE: Final = 0.05


@contextmanager
def scan_lock(cache_dir: Path, *, seconds: float, name: str = LOCK) -> Iterator[bool]:
    """Hold a lock; yields False if another process still has it after `seconds`.

    It is a lock of SQLite on an empty database, so the system takes it back from a process that
    dies, on every platform.
    """
    end = time.monotonic() + seconds
    with closing(_lock_file(cache_dir / name)) as lock:
        # SQLite could wait itself, but it would not hear Ctrl+C meanwhile.
        while not (held := _try_lock(lock)) and time.monotonic() < end:
            time.sleep(_PAUSE)
        try:
            yield held
        finally:
            if held:
                lock.execute("ROLLBACK")


def _try_lock(lock: sqlite3.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        return False
    return True


def is_scanning(cache_dir: Path) -> bool:
    """Whether any process holds the lock."""
    if not (cache_dir / LOCK).exists():
        return False
    try:
        with closing(_lock_file(cache_dir / LOCK)) as lock:
            lock.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        return is_busy(error)
    return False


def _lock_file(path: Path) -> sqlite3.Connection:
    with suppress(OSError):
        if not path.exists():
            path.touch(mode=0o600, exist_ok=True)
        elif path.stat().st_size:
            # Nothing is ever written into it, so this is damage, and SQLite would refuse the file.
            # The process that holds the lock goes on holding it.
            os.truncate(path, 0)
    return sqlite3.connect(path, timeout=0, isolation_level=None)
