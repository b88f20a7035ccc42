"""Bookmarks as a plain Jekyll site: posts, images and a manifest, in a folder."""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final
from zoneinfo import available_timezones

from newsreader.files import (
    LARGEST_POST,
    FileTooLargeError,
    NotRegularError,
    read_regular,
)
from newsreader.patterns import compile_late
from newsreader.posts.site_files import CONFIG, PASSED_OVER, POST_SUFFIXES, POSTS
from newsreader.problems import Problem
from newsreader.store.db.private_files import sync_folder
from newsreader.store.db.stored_path import StoredPath, from_stored
from newsreader.store.db.transactions import reading
from newsreader.store.errors import RefusedError, StoreError, reason
from newsreader.store.state import bookmarks
from newsreader.store.state.bookmarks import SavedFile
from newsreader.store.state.reading_places import load_place
from newsreader.store.transfer.image_files import is_image, may_be_image
from newsreader.store.transfer.manifest import (
    MANIFEST,
    BookmarkRecord,
    ExportedFile,
    ManifestEntry,
    ManifestEntryError,
    load_manifest,
    manifest_text,
)
from newsreader.store.transfer.whole_files import not_written, write_whole
from newsreader.store.values import Exported
from newsreader.text import clean_text

_UNSAFE: Final = compile_late(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\\ud800-\udfff]')
_DATED: Final = compile_late(r"\d{4}-\d{1,2}-\d{1,2}-.")
_RESERVED: Final = compile_late(r"(con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Names that Windows takes for devices, whatever their suffix."""
_OBEYED: Final = frozenset({"agents", "claude", "gemini", "copilot-instructions", "skill"})
"""Names of Markdown files whose words other programs follow; with a date before it none does."""
_LONGEST: Final = 180
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


def read_bookmarks(db: sqlite3.Connection) -> Iterator[BookmarkRecord]:
    """Every bookmark there is, by its name: an order that stays when one is updated.

    One after the other, so the caller is inside one `schema.reading`.
    """
    rows = db.execute(
        "SELECT id, saved_at, note FROM state.bookmarks WHERE kept = 1 ORDER BY source, path"
    ).fetchall()
    for number, saved_at, note in rows:
        post = bookmarks.saved_version(db, number)
        yield BookmarkRecord(
            post, saved_at, clean_text(note), load_place(db, (post.source, post.path))
        )


def export_site(db: sqlite3.Connection, folder: Path) -> Exported:
    """Write all bookmarks into a folder, as a site that Jekyll and this reader open.

    The folder is empty, or holds an export of this reading state: its manifest is sealed with the
    state's own id, which leaves this machine in no export. So no stranger's manifest says which
    files may be replaced. A file in it that no export wrote is never changed: the post gets
    another name. Each file is whole or not there; a manifest of nothing is written first, so that
    an export that was stopped can be gone on with, and the whole one last. A second export writes
    what has changed since the first.

    Raises:
        StoreError: If the folder cannot be made or written, or holds something else, or bookmarks
            though there are none now.
    """
    (key,) = db.execute("SELECT value FROM state.meta WHERE key = 'id'").fetchone()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = _Files(folder, *_earlier(folder, key))
    except OSError as error:
        raise not_written(folder, error) from error
    entries: list[ManifestEntry] = []
    zones: set[str] = set()
    # All in one moment: somebody may take a bookmark away meanwhile.
    with reading(db):
        for bookmark in read_bookmarks(db):
            try:
                entries.append(_write(files, bookmark))
            except OSError as error:
                if error.errno in _FULL:
                    raise not_written(folder, error) from error
                files.problems.append(Problem("not-exported", (bookmark.post.title, reason(error))))
            zones.add(bookmark.post.site_timezone)
    if files.earlier and not zones:
        # Most likely they were lost, or are on another machine: this may be their only copy.
        raise StoreError(Problem("no-bookmarks-for-folder", (str(folder),)))
    try:
        config = files.put_config(_config(zones))
        if hasattr(os, "sync"):
            os.sync()  # The manifest is not to be there before what it names.
        files.put_manifest(manifest_text(entries, config, key))
        sync_folder(folder)
    except OSError as error:
        raise not_written(folder, error) from error
    return Exported(len(entries), files.written, tuple(files.problems))


@dataclass(slots=True)
class _Files:
    """The files of an export.

    Attributes:
        folder: Where they are.
        earlier: The SHA-256 of those that an earlier export wrote, by their path.
        config: The SHA-256 of the `_config.yml` that it wrote; empty for none.
        taken: The SHA-256 of those of this export, by their path as a file system may compare it.
        written: How many were written.
        problems: What went wrong.
    """

    folder: Path
    earlier: dict[str, str]
    config: str
    taken: dict[str, str] = field(default_factory=dict)
    written: int = 0
    problems: list[Problem] = field(default_factory=list)

    def put(self, wanted: str, content: bytes) -> ExportedFile:
        """Write a file under the name wanted, or one like it if that is another's."""
        digest = sha256(content).hexdigest()
        for path in _names(wanted):
            key = unicodedata.normalize("NFC", path).casefold()
            # The manifest is written over whatever has its name.
            if key == MANIFEST or self.taken.get(key, digest) != digest:
                continue
            if self._write(path, content):
                self.taken[key] = digest
                return ExportedFile(path, digest)
        raise RefusedError(Problem("name-taken"))

    def put_config(self, content: bytes) -> str:
        """Write the `_config.yml`, unless somebody else did; its SHA-256, empty if not ours."""
        digest = sha256(content).hexdigest()
        self.earlier[CONFIG] = self.config
        return digest if self._write(CONFIG, content) else ""

    def put_manifest(self, text: str) -> None:
        """Write the manifest."""
        content = text.encode()
        path = self.folder / MANIFEST
        if _content(path, len(content)) != content:
            write_whole(path, content, sync=True)
            self.written += 1

    def _write(self, path: str, content: bytes) -> bool:
        """Write a file; False if that would change one that is not ours."""
        file = self.folder / path
        top = os.path.realpath(self.folder)
        if os.path.realpath(file) != os.path.join(top, path):  # noqa: PTH118 - as realpath has it
            return False  # A symlink leads somewhere else.
        try:
            there = read_regular(file, max(LARGEST_POST, len(content))).raw
        except (NotRegularError, FileTooLargeError, NotADirectoryError):
            return False
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
        else:
            if there == content:
                return True
            if sha256(there).hexdigest() != self.earlier.get(path):
                return False
        write_whole(file, content)
        self.written += 1
        return True


def _write(files: _Files, bookmark: BookmarkRecord) -> ManifestEntry:
    post = bookmark.post
    file = files.put(_post_name(bookmark), post.raw)
    images: list[ExportedFile] = []
    taken: list[SavedFile] = []
    for saved in post.files:
        name = from_stored(saved.path)
        # An older version took whatever an `img` named, and an older import whatever it was told.
        if not (may_be_image(name) and is_image(name, saved.content)):
            files.problems.append(Problem("image-not-taken", (post.title, name)))
            continue
        image = files.put(_safe_path(name), saved.content)
        images.append(image)
        taken.append(saved)
        if image.path != name:
            files.problems.append(Problem("image-renamed", (post.title, image.path)))
    exported = replace(bookmark, post=replace(post, files=tuple(taken)))
    return ManifestEntry(exported, file, tuple(images))


def _earlier(folder: Path, key: str) -> tuple[dict[str, str], str]:
    """Read which files an earlier export wrote into a folder; begin an export in an empty one.

    Raises:
        OSError: If the folder cannot be read or written.
        StoreError: If it is neither empty nor an export of the state with this key.
    """
    path = folder / MANIFEST
    if next(folder.iterdir(), None) is None:
        write_whole(path, manifest_text([], "", key).encode(), sync=True)
    try:
        if path.is_symlink():
            raise NotRegularError
        entries, config = load_manifest(path, key)
    except (FileNotFoundError, StoreError) as error:
        if isinstance(error, StoreError) and error.problem.code == "manifest-newer":
            raise
        raise StoreError(Problem("folder-of-another", (str(folder),))) from error
    known: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry, ManifestEntryError):
            known |= {file.path: file.sha256 for file in (entry.file, *entry.images)}
    return known, config


