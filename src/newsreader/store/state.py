"""What the reader did: marks, bookmarks, reading places, and how to take a step back.

Every function works in the connection of `schema.connect`, inside a transaction of its caller,
which holds the lock of `state`. Posts are named by `(source, path)` here, never by an id.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass
from typing import Final, Literal

from newsreader.store.identity import StoredPath
from newsreader.store.queries import Statement

STEPS_KEPT: Final = 200

_CHOOSE: Final = """
INSERT OR IGNORE INTO temp.marked SELECT s.path, p.path, p.title
FROM ({ids}) AS chosen
JOIN main.posts AS p ON p.id = chosen.id
JOIN main.sources AS s ON s.id = p.source
LEFT JOIN state.marks AS m ON m.source = s.path AND m.path = p.path
WHERE coalesce(m.read, 0) <> ?
"""

Kind = Literal["read", "unread", "bookmark", "unbookmark"]


@dataclass(frozen=True, slots=True)
class SavedPost:
    """All that a bookmark keeps of a post; dates in ISO 8601, zones by name or offset."""

    source: StoredPath
    path: StoredPath
    site_path: StoredPath
    raw: bytes
    title: str
    date: str | None
    has_time: bool
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    site_title: str
    site_url: str
    site_timezone: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the journal that was taken back.

    Attributes:
        kind: What had been done.
        posts: To how many posts.
        title: The title of one of them.
        names: Source and path of them, at most a hundred.
    """

    kind: Kind
    posts: int
    title: str
    names: tuple[tuple[StoredPath, StoredPath], ...]


def next_revision(db: sqlite3.Connection) -> int:
    """Count one change of the state."""
    db.execute("UPDATE state.meta SET value = value + 1 WHERE key = 'revision'")
    row = db.execute("SELECT value FROM state.meta WHERE key = 'revision'").fetchone()
    revision: int = row[0]
    return revision


def mark(db: sqlite3.Connection, ids: Statement, *, read: bool, undoable: bool) -> int:
    """Set the read mark of the posts whose ids a statement gives; how many were changed.

    Args:
        db: A connection that holds the lock of the state.
        ids: A statement for ids of the index.
        read: What to set.
        undoable: Whether `take_back` will know of it.
    """
    sql, values = ids
    now = time.time()
    db.execute(
        "CREATE TEMP TABLE IF NOT EXISTS marked"
        " (source NOT NULL, path NOT NULL, title, PRIMARY KEY (source, path)) WITHOUT ROWID"
    )
    db.execute("DELETE FROM temp.marked")
    db.execute(_CHOOSE.replace("{ids}", sql), (*values, int(read)))
    count: int
    count, title = db.execute("SELECT count(*), min(title) FROM temp.marked").fetchone()
    if not count:
        return 0
    revision = next_revision(db)
    step = None
    if undoable:
        kind: Kind = "read" if read else "unread"
        step = _record(db, kind, revision, posts=count, title=title)
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
        " action = coalesce(excluded.action, action)",
        (int(read), revision, now, step),
    )
    db.execute("DELETE FROM temp.marked")
    return count


def add_bookmark(db: sqlite3.Connection, post: SavedPost) -> bool:
    """Keep a post for good; False where it is kept already."""
    kept = db.execute(
        "SELECT 1 FROM state.bookmarks WHERE source = ? AND path = ? AND removed_by IS NULL",
        (post.source, post.path),
    ).fetchone()
    if kept:
        return False
    revision = next_revision(db)
    _record(db, "bookmark", revision, title=post.title, name=(post.source, post.path))
    db.execute(
        "INSERT INTO state.bookmarks (source, path, site_path, raw, title, date, has_time,"
        " categories, tags, site_title, site_url, site_timezone, saved_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            post.source,
            post.path,
            post.site_path,
            post.raw,
            post.title,
            post.date,
            int(post.has_time),
            json.dumps(post.categories, ensure_ascii=False),
            json.dumps(post.tags, ensure_ascii=False),
            post.site_title,
            post.site_url,
            post.site_timezone,
            time.time(),
        ),
    )
    _mark_bookmarked(db, post.source, post.path, revision, bookmarked=True)
    return True


def remove_bookmark(db: sqlite3.Connection, source: StoredPath, path: StoredPath) -> bool:
    """Take a bookmark away; its bytes stay until its step leaves the journal."""
    row = db.execute(
        "SELECT id, title FROM state.bookmarks"
        " WHERE source = ? AND path = ? AND removed_by IS NULL",
        (source, path),
    ).fetchone()
    if row is None:
        return False
    bookmark, title = row
    revision = next_revision(db)
    step = _record(db, "unbookmark", revision, title=title, name=(source, path))
    db.execute("UPDATE state.bookmarks SET removed_by = ? WHERE id = ?", (step, bookmark))
    _mark_bookmarked(db, source, path, revision, bookmarked=False)
    return True


