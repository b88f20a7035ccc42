"""Bookmarks: copies of posts for good, in versions that the undo log exchanges.

Every function works in a connection to both databases, inside a transaction of its caller;
those that change something need the lock of `state`.

Strings are cleaned when they are read, too: an older import took those of a stranger's manifest as
they were, and they stay in the state for good.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import field
from datetime import UTC, datetime
from typing import Final

from newsreader.frozen import dataclass
from newsreader.store.db.stored_path import PostName, StoredPath, storable
from newsreader.store.state.undo_log import (
    BookmarkChange,
    flag_bookmarked,
    next_revision,
    record_change,
    record_step,
)
from newsreader.text import Clean, clean_line, clean_text

_FACTS: Final = (
    "source, path, site_path, raw, title, date, has_time, categories, tags,"
    " site_title, site_url, site_timezone, mtime_ns, left_out"
)
_CURRENT: Final = "source = ? AND path = ? AND kept = 1"


@dataclass(frozen=True, slots=True)
class SavedFile:
    """An image that a bookmarked post shows; `path` is below the root of its site."""

    path: StoredPath
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SavedPost:
    """All that is saved of a bookmarked post; dates in ISO 8601, zones by name or offset.

    Attributes:
        source: The path of its source.
        path: Below the source.
        site_path: Below the root of its site.
        raw: The bytes of the file.
        title: As lists show it.
        date: As written; `None` for an undated post.
        has_time: Whether a time of day was written.
        categories: Names, in order.
        tags: Names, in order.
        site_title: The title of its site.
        site_url: The address of its site.
        site_timezone: The zone of its site, as `stored_zone.zone_name` has it.
        mtime_ns: When the file had been changed last; -1: not known.
        files: The images that it shows.
        left_out: Addresses of images of its site that are too large to be saved.
    """

    source: StoredPath
    path: StoredPath
    site_path: StoredPath
    raw: bytes = field(repr=False)
    title: Clean
    date: str | None
    has_time: bool
    categories: tuple[Clean, ...]
    tags: tuple[Clean, ...]
    site_title: Clean
    site_url: str
    site_timezone: str
    mtime_ns: int = -1
    files: tuple[SavedFile, ...] = field(default=(), repr=False)
    left_out: tuple[Clean, ...] = ()


@dataclass(frozen=True, slots=True)
class BookmarkVersion:
    """A version of a bookmark, and what belongs to it beside the post."""

    number: int
    saved_at: float
    note: Clean


def current_version(db: sqlite3.Connection, name: PostName) -> BookmarkVersion | None:
    """The version of a bookmark that is in force; `None` if the post is not bookmarked."""
    row = db.execute(
        f"SELECT id, saved_at, note FROM state.bookmarks WHERE {_CURRENT}",  # noqa: S608 - ours
        name,
    ).fetchone()
    return BookmarkVersion(row[0], row[1], clean_text(row[2])) if row else None


def add_bookmark(db: sqlite3.Connection, post: SavedPost) -> bool:
    """Save a post for good; False if it is bookmarked already."""
    name = (post.source, post.path)
    if current_version(db, name) is not None:
        return False
    revision = next_revision(db)
    step = record_step(db, "bookmark", revision, title=post.title)
    put_version(db, step, post, revision)
    return True


def update_bookmark(db: sqlite3.Connection, post: SavedPost) -> bool:
    """Save a bookmarked post as it is now, in place of its version so far; its note stays.

    Returns:
        False if the post is not bookmarked, or was saved just so.
    """
    name = (post.source, post.path)
    version = current_version(db, name)
    if version is None or is_same(saved_version(db, version.number), post):
        return False
    revision = next_revision(db)
    step = record_step(db, "update", revision, title=post.title)
    put_version(db, step, post, revision, note=version.note)
    return True


def remove_bookmark(db: sqlite3.Connection, name: PostName) -> bool:
    """Remove a bookmark; what was saved stays until its step leaves the undo log."""
    version = current_version(db, name)
    if version is None:
        return False
    (title,) = db.execute(
        "SELECT title FROM state.bookmarks WHERE id = ?", (version.number,)
    ).fetchone()
    revision = next_revision(db)
    step = record_step(db, "unbookmark", revision, title=title)
    db.execute("UPDATE state.bookmarks SET kept = 0 WHERE id = ?", (version.number,))
    record_change(db, step, BookmarkChange(name, version.number, None, note_before=version.note))
    flag_bookmarked(db, name, revision, bookmarked=False)
    return True


def set_note(db: sqlite3.Connection, name: PostName, note: str) -> bool:
    """Write a note to a bookmark, empty to take it away; False if it is there already."""
    version = current_version(db, name)
    note = storable(note)
    if version is None or version.note == note:
        return False
    (title,) = db.execute(
        "SELECT title FROM state.bookmarks WHERE id = ?", (version.number,)
    ).fetchone()
    revision = next_revision(db)
    step = record_step(db, "note", revision, title=title)
    db.execute("UPDATE state.bookmarks SET note = ? WHERE id = ?", (note, version.number))
    record_change(
        db, step, BookmarkChange(name, version.number, version.number, version.note, note)
    )
    flag_bookmarked(db, name, revision, bookmarked=True)
    return True


def put_version(
    db: sqlite3.Connection,
    step: int,
    post: SavedPost,
    revision: int,
    *,
    note: str = "",
    saved_at: float | None = None,
) -> None:
    """Put a version of a bookmark in place of the one in force, as a part of a step."""
    name = (post.source, post.path)
    before = current_version(db, name)
    if before is not None:
        db.execute("UPDATE state.bookmarks SET kept = 0 WHERE id = ?", (before.number,))
    after = db.execute(
        "INSERT INTO state.bookmarks (source, path, site_path, raw, title, date, has_time,"
        " categories, tags, site_title, site_url, site_timezone, mtime_ns, left_out,"
        " saved_at, note, kept) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        (
            *name,
            post.site_path,
            post.raw,
            post.title,
            post.date,
            int(post.has_time),
            _to_json(post.categories),
            _to_json(post.tags),
            post.site_title,
            post.site_url,
            post.site_timezone,
            post.mtime_ns,
            _to_json(post.left_out),
            time.time() if saved_at is None else saved_at,
            storable(note),
        ),
    ).lastrowid
    for file in post.files:
        db.execute(
            "INSERT INTO state.bookmark_files VALUES (?, ?, ?)",
            (after, file.path, _blob(db, file.content)),
        )
    note_before = before.note if before is not None else ""
    number = before.number if before is not None else None
    record_change(db, step, BookmarkChange(name, number, after, note_before, note))
    flag_bookmarked(db, name, revision, bookmarked=True)


def saved_post(
    db: sqlite3.Connection, source: StoredPath, path: StoredPath, *, with_files: bool = False
) -> SavedPost | None:
    """Read the saved copy of a bookmarked post; of the one removed last if there is none now."""
    row = db.execute(
        "SELECT id FROM state.bookmarks WHERE source = ? AND path = ?"
        " ORDER BY kept DESC, id DESC LIMIT 1",
        (source, path),
    ).fetchone()
    return saved_version(db, row[0], with_files=with_files) if row else None


def saved_version(db: sqlite3.Connection, number: int, *, with_files: bool = True) -> SavedPost:
    """Read what was saved in a version of a bookmark; its images only if asked for."""
    source, path, site_path, raw, title, date, has_time, categories, tags, *more = db.execute(
        f"SELECT {_FACTS} FROM state.bookmarks WHERE id = ?",  # noqa: S608 - our own columns
        (number,),
    ).fetchone()
    site_title, site_url, site_timezone, mtime_ns, left_out = more
    files = db.execute(
        "SELECT f.path, b.bytes FROM state.bookmark_files AS f"
        " JOIN state.blobs AS b ON b.id = f.blob WHERE f.bookmark = ? ORDER BY f.path",
        (number if with_files else None,),
    ).fetchall()
    return SavedPost(
        source=source,
        path=path,
        site_path=site_path,
        raw=raw,
        title=clean_line(title),
        date=date if date_from(date) is not None else None,
        has_time=bool(has_time),
        categories=strings_from(categories),
        tags=strings_from(tags),
        site_title=clean_line(site_title),
        site_url=clean_line(site_url),
        site_timezone=site_timezone,
        mtime_ns=mtime_ns,
        files=tuple(SavedFile(*file) for file in files),
        left_out=strings_from(left_out),
    )


def date_from(text: str | None) -> datetime | None:
    """The date of a bookmark; `None` for none, or what a damaged disk has made of one.

    One without a zone, as somebody may have written it into a manifest, is taken as in UTC.
    """
    try:
        date = datetime.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
    return date.replace(tzinfo=UTC) if date is not None and date.utcoffset() is None else date


def moment_from(seconds: float) -> datetime:
    """A moment of seconds since 1970; that one itself for what a damaged disk has made of them."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def strings_from(text: str) -> tuple[Clean, ...]:
    """The strings of a JSON list, clean; none of what a damaged disk has made of one."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return ()
    if type(found) is not list:
        return ()
    return tuple(clean_line(each) for each in found if isinstance(each, str))


def _blob(db: sqlite3.Connection, content: bytes) -> int:
    from hashlib import blake2b  # noqa: PLC0415  (late: no list needs it)

    key = blake2b(content, digest_size=32).digest()
    row = db.execute("SELECT id FROM state.blobs WHERE hash = ?", (key,)).fetchone()
    if row is not None:
        known: int = row[0]
        return known
    number = db.execute(
        "INSERT INTO state.blobs (hash, bytes) VALUES (?, ?)", (key, content)
    ).lastrowid
    if number is None:
        raise sqlite3.InternalError("an image got no number")
    return number


def is_same(one: SavedPost, other: SavedPost) -> bool:
    """Whether two versions hold the same; when the file was changed last is no difference."""
    if (one.raw, one.site_path) != (other.raw, other.site_path):
        return False
    files, others = ({file.path: file.content for file in post.files} for post in (one, other))
    return files == others


def _to_json(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)
