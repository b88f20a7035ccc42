"""Marks, bookmarks and places by post id: what `PostStore` does to the reading state."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, assert_never

from newsreader.article.place import Place
from newsreader.store.db.connect import Statement
from newsreader.store.db.files import is_gone
from newsreader.store.db.stored_path import PostName, StoredPath, file_path, from_stored
from newsreader.store.db.transactions import writing
from newsreader.store.errors import StoreError
from newsreader.store.index.post_names import name_of
from newsreader.store.state import bookmarks as keeping
from newsreader.store.state import file_changes as seen
from newsreader.store.state import read_marks as state
from newsreader.store.state.differences import Differences, FileState
from newsreader.store.state.undo_log import Step
from newsreader.store.values import Bookmark, PostId, Undone

LONGEST_NOTE: Final = 10_000


def chosen(post_ids: Iterable[PostId]) -> Statement:
    """A statement for these ids."""
    return "SELECT value AS id FROM json_each(?)", (json.dumps(list(post_ids)),)


def set_read(db: sqlite3.Connection, ids: Statement, *, read: bool, undoable: bool) -> int:
    """Mark the posts whose ids a statement gives; how many were changed."""
    with writing(db, "state"):
        return state.mark(db, ids, read=read, undoable=undoable)


def mark_opened(db: sqlite3.Connection, post_ids: list[PostId]) -> None:
    """Mark posts read that were opened, and remember what their files were."""
    found = seen.look(db, post_ids)
    with writing(db, "state"):
        state.mark(db, chosen(post_ids), read=True, undoable=False)
        seen.note(db, found)


def add_bookmark(db: sqlite3.Connection, post_id: PostId) -> tuple[str, ...]:
    """Keep a post for good; sentences about what of it could not be kept.

    Raises:
        StoreError: Where the post cannot be read.
    """
    from newsreader.store.transfer.capture import collect  # noqa: PLC0415  (late: it brings the parser)

    saved = collect(db, post_id)
    with writing(db, "state"):
        keeping.add_bookmark(db, saved)
    return _left_out(saved)


def update_bookmark(db: sqlite3.Connection, post_id: PostId) -> bool:
    """Keep a bookmarked post as its file is now; False where it is kept just so.

    Raises:
        StoreError: Where the post cannot be read or is not bookmarked.
    """
    name = _bookmarked_name(db, post_id)
    file = file_path(*name)
    if is_gone(file):
        raise StoreError(f"The file of this post is gone: {file}")
    from newsreader.store.transfer.capture import collect  # noqa: PLC0415  (late: it brings the parser)

    saved = collect(db, post_id)
    with writing(db, "state"):
        return keeping.update_bookmark(db, saved)


def remove_bookmark(db: sqlite3.Connection, post_id: PostId) -> None:
    """Take a bookmark away.

    Raises:
        StoreError: Where the index does not know the post.
    """
    name = _name(db, post_id)
    with writing(db, "state"):
        keeping.remove_bookmark(db, name)


def set_note(db: sqlite3.Connection, post_id: PostId, note: str) -> None:
    """Write a note to a bookmark; empty takes it away.

    Raises:
        StoreError: Where the post is not bookmarked, or the note is too long.
    """
    if len(note) > LONGEST_NOTE:
        raise StoreError(f"A note has at most {LONGEST_NOTE:,} characters.")
    name = _bookmarked_name(db, post_id)
    with writing(db, "state"):
        keeping.set_note(db, name, note)


def note(db: sqlite3.Connection, post_id: PostId) -> str:
    """The note of a bookmark; empty where there is none."""
    name = name_of(db, post_id)
    version = keeping.current(db, name) if name is not None else None
    return version.note if version is not None else ""


def _name(db: sqlite3.Connection, post_id: PostId) -> PostName:
    name = name_of(db, post_id)
    if name is None:
        raise StoreError("This post is no longer in the index.")
    return name


def _bookmarked_name(db: sqlite3.Connection, post_id: PostId) -> PostName:
    name = _name(db, post_id)
    if keeping.current(db, name) is None:
        raise StoreError("This post is not bookmarked.")
    return name


def _left_out(saved: keeping.SavedPost) -> tuple[str, ...]:
    match len(saved.left_out):
        case 0:
            return ()
        case 1:
            return ("One of its images is too large to be kept.",)
        case count:
            return (f"{count} of its images are too large to be kept.",)


def undone(db: sqlite3.Connection, step: Step) -> Undone:
    """What was taken back, with the ids that the posts have in this index."""
    ids: list[PostId] = []
    for source, path in step.names:
        row = db.execute(
            "SELECT p.id FROM posts AS p JOIN sources AS s ON s.id = p.source"
            " WHERE s.path = ? AND p.path = ?",
            (source, path),
        ).fetchone()
        if row is not None:
            ids.append(PostId(row[0]))
    return Undone(_sentence(step), tuple(ids))


def bookmarks(db: sqlite3.Connection, differences: Differences) -> list[Bookmark]:
    """All bookmarks, the newest post first, undated ones last."""
    rows: list[tuple[StoredPath, StoredPath, str, str | None, float, str, str]] = db.execute(
        "SELECT source, path, title, date, saved_at, note, left_out"
        " FROM state.bookmarks WHERE kept = 1"
    ).fetchall()
    found: list[Bookmark] = []
    for source, path, title, date, saved, words, left_out in rows:
        file_state = differences.file_state(db, source, path)
        found.append(
            Bookmark(
                source=Path(from_stored(source)),
                path=from_stored(path),
                title=title,
                date=keeping.date_from(date),
                saved=keeping.moment_from(saved),
                gone=file_state is FileState.GONE,
                changed=file_state is FileState.CHANGED,
                note=words,
                left_out=keeping.texts_from(left_out),
            )
        )
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda bookmark: bookmark.date or oldest, reverse=True)


def position(db: sqlite3.Connection, post_id: PostId) -> Place | None:
    """The saved place in the text of a post."""
    name = name_of(db, post_id)
    return state.position(db, name) if name is not None else None


def _sentence(step: Step) -> str:
    one = step.posts == 1
    what = f"“{step.title}”" if one else f"{step.posts:,} posts"
    verb = "is" if one else "are"
    match step.kind:
        case "read" | "unread":
            now_read = (step.kind == "read") is step.again
            return f"{what} {verb} {'read' if now_read else 'unread'} again."
        case "bookmark" | "unbookmark":
            is_back = (step.kind == "bookmark") is step.again
            return f"The bookmark of {what} is {'back' if is_back else 'removed again'}."
        case "update":
            how = "updated again" if step.again else "as it was before its update"
            return f"The bookmark of {what} is {how}."
        case "note":
            how = "changed again" if step.again else "as it was before"
            return f"The note on {what} is {how}."
        case "import":
            how = "imported again" if step.again else "as before the import"
            return f"{'The bookmark of ' if one else 'The bookmarks of '}{what} {verb} {how}."
        case _:
            assert_never(step.kind)
