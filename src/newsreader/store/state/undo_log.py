"""The undo log of the reading state: what can be undone, and redone.

Every function works in a connection to both databases, inside a transaction of its caller,
which holds the lock of `state`. A step names the posts that it marked by `marks.action`, and the
versions of bookmarks that it exchanged by its rows in `changes`; so a step over a million posts
costs no more than their marks.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Final, Literal

from newsreader.frozen import dataclass
from newsreader.store.db.stored_path import PostName, StoredPath
from newsreader.text import clean_line

MOST_STEPS: Final = 200

MOST_OPENED: Final = 20
"""Posts that were opened, and so marked read, of which that can be taken back.

Whoever wants to take back what was done before them need not go through a day's reading.
"""

StepKind = Literal["read", "unread", "opened", "bookmark", "unbookmark", "update", "note", "import"]


_DROP_OPENED: Final = """
DELETE FROM state.journal WHERE kind = 'opened' AND id <=
    (SELECT id FROM state.journal WHERE kind = 'opened' ORDER BY id DESC LIMIT 1 OFFSET ?)
"""
_DROP_STEPS: Final = """
DELETE FROM state.journal WHERE id <=
    (SELECT id FROM state.journal WHERE kind <> 'opened' ORDER BY id DESC LIMIT 1 OFFSET ?)
"""


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A step of the journal that was undone, or redone.

    Attributes:
        kind: What had been done.
        again: Whether it was done again.
        posts: To how many posts.
        title: The title of one of them.
        names: Source and path of them, at most a hundred.
    """

    kind: StepKind
    again: bool
    posts: int
    title: str
    names: tuple[PostName, ...]


@dataclass(frozen=True, slots=True)
class BookmarkChange:
    """The versions of a bookmark before and after a step, by their ids; `None`: none."""

    name: PostName
    before: int | None
    after: int | None
    note_before: str = ""
    note_after: str = ""


def next_revision(db: sqlite3.Connection) -> int:
    """Count one change of the state."""
    db.execute("UPDATE state.meta SET value = value + 1 WHERE key = 'revision'")
    row = db.execute("SELECT value FROM state.meta WHERE key = 'revision'").fetchone()
    revision: int = row[0]
    return revision


def record_step(
    db: sqlite3.Connection, kind: StepKind, revision: int, *, title: str, posts: int = 1
) -> int:
    """Record a new step; steps that were undone before can no longer be redone.

    Opening a post leaves them, and the steps before it, as they are: it is no change to anybody.

    Call it before anything is changed that the step is to name.
    """
    step = db.execute(
        "INSERT INTO state.journal (at, kind, revision, posts, title, undone)"
        " VALUES (?, ?, ?, ?, ?, 0)",
        (time.time(), kind, revision, posts, title),
    ).lastrowid
    if step is None:
        raise sqlite3.InternalError("the journal gave no step")
    if kind == "opened":
        db.execute(_DROP_OPENED, (MOST_OPENED,))
        return step
    dropped = db.execute("DELETE FROM state.journal WHERE undone = 1").rowcount
    dropped += db.execute(_DROP_STEPS, (MOST_STEPS,)).rowcount
    if dropped:
        _drop_versions(db)
    return step


def record_change(db: sqlite3.Connection, step: int, change: BookmarkChange) -> None:
    """Write down which versions of a bookmark a step exchanged."""
    db.execute(
        "INSERT INTO state.changes VALUES (?, ?, ?, ?, ?, ?, ?)",
        (step, *change.name, change.before, change.after, change.note_before, change.note_after),
    )


def undo_step(db: sqlite3.Connection) -> UndoStep | None:
    """Undo the newest step that is done; `None` if there is none."""
    return _repeat(db, again=False)


def redo_step(db: sqlite3.Connection) -> UndoStep | None:
    """Redo the step that was undone last; `None` if there is none."""
    return _repeat(db, again=True)


def flag_bookmarked(
    db: sqlite3.Connection, name: PostName, revision: int, *, bookmarked: bool
) -> None:
    """Note in the marks, which others follow, whether a post is bookmarked."""
    db.execute(
        "INSERT INTO state.marks (source, path, read, bookmarked, revision, changed_at)"
        " VALUES (?, ?, 0, ?, ?, ?) ON CONFLICT (source, path) DO UPDATE SET"
        " bookmarked = excluded.bookmarked, revision = excluded.revision,"
        " changed_at = excluded.changed_at",
        (*name, int(bookmarked), revision, time.time()),
    )


