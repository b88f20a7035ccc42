"""Ids of posts by their names, and names by their ids; an id is of one index only."""

from __future__ import annotations

import sqlite3

from newsreader.store.db.stored_path import PostName, to_stored
from newsreader.store.query import PostId


def name_of(db: sqlite3.Connection, post_id: PostId) -> PostName | None:
    """Source and path of a post, as stored; `None` if the index does not know it."""
    row: PostName | None = db.execute(
        "SELECT s.path, p.path FROM posts AS p JOIN sources AS s ON s.id = p.source WHERE p.id = ?",
        (post_id,),
    ).fetchone()
    return row


def find_name(db: sqlite3.Connection, source: str, path: str) -> PostId | None:
    """The post of a source and a path below it."""
    row = db.execute(
        "SELECT p.id FROM posts AS p JOIN sources AS s ON s.id = p.source"
        " WHERE s.path = ? AND p.path = ?",
        (to_stored(source), to_stored(path)),
    ).fetchone()
    return PostId(row[0]) if row else None
