"""The manifest of exported bookmarks: `bookmarks.json`, as values and as JSON.

It names, for every bookmark, the post it was made of, its facts, and the files of the export that
hold its bytes, with their SHA-256. File names that are no text stand as `{"bytes": "hex"}`.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from newsreader.article.reading_place import ReadingPlace
from newsreader.files import FileTooLargeError, read_regular
from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.store.errors import StoreError
from newsreader.store.state.bookmarks import SavedFile, SavedPost, moment_from
from newsreader.store.transfer.json_fields import Fields, path_json
from newsreader.text import clean_line, clean_text, escape_json

MANIFEST: Final = "bookmarks.json"
LARGEST_MANIFEST: Final = 64 << 20
"""Bytes of a manifest: a bookmark takes about 1 KB of it."""

_FORMAT: Final = "newsreader bookmarks"
_VERSION: Final = 1

ManifestValue: TypeAlias = (
    "str | int | float | bool | Sequence[ManifestValue] | Mapping[str, ManifestValue] | None"
)


class ManifestEntryError(StoreError):
    """An entry of a manifest that says something else than it should."""


@dataclass(frozen=True, slots=True)
class BookmarkRecord:
    """A bookmark with all that belongs to it; `saved_at` in seconds since 1970."""

    post: SavedPost
    saved_at: float
    note: str
    place: ReadingPlace | None


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an export: where it lies below it, and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A bookmark in a manifest; the bytes of `bookmark` are in the files, in the same order.

    Attributes:
        bookmark: The bookmark; its `raw` and the contents of its files are empty.
        file: The post.
        images: Its images.
    """

    bookmark: BookmarkRecord
    file: ExportedFile
    images: tuple[ExportedFile, ...]


def manifest_text(entries: Sequence[ManifestEntry], config: str, key: str) -> str:
    """The manifest of some bookmarks.

    Args:
        entries: The bookmarks.
        config: The SHA-256 of the `_config.yml` beside it.
        key: The secret that only this reading state has: the manifest is sealed with it, so that
            a later export knows which files are its own.
    """
    manifest: dict[str, ManifestValue] = {
        "format": _FORMAT,
        "version": _VERSION,
        "config": config,
        "bookmarks": [_entry_json(entry) for entry in entries],
    }
    manifest["seal"] = _seal(manifest, key)
    return escape_json(json.dumps(manifest, ensure_ascii=False, indent=1)) + "\n"


def _seal(manifest: Mapping[str, ManifestValue], key: str) -> str:
    """The HMAC of what a manifest says, whatever it looks like."""
    said = {name: value for name, value in manifest.items() if name != "seal"}
    return hmac.digest(key.encode(), json.dumps(said, sort_keys=True).encode(), "sha256").hex()


def load_manifest(
    path: Path, key: str | None = None
) -> tuple[list[ManifestEntry | ManifestEntryError], str]:
    """Read the manifest at `path`, as `read_manifest` reads its text.

    Args:
        path: The manifest.
        key: What it must be sealed with; `None`: anybody's will do.

    Raises:
        StoreError: If it is no manifest, or one of a newer version.
        OSError: If it cannot be read.
    """
    try:
        return read_manifest(read_regular(path, LARGEST_MANIFEST).raw.decode(), str(path), key)
    except FileTooLargeError as error:
        raise StoreError(Problem("manifest-too-large", (str(path),))) from error
    except UnicodeDecodeError as error:
        raise StoreError(Problem("manifest-not-text", (str(path),))) from error