def saved_post(db: sqlite3.Connection, source: StoredPath, path: StoredPath) -> SavedPost | None:
    """What a bookmark keeps of a post; of the one removed last where there is none now."""
    row = db.execute(
        "SELECT source, path, site_path, raw, title, date, has_time, categories, tags,"
        " site_title, site_url, site_timezone FROM state.bookmarks"
        " WHERE source = ? AND path = ? ORDER BY removed_by IS NOT NULL, removed_by DESC LIMIT 1",
        (source, path),
    ).fetchone()
    if row is None:
        return None
    source, path, site_path, raw, title, date, has_time, categories, tags, *site = row
    return SavedPost(
        source=source,
        path=path,
        site_path=site_path,
        raw=raw,
        title=title,
        date=date,
        has_time=bool(has_time),
        categories=tuple(json.loads(categories)),
        tags=tuple(json.loads(tags)),
        site_title=site[0],
        site_url=site[1],
        site_timezone=site[2],
    )


def take_back(db: sqlite3.Connection) -> Step | None:
    """Undo the newest step of the journal; `None` where it is empty."""
    row = db.execute(
        "SELECT id, kind, revision, posts, title, source, path FROM state.journal"
        " ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    step, kind, since, posts, title, source, path = row
    revision = next_revision(db)
    names: list[tuple[StoredPath, StoredPath]]
    match kind:
        case "read" | "unread":
            names = db.execute(
                "SELECT source, path FROM state.marks WHERE action = ? AND revision >= ? LIMIT 100",
                (step, since),
            ).fetchall()
            db.execute(
                "UPDATE state.marks SET read = ?, revision = ?, changed_at = ?,"
                " action = (SELECT action FROM state.superseded AS s WHERE s.step = ?"
                " AND s.source = marks.source AND s.path = marks.path)"
                " WHERE action = ? AND revision >= ?",
                (int(kind == "unread"), revision, time.time(), step, step, since),
            )
        case "bookmark":
            names = [(source, path)]
            # The file may be gone by now, so the bytes stay until later steps push them out.
            db.execute(
                "UPDATE state.bookmarks SET removed_by = ?"
                " WHERE source = ? AND path = ? AND removed_by IS NULL",
                (step, source, path),
            )
            _mark_bookmarked(db, source, path, revision, bookmarked=False)
        case _:
            names = [(source, path)]
            db.execute("UPDATE state.bookmarks SET removed_by = NULL WHERE removed_by = ?", (step,))
            _mark_bookmarked(db, source, path, revision, bookmarked=True)
    db.execute("DELETE FROM state.journal WHERE id = ?", (step,))
    db.execute("DELETE FROM state.superseded WHERE step = ?", (step,))
    return Step(kind, posts, title, tuple(names))


def save_position(db: sqlite3.Connection, source: StoredPath, path: StoredPath, place: int) -> None:
    """Remember the place in the text of a post."""
    db.execute(
        "INSERT INTO state.positions VALUES (?, ?, ?, ?) ON CONFLICT (source, path)"
        " DO UPDATE SET place = excluded.place, changed_at = excluded.changed_at",
        (source, path, place, time.time()),
    )


def _mark_bookmarked(
    db: sqlite3.Connection,
    source: StoredPath,
    path: StoredPath,
    revision: int,
    *,
    bookmarked: bool,
) -> None:
    db.execute(
        "INSERT INTO state.marks (source, path, read, bookmarked, revision, changed_at)"
        " VALUES (?, ?, 0, ?, ?, ?) ON CONFLICT (source, path) DO UPDATE SET"
        " bookmarked = excluded.bookmarked, revision = excluded.revision,"
        " changed_at = excluded.changed_at",
        (source, path, int(bookmarked), revision, time.time()),
    )


def _record(
    db: sqlite3.Connection,
    kind: Kind,
    revision: int,
    *,
    title: str,
    posts: int = 1,
    name: tuple[StoredPath, StoredPath] | tuple[None, None] = (None, None),
) -> int:
    step = db.execute(
        "INSERT INTO state.journal (at, kind, revision, posts, title, source, path)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (time.time(), kind, revision, posts, title, *name),
    ).lastrowid
    if step is None:
        raise sqlite3.InternalError("the journal gave no step")
    # By counting, since steps that were taken back leave gaps.
    oldest = db.execute(
        "SELECT id FROM state.journal ORDER BY id DESC LIMIT 1 OFFSET ?", (STEPS_KEPT,)
    ).fetchone()
    if oldest is not None:
        db.execute("DELETE FROM state.journal WHERE id <= ?", oldest)
        db.execute("DELETE FROM state.superseded WHERE step <= ?", oldest)
        db.execute("DELETE FROM state.bookmarks WHERE removed_by <= ?", oldest)
    return step
