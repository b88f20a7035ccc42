"""Let what was done with the posts of a source follow when they are known by another source.

Every function works in a connection to both databases.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Final

from newsreader.frozen import dataclass
from newsreader.store.db.stored_path import StoredPath, from_stored, to_stored
from newsreader.store.state.undo_log import next_revision

# All other tables that name posts; what the undo log keeps goes along, so that undo still works.
_TABLES: Final = ("bookmarks", "positions", "seen", "superseded", "changes")
_SOURCES: Final = " UNION ".join(f"SELECT source FROM state.{name}" for name in ("marks", *_TABLES))  # noqa: S608 - names of ours

_IN_PART: Final = "source = ? AND typeof(path) = 'text' AND path >= ? AND path < ?"
_WHOLE: Final = "source = ?"
_SAYS_SOMETHING: Final = "(read OR bookmarked OR action IS NOT NULL OR undone IS NOT NULL)"
_ANY_TEXT: Final = "\U0010ffff"
_LEFT: Final = """
CREATE TEMP TABLE IF NOT EXISTS left_names (path PRIMARY KEY, changed_at REAL) WITHOUT ROWID
"""
# What indexes show of the old names has no flags any more; they follow by the revision.
_FORGET: Final = """
INSERT OR IGNORE INTO state.marks (source, path, read, bookmarked, revision, changed_at)
SELECT ?, path, 0, 0, ?, changed_at FROM temp.left_names
"""


@dataclass(frozen=True, slots=True)
class Move:
    """Posts that are known by another source now.

    Attributes:
        old: The source before.
        old_prefix: What their paths below it begin with.
        new: The source now.
        new_prefix: What their paths below that begin with in its place.
        is_one: Whether the prefixes are the whole paths of one post.
    """

    old: str
    old_prefix: str
    new: str
    new_prefix: str
    is_one: bool = False

    @property
    def has_moved(self) -> bool:
        """Whether a whole source is another one now, rather than opened from another folder."""
        return not (self.old_prefix or self.new_prefix)

    @property
    def _old_part(self) -> tuple[str, tuple[StoredPath, ...]]:
        """The condition on rows of the old names, and its values."""
        old = to_stored(self.old)
        if self.is_one:
            return "source = ? AND path = ?", (old, to_stored(self.old_prefix))
        if not self.old_prefix:
            return _WHOLE if not self.new_prefix else _IN_PART, (
                (old,) if not self.new_prefix else (old, "", _ANY_TEXT)
            )
        return _IN_PART, (old, self.old_prefix, self.old_prefix[:-1] + chr(ord("/") + 1))

    def is_needed(self, db: sqlite3.Connection) -> bool:
        """Whether anything is known by the old names."""
        where, values = self._old_part
        row = db.execute(
            f"SELECT 1 FROM state.marks WHERE {where} AND {_SAYS_SOMETHING} LIMIT 1",  # noqa: S608 - ours
            values,
        )
        return row.fetchone() is not None

    def make(self, db: sqlite3.Connection, revision: int) -> int:
        """Give what is known of the posts to their new names; needs the lock of the state.

        What a post has under its new name already stays; the same of the old one is left where it
        is.

        Args:
            db: A connection that holds the lock.
            revision: The change of the state that it is part of: indexes follow by it.

        Returns:
            The number of posts that something was known of.
        """
        where, values = self._old_part
        new = to_stored(self.new)
        path = "path"
        named: tuple[StoredPath | int, ...] = (new,)
        if self.old_prefix or self.new_prefix:
            path = "? || substr(path, ?)"
            named = (new, self.new_prefix, len(self.old_prefix) + 1)
        known = f"FROM state.marks WHERE {where} AND {_SAYS_SOMETHING}"
        # Rows that say nothing are left by moves, so that indexes follow; they are in no one's way.
        db.execute(
            f"DELETE FROM state.marks WHERE source = ? AND NOT {_SAYS_SOMETHING}"  # noqa: S608 - ours
            f" AND path IN (SELECT {path} {known})",
            (new, *named[1:], *values),
        )
        db.execute(_LEFT)
        db.execute("DELETE FROM temp.left_names")
        db.execute(f"INSERT INTO temp.left_names SELECT path, changed_at {known}", values)
        count = db.execute(
            f"UPDATE OR IGNORE state.marks SET source = ?, path = {path}, revision = ?"  # noqa: S608 - ours
            f" WHERE {where} AND {_SAYS_SOMETHING}",
            (*named, revision, *values),
        ).rowcount
        db.execute(_FORGET, (to_stored(self.old), revision))
        db.execute("DELETE FROM temp.left_names")
        for table in _TABLES:
            db.execute(
                f"UPDATE OR IGNORE state.{table} SET source = ?, path = {path} WHERE {where}",  # noqa: S608 - ours
                (*named, *values),
            )
        return count


def move_source(db: sqlite3.Connection, old: str, new: str) -> int:
    """Give marks, bookmarks and reading places of a source, and of those below it, another path.

    Args:
        db: A connection that holds the lock of the state.
        old: The path of the folder, or of the post, before it moved.
        new: Its path now.

    Returns:
        The number of posts that something was known of.
    """
    known = [from_stored(source) for (source,) in db.execute(_SOURCES)]
    moves = [
        Move(source, "", new + source[len(old) :], "")
        for source in known
        if source == old or source.startswith(old.rstrip(os.sep) + os.sep)
    ]
    return make_moves(db, moves)


def make_moves(db: sqlite3.Connection, moves: list[Move]) -> int:
    """Make several moves in one change of the state; how many posts something was known of."""
    if not moves:
        return 0
    revision = next_revision(db)
    return sum(move.make(db, revision) for move in moves)