def _content(path: Path, size: int) -> bytes | None:
    """The bytes of a file of at most so many; `None` if there is none, or another."""
    try:
        return read_regular(path, size).raw
    except (FileNotFoundError, FileTooLargeError):
        return None


def _config(zones: set[str]) -> bytes:
    lines = ["title: Bookmarks"]
    if len(zones) == 1 and zones <= available_timezones():
        # Dates without a zone mean that of their site.
        lines.append(f"timezone: {json.dumps(min(zones))}")
    return "".join(f"{line}\n" for line in lines).encode()


def _post_name(bookmark: BookmarkRecord) -> str:
    """Choose the path of a post: the one it had in its site, if its folders are those of posts."""
    parts = PurePosixPath(from_stored(bookmark.post.site_path)).parts
    folders = list(parts[:-1])
    name = _safe_name(parts[-1] if parts else "post", bookmark.post.site_path).lstrip("._")
    if not name.lower().endswith(POST_SUFFIXES):
        name += ".md"
    if POSTS in folders and name.partition(".")[0].casefold() not in _OBEYED:
        return "/".join([*(_safe_folder(part) for part in folders), name])
    if not _DATED.match(name):
        date = bookmark.post.date or "1970-01-01"
        name = f"{date[:10]}-{name}"
    return f"{POSTS}/{name}"


def _safe_path(path: str) -> str:
    """A path of an image, with nothing in it that some file system refuses."""
    return "/".join(_safe_name(part, part) for part in PurePosixPath(path).parts)


def _safe_folder(part: str) -> str:
    """The name of a folder that is looked into for posts."""
    if part == POSTS:
        return part
    part = _safe_name(part, part).lstrip("._")
    return f"{part}-" if part in PASSED_OVER or not part else part


def _safe_name(name: str, whole: StoredPath) -> str:
    safe = _RESERVED.sub(r"\1-", _UNSAFE.sub("_", name)).rstrip(" .") or "_"
    if len(safe.encode()) <= _LONGEST:
        return safe
    stem, suffix = os.path.splitext(safe)  # noqa: PTH122 - a name, not a path
    mark = sha256(from_stored(whole).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    room = _LONGEST - len(suffix.encode()) - 9
    short = stem.encode()[: max(0, room)].decode("utf-8", "ignore")
    return f"{short}-{mark}{suffix if room >= 0 else ''}"


def _names(wanted: str) -> Iterator[str]:
    """The name wanted, then names like it."""
    yield wanted
    stem, suffix = os.path.splitext(wanted)  # noqa: PTH122 - a name, not a path
    for number in range(2, 1000):
        yield f"{stem}-{number}{suffix}"
