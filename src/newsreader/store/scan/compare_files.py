"""Find what has changed in a source: compare its files with the index.

Files that have not changed, nearly all of them most of the time, are compared by the thousand: one
string for those of the folder and one that SQLite puts together of its rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from newsreader.store.db.stored_path import StoredPath, from_stored, to_stored
from newsreader.store.scan.find_files import PART

CHUNK: Final = 1000
"""Files compared at a time."""

_PIECE: Final = 10_000

_FEW: Final = 1000
"""Most indexed posts of a source that is taken to be new."""

_AFTER_TEXT: Final = b""
"""SQLite sorts every text before every blob."""

# Paths of `source` below `prefix` but in no folder below it, from `low` to before `high`.
_ROWS: Final = (
    " FROM posts WHERE source = :source AND path >= :low AND path < :high"
    " AND instr(substr(path, :cut), '/') = 0 ORDER BY path"
)
_AS_ONE: Final = (
    "SELECT count(*), count(*) FILTER (WHERE site IS NOT :site), group_concat("  # noqa: S608 - ours
    "substr(path, :cut) || char(0) || size || char(0) || mtime_ns, char(0))"
    " FROM (SELECT path, size, mtime_ns, site" + _ROWS + ")"
)
_EACH: Final = "SELECT path, id, size, mtime_ns, site" + _ROWS
_UNREADABLE: Final = (
    "SELECT path, id, size, mtime_ns, site FROM posts WHERE source = ? AND path >= x''"
)

# What the index holds of a file: its id, size, mtime_ns and site.
IndexedFile: TypeAlias = tuple[int, int, int, int | None]


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The files of one folder: `prefix`, `facts` and `kept` as `FoundFolder` has them."""

    prefix: str
    site: int
    facts: list[str]
    kept: int = 0


@dataclass(slots=True)
class SourceChanges:
    """The differences between a source and the index.

    Attributes:
        unchanged: The number of files that the index holds as they are.
        new: Files to be read: a line each, its name and the number of its folder, parted by `PART`.
        before: What the index holds of those of them that it knows, by line.
        gone: Posts whose files are no longer there, and whether that is news.
    """

    unchanged: int = 0
    new: list[str] = field(default_factory=list)
    before: dict[str, IndexedFile] = field(default_factory=dict)
    gone: list[tuple[int, bool]] = field(default_factory=list)


def compare_files(
    db: sqlite3.Connection,
    source: int,
    folders: Sequence[FolderFiles],
    unknown: Sequence[str],
    report: Callable[[int], None],
    *,
    first: int = 0,
    lost: Collection[str] | None = None,
) -> SourceChanges:
    """Compare the files of a source with the index.

    Args:
        db: The index.
        source: The id of the source.
        folders: All its folders with files; their facts are taken away as they are compared.
        unknown: Prefixes of the folders that could not be listed; their posts stay as they are.
        report: Is told how many more files were compared.
        first: The number of the first of the folders.
        lost: Prefixes of the folders that may have had posts and have none; None if that is not
            known, as all folders were listed.
    """
    return _Comparison(db, source, folders, tuple(unknown), report, first=first, lost=lost).run()


