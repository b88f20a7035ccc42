"""Let marks follow a post whose file was renamed, as by `git mv`."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

from newsreader.files import read_regular
from newsreader.frozen import dataclass
from newsreader.store.db.stored_path import StoredPath, from_stored
from newsreader.store.db.transactions import writing
from newsreader.store.index.post_ids import LOW_BITS, date_bits
from newsreader.store.index.writer import IndexEntry, short_title
from newsreader.store.state.file_changes import DIGESTED_BYTES, file_digest
from newsreader.store.state.moved_sources import Move, make_moves

_MOST: Final = 20_000
"""Posts that went in one scan of which any is looked for."""

_GONE: Final = """
SELECT p.source, s.path, p.path, p.size, p.mtime_ns, p.title, p.id, e.digest, b.raw
FROM json_each(?) AS gone
CROSS JOIN main.posts AS p ON p.id = gone.value
CROSS JOIN main.sources AS s ON s.id = p.source
CROSS JOIN state.marks AS m ON m.source = s.path AND m.path = p.path
LEFT JOIN state.seen AS e ON e.source = s.path AND e.path = p.path
LEFT JOIN state.bookmarks AS b ON b.source = s.path AND b.path = p.path AND b.kept = 1
WHERE p.size >= 0 AND (m.read OR m.bookmarked)
"""

_Key: TypeAlias = tuple[int, int, str]
"""The source of a post, the size of its file, and its title."""


@dataclass(frozen=True, slots=True)
class _Gone:
    """A post whose file went, and that was marked.

    Attributes:
        source: The path of its source.
        path: Below it.
        mtime_ns: Of its file.
        date: The high bits of its id.
        digests: Of the bytes that were read or bookmarked; empty if that never was.
    """

    source: str
    path: str
    mtime_ns: int
    date: int
    digests: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _Added:
    """A post whose file has come: see `_Gone`."""

    path: str
    mtime_ns: int
    date: int


class RenamedPosts:
    """The posts that went and came in one scan; those that are the same keep what was done."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._gone: dict[_Key, list[_Gone]] = defaultdict(list)
        self._added: dict[_Key, list[_Added]] = defaultdict(list)

    def note_gone(self, post_ids: Sequence[int]) -> None:
        """Note posts whose files are gone, before their rows are."""
        rows = self._db.execute(_GONE, (json.dumps(list(post_ids[:_MOST])),)).fetchall()
        for number, source, path, size, mtime_ns, title, post_id, digest, raw in rows:
            if isinstance(path, str):
                saved = file_digest(raw) if raw is not None else None
                digests = tuple(each for each in (digest, saved) if each is not None)
                self._gone[number, size, title].append(
                    _Gone(from_stored(source), path, mtime_ns, post_id >> LOW_BITS, digests)
                )

    def note_added(self, entry: IndexEntry) -> None:
        """Note a post that is new."""
        key = entry.source, entry.size, short_title(entry.title)
        if key in self._gone and isinstance(entry.path, str):
            self._added[key].append(_Added(entry.path, entry.mtime_ns, date_bits(entry.date)))

    def follow(self) -> int:
        """Give the marks of posts that went to the new names of the same posts.

        That a post is the same is known by its bytes, where it was opened or bookmarked; otherwise
        it is taken for the same if it alone has the size and title, and its date or time as well.

        Returns:
            How many it was.
        """
        moves = [
            Move(gone.source, gone.path, gone.source, path, is_one=True)
            for key, some in self._gone.items()
            for gone, path in self._matched(some, self._added.get(key, []))
        ]
        self._gone.clear()
        self._added.clear()
        if moves:
            with writing(self._db, "state"):
                make_moves(self._db, moves)
        return len(moves)

    @staticmethod
    def _matched(some: Sequence[_Gone], added: Sequence[_Added]) -> list[tuple[_Gone, str]]:
        left = list(added)
        found: list[tuple[_Gone, str]] = []
        for gone in some:
            same = None
            if gone.digests:
                same = next((each for each in left if _has_bytes(gone, each.path)), None)
            elif len(some) == len(added) == 1:
                facts = (gone.mtime_ns, gone.date)
                is_same = any(a == b for a, b in zip(facts, _facts(added[0]), strict=True))
                same = added[0] if is_same else None
            if same is not None:
                left.remove(same)
                found.append((gone, same.path))
        return found


def _facts(added: _Added) -> tuple[int, int]:
    return added.mtime_ns, added.date


def _has_bytes(gone: _Gone, path: StoredPath) -> bool:
    file = Path(gone.source) / from_stored(path)
    try:
        raw = read_regular(file, DIGESTED_BYTES, truncate=True).raw
    except OSError:
        return False
    return file_digest(raw) in gone.digests
