"""Paths and strings as the databases hold them.

A file name need not be UTF-8, and SQLite takes no lone surrogates: such a path is stored as bytes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from newsreader.files import is_file

StoredPath: TypeAlias = str | bytes

PostName: TypeAlias = tuple[StoredPath, StoredPath]
"""The path of a source, and that of a post below it: what names a post for good."""


def to_stored(path: str) -> StoredPath:
    """A file name as the databases hold it: text, or bytes if it is no UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def from_stored(path: StoredPath) -> str:
    """The file name that `to_stored` took."""
    return path if isinstance(path, str) else os.fsdecode(path)


def storable(text: str) -> str:
    """The text with `?` for lone surrogates, which SQLite does not take."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def file_path(source: StoredPath, path: StoredPath) -> Path:
    """Return the path of a post's file; a source that is a file is its own only post."""
    top = Path(from_stored(source))
    return top if is_file(top) else top / from_stored(path)
