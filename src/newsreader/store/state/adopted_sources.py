"""Find what was done with posts that are known by another source than they were then.

Posts are named by their source and their path below it. Whoever opens `site/_posts` instead of
`site`, or a folder that was renamed, means the same posts.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from newsreader.files import is_file, read_regular
from newsreader.store.db.stored_path import StoredPath, from_stored, to_stored
from newsreader.store.state.file_changes import DIGESTED_BYTES, file_digest
from newsreader.store.state.moved_sources import Move

_KNOWN: Final = """
WITH RECURSIVE known (source) AS (
    SELECT min(source) FROM state.marks
    UNION ALL
    SELECT (SELECT min(source) FROM state.marks WHERE source > known.source)
    FROM known WHERE known.source IS NOT NULL
)
SELECT source FROM known WHERE source IS NOT NULL
"""
"""One step in an index for every source."""

SAMPLE: Final = 20
"""Posts that are compared at most."""

_LEAST_SHARE: Final = 0.75
"""The least share of them that must be the same: some may have been edited or taken away."""


def find_moves(db: sqlite3.Connection, sources: Sequence[Path]) -> list[Move]:
    """Find what is known by names of other sources than those that are opened.

    That of a source around one of them, or inside it, is taken along; and that of a folder that is
    gone, if a source of which nothing is known yet holds the same posts: by their names, and by
    their bytes.

    Args:
        db: A connection to both databases.
        sources: Those that are opened.
    """
    known = [from_stored(source) for (source,) in db.execute(_KNOWN)]
    # The innermost first: it has the posts that others around it would have as well.
    ours = sorted((str(source) for source in sources), key=len, reverse=True)
    others = [source for source in known if source not in ours]
    moves = [
        move
        for new in ours
        for old in known
        if old in others or _is_below(new, old)
        if (move := _nested(old, new, ours)) is not None and move.is_needed(db)
    ]
    nested = {move.old for move in moves}
    gone = [
        old
        for old in others
        if old not in nested and not os.path.lexists(old) and Move(old, "", old, "").is_needed(db)
    ]
    for new in ours:
        if new in known and Move(new, "", new, "").is_needed(db):
            continue
        for old in gone:
            if _holds_the_same(db, old, new):
                moves.append(Move(old, "", new, ""))
                gone.remove(old)
                break
    return moves


def _nested(old: str, new: str, ours: Sequence[str]) -> Move | None:
    """The move of posts that two sources have in common; `None` if neither is in the other."""
    if _is_below(new, old):
        inner = _relative(new, old)
        if is_file(Path(new)):
            return Move(old, inner, new, Path(new).name, is_one=True)
        return Move(old, f"{inner}/", new, "")
    if _is_below(old, new):
        # Of several sources around it, the innermost has its posts.
        around = max((source for source in ours if _is_below(old, source)), key=len)
        if around != new:
            return None
        inner = _relative(old, new)
        if is_file(Path(old)):
            return Move(old, Path(old).name, new, inner, is_one=True)
        return Move(old, "", new, f"{inner}/")
    return None


def _is_below(path: str, folder: str) -> bool:
    return path != folder and path.startswith(folder.rstrip(os.sep) + os.sep)


def _relative(path: str, folder: str) -> str:
    return path[len(folder.rstrip(os.sep)) + 1 :].replace(os.sep, "/")


def _holds_the_same(db: sqlite3.Connection, old: str, new: str) -> bool:
    """Whether a folder holds the posts of one that is gone, by a sample of those known of it."""
    if is_file(Path(new)):
        return False
    source = to_stored(old)
    compared = [
        _read(new, path, size) == (size, digest)
        for path, size, digest in db.execute(
            "SELECT path, size, digest FROM state.seen WHERE source = ? LIMIT ?", (source, SAMPLE)
        )
    ]
    compared += [
        _read(new, path, len(raw)) == (len(raw), file_digest(raw))
        for path, raw in db.execute(
            "SELECT path, raw FROM state.bookmarks WHERE source = ? AND kept = 1 LIMIT ?",
            (source, max(0, SAMPLE - len(compared))),
        )
    ]
    if not compared:
        # Marked, but never opened: the index knows sizes and times, which a renamed folder keeps.
        rows = db.execute(
            "SELECT p.path, p.size, p.mtime_ns FROM main.posts AS p"
            " JOIN main.sources AS s ON s.id = p.source"
            " JOIN state.marks AS m ON m.source = s.path AND m.path = p.path"
            " WHERE s.path = ? AND p.size >= 0 LIMIT ?",
            (source, SAMPLE),
        )
        compared = [_facts(new, path) == (size, mtime_ns) for path, size, mtime_ns in rows]
    return are_enough(compared)


def are_enough(compared: Sequence[bool]) -> bool:
    """Whether two sources hold the same, if so many of the posts that were compared do."""
    return bool(compared) and sum(compared) >= _LEAST_SHARE * len(compared)


def _read(folder: str, path: StoredPath, size: int) -> tuple[int, bytes] | None:
    """Size and digest of a file; `None` if it cannot be read, or is of another size."""
    file = Path(folder) / from_stored(path)
    facts = _facts(folder, path)
    if facts is None or facts[0] != size or size > DIGESTED_BYTES:
        return None
    try:
        raw = read_regular(file, DIGESTED_BYTES, truncate=True).raw
    except OSError:
        return None
    return len(raw), file_digest(raw)


def _facts(folder: str, path: StoredPath) -> tuple[int, int] | None:
    try:
        status = (Path(folder) / from_stored(path)).stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns
