"""Read marks and reading places on their way in: what was exported joins what is there.

Lines are put into a table first, so that a million of them take no room, and a file that turns out
to be something else changes nothing.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import Final, TypeAlias

from newsreader.files import is_gone, read_regular
from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.store.db.stored_path import StoredPath, from_stored, to_stored
from newsreader.store.db.transactions import writing
from newsreader.store.errors import StoreError
from newsreader.store.state.adopted_sources import SAMPLE, are_enough
from newsreader.store.state.file_changes import DIGESTED_BYTES, file_digest
from newsreader.store.state.read_marks import mark_named
from newsreader.store.transfer.mark_lines import (
    MarkLine,
    NewerMarksError,
    is_first_line,
    is_marks,
    local_path,
    read_mark_line,
)
from newsreader.store.values import Anchors, ImportedMarks, ImportPlaces
from newsreader.text import clean_line

MOST_NAMED: Final = 100
"""Lines that are left out, of which is said why; of the others only how many there are."""

_LONGEST_LINE: Final = 64 << 10

_TABLES: Final = """
CREATE TEMP TABLE incoming (named, path, read, place, context, at);
CREATE TEMP TABLE places (named PRIMARY KEY, source) WITHOUT ROWID;
"""
_READ: Final = """
SELECT DISTINCT p.source, i.path, iif(typeof(i.path) = 'text', i.path, '') AS title
FROM temp.incoming AS i JOIN temp.places AS p USING (named) WHERE i.read
"""
_PLACE: Final = """
INSERT INTO state.positions (source, path, place, context, changed_at)
SELECT p.source, i.path, i.place, i.context, max(i.at)
FROM temp.incoming AS i JOIN temp.places AS p USING (named)
WHERE i.place IS NOT NULL GROUP BY p.source, i.path
ON CONFLICT (source, path) DO UPDATE
SET place = excluded.place, context = excluded.context, changed_at = excluded.changed_at
WHERE excluded.changed_at > changed_at + 0.000001  -- written in microseconds
"""

_Row: TypeAlias = tuple[StoredPath, StoredPath, bool, int | None, str | None, float]


def import_marks(
    db: sqlite3.Connection, raw: bytes, name: str, places: ImportPlaces
) -> ImportedMarks:
    """Mark read what was read elsewhere, and take the reading places that are newer than ours.

    Read marks are one step, which can be undone. Posts that are not here are marked all the same.

    Args:
        db: A connection to the reading state alone.
        raw: The lines; several exports may follow one another.
        name: What to call them.
        places: Where their sources may be.

    Raises:
        StoreError: If they are something else, or of a newer version.
        sqlite3.Error: If the state cannot be written; then nothing is imported.
    """
    if not is_marks(raw):
        raise StoreError(Problem("not-marks", (name,)))
    reader = _Lines(raw, name, places.anchors)
    db.executescript(_TABLES)
    db.execute("BEGIN")
    db.executemany("INSERT INTO temp.incoming VALUES (?, ?, ?, ?, ?, ?)", reader.rows())
    db.execute("COMMIT")
    notices: list[Problem] = []
    for named, source in reader.sources.items():
        found = _find_source(source, places, is_only=len(reader.sources) == 1)
        db.execute("INSERT INTO temp.places VALUES (?, ?)", (named, to_stored(str(found))))
        if found != source.path:
            notices.append(Problem("source-taken-for", (from_stored(named), str(found))))
        elif is_gone(found):
            notices.append(Problem("source-not-here", (str(found),)))
    with writing(db, "state"):
        (read,) = db.execute(f"SELECT count(*) FROM ({_READ})").fetchone()  # noqa: S608 - ours
        marked = mark_named(db, (_READ, ()), read=True, kind="read")
        (stopped,) = db.execute(
            "SELECT count(*) FROM (SELECT DISTINCT p.source, i.path FROM temp.incoming AS i"
            " JOIN temp.places AS p USING (named) WHERE i.place IS NOT NULL)"
        ).fetchone()
        placed = db.execute(_PLACE).rowcount
    return ImportedMarks(
        marked=marked,
        known=read - marked,
        placed=placed,
        kept=stopped - placed,
        notices=tuple(notices),
        problems=tuple(reader.problems),
        left_out=reader.left_out,
    )


@dataclass(frozen=True, slots=True)
class _NamedSource:
    """A source that lines name: where that is on this machine, and digests of some of its posts."""

    path: Path
    sample: list[tuple[StoredPath, bytes]] = field(default_factory=list)


class _Lines:
    """Reads lines into rows of `temp.incoming`.

    Attributes:
        sources: Those that the lines name.
        problems: Why some lines are left out.
        left_out: How many are.
    """

    def __init__(self, raw: bytes, name: str, anchors: Anchors) -> None:
        self._raw = raw
        self._name = name
        self._anchors = anchors
        self.sources: dict[StoredPath, _NamedSource] = {}
        self.problems: list[Problem] = []
        self.left_out = 0

    def rows(self) -> Iterator[_Row]:
        """Yield the rows.

        Raises:
            StoreError: If the first line is another, or one is of a newer version.
        """
        for number, line in enumerate(io.BytesIO(self._raw), 1):
            try:
                if is_first_line(line) or not line.strip():
                    continue
                if len(line) > _LONGEST_LINE:
                    raise ValueError("too long")
                yield self._row(read_mark_line(line))
            except NewerMarksError as error:
                raise StoreError(Problem("manifest-newer", (self._name,))) from error
            except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
                self.left_out += 1
                if len(self.problems) < MOST_NAMED:
                    why = clean_line(str(error))
                    self.problems.append(Problem("line-left-out", (number, self._name, why)))

    def _row(self, line: MarkLine) -> _Row:
        source = self.sources.get(line.source)
        if source is None:
            source = _NamedSource(local_path(line.source, self._anchors))
            self.sources[line.source] = source
        if line.digest and len(source.sample) < SAMPLE:
            source.sample.append((line.path, line.digest))
        place = line.place
        offset, context = (place.offset, place.context) if place is not None else (None, None)
        return line.source, line.path, line.read, offset, context, line.at


def _find_source(source: _NamedSource, places: ImportPlaces, *, is_only: bool) -> Path:
    """Find the folder that a source of another machine is on this one.

    Its own path, if there is such a folder; otherwise the one of ours that holds the same posts, by
    the bytes of those that were opened. Marks are never guessed: if there is none, they wait at the
    source's own path.
    """
    if places.is_named and is_only and len(places.folders) == 1:
        return places.folders[0]
    if source.path in places.folders or not is_gone(source.path):
        return source.path
    return next((each for each in places.folders if _holds(each, source.sample)), source.path)


def _holds(folder: Path, sample: Sequence[tuple[StoredPath, bytes]]) -> bool:
    """Whether a folder holds posts, by paths below it and the digests of their files."""
    return are_enough([_digest(folder / from_stored(path)) == digest for path, digest in sample])


def _digest(file: Path) -> bytes:
    try:
        return file_digest(read_regular(file, DIGESTED_BYTES, truncate=True).raw)
    except OSError:
        return b""
