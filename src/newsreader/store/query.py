"""The query of a list: its scope, view, search and order."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Literal, NewType, TypeAlias

from newsreader.frozen import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.search.model import Search

PostId = NewType("PostId", int)
"""Names a post in one index; sorts by date, undated posts lowest. Not kept across rebuilds."""


class View(Enum):
    """The view of a list: which posts of its scope it shows."""

    ALL = "all"
    UNREAD = "unread"
    BOOKMARKS = "bookmarks"


class Sort(Enum):
    """The order of a list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    """Chinese by sound; posts of one title, the oldest first."""
    UNREAD_FIRST = "unread-first"
    """The unread ones, then the read ones, each the newest first."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All posts of the library; in the bookmarks view, every bookmark there is."""


@dataclass(frozen=True, slots=True)
class Today:
    """The posts dated today by this machine's clock and zone."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The posts that carry a category or a tag."""

    kind: Literal["category", "tag"]
    name: str


@dataclass(frozen=True, slots=True)
class OneSource:
    """The posts of one of the sources, by its path."""

    path: Path


Scope: TypeAlias = Everything | Today | Labelled | OneSource


@dataclass(frozen=True, slots=True)
class Query:
    """The contents of a list, and their order.

    Attributes:
        scope: Where to look.
        view: Which posts of the scope.
        pinned: Posts that stay in the list though they have just left the view (a post opened from
            the unread list, say). If the unread ones come first, they count as unread.
        settled: Likewise, posts that stay among the read ones below (one that was marked unread
            there, say).
        search: What the posts must match as well.
        sort: The order.
        fold: Whether of posts that tell the same story the newest one stands for all.
    """

    scope: Scope = Everything()
    view: View = View.ALL
    pinned: frozenset[PostId] = frozenset()
    settled: frozenset[PostId] = frozenset()
    search: Search | None = None
    sort: Sort = Sort.NEWEST
    fold: bool = False

    @property
    def parts_read(self) -> bool:
        """Whether unread posts stand above read ones, so that reading one would move it."""
        return self.sort is Sort.UNREAD_FIRST

    @property
    def without_pins(self) -> Query:
        """The same list as it is when it is asked for anew."""
        if not (self.pinned or self.settled):
            return self
        return replace(self, pinned=frozenset(), settled=frozenset())

    @property
    def needs_snapshot(self) -> bool:
        """Whether the list needs a snapshot before it can be read: see `Lists.collect`."""
        return self.search is not None or self.sort is Sort.TITLE or self.fold