def read_manifest(
    text: str, name: str, key: str | None = None
) -> tuple[list[ManifestEntry | ManifestEntryError], str]:
    """The entries of a manifest, those that cannot be read as errors, and the `config` of it.

    Raises:
        StoreError: If it is no manifest, or one of a newer version.
    """
    try:
        # Python refuses to read thousands of digits; the entry that has them is left out.
        manifest = json.loads(text, parse_int=lambda digits: int(digits[:40]))
    except (ValueError, RecursionError) as error:
        raise StoreError(Problem("manifest-not-json", (name,))) from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise StoreError(Problem("manifest-of-something-else", (name,)))
    version, found = manifest.get("version"), manifest.get("bookmarks")
    if not isinstance(version, int) or not isinstance(found, list):
        raise StoreError(Problem("manifest-of-something-else", (name,)))
    if version > _VERSION:
        raise StoreError(Problem("manifest-newer", (name,)))
    seal = manifest.get("seal")
    if key is not None and not (
        isinstance(seal, str) and seal.isascii() and hmac.compare_digest(seal, _seal(manifest, key))
    ):
        raise StoreError(Problem("manifest-of-something-else", (name,)))
    entries: list[ManifestEntry | ManifestEntryError] = []
    for number, fields in enumerate(found, 1):
        try:
            entries.append(_read_entry(fields))
        except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
            why = clean_line(str(error))
            entries.append(ManifestEntryError(Problem("entry-unreadable", (number, name, why))))
    return entries, str(manifest.get("config", ""))


def facts_json(bookmark: BookmarkRecord) -> dict[str, ManifestValue]:
    """Convert the facts of a bookmark, all but the bytes of its post, to JSON values."""
    post, place = bookmark.post, bookmark.place
    return {
        "title": post.title,
        "date": post.date,
        "has_time": post.has_time,
        "categories": post.categories,
        "tags": post.tags,
        "saved": moment_from(bookmark.saved_at).isoformat(),
        "saved_at": bookmark.saved_at,
        "note": bookmark.note,
        "position": {"offset": place.offset, "context": place.context} if place else None,
        "source": path_json(post.source),
        "path": path_json(post.path),
        "site_path": path_json(post.site_path),
        "site": {
            "title": post.site_title,
            "url": post.site_url,
            "timezone": post.site_timezone,
        },
        "mtime_ns": post.mtime_ns,
        "left_out": post.left_out,
    }


def _entry_json(entry: ManifestEntry) -> dict[str, ManifestValue]:
    images: list[ManifestValue] = [
        {"path": path_json(file.path), "file": exported.path, "sha256": exported.sha256}
        for file, exported in zip(entry.bookmark.post.files, entry.images, strict=True)
    ]
    return {
        "file": entry.file.path,
        "sha256": entry.file.sha256,
        **facts_json(entry.bookmark),
        "images": images,
    }


def _read_entry(fields: object) -> ManifestEntry:
    """Read an entry.

    Raises:
        KeyError, TypeError, ValueError, OverflowError, OSError: If it is none.
    """
    entry = Fields(fields)
    site = Fields(entry.value("site"))
    images = [Fields(image) for image in entry.items("images")]
    saved_at = entry.number("saved_at")
    # Whether it can be shown as a date: an OSError of this is no file that cannot be read.
    datetime.fromtimestamp(saved_at, UTC)
    date = entry.value("date")
    if date is not None:
        datetime.fromisoformat(entry.text("date"))
    post = SavedPost(
        source=entry.path("source"),
        path=entry.post_path("path"),
        site_path=entry.path_below("site_path"),
        raw=b"",
        title=entry.line("title"),
        date=None if date is None else entry.line("date"),
        has_time=bool(entry.value("has_time")),
        categories=entry.lines("categories"),
        tags=entry.lines("tags"),
        site_title=site.line("title"),
        site_url=site.line("url"),
        site_timezone=site.line("timezone"),
        mtime_ns=int(entry.number("mtime_ns")),
        files=tuple(SavedFile(image.path_below("path"), b"") for image in images),
        left_out=entry.lines("left_out"),
    )
    position = entry.value("position")
    place = None
    if position is not None:
        at = Fields(position)
        place = ReadingPlace(max(0, int(at.number("offset"))), clean_text(at.text("context")))
    return ManifestEntry(
        BookmarkRecord(post, saved_at, clean_text(entry.text("note")), place),
        ExportedFile(entry.text("file"), entry.text("sha256")),
        tuple(ExportedFile(image.text("file"), image.text("sha256")) for image in images),
    )
