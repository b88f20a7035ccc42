"""Bookmarks: copies of posts that are kept for good, with the reader's notes."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newsreader.files import LARGEST_POST, is_gone
from newsreader.problems import Problem
from newsreader.store.databases import Databases
from newsreader.store.db.stored_path import PostName, StoredPath, file_path, from_stored, to_stored
from newsreader.store.db.transactions import reading
from newsreader.store.errors import StoreError
from newsreader.store.index.post_names import name_of
from newsreader.store.post_reader import read_post, site_of
from newsreader.store.query import PostId
from newsreader.store.state import bookmarks as state
from newsreader.store.state.file_changes import FileChanges, FileState
from newsreader.store.values import Bookmark
from newsreader.text import EMPTY, Clean, clean_line, clean_text

LONGEST_NOTE: Final = 10_000
"""Characters of a note."""


class Bookmarks:
    """Adds, updates, annotates, removes and lists bookmarks."""

    def __init__(self, databases: Databases, file_changes: FileChanges) -> None:
        """Change nothing yet.

        Args:
            databases: Where the bookmarks are.
            file_changes: Compares the files of posts with what their bookmarks hold.
        """
        self._databases = databases
        self._file_changes = file_changes

    def check_writable(self) -> None:
        """Raise `UnsavedError` if no bookmark and no note can be saved now."""
        self._databases.check_writable(must_last=True)

    def set_bookmarked(self, post_id: PostId, bookmarked: bool) -> Problem | None:
        """Bookmark a post, which keeps a copy of it for good, or remove its bookmark.

        Returns:
            What of the post could not be kept, because an image is too large; `None` if all was.

        Raises:
            StoreError: If the post cannot be read, or the state cannot be written.
        """
        with self._databases.changing(must_last=True) as db:
            if not bookmarked:
                name = _name(db, post_id)
                with self._databases.writing(db):
                    state.remove_bookmark(db, name)
                return None
            saved = _capture(db, post_id)
            with self._databases.writing(db):
                state.add_bookmark(db, saved)
            return _left_out(saved)

    def update(self, post_id: PostId) -> bool:
        """Keep a bookmarked post as its file is now; the version before can be had by undoing.

        Returns:
            False if the file is just what is kept.

        Raises:
            StoreError: If the post cannot be read or is not bookmarked.
        """
        with self._databases.changing(must_last=True) as db:
            file = file_path(*_bookmarked_name(db, post_id))
            if is_gone(file):
                raise StoreError(Problem("post-file-gone", (str(file),)))
            saved = _capture(db, post_id)
            with self._databases.writing(db):
                return state.update_bookmark(db, saved)

    def set_note(self, post_id: PostId, note: str) -> None:
        """Write a note to a bookmark; an empty one takes it away.

        Raises:
            StoreError: If the post is not bookmarked, the note is too long, or the state cannot be
                written.
        """
        with self._databases.changing(must_last=True) as db:
            if len(note) > LONGEST_NOTE:
                raise StoreError(Problem("note-too-long", (LONGEST_NOTE,)))
            name = _bookmarked_name(db, post_id)
            with self._databases.writing(db):
                state.set_note(db, name, note)

    def note(self, post_id: PostId) -> Clean:
        """The note of a bookmark; empty if there is none."""
        with self._databases.reading() as db:
            name = name_of(db, post_id)
            version = state.current_version(db, name) if name is not None else None
            return version.note if version is not None else EMPTY

    def all(self) -> list[Bookmark]:
        """All bookmarks, of every source, the newest post first, undated ones last."""
        with self._databases.reading() as db:
            rows: list[tuple[StoredPath, StoredPath, str, str | None, float, str, str]]
            rows = db.execute(
                "SELECT source, path, title, date, saved_at, note, left_out"
                " FROM state.bookmarks WHERE kept = 1"
            ).fetchall()
            found: list[Bookmark] = []
            for source, path, title, date, saved_at, note, left_out in rows:
                file_state = self._file_changes.bookmark_state(db, (source, path))
                found.append(
                    Bookmark(
                        source=Path(from_stored(source)),
                        path=from_stored(path),
                        title=clean_line(title),
                        date=state.date_from(date),
                        saved=state.moment_from(saved_at),
                        gone=file_state is FileState.GONE,
                        changed=file_state is FileState.CHANGED,
                        note=clean_text(note),
                        left_out=state.strings_from(left_out),
                    )
                )
        oldest = datetime.min.replace(tzinfo=UTC)
        return sorted(found, key=lambda bookmark: bookmark.date or oldest, reverse=True)


def _capture(db: sqlite3.Connection, post_id: PostId) -> state.SavedPost:
    """All that a bookmark keeps of a post as its file is now.

    If the file is gone: what a bookmark kept that was removed and can still come back.

    Raises:
        StoreError: If the post cannot be read, or is too large to be saved whole.
    """
    from newsreader.store.transfer.capture import capture  # noqa: PLC0415  (late: it brings the parser)

    with reading(db):
        stored = read_post(db, post_id)
        if stored.gone:
            source, path = to_stored(str(stored.source)), to_stored(stored.path)
            saved = state.saved_post(db, source, path, with_files=True)
            if saved is not None:
                return saved
        if len(stored.raw) >= LARGEST_POST:
            raise StoreError(Problem("post-too-large", (LARGEST_POST >> 20,)))
        site = site_of(db, stored)
    return capture(stored, site)


def _name(db: sqlite3.Connection, post_id: PostId) -> PostName:
    name = name_of(db, post_id)
    if name is None:
        raise StoreError(Problem("post-not-indexed"))
    return name


def _bookmarked_name(db: sqlite3.Connection, post_id: PostId) -> PostName:
    name = _name(db, post_id)
    if state.current_version(db, name) is None:
        raise StoreError(Problem("post-not-bookmarked"))
    return name


def _left_out(saved: state.SavedPost) -> Problem | None:
    count = len(saved.left_out)
    return Problem("images-left-out", (count,)) if count else None
