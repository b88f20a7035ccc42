"""What files were when they were read: how an edited post says so though it stays read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from newsreader.store.db.files import read_regular
from newsreader.store.db.lru import LruCache
from newsreader.store.db.stored_path import PostName, file_path
from newsreader.store.index.post_names import name_of
from newsreader.store.values import PostId, PostRow

_REMEMBERED: Final = 4096
_MOST_BYTES: Final = 32 << 20
_MOST_POSTS: Final = 100

_SUSPECTS: Final = """
SELECT p.id, s.path, p.path, e.digest, p.size, p.mtime_ns
FROM json_each(?) AS wanted
JOIN main.posts AS p ON p.id = wanted.value
JOIN main.sources AS s ON s.id = p.source
JOIN state.seen AS e ON e.source = s.path AND e.path = p.path
WHERE p.read = 1 AND p.gone = 0 AND (e.size <> p.size OR e.mtime_ns <> p.mtime_ns)
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was read; `digest` is the BLAKE2b of its bytes."""

    size: int
    mtime_ns: int
    digest: bytes


def look(db: sqlite3.Connection, post_ids: Sequence[PostId]) -> list[tuple[PostName, Seen]]:
    """The files of posts as they are now, of which it is not known yet that they were seen so."""
    found: list[tuple[PostName, Seen]] = []
    for post_id in post_ids[:_MOST_POSTS]:
        name = name_of(db, post_id)
        seen = _look(file_path(*name)) if name is not None else None
        if name is not None and seen is not None and seen != _known(db, name):
            found.append((name, seen))
    return found


def note(db: sqlite3.Connection, found: list[tuple[PostName, Seen]]) -> None:
    """Remember what was seen; needs the lock of `state`."""
    db.executemany(
        "INSERT OR REPLACE INTO state.seen (source, path, size, mtime_ns, digest)"
        " VALUES (?, ?, ?, ?, ?)",
        [(*name, seen.size, seen.mtime_ns, seen.digest) for name, seen in found],
    )


class Edits:
    """Tells which read posts were edited since; remembers what it found out by reading a file."""

    def __init__(self) -> None:
        self._found: LruCache[tuple[int, int, int, bytes], bool] = LruCache(_REMEMBERED)

    def marked(self, db: sqlite3.Connection, rows: list[PostRow]) -> list[PostRow]:
        """The rows, with those marked whose file differs from what was read."""
        read = [row.post_id for row in rows if row.read]
        if not read:
            return rows
        edited = {
            post_id
            for post_id, source, path, digest, size, mtime_ns in db.execute(
                _SUSPECTS, (json.dumps(read),)
            ).fetchall()
            if self._is_edited((post_id, size, mtime_ns, digest), source, path)
        }
        return [replace(row, edited=True) if row.post_id in edited else row for row in rows]

    def _is_edited(self, key: tuple[int, int, int, bytes], *name: str) -> bool:
        known = self._found.get(key)
        if known is None:
            seen = _look(file_path(*name))
            known = seen is not None and seen.digest != key[3]
            self._found.put(key, known)
        return known


def _known(db: sqlite3.Connection, name: PostName) -> Seen | None:
    row = db.execute(
        "SELECT size, mtime_ns, digest FROM state.seen WHERE source = ? AND path = ?", name
    ).fetchone()
    return Seen(*row) if row else None


def _look(file: Path) -> Seen | None:
    """A file as it is now; `None` where it cannot be read, or is none."""
    from hashlib import blake2b  # noqa: PLC0415  (late: no list needs it)

    try:
        content = read_regular(file, _MOST_BYTES, truncate=True)
    except OSError:
        return None
    digest = blake2b(content.raw, digest_size=16).digest()
    return Seen(content.size, content.mtime_ns, digest)
