"""Files of lines that only grow: which entry became which post.

A table for each feed is read when its document has changed. The addresses of all posts are spread
over
64 files, so that looking for one link among a million reads a megabyte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

_SHARDS: Final = 64
_WASTE: Final = 200
"""Lines of a table that others have replaced, beyond twice those that count, before it is cut."""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What an entry became.

    Attributes:
        path: The file of its post below the library: `example/_posts/2022-02-25-title.html`.
        digest: A digest of the entry as it was written.
    """

    path: str
    digest: str


def digest_of(text: str) -> str:
    """A short digest: 64 bits, so that a million of them are all different."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


class LineTable:
    """A file of `[key, value ...]` lines, of which the last for a key counts."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines = 0
        self._ends_well = True
        self.values = self._read()

    def _read(self) -> dict[str, tuple[str, ...]]:
        values: dict[str, tuple[str, ...]] = {}
        try:
            text = self._file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return values
        self._ends_well = text.endswith("\n") or not text
        for line in text.splitlines():
            self._lines += 1
            try:
                row = cast("object", json.loads(line))
            except (ValueError, RecursionError):
                continue  # cut off by a kill, and written again by the next fetch
            if isinstance(row, list) and row and all(isinstance(each, str) for each in row):
                values[row[0]] = tuple(row[1:])
        return values

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Write lines at the end; those that are there already are left out.

        Raises:
            OSError: They cannot be written.
        """
        new = [row for row in rows if self.values.get(row[0]) != row[1:]]
        if not new:
            return
        self.values |= {row[0]: row[1:] for row in new}
        lines = [json.dumps(row, ensure_ascii=False) for row in new]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write("".join(("" if self._ends_well else "\n", *(f"{each}\n" for each in lines))))
        self._ends_well = True
        self._lines += len(lines)
        if self._lines > 2 * len(self.values) + _WASTE:
            self._shrink()

    def _shrink(self) -> None:
        part = self._file.with_suffix(".part")
        rows = ([key, *value] for key, value in self.values.items())
        part.write_text(
            "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8"
        )
        part.replace(self._file)
        self._lines = len(self.values)


class LinkTable:
    """Which post an address belongs to, over all feeds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shards: dict[int, LineTable] = {}

    def find(self, link: str) -> str:
        """The post of an address, below the library; empty if there is none."""
        key = digest_of(link)
        found = self._shard(key).values.get(key)
        return found[0] if found else ""

    def add(self, paths: Iterable[tuple[str, str]]) -> None:
        """Note the posts of addresses.

        Raises:
            OSError: It cannot be written.
        """
        rows: dict[int, list[tuple[str, str]]] = {}
        for link, path in paths:
            key = digest_of(link)
            rows.setdefault(int(key[:2], 16) % _SHARDS, []).append((key, path))
        for each in rows.values():
            self._shard(each[0][0]).add(each)

    def _shard(self, key: str) -> LineTable:
        number = int(key[:2], 16) % _SHARDS
        if number not in self._shards:
            self._shards[number] = LineTable(self._folder / f"{number:02}")
        return self._shards[number]