def _repeat(db: sqlite3.Connection, *, again: bool) -> UndoStep | None:
    while row := db.execute(
        "SELECT id, kind, revision, posts, title FROM state.journal WHERE undone = ?"
        # Of what was taken back, that which was last comes first again.
        " ORDER BY revision DESC, iif(?, -id, id) DESC LIMIT 1",
        (again, again),
    ).fetchone():
        step, kind, since, posts, title = row
        revision = next_revision(db)
        match kind:
            case "read" | "unread" | "opened":
                read = (kind != "unread") is again
                if again:
                    names = _mark_again(db, step, since, revision, read=read)
                else:
                    names = _unmark(db, step, since, revision, read=read)
            case _:
                names = _exchange(db, step, revision, again=again)
        db.execute(
            "UPDATE state.journal SET undone = ?, revision = ? WHERE id = ?",
            (int(not again), revision, step),
        )
        if names or kind not in {"read", "unread", "opened"}:
            return UndoStep(kind, again, posts, clean_line(title), tuple(names))
        # Later steps have changed all of its posts: nobody would see that anything was done.
    return None


def _unmark(
    db: sqlite3.Connection, step: int, since: int, revision: int, *, read: bool
) -> list[PostName]:
    """Undo the marks of a step: old values back; they name the step before it again.

    Those that no earlier step made note in `undone` which one it was. The others are known by
    `superseded`, whose rows stay as long as the step does.
    """
    names = db.execute(
        "SELECT source, path FROM state.marks WHERE action = ? AND revision >= ? LIMIT 100",
        (step, since),
    ).fetchall()
    if db.execute("SELECT 1 FROM state.superseded WHERE step = ? LIMIT 1", (step,)).fetchone():
        db.execute(
            "UPDATE state.marks SET read = ?, revision = ?, changed_at = ?,"
            " (action, undone) = (SELECT s.action, iif(s.action IS NULL, ?, marks.undone)"
            " FROM (SELECT 1) LEFT JOIN state.superseded AS s ON s.step = ?"
            " AND s.source = marks.source AND s.path = marks.path)"
            " WHERE action = ? AND revision >= ?",
            (int(read), revision, time.time(), step, step, step, since),
        )
    else:
        db.execute(
            "UPDATE state.marks SET read = ?, revision = ?, changed_at = ?, action = NULL,"
            " undone = ? WHERE action = ? AND revision >= ?",
            (int(read), revision, time.time(), step, step, since),
        )
    return names


def _mark_again(
    db: sqlite3.Connection, step: int, since: int, revision: int, *, read: bool
) -> list[PostName]:
    """Do the opposite of `_unmark`."""
    values = (int(read), revision, time.time(), step)
    db.execute(
        "UPDATE state.marks SET read = ?, revision = ?, changed_at = ?, action = ?"
        # Posts that were opened meanwhile name that step, and stay as they are.
        " WHERE (source, path, action) IN"
        " (SELECT source, path, action FROM state.superseded WHERE step = ?)",
        (*values, step),
    )
    db.execute(
        "UPDATE state.marks SET read = ?, revision = ?, changed_at = ?, action = ?, undone = NULL"
        " WHERE undone = ? AND revision >= ?",
        (*values, step, since),
    )
    return db.execute(
        "SELECT source, path FROM state.marks WHERE action = ? AND revision = ? LIMIT 100",
        (step, revision),
    ).fetchall()


def _exchange(db: sqlite3.Connection, step: int, revision: int, *, again: bool) -> list[PostName]:
    """Put the versions of bookmarks in place that were there before a step, or after it."""
    columns = "after, note_after" if again else "before, note_before"
    rows: list[tuple[StoredPath, StoredPath, int | None, str]] = db.execute(
        f"SELECT source, path, {columns} FROM state.changes WHERE step = ?",  # noqa: S608 - ours
        (step,),
    ).fetchall()
    for source, path, version, note in rows:
        db.execute(
            "UPDATE state.bookmarks SET kept = 0"
            " WHERE source = ? AND path = ? AND kept = 1 AND id IS NOT ?",
            (source, path, version),
        )
        if version is not None:
            db.execute(
                "UPDATE state.bookmarks SET kept = 1, note = ? WHERE id = ?", (note, version)
            )
        flag_bookmarked(db, (source, path), revision, bookmarked=version is not None)
    return [(source, path) for source, path, _, _ in rows[:100]]


def _drop_versions(db: sqlite3.Connection) -> None:
    """Forget versions of bookmarks that no step can bring back, and images that only they had."""
    gone = [
        row[0]
        for row in db.execute(
            "SELECT id FROM state.bookmarks WHERE kept = 0 AND id NOT IN"
            " (SELECT before FROM state.changes WHERE before IS NOT NULL"
            " UNION ALL SELECT after FROM state.changes WHERE after IS NOT NULL)"
        )
    ]
    for version in gone:
        blobs = db.execute(
            "SELECT blob FROM state.bookmark_files WHERE bookmark = ?", (version,)
        ).fetchall()
        db.execute("DELETE FROM state.bookmarks WHERE id = ?", (version,))
        db.executemany(
            "DELETE FROM state.blobs WHERE id = ? AND NOT EXISTS"
            " (SELECT 1 FROM state.bookmark_files WHERE blob = blobs.id)",
            blobs,
        )
