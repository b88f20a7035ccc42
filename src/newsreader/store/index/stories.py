"""Note which posts tell the same story.

A story is a number that posts share whose texts say the same (`search.sketches`). Copies are looked
for among the posts that share one of the lowest hashes of a sketch: those nearest in date, as a
sentence that a site writes under every post would name thousands.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from newsreader.search.sketches import LOOKED_UP, Sketch, are_copies, sketch_from_bytes

_NEAREST: Final = 8
"""Posts of one hash that are compared, before and after the date of a post."""


def put_sketch(db: sqlite3.Connection, post_id: int, stored: bytes) -> None:
    """Note the sketch of a post, in place of an earlier one, and the story that it tells.

    Args:
        db: The index, inside a transaction that holds its lock.
        post_id: A post that is in.
        stored: As `sketch_to_bytes` wrote it; empty for a post that says too little.
    """
    drop_sketch(db, post_id)
    if not stored:
        return
    sketch = sketch_from_bytes(stored)
    copy = _nearest_copy(db, post_id, sketch)
    db.execute("INSERT INTO sketches VALUES (?, ?)", (post_id, stored))
    db.executemany(
        "INSERT OR IGNORE INTO sketch_hashes VALUES (?, ?)",
        [(each, post_id) for each in sketch[:LOOKED_UP]],
    )
    if copy is None:
        return
    row = db.execute("SELECT story FROM stories WHERE post = ?", (copy,)).fetchone()
    if row is None:
        row = db.execute("SELECT coalesce(max(story), 0) + 1 FROM stories").fetchone()
        db.execute("INSERT INTO stories VALUES (?, ?)", (copy, *row))
    db.execute("INSERT INTO stories VALUES (?, ?)", (post_id, *row))


def drop_sketch(db: sqlite3.Connection, post_id: int) -> None:
    """Forget the sketch of a post, and the story that it told."""
    row = db.execute("SELECT hashes FROM sketches WHERE post = ?", (post_id,)).fetchone()
    if row is None:
        return
    db.executemany(
        "DELETE FROM sketch_hashes WHERE hash = ? AND post = ?",
        [(each, post_id) for each in sketch_from_bytes(row[0])[:LOOKED_UP]],
    )
    db.execute("DELETE FROM sketches WHERE post = ?", (post_id,))
    db.execute("DELETE FROM stories WHERE post = ?", (post_id,))


_SHARING: Final = (
    "SELECT h.post, s.hashes FROM sketch_hashes AS h JOIN sketches AS s ON s.post = h.post"
)
_BEFORE: Final = f"{_SHARING} WHERE h.hash = ? AND h.post < ? ORDER BY h.post DESC LIMIT ?"
_AFTER: Final = f"{_SHARING} WHERE h.hash = ? AND h.post > ? ORDER BY h.post LIMIT ?"


def _nearest_copy(db: sqlite3.Connection, post_id: int, sketch: Sketch) -> int | None:
    compared: set[int] = set()
    for each in sketch[:LOOKED_UP]:
        for near in (_BEFORE, _AFTER):
            for other, stored in db.execute(near, (each, post_id, _NEAREST)).fetchall():
                if other not in compared and are_copies(sketch, sketch_from_bytes(stored)):
                    return int(other)
                compared.add(other)
    return None
