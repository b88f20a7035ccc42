"""The counts that stand beside the lists of a library."""

from __future__ import annotations

from newsreader.frozen import dataclass
from newsreader.store.query import Labelled, OneSource, View
from newsreader.text import EMPTY, Clean


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of posts in a scope, by view."""

    total: int = 0
    unread: int = 0
    bookmarks: int = 0

    def of(self, view: View) -> int:
        """The number of posts that `view` shows."""
        match view:
            case View.ALL:
                return self.total
            case View.UNREAD:
                return self.unread
            case View.BOOKMARKS:
                return self.bookmarks


@dataclass(frozen=True, slots=True)
class Label:
    """A category or a tag with its counts.

    Attributes:
        scope: What to query for.
        title: The name to show: for a category whose posts all carry one and the same tag, that
            tag; otherwise its own name.
        counts: Of the posts that carry it.
    """

    scope: Labelled
    title: Clean
    counts: Counts


@dataclass(frozen=True, slots=True)
class CountedSource:
    """A source with the counts of its posts.

    Attributes:
        scope: What to query for.
        title: The name to show; no two of them have the same.
        counts: Of its posts.
    """

    scope: OneSource
    title: Clean
    counts: Counts


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the category pane shows.

    Attributes:
        title: The name of the library: of its one source, else the names of all.
        everything: Counts of all posts; its bookmarks are all bookmarks there are.
        today: Counts of today's posts.
        categories: The largest first, then by title.
        tags: Likewise, less the tags that a category is shown as.
        sources: In their order, if there are several.
    """

    title: Clean = EMPTY
    everything: Counts = Counts()
    today: Counts = Counts()
    categories: tuple[Label, ...] = ()
    tags: tuple[Label, ...] = ()
    sources: tuple[CountedSource, ...] = ()
