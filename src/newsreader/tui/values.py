"""The values that panes show: made by the store, handed down by the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsreader.store import (
    Counts,
    Everything,
    Label,
    Labelled,
    Overview,
    PostId,
    PostRow,
    Query,
    Scope,
    Sort,
    Stage,
    Today,
    View,
)

if TYPE_CHECKING:
    from newsreader.article.document import Document
    from newsreader.article.render.placed import Header
    from newsreader.search.model import Search

__all__ = [
    "Article",
    "Counts",
    "Everything",
    "Label",
    "Labelled",
    "Listing",
    "Overview",
    "PostId",
    "PostRow",
    "Query",
    "Scope",
    "Sort",
    "Stage",
    "Today",
    "View",
]


@dataclass(frozen=True, slots=True)
class Article:
    """A post, ready to be laid out.

    Attributes:
        post_id: Whose it is.
        header: Title and facts above the text.
        document: The text.
        left_at: How many of its visible characters stand before the place where it was left; 0 for
            one never left; None while that is not known.
    """

    post_id: PostId
    header: Header
    document: Document
    left_at: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of posts whose rows are fetched when they are drawn.

    Attributes:
        title: What the list holds, for its border.
        count: How many rows it has.
        fetch: Gives up to `limit` rows from `offset`; fewer where the list has become shorter.
        empty: What to say where there is no row.
        search: What was searched for; its words are marked in the titles.
        complete: Whether there are no more rows than that.
    """

    title: str
    count: int
    fetch: Callable[[int, int], Sequence[PostRow]]
    empty: str = ""
    search: Search | None = None
    complete: bool = True
