"""What stands in JSON that somebody may have written: members that are there, and of their type."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

from newsreader.frozen import dataclass
from newsreader.posts.site_files import POST_SUFFIXES, POSTS
from newsreader.store.db.stored_path import StoredPath, from_stored, storable, to_stored
from newsreader.text import Clean, clean_line


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object whose members have to be there, and of their type.

    Each method raises `KeyError`, `TypeError` or `ValueError` if its member is not.
    """

    fields: object

    def has(self, name: str) -> bool:
        """Whether there is such a member."""
        return isinstance(self.fields, dict) and name in self.fields

    def value(self, name: str) -> object:
        """A member of any type."""
        if not isinstance(self.fields, dict):
            raise TypeError("not an object")
        found: object = self.fields[name]
        return found

    def text(self, name: str) -> str:
        """A string as it is, for values that are never shown."""
        value = self.value(name)
        if not isinstance(value, str):
            raise TypeError(name)
        return storable(value)

    def line(self, name: str) -> Clean:
        """A string that may be shown: a manifest may have anything in it."""
        return clean_line(self.text(name))

    def number(self, name: str) -> float:
        """A number that SQLite can hold."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(name)
        if not -(1 << 63) < value < 1 << 63:
            raise ValueError(name)
        return value

    def items(self, name: str) -> list[object]:
        """A list of anything."""
        value = self.value(name)
        if not isinstance(value, list):
            raise TypeError(name)
        return value

    def lines(self, name: str) -> tuple[Clean, ...]:
        """A list of strings that may be shown."""
        values = self.items(name)
        if not all(isinstance(value, str) for value in values):
            raise TypeError(name)
        return tuple(clean_line(storable(str(value))) for value in values)

    def path(self, name: str) -> StoredPath:
        """A path that a file can have, as `path_json` writes it."""
        value = self.value(name)
        path = storable(value) if isinstance(value, str) else self._odd_path(value)
        # No file has such a name, and the system refuses to look for one.
        if not path or "\0" in path:
            raise ValueError(name)
        return to_stored(path)

    def path_below(self, name: str) -> StoredPath:
        """A path that stays below its folder: no manifest has the reader look elsewhere."""
        path = self.path(name)
        inner = PurePosixPath(from_stored(path))
        if inner.is_absolute() or ".." in inner.parts:
            raise ValueError(name)
        return path

    def post_path(self, name: str) -> StoredPath:
        """The path of a post below its source, as only those of posts are.

        The reader opens it later: `.ssh/id_rsa` below a home folder is no post.
        """
        path = self.path_below(name)
        *folders, file = PurePosixPath(from_stored(path)).parts
        hidden = any(part.startswith((".", "_")) and part != POSTS for part in folders)
        if hidden or not file.lower().endswith(POST_SUFFIXES):
            raise ValueError(f"{name}: no post")
        return path

    @staticmethod
    def _odd_path(value: object) -> str:
        return os.fsdecode(bytes.fromhex(Fields(value).text("bytes")))


def path_json(path: StoredPath) -> str | dict[str, str]:
    """Write a path for `Fields.path`: bytes that are no text stand as `{"bytes": "hex"}`."""
    return path if isinstance(path, str) else {"bytes": path.hex()}
