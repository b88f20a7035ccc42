"""Whether the files of bookmarks are still what was saved of them."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Final

from newsreader.store.db.files import FileTooLargeError, read_regular
from newsreader.store.db.lru import LruCache
from newsreader.store.db.stored_path import StoredPath, file_path
from newsreader.store.index.post_names import name_of
from newsreader.store.values import PostRow

_REMEMBERED: Final = 4096


class FileState(Enum):
    """What became of the file of a bookmark."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Key:
    """A version of a bookmark, and a file as it was looked into."""

    version: int
    size: int
    mtime_ns: int


class Differences:
    """Compares files with what bookmarks keep; remembers what it found out by reading a file."""

    def __init__(self) -> None:
        self._found: LruCache[_Key, bool] = LruCache(_REMEMBERED)

    def marked(self, db: sqlite3.Connection, rows: list[PostRow]) -> list[PostRow]:
        """The rows, with those bookmarks marked whose file has changed or is gone."""
        return [self._marked(db, row) if row.bookmarked else row for row in rows]

    def file_state(self, db: sqlite3.Connection, source: StoredPath, path: StoredPath) -> FileState:
        """What became of the file of a bookmark: by its size and time, then by its bytes."""
        row = db.execute(
            "SELECT id, length(raw), mtime_ns FROM state.bookmarks"
            " WHERE source = ? AND path = ? AND kept = 1",
            (source, path),
        ).fetchone()
        if row is None:
            return FileState.UNKNOWN
        version, size, mtime_ns = row
        file = file_path(source, path)
        try:
            status = file.stat()
        except (FileNotFoundError, NotADirectoryError):
            return FileState.GONE
        except OSError:
            return FileState.UNKNOWN
        if not stat.S_ISREG(status.st_mode):
            return FileState.UNKNOWN
        if status.st_size != size:
            return FileState.CHANGED
        if status.st_mtime_ns == mtime_ns:
            return FileState.SAME
        return self._compared(db, file, _Key(version, status.st_size, status.st_mtime_ns))

    def _marked(self, db: sqlite3.Connection, row: PostRow) -> PostRow:
        name = name_of(db, row.post_id)
        if name is None:
            return row
        match self.file_state(db, *name):
            case FileState.CHANGED:
                return replace(row, changed=True, gone=False)
            case FileState.GONE:
                return replace(row, gone=True)
            case _:
                return row

    def _compared(self, db: sqlite3.Connection, file: Path, key: _Key) -> FileState:
        same = self._found.get(key)
        if same is None:
            (raw,) = db.execute(
                "SELECT raw FROM state.bookmarks WHERE id = ?", (key.version,)
            ).fetchone()
            try:
                same = read_regular(file, key.size).raw == raw
            except FileTooLargeError:
                same = False
            except OSError:
                return FileState.UNKNOWN
            self._found.put(key, same)
        return FileState.SAME if same else FileState.CHANGED
