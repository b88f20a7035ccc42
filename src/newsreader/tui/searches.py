"""Searches as values: put together, and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.search.model import Search


def both(first: Search | None, second: Search | None) -> Search | None:
    """What matches two searches, where there are two."""
    if first is None or second is None:
        return first or second
    from newsreader.search.model import And  # noqa: PLC0415  (when it is needed)

    return And((first, second))


def asks_for_marks(search: Search | None) -> bool:
    """Whether reading a post may change what a search finds."""
    from newsreader.search.model import And, Marked, Not, Or  # noqa: PLC0415  (when it is needed)

    match search:
        case Marked():
            return True
        case Not(part):
            return asks_for_marks(part)
        case And(parts) | Or(parts):
            return any(map(asks_for_marks, parts))
        case _:
            return False
