"""Read marks and reading places on their way out: `mark_lines` tells what is written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from newsreader.article.reading_place import ReadingPlace
from newsreader.store.db.stored_path import StoredPath, from_stored
from newsreader.store.db.transactions import reading
from newsreader.store.transfer.mark_lines import (
    MARKS_BEGINNING,
    MarkLine,
    first_line,
    portable_name,
    write_mark_line,
)
from newsreader.store.transfer.whole_files import replace_export
from newsreader.store.values import Anchors, Exported
from newsreader.text import Clean

_KNOWN: Final = """
SELECT n.source, n.path, coalesce(m.read, 0), e.digest, p.place, p.context, p.changed_at
FROM (
    SELECT source, path FROM state.marks WHERE read = 1
    UNION SELECT source, path FROM state.positions
) AS n
LEFT JOIN state.marks AS m ON m.source = n.source AND m.path = n.path
LEFT JOIN state.positions AS p ON p.source = n.source AND p.path = n.path
LEFT JOIN state.seen AS e ON e.source = n.source AND e.path = n.path
ORDER BY n.source, n.path
"""


def export_marks(
    db: sqlite3.Connection, path: Path, folders: Sequence[Path], anchors: Anchors
) -> Exported:
    """Write what `mark_lines` gives into a file, in the place of an earlier one of the kind.

    Raises:
        StoreError: If the file is another's, or cannot be written, or would become empty.
    """
    lines = [f"{line}\n".encode() for line in mark_lines(db, folders, anchors)]
    return replace_export(path, b"".join(lines), MARKS_BEGINNING.encode(), len(lines) - 1)


def mark_lines(
    db: sqlite3.Connection, folders: Sequence[Path], anchors: Anchors
) -> Iterator[Clean]:
    """Yield the first line, then one for each post that was read or has a reading place.

    In the order of their names, so that what has changed since is what differs.

    Args:
        db: The reading state.
        folders: Whose posts, links resolved; none: all.
        anchors: What may stand for a folder.
    """
    yield first_line()
    names: dict[StoredPath, StoredPath] = {}
    with reading(db):
        for source, path, read, digest, place, context, at in db.execute(_KNOWN):
            if folders and not _is_in(_joined(source, path), folders):
                continue
            if source not in names:
                names[source] = portable_name(source, anchors)
            yield write_mark_line(
                MarkLine(
                    source=names[source],
                    path=path,
                    read=bool(read),
                    digest=digest or b"",
                    place=ReadingPlace(place, context) if place is not None else None,
                    at=at or 0.0,
                )
            )


def _joined(source: StoredPath, path: StoredPath) -> str:
    return from_stored(source) + os.sep + from_stored(path)


def _is_in(path: str, folders: Sequence[Path]) -> bool:
    """Whether a post is below one of the folders, or is one of them, which may be a file."""
    return any(
        path == str(folder) or path.startswith(str(folder).rstrip(os.sep) + os.sep)
        for folder in folders
    )
