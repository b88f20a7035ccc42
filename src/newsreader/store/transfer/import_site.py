"""Import bookmarks that were exported."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from newsreader.files import LARGEST_POST, FileTooLargeError, read_regular
from newsreader.problems import Problem
from newsreader.store.db.stored_path import PostName, from_stored
from newsreader.store.db.transactions import writing
from newsreader.store.errors import StoreError, reason
from newsreader.store.state import bookmarks
from newsreader.store.state.bookmarks import SavedFile
from newsreader.store.state.reading_places import load_place, save_place
from newsreader.store.state.undo_log import (
    BookmarkChange,
    flag_bookmarked,
    next_revision,
    record_change,
    record_step,
)
from newsreader.store.transfer.image_files import (
    LARGEST_IMAGE,
    LARGEST_SUM,
    MOST_IMAGES,
    is_image,
    may_be_image,
)
from newsreader.store.transfer.manifest import (
    MANIFEST,
    BookmarkRecord,
    ExportedFile,
    ManifestEntry,
    ManifestEntryError,
    load_manifest,
)
from newsreader.store.values import Imported

LARGEST_IMPORT: Final = 4 << 30
"""Bytes of all posts and images: every entry may name the same file, so the folder limits nothing.
"""


def import_site(db: sqlite3.Connection, folder: Path) -> Imported:
    """Take the bookmarks of an exported folder back, as one step that can be undone.

    A bookmark that is there in another version stays if it was saved later, and is updated
    otherwise. A note that is there already is kept, and the other one added to it.

    Raises:
        StoreError: If the folder holds no manifest.
        sqlite3.Error: If the state cannot be written; then nothing is imported.
    """
    entries = _read_entries(folder)
    problems = [entry.problem for entry in entries if isinstance(entry, ManifestEntryError)]
    wanted: dict[PostName, ManifestEntry] = {}
    for entry in entries:
        if isinstance(entry, ManifestEntry):
            name = (entry.bookmark.post.source, entry.bookmark.post.path)
            if name in wanted:
                problems.append(Problem("twice-in-manifest", (entry.bookmark.post.title, MANIFEST)))
            else:
                wanted[name] = entry
    merge = _Merge(db)
    files = _Files(folder)
    with writing(db, "state"):
        for name, entry in wanted.items():
            try:
                bookmark = files.fill(entry)
            except OSError as error:
                problems.append(Problem("not-imported", (entry.bookmark.post.title, reason(error))))
            except ManifestEntryError as error:
                problems.append(error.problem)
            else:
                merge.take(name, bookmark)
        merge.finish()
    return Imported(merge.added, merge.updated, merge.known, (*problems, *files.problems))


class _Merge:
    """Puts bookmarks in as one step of the journal, which begins with the first change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._revision = 0
        self._step = 0
        self.added = 0
        self.updated = 0
        self.known = 0

    def take(self, name: PostName, bookmark: BookmarkRecord) -> None:
        """Put one bookmark in, if it is new or newer."""
        db = self._db
        version = bookmarks.current_version(db, name)
        if version is None:
            self._begin(bookmark)
            self._put(bookmark, bookmark.note)
            self.added += 1
        else:
            note = _merged(version.note, bookmark.note)
            here = bookmarks.saved_version(db, version.number)
            if version.saved_at < bookmark.saved_at and not bookmarks.is_same(here, bookmark.post):
                self._begin(bookmark)
                self._put(bookmark, note)
                self.updated += 1
            elif note != version.note:
                self._begin(bookmark)
                number = version.number
                db.execute("UPDATE state.bookmarks SET note = ? WHERE id = ?", (note, number))
                change = BookmarkChange(name, number, number, version.note, note)
                record_change(db, self._step, change)
                flag_bookmarked(db, name, self._revision, bookmarked=True)
                self.updated += 1
            else:
                self.known += 1
        if bookmark.place is not None and load_place(db, name) is None:
            save_place(db, name, bookmark.place)

    def finish(self) -> None:
        """Write down how many posts the step is of."""
        self._db.execute(
            "UPDATE state.journal SET posts = ? WHERE id = ?",
            (self.added + self.updated, self._step),
        )

    def _begin(self, bookmark: BookmarkRecord) -> None:
        if not self._step:
            self._revision = next_revision(self._db)
            self._step = record_step(self._db, "import", self._revision, title=bookmark.post.title)

    def _put(self, bookmark: BookmarkRecord, note: str) -> None:
        bookmarks.put_version(
            self._db,
            self._step,
            bookmark.post,
            self._revision,
            note=note,
            saved_at=bookmark.saved_at,
        )


def _merged(here: str, other: str) -> str:
    """Merge two notes: both, or one of them if it holds the other."""
    if other in here:
        return here
    return other if here in other else f"{here}\n{other}"


def _read_entries(folder: Path) -> list[ManifestEntry | ManifestEntryError]:
    path = folder / MANIFEST
    try:
        return load_manifest(path)[0]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(Problem("no-manifest", (str(folder), str(path)))) from error
    except OSError as error:
        raise StoreError(Problem("path-unreadable", (str(path), reason(error)))) from error


class _Files:
    """Reads the files of an import, no more than it may hold.

    Attributes:
        problems: Which images were left out, and why.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._top = os.path.realpath(folder)
        self._room = LARGEST_IMPORT
        self.problems: list[Problem] = []

    def fill(self, entry: ManifestEntry) -> BookmarkRecord:
        """The bookmark of an entry, with the bytes of its files.

        Raises:
            OSError: If one of them cannot be read.
            ManifestEntryError: If one of them is not what was exported, or lies elsewhere.
        """
        bookmark = entry.bookmark
        title = bookmark.post.title
        raw = self._read(entry.file, title, LARGEST_POST)
        room = LARGEST_SUM
        files: list[SavedFile] = []
        problems: list[Problem] = []
        for file, exported in zip(bookmark.post.files, entry.images, strict=True):
            name = from_stored(file.path)
            try:
                wanted = may_be_image(name) and len(files) < MOST_IMAGES
                content = self._read(exported, title, min(LARGEST_IMAGE, room)) if wanted else b""
            except FileTooLargeError:
                content = b""
            if is_image(name, content):
                room -= len(content)
                files.append(SavedFile(file.path, content))
            else:
                problems.append(Problem("image-not-taken", (title, name)))
        self._room -= len(raw) + LARGEST_SUM - room
        if self._room < 0:
            raise ManifestEntryError(Problem("import-too-large", (title, LARGEST_IMPORT >> 30)))
        self.problems += problems
        return replace(bookmark, post=replace(bookmark.post, raw=raw, files=tuple(files)))

    def _read(self, exported: ExportedFile, title: str, limit: int) -> bytes:
        if "\0" in exported.path:
            raise ManifestEntryError(Problem("import-nameless", (title,)))
        path = self._folder / exported.path
        if os.path.commonpath((os.path.realpath(path), self._top)) != self._top:
            raise ManifestEntryError(Problem("import-outside", (title, str(path))))
        try:
            content = read_regular(path, limit).raw
        except (FileNotFoundError, NotADirectoryError) as error:
            raise ManifestEntryError(Problem("import-missing", (title, str(path)))) from error
        if sha256(content).hexdigest() != exported.sha256:
            raise ManifestEntryError(Problem("import-changed", (title, str(path))))
        return content
