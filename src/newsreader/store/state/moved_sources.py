"""Let what was done with the posts of a source follow when its folder moves."""

from __future__ import annotations

import os
import sqlite3
from typing import Final

from newsreader.store.db.stored_path import from_stored, to_stored
from newsreader.store.state.undo_log import next_revision

# All tables that name posts; what the undo log keeps goes along, so that undo still works.
_TABLES: Final = ("bookmarks", "positions", "seen", "superseded", "changes")
_SOURCES: Final = " UNION ".join(f"SELECT source FROM state.{name}" for name in ("marks", *_TABLES))  # noqa: S608 - names of ours
_MOVES: Final = [
    f"UPDATE OR IGNORE state.{name} SET source = ? WHERE source = ?"  # noqa: S608 - as above
    for name in _TABLES
]
_FORGET: Final = """
INSERT OR IGNORE INTO state.marks (source, path, read, bookmarked, revision, changed_at)
SELECT ?, path, 0, 0, ?, changed_at FROM state.marks WHERE source = ? AND revision = ?
"""


def move_source(db: sqlite3.Connection, old: str, new: str) -> int:
    """Give marks, bookmarks and reading places of a source, and of those below it, another path.

    What a post has under the new path already stays; the same of the old one is left where it is.

    Args:
        db: A connection that holds the lock of the state.
        old: The path of the folder, or of the post, before it moved.
        new: Its path now.

    Returns:
        The number of posts that something was known of.
    """
    moved = revision = 0
    known = [from_stored(source) for (source,) in db.execute(_SOURCES)]
    for source in known:
        if source != old and not source.startswith(old.rstrip(os.sep) + os.sep):
            continue
        revision = revision or next_revision(db)
        names = (to_stored(new + source[len(old) :]), to_stored(source))
        moved += db.execute(
            "UPDATE OR IGNORE state.marks SET source = ?, revision = ? WHERE source = ?",
            (names[0], revision, names[1]),
        ).rowcount
        # Indexes follow by the revision: what they show of the old names has no flags any more.
        db.execute(_FORGET, (names[1], revision, names[0], revision))
        for move in _MOVES:
            db.execute(move, names)
    return moved
