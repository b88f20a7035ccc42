"""Bookmarks that were exported, taken back."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from newsreader.files import FileTooLargeError, read_regular
from newsreader.problems import Problem
from newsreader.store.db.stored_path import PostName
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
from newsreader.store.transfer.manifest import (
    MANIFEST,
    BookmarkRecord,
    ExportedFile,
    ManifestEntry,
    ManifestEntryError,
    read_manifest,
)
from newsreader.store.values import Imported

_LARGEST_MANIFEST: Final = 1 << 30


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
    with writing(db, "state"):
        for name, entry in wanted.items():
            try:
                bookmark = _with_bytes(folder, entry)
            except OSError as error:
                problems.append(Problem("not-imported", (entry.bookmark.post.title, reason(error))))
            except ManifestEntryError as error:
                problems.append(error.problem)
            else:
                merge.take(name, bookmark)
        merge.finish()
    return Imported(merge.added, merge.updated, merge.known, tuple(problems))


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
    """Both notes; one of them if it holds the other."""
    if other in here:
        return here
    return other if here in other else f"{here}\n{other}"


def _read_entries(folder: Path) -> list[ManifestEntry | ManifestEntryError]:
    path = folder / MANIFEST
    try:
        return read_manifest(read_regular(path, _LARGEST_MANIFEST).raw.decode(), str(path))[0]
    except FileTooLargeError as error:
        raise StoreError(Problem("manifest-too-large", (str(path),))) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(Problem("no-manifest", (str(folder), str(path)))) from error
    except OSError as error:
        raise StoreError(Problem("path-unreadable", (str(path), reason(error)))) from error
    except UnicodeDecodeError as error:
        raise StoreError(Problem("manifest-not-text", (str(path),))) from error


def _with_bytes(folder: Path, entry: ManifestEntry) -> BookmarkRecord:
    """The bookmark of an entry, with the bytes of its files.

    Raises:
        OSError: If one of them cannot be read.
        ManifestEntryError: If one of them is not what was exported, or lies elsewhere.
    """
    bookmark = entry.bookmark
    title = bookmark.post.title
    files = tuple(
        SavedFile(file.path, _read(folder, exported, title))
        for file, exported in zip(bookmark.post.files, entry.images, strict=True)
    )
    raw = _read(folder, entry.file, title)
    return replace(bookmark, post=replace(bookmark.post, raw=raw, files=files))


def _read(folder: Path, exported: ExportedFile, title: str) -> bytes:
    if "\0" in exported.path:
        raise ManifestEntryError(Problem("import-nameless", (title,)))
    path = folder / exported.path
    real, top = os.path.realpath(path), os.path.realpath(folder)
    if os.path.commonpath((real, top)) != top:
        raise ManifestEntryError(Problem("import-outside", (title, str(path))))
    try:
        content = read_regular(path).raw
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ManifestEntryError(Problem("import-missing", (title, str(path)))) from error
    if sha256(content).hexdigest() != exported.sha256:
        raise ManifestEntryError(Problem("import-changed", (title, str(path))))
    return content
