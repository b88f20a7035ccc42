"""Detect posts whose file changed after they were read or bookmarked.

A file is compared by its size and time first, and only if those differ by its bytes. What was found
out by reading a file is remembered, since a list asks for the same rows each time it is drawn.
"""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Final, TypeAlias

from newsreader.files import FileTooLargeError, read_regular
from newsreader.frozen import dataclass
from newsreader.store.db.lru import LruCache
from newsreader.store.db.stored_path import PostName, StoredPath, file_path
from newsreader.store.query import PostId
from newsreader.store.values import PostRow

_CACHED_FILES: Final = 4096
DIGESTED_BYTES: Final = 32 << 20
_MOST_POSTS: Final = 100

_READ: Final = """
SELECT s.path, p.path, e.size, e.mtime_ns, e.digest
FROM json_each(?) AS wanted
CROSS JOIN main.posts AS p ON p.id = wanted.value
CROSS JOIN main.sources AS s ON s.id = p.source
LEFT JOIN state.seen AS e ON e.source = s.path AND e.path = p.path
"""
_SUSPECTS: Final = """
SELECT p.id, s.path, p.path, e.digest, p.size, p.mtime_ns
FROM json_each(?) AS wanted
CROSS JOIN main.posts AS p ON p.id = wanted.value
CROSS JOIN main.sources AS s ON s.id = p.source
CROSS JOIN state.seen AS e ON e.source = s.path AND e.path = p.path
WHERE p.read = 1 AND p.gone = 0 AND (e.size <> p.size OR e.mtime_ns <> p.mtime_ns)
"""
_BOOKMARKED: Final = """
SELECT p.id, b.source, b.path, b.id, length(b.raw), b.mtime_ns
FROM json_each(?) AS wanted
CROSS JOIN main.posts AS p ON p.id = wanted.value
CROSS JOIN main.sources AS s ON s.id = p.source
CROSS JOIN state.bookmarks AS b ON b.source = s.path AND b.path = p.path AND b.kept = 1
"""
_BOOKMARK: Final = """
SELECT b.source, b.path, b.id, length(b.raw), b.mtime_ns
FROM state.bookmarks AS b WHERE b.source = ? AND b.path = ? AND b.kept = 1
"""

# Source, path, id of the version, size and mtime_ns of what a bookmark holds.
_Saved: TypeAlias = tuple[StoredPath, StoredPath, int, int, int]


class FileState(Enum):
    """The state of a bookmark's file, compared with what was saved of it."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file as it was read; `digest` is the BLAKE2b of its bytes."""

    size: int
    mtime_ns: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class _BookmarkKey:
    """A version of a bookmark, and a file as it was when its bytes were compared."""

    version: int
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class _ReadKey:
    """A post, its file as the index has it, and what was read of it."""

    post_id: int
    size: int
    mtime_ns: int
    digest: bytes


def changed_digests(
    db: sqlite3.Connection, post_ids: Sequence[PostId]
) -> list[tuple[PostName, FileDigest]]:
    """The files of posts as they are now, if that is not what was noted of them last."""
    found: list[tuple[PostName, FileDigest]] = []
    rows = db.execute(_READ, (json.dumps(post_ids[:_MOST_POSTS]),)).fetchall()
    for source, path, *noted in rows:
        digest = _digest(file_path(source, path))
        if digest is not None and noted != [digest.size, digest.mtime_ns, digest.digest]:
            found.append(((source, path), digest))
    return found


def note_digests(db: sqlite3.Connection, found: list[tuple[PostName, FileDigest]]) -> None:
    """Note the files that are being read as they are now; needs the lock of `state`."""
    db.executemany(
        "INSERT OR REPLACE INTO state.seen (source, path, size, mtime_ns, digest)"
        " VALUES (?, ?, ?, ?, ?)",
        [(*name, file.size, file.mtime_ns, file.digest) for name, file in found],
    )


class FileChanges:
    """Compares files with what was read, and with what bookmarks hold."""

    def __init__(self) -> None:
        self._same: LruCache[_BookmarkKey, bool] = LruCache(_CACHED_FILES)
        self._edited: LruCache[_ReadKey, bool] = LruCache(_CACHED_FILES)

    def marked(self, db: sqlite3.Connection, rows: list[PostRow]) -> list[PostRow]:
        """The rows, with those marked whose file is not what was read or bookmarked."""
        states = self._bookmark_states(db, [row.post_id for row in rows if row.bookmarked])
        edited = self._edited_posts(db, [row.post_id for row in rows if row.read])
        if not states and not edited:
            return rows
        return [
            _marked(row, states.get(row.post_id, FileState.UNKNOWN), row.post_id in edited)
            for row in rows
        ]

    def bookmark_state(self, db: sqlite3.Connection, name: PostName) -> FileState:
        """The state of a bookmark's file, compared with what was saved of it."""
        saved = db.execute(_BOOKMARK, name).fetchone()
        return self._compare(db, saved) if saved is not None else FileState.UNKNOWN

    def _bookmark_states(
        self, db: sqlite3.Connection, post_ids: list[PostId]
    ) -> dict[int, FileState]:
        if not post_ids:
            return {}
        rows = db.execute(_BOOKMARKED, (json.dumps(post_ids),)).fetchall()
        return {post_id: self._compare(db, tuple(saved)) for post_id, *saved in rows}

    def _compare(self, db: sqlite3.Connection, saved: _Saved) -> FileState:
        source, path, version, size, mtime_ns = saved
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
        return self._compare_bytes(db, file, _BookmarkKey(version, size, status.st_mtime_ns))

    def _compare_bytes(self, db: sqlite3.Connection, file: Path, key: _BookmarkKey) -> FileState:
        same = self._same.get(key)
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
            self._same.put(key, same)
        return FileState.SAME if same else FileState.CHANGED

    def _edited_posts(self, db: sqlite3.Connection, post_ids: list[PostId]) -> set[int]:
        if not post_ids:
            return set()
        rows = db.execute(_SUSPECTS, (json.dumps(post_ids),)).fetchall()
        return {
            post_id
            for post_id, source, path, digest, size, mtime_ns in rows
            if self._is_edited(_ReadKey(post_id, size, mtime_ns, digest), source, path)
        }

    def _is_edited(self, key: _ReadKey, source: StoredPath, path: StoredPath) -> bool:
        edited = self._edited.get(key)
        if edited is None:
            file = _digest(file_path(source, path))
            edited = file is not None and file.digest != key.digest
            self._edited.put(key, edited)
        return edited


def _marked(row: PostRow, state: FileState, is_edited: bool) -> PostRow:
    match state:
        case FileState.CHANGED:
            return replace(row, changed=True, gone=False, edited=is_edited)
        case FileState.GONE:
            return replace(row, gone=True, edited=is_edited)
        case _:
            return replace(row, edited=True) if is_edited else row


def _digest(file: Path) -> FileDigest | None:
    """A file as it is now; `None` if it cannot be read, or is none."""
    try:
        content = read_regular(file, DIGESTED_BYTES, truncate=True)
    except OSError:
        return None
    return FileDigest(content.size, content.mtime_ns, file_digest(content.raw))


def file_digest(raw: bytes) -> bytes:
    """The BLAKE2b of the bytes of a file, as `seen` holds it."""
    from hashlib import blake2b  # noqa: PLC0415  (late: no list needs it)

    return blake2b(raw, digest_size=16).digest()
