"""Read marks: which posts were read, in `state.marks`.

Every function works in a connection to both databases (`db.connect`), inside a transaction of its
caller that holds the lock of `state`.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Final

from newsreader.store.db.connect import Statement
from newsreader.store.state.undo_log import StepKind, next_revision, record_step

_INDEXED: Final = """
SELECT s.path AS source, p.path AS path, p.title AS title
FROM ({ids}) AS chosen
JOIN main.posts AS p ON p.id = chosen.id
JOIN main.sources AS s ON s.id = p.source
"""
_CHOOSE: Final = """
INSERT OR IGNORE INTO temp.marked SELECT n.source, n.path, n.title
FROM ({names}) AS n
LEFT JOIN state.marks AS m ON m.source = n.source AND m.path = n.path
WHERE coalesce(m.read, 0) <> ?
"""


def mark(db: sqlite3.Connection, ids: Statement, *, read: bool, kind: StepKind) -> int:
    """Set the read mark of the posts whose ids a statement gives; how many were changed.

    Args:
        db: A connection that holds the lock of the state.
        ids: A statement for ids of the index.
        read: What to set.
        kind: What the step is, which can be taken back.
    """
    sql, values = ids
    return mark_named(db, (_INDEXED.replace("{ids}", sql), values), read=read, kind=kind)


def mark_named(db: sqlite3.Connection, names: Statement, *, read: bool, kind: StepKind) -> int:
    """Set the read mark of posts that the index need not know; how many were changed.

    Args:
        db: A connection that holds the lock of the state.
        names: A statement for `source`, `path` and `title` of posts.
        read: What to set.
        kind: What the step is, which can be taken back.
    """
    sql, values = names
    now = time.time()
    db.execute(
        "CREATE TEMP TABLE IF NOT EXISTS marked"
        " (source NOT NULL, path NOT NULL, title, PRIMARY KEY (source, path)) WITHOUT ROWID"
    )
    db.execute("DELETE FROM temp.marked")
    db.execute(_CHOOSE.replace("{names}", sql), (*values, int(read)))
    count: int
    count, title = db.execute("SELECT count(*), min(title) FROM temp.marked").fetchone()
    if not count:
        return 0
    revision = next_revision(db)
    step = record_step(db, kind, revision, posts=count, title=title)
    db.execute(
        "INSERT INTO state.superseded SELECT ?, m.source, m.path, m.action"
        " FROM temp.marked AS t JOIN state.marks AS m USING (source, path)"
        " WHERE m.action IS NOT NULL",
        (step,),
    )
    db.execute(
        "INSERT INTO state.marks (source, path, read, bookmarked, revision, changed_at, action)"
        " SELECT source, path, ?, 0, ?, ?, ? FROM temp.marked WHERE true"
        " ON CONFLICT (source, path) DO UPDATE SET read = excluded.read,"
        " revision = excluded.revision, changed_at = excluded.changed_at,"
        # What was taken back before is not to be done again to a post that has another mark since.
        " action = excluded.action, undone = NULL",
        (int(read), revision, now, step),
    )
    db.execute("DELETE FROM temp.marked")
    return count
