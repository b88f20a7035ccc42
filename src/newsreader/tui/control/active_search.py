"""The search of a list, as one value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.frozen import dataclass
from newsreader.text import EMPTY, Clean, clean_line, join

if TYPE_CHECKING:
    from newsreader.search.model import Search


@dataclass(frozen=True, slots=True)
class ActiveSearch:
    """The search of a list: a saved search, and inside it what was typed.

    Attributes:
        typed: What was typed.
        text: As it was typed.
        saved: The saved search whose list it is.
        saved_name: What that is called.
        problem: Why the saved search cannot be used; empty if it can.
    """

    typed: Search | None = None
    text: str = ""
    saved: Search | None = None
    saved_name: Clean = EMPTY
    problem: Clean = EMPTY

    @property
    def combined(self) -> Search | None:
        """The search that requires both the saved search and what was typed."""
        if self.saved is None or self.typed is None:
            return self.saved or self.typed
        from newsreader.search.model import And  # noqa: PLC0415  (when it is needed)

        return And((self.saved, self.typed))

    @property
    def title(self) -> Clean:
        """The words of the search for the title of the list."""
        return join(" · ", (part for part in (self.saved_name, clean_line(self.text)) if part))

    def with_typed(self, typed: Search | None, text: str) -> ActiveSearch:
        """The same with something else typed; None: with nothing typed."""
        return replace(self, typed=typed, text=text if typed is not None else "")


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


def parse_search(text: str) -> Search | None:
    """Parse a search.

    Raises:
        QueryError: It cannot be understood.
    """
    from newsreader.search.parse_query import parse_query  # noqa: PLC0415  (when it is needed)

    return parse_query(text, datetime.now().astimezone())


def parse_stored_search(text: str) -> Search | None:
    """Parse a search as it was written down, maybe by another version or in another config."""
    if not text:
        return None
    from newsreader.search.model import QueryError  # noqa: PLC0415  (when it is needed)

    try:
        return parse_search(text)
    except QueryError:
        return None
