"""Marks, bookmarks and places by post id: what `PostStore` does to the reading state."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_never

from newsreader.posts import parse_post
from newsreader.store import state
from newsreader.store.files import file_path, name_of, read_post, site_of
from newsreader.store.finding import is_gone
from newsreader.store.identity import StoredPath, from_stored, storable, to_stored
from newsreader.store.model import Bookmark, PostId, StoreError, Undone
from newsreader.store.queries import Statement
from newsreader.store.schema import reading, writing
from newsreader.store.sites import zone_name


def chosen(post_ids: Iterable[PostId]) -> Statement:
    """A statement for these ids."""
    return "SELECT value AS id FROM json_each(?)", (json.dumps(list(post_ids)),)


def set_read(db: sqlite3.Connection, ids: Statement, *, read: bool, undoable: bool) -> int:
    """Mark the posts whose ids a statement gives; how many were changed."""
    with writing(db, "state"):
        return state.mark(db, ids, read=read, undoable=undoable)


def add_bookmark(db: sqlite3.Connection, post_id: PostId) -> None:
    """Keep a post for good."""
    with reading(db):
        stored = read_post(db, post_id)
        site = site_of(db, stored)
    post = parse_post(stored.raw, stored.site_path, site)
    saved = state.SavedPost(
        source=to_stored(str(stored.source)),
        path=to_stored(stored.path),
        site_path=to_stored(stored.site_path),
        raw=stored.raw,
        title=storable(post.title),
        date=post.date.isoformat() if post.date else None,
        has_time=post.has_time,
        categories=tuple(map(storable, post.categories)),
        tags=tuple(map(storable, post.tags)),
        site_title=storable(site.title),
        site_url=storable(site.url),
        site_timezone=zone_name(site.timezone),
    )
    with writing(db, "state"):
        state.add_bookmark(db, saved)


def remove_bookmark(db: sqlite3.Connection, post_id: PostId) -> None:
    """Take a bookmark away.

    Raises:
        StoreError: Where the index does not know the post.
    """
    name = name_of(db, post_id)
    if name is None:
        raise StoreError("This post is no longer in the index.")
    with writing(db, "state"):
        state.remove_bookmark(db, *name)


def undone(db: sqlite3.Connection, step: state.Step) -> Undone:
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


def bookmarks(db: sqlite3.Connection) -> list[Bookmark]:
    """All bookmarks, the newest post first, undated ones last."""
    rows: list[tuple[StoredPath, StoredPath, str, str | None, float]] = db.execute(
        "SELECT source, path, title, date, saved_at FROM state.bookmarks WHERE removed_by IS NULL"
    ).fetchall()
    found = [
        Bookmark(
            source=Path(from_stored(source)),
            path=from_stored(path),
            title=title,
            date=datetime.fromisoformat(date) if date else None,
            saved=datetime.fromtimestamp(saved, UTC),
            gone=is_gone(file_path(source, path)),
        )
        for source, path, title, date, saved in rows
    ]
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda bookmark: bookmark.date or oldest, reverse=True)


def position(db: sqlite3.Connection, post_id: PostId) -> int:
    """The saved place in the text of a post; 0 where there is none."""
    name = name_of(db, post_id)
    if name is None:
        return 0
    row = db.execute(
        "SELECT place FROM state.positions WHERE source = ? AND path = ?", name
    ).fetchone()
    return row[0] if row else 0


def _sentence(step: state.Step) -> str:
    one = step.posts == 1
    what = f"“{step.title}”" if one else f"{step.posts:,} posts"
    match step.kind:
        case "read":
            return f"{what} {'is' if one else 'are'} unread again."
        case "unread":
            return f"{what} {'is' if one else 'are'} read again."
        case "bookmark":
            return f"The bookmark of {what} is removed again."
        case "unbookmark":
            return f"The bookmark of {what} is back."
        case _:
            assert_never(step.kind)
