"""Reading places: how far each post was read, in `state.positions`."""

from __future__ import annotations

import sqlite3
import time

from newsreader.article.reading_place import ReadingPlace
from newsreader.store.db.stored_path import PostName, storable


def load_place(db: sqlite3.Connection, name: PostName) -> ReadingPlace | None:
    """The place in the text of a post that was saved last; `None` if none was."""
    row = db.execute(
        "SELECT place, context FROM state.positions WHERE source = ? AND path = ?", name
    ).fetchone()
    return ReadingPlace(*row) if row else None


def save_place(db: sqlite3.Connection, name: PostName, place: ReadingPlace) -> None:
    """Remember the place in the text of a post; needs the lock of `state`."""
    db.execute(
        "INSERT INTO state.positions VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, path)"
        " DO UPDATE SET place = excluded.place, context = excluded.context,"
        " changed_at = excluded.changed_at",
        (*name, place.offset, storable(place.context), time.time()),
    )
