"""The values that panes show: made by the store or a controller, and handed down to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from newsreader.frozen import dataclass
from newsreader.store import (
    CountedPeriod,
    Counts,
    Everything,
    FoundTitle,
    Label,
    Labelled,
    OneSource,
    Overview,
    PostId,
    PostImage,
    PostRow,
    Query,
    Scope,
    Sort,
    Stage,
    Today,
    View,
)
from newsreader.text import EMPTY, Clean

if TYPE_CHECKING:
    from newsreader.article.document import Document
    from newsreader.article.render.placed import Header
    from newsreader.search.excerpts import Excerpt
    from newsreader.search.model import Search

__all__ = [
    "Article",
    "CategoryEntry",
    "ChoiceEntry",
    "CountedPeriod",
    "Counts",
    "Everything",
    "FoundTitle",
    "KeyTaker",
    "Label",
    "Labelled",
    "LinkHint",
    "OneSource",
    "Overview",
    "PostId",
    "PostImage",
    "PostListing",
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
        left_at: How many of its visible characters stand before the place where the user left it;
            0 if the user never left it; None as long as that is not known.
        footer: A sentence below the text, such as that it was cut; empty for none.
        minutes: How long reading it takes; 0 as long as that is not known.
        digest: Tells whether the bytes of its file are still the same, in this process.
    """

    post_id: PostId
    header: Header
    document: Document
    left_at: int | None = None
    footer: Clean = EMPTY
    minutes: int = 0
    digest: int = 0


@dataclass(frozen=True, slots=True)
class PostListing:
    """A list of posts whose rows are fetched when they are drawn.

    Attributes:
        title: What the list holds, for its border.
        count: How many rows it has.
        fetch: Gives up to `limit` rows from `offset`; fewer if the list has become shorter.
        empty: What to say if there is no row.
        search: What was searched for; its words are marked in the titles.
        complete: Whether there are no more rows than that.
        excerpt: Gives the piece of a post's text that shows what was searched for, if its title
            does not and the text has been read; None if nothing was searched for.
        newest_on_top: Whether the newest posts come first, or last; None: they may be anywhere.
    """

    title: Clean
    count: int
    fetch: Callable[[int, int], Sequence[PostRow]]
    empty: Clean = EMPTY
    search: Search | None = None
    complete: bool = True
    newest_on_top: bool | None = None
    excerpt: Callable[[PostRow], Excerpt | None] | None = None


class KeyTaker(Protocol):
    """Gets all keys of the article while a mode lasts."""

    def press(self, key: str) -> None:
        """Answer a key."""

    def left(self) -> None:
        """The mode has ended, for whatever reason."""


@dataclass(frozen=True, slots=True)
class LinkHint:
    """A code that is drawn over the beginning of a link.

    Attributes:
        line: The line of the layout.
        start: The cells of that line before the link.
        code: What is to be typed.
        typed: How many of its letters were.
    """

    line: int
    start: int
    code: Clean
    typed: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceEntry:
    """One of the things to choose from.

    Attributes:
        text: What it is called.
        level: How far it is indented, from 0.
        note: What it is known by as well, at the right: what is typed may be that.
    """

    text: Clean
    level: int = 0
    note: Clean = EMPTY


@dataclass(frozen=True, slots=True)
class PaletteCommand:
    """One line of the palette.

    Attributes:
        title: What it does, in a few words; may be foreign text, and is never markup.
        run: Does it.
        beside: What stands at its right: keys, or how many posts there are.
        also: Other words that it is found by.
        common: Whether it is offered before anything is typed.
    """

    title: Clean
    run: Callable[[], None]
    beside: Clean = EMPTY
    also: str = ""
    common: bool = True


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """One row of the category pane.

    Attributes:
        title: What it is called.
        counts: Of its posts.
        scope: Where its list looks; None for a heading between the sections.
        view: The view that its list has whatever the user's choice; None: the user's choice.
        is_search: Whether it is a saved search.
        search: What it searches for.
        problem: Why the search cannot be used; empty if it can.
        warning: What is wrong with the feed that its posts come from; empty if nothing is.
        group: The id of the section that it stands in, or is the heading of; empty for the first.
    """

    title: Clean
    counts: Counts = Counts()
    scope: Scope | None = None
    view: View | None = None
    is_search: bool = False
    search: Search | None = None
    problem: Clean = EMPTY
    warning: Clean = EMPTY
    group: str = ""