class _Comparison:
    def __init__(
        self,
        db: sqlite3.Connection,
        source: int,
        folders: Sequence[FolderFiles],
        unknown: tuple[str, ...],
        report: Callable[[int], None],
        *,
        first: int,
        lost: Collection[str] | None,
    ) -> None:
        self._db = db
        self._source = source
        self._folders = folders
        self._unknown = unknown
        self._report = report
        self._first = first
        self._lost = lost
        self._changes = SourceChanges()
        self._met = 0

    def run(self) -> SourceChanges:
        known = _FEW + 1
        if self._lost is None:  # else some folders were listed, and it does not matter
            (known,) = self._db.execute(
                "SELECT count(*) FROM posts WHERE source = ?", (self._source,)
            ).fetchone()
        odd: dict[str, tuple[int, str]] = {}
        for number, folder in enumerate(self._folders):
            facts = folder.facts
            if folder.kept:
                self._changes.unchanged += folder.kept
                self._report(folder.kept)
                continue
            is_odd = not _is_text(folder.prefix)
            odd_lines = facts[:] if is_odd else _part_odd(facts)
            odd |= {folder.prefix + line.partition(PART)[0]: (number, line) for line in odd_lines}
            if is_odd:
                facts.clear()
            elif facts and known > _FEW:
                self._compare_folder(number, folder)
                facts.clear()
            else:
                self._compare_new_folder(number, folder, self._below(folder.prefix))
        if known:
            rows = {
                from_stored(path): (post_id, size, mtime_ns, site)
                for path, post_id, size, mtime_ns, site in self._db.execute(
                    _UNREADABLE, (self._source,)
                )
            }
            self._met += len(rows)
            kept = {folder.prefix for folder in self._folders if folder.kept}
            rows = {path: row for path, row in rows.items() if _above(path) not in kept}
            for path, (number, line) in odd.items():
                self._compare_file(number, line, rows.pop(path, None))
            self._lose({path: row for path, row in rows.items() if path not in odd})
            if self._lost is None and self._met != known:
                self._lose(self._elsewhere())
            for prefix in filter(_is_text, self._lost or ()):
                self._lose(self._below(prefix))
        else:
            self._changes.new += [self._job(number, line) for number, line in odd.values()]
        return self._changes

    def _compare_new_folder(
        self, number: int, folder: FolderFiles, rows: dict[str, IndexedFile]
    ) -> None:
        """Compare a folder piece by piece, so that a million names are not in memory twice."""
        facts, prefix = folder.facts, folder.prefix
        self._met += len(rows)
        while facts:
            piece = facts[-_PIECE:]
            del facts[-_PIECE:]
            for line in piece:
                path = prefix + line.partition(PART)[0]
                self._compare_file(number, line, rows.pop(path, None))
            self._report(len(piece))
        self._lose(rows)

    def _compare_folder(self, number: int, folder: FolderFiles) -> None:
        facts, prefix = folder.facts, folder.prefix
        # `PART` sorts before all else, so lines sort as their names do, and those as in SQLite.
        facts.sort()
        end: StoredPath = _after(prefix) if prefix else _AFTER_TEXT
        low = prefix
        for start in range(0, len(facts), CHUNK):
            chunk = facts[start : start + CHUNK]
            following = facts[start + CHUNK : start + CHUNK + 1]
            high = prefix + following[0].partition(PART)[0] if following else end
            values = {
                "source": self._source,
                "low": low,
                "high": high,
                "cut": len(prefix) + 1,
                "site": folder.site,
            }
            rows, moved, text = self._db.execute(_AS_ONE, values).fetchone()
            self._met += rows
            if rows == len(chunk) and not moved and text == PART.join(chunk):
                self._changes.unchanged += rows
            else:
                self._compare_each(number, prefix, chunk, values)
            if isinstance(high, str):
                low = high
            self._report(len(chunk))

    def _compare_each(
        self, number: int, prefix: str, chunk: list[str], values: dict[str, object]
    ) -> None:
        rows: dict[str, IndexedFile] = {
            path[len(prefix) :]: (post_id, size, mtime_ns, site)
            for path, post_id, size, mtime_ns, site in self._db.execute(_EACH, values)
        }
        for line in chunk:
            self._compare_file(number, line, rows.pop(line.partition(PART)[0], None))
        self._lose({prefix + name: row for name, row in rows.items()})

    def _compare_file(self, number: int, line: str, before: IndexedFile | None) -> None:
        changes = self._changes
        job = self._job(number, line)
        if before is not None:
            _, size, mtime_ns = line.split(PART)
            if before[1:] == (int(size), int(mtime_ns), self._folders[number].site):
                changes.unchanged += 1
                return
            changes.before[job] = before
        changes.new.append(job)

    def _job(self, number: int, line: str) -> str:
        return f"{line.partition(PART)[0]}{PART}{self._first + number}"

    def _lose(self, rows: dict[str, IndexedFile]) -> None:
        for path, (post_id, size, _, _) in rows.items():
            if not path.startswith(self._unknown):
                self._changes.gone.append((post_id, size != -1))

    def _below(self, prefix: str) -> dict[str, IndexedFile]:
        """Find the indexed posts of one folder, but of those in it."""
        values = {
            "source": self._source,
            "low": to_stored(prefix),
            "high": to_stored(_after(prefix)) if prefix else _AFTER_TEXT,
            "cut": len(prefix) + 1,
        }
        return {row[0]: row[1:] for row in self._db.execute(_EACH, values)}

    def _elsewhere(self) -> dict[str, IndexedFile]:
        """Find the indexed posts of folders that have none any more."""
        prefixes = {folder.prefix for folder in self._folders}
        rows = self._db.execute(
            "SELECT path, id, size, mtime_ns, site FROM posts WHERE source = ? AND path < x''",
            (self._source,),
        )
        return {
            path: (post_id, size, mtime_ns, site)
            for path, post_id, size, mtime_ns, site in rows
            if _above(path) not in prefixes
        }


def _after(prefix: str) -> str:
    """Return the text that sorts next after all that begin with a prefix: `0` follows `/`."""
    return f"{prefix[:-1]}0"


def _above(path: str) -> str:
    """Return the prefix of the folder that a file is in."""
    return path[: path.rfind("/") + 1]


def _part_odd(facts: list[str]) -> list[str]:
    """Take the lines away that SQLite cannot hold as text: names that are no UTF-8."""
    odd: list[str] = []
    for start in range(0, len(facts), _PIECE):
        piece = facts[start : start + _PIECE]
        if not _is_text("".join(piece)):
            odd += [line for line in piece if not _is_text(line)]
    if odd:
        facts[:] = [line for line in facts if _is_text(line)]
    return odd


def _is_text(line: str) -> bool:
    return line.isascii() or isinstance(to_stored(line), str)
