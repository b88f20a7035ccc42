"""Find posts by characters of their titles, newest first, in steps.

SQLite goes through a million titles in about a second; nothing is kept for that, and nothing is
locked between two steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from newsreader.store.index.post_ids import LAST_ID
from newsreader.store.lists.windows import ReadTransaction
from newsreader.store.query import PostId
from newsreader.store.values import FoundTitle
from newsreader.text import clean_line

_FIRST: Final = 2_000
_STEP_SECONDS: Final = 0.03
_MOST_GROWTH: Final = 4.0
_LARGEST: Final = 100_000
_PER_STEP: Final = 200
_LONGEST: Final = 60


def find_titles(
    reading: ReadTransaction, shelves: Sequence[int], typed: str, stop: Callable[[], bool]
) -> Iterator[list[FoundTitle]]:
    """Yield the posts whose titles have the typed characters in this order, newest first.

    Args:
        reading: Opens the index.
        shelves: The sources whose posts are looked at.
        typed: The characters; spaces stand for anything.
        stop: Is asked between two steps, of a few hundredths of a second each.
    """
    pattern = _pattern(typed)
    if not pattern or not shelves:
        return
    listed = ", ".join("?" * len(shelves))
    size, top = _FIRST, LAST_ID
    while top >= 0 and not stop():
        begun = time.perf_counter()
        with reading() as db:
            row = db.execute(
                "SELECT id FROM posts WHERE id <= ? ORDER BY id DESC LIMIT 1 OFFSET ?", (top, size)
            ).fetchone()
            low = row[0] if row else 0
            found = db.execute(
                "SELECT id, title FROM posts WHERE id >= ? AND id <= ? AND title LIKE ? ESCAPE '\\'"
                f" AND shelf IN ({listed}) ORDER BY id DESC LIMIT ?",
                (low, top, pattern, *shelves, _PER_STEP),
            ).fetchall()
        yield [FoundTitle(PostId(post_id), clean_line(title)) for post_id, title in found]
        if row is None:
            return
        top = low - 1
        growth = _STEP_SECONDS / max(time.perf_counter() - begun, 1e-6)
        size = max(_FIRST // 4, min(_LARGEST, int(size * min(_MOST_GROWTH, growth))))


def _pattern(typed: str) -> str:
    characters = typed.replace(" ", "")[:_LONGEST]
    if not characters:
        return ""
    escaped = (f"\\{each}" if each in "%_\\" else each for each in characters)
    return f"%{'%'.join(escaped)}%"
