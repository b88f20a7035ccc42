"""The process that scans, and the lock that keeps scans from overlapping.

`python -m newsreader.store.indexer` writes to the index alone, never to the terminal: its standard
output and error may be the screen of the reader that started it.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from newsreader.store.model import Source, StoreError
from newsreader.store.scanning import scan_sources
from newsreader.store.schema import connect

LOCK: Final = "index.lock"
_NO_LIMIT: Final = 7 * 24 * 3600.0


@contextmanager
def scan_lock(cache_dir: Path, *, seconds: float) -> Iterator[bool]:
    """Hold the lock of the index; yields False where somebody else still has it after `seconds`.

    It is a lock of SQLite on an empty database, so the system takes it back from a process that
    dies, on every platform.
    """
    with closing(_lock_file(cache_dir, seconds)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        try:
            yield True
        finally:
            lock.execute("ROLLBACK")


def is_scanning(cache_dir: Path) -> bool:
    """Whether any process holds the lock."""
    if not (cache_dir / LOCK).exists():
        return False
    with closing(_lock_file(cache_dir, 0)) as lock:
        try:
            lock.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError:
            return True
    return False


def start_indexer(
    sources: Sequence[Source], *, cache_dir: Path, data_dir: Path, rebuild: bool = False
) -> subprocess.Popen[bytes]:
    """Start a process that scans the sources as soon as no other one scans."""
    command = [sys.executable, "-m", "newsreader.store.indexer"]
    command += [f"--cache={cache_dir}", f"--data={data_dir}"]
    command += ["--rebuild"] if rebuild else []
    command += ["--", *(str(source.path) for source in sources)]
    return subprocess.Popen(  # noqa: S603 - our own module, and paths as arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C in the terminal is not meant for it.
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan once: 0 when done, 1 where the databases cannot be used."""
    parser = argparse.ArgumentParser(prog="newsreader.store.indexer")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--leave", action="store_true", help="leave where another one scans")
    parser.add_argument("sources", type=Path, nargs="*")
    options = parser.parse_args(arguments)
    sources = [Source(path) for path in options.sources]
    seconds = 1.0 if options.leave else _NO_LIMIT
    try:
        with scan_lock(options.cache, seconds=seconds) as held:
            if not held:
                return 0
            with closing(connect(options.cache / "index.db", options.data / "state.db")) as db:
                scan_sources(db, sources, rebuild=options.rebuild)
    except (OSError, sqlite3.Error, StoreError):
        return 1
    return 0


def _lock_file(cache_dir: Path, seconds: float) -> sqlite3.Connection:
    path = cache_dir / LOCK
    if not path.exists():
        with suppress(OSError):
            path.touch(mode=0o600, exist_ok=True)
    return sqlite3.connect(path, timeout=seconds, isolation_level=None)


if __name__ == "__main__":
    sys.exit(main())
