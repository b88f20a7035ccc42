"""How wide and how high the panes are, where the user has changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

LEAST_CATEGORIES: Final = 12
"""Cells of the narrowest pane of categories, its border included."""

LEAST_POSTS: Final = 24
LEAST_ARTICLE: Final = 30
LEAST_POST_LINES: Final = 5
"""Lines of the lowest list, its border included: three rows."""

LEAST_ARTICLE_LINES: Final = 7


class Arrangement(Enum):
    """How the panes are arranged, if there is more than one of them."""

    WIDE = "wide"
    """Three columns."""

    MEDIUM = "medium"
    """The categories at the left, the posts over the article."""


class Divider(Enum):
    """What parts two panes, and can be moved."""

    CATEGORIES = "categories"
    """Right of the categories."""

    POSTS = "posts"
    """Between the posts and the article."""


@dataclass(frozen=True, slots=True)
class PaneSizes:
    """The sizes that the user has chosen, borders included; 0: none, as the program has it.

    Attributes:
        wide_categories: Cells of the categories in three columns.
        wide_posts: Cells of the posts in three columns.
        medium_categories: Cells of the categories beside the two other panes.
        medium_posts: Lines of the posts over the article.
    """

    wide_categories: int = 0
    wide_posts: int = 0
    medium_categories: int = 0
    medium_posts: int = 0

    def of(self, arrangement: Arrangement, divider: Divider) -> int:
        """Give the size that a divider stands at."""
        return int(getattr(self, f"{arrangement.value}_{divider.value}"))

    def with_size(self, arrangement: Arrangement, divider: Divider, size: int) -> PaneSizes:
        """Give the sizes with one of them changed."""
        return replace(self, **{f"{arrangement.value}_{divider.value}": size})

    def without(self, arrangement: Arrangement) -> PaneSizes:
        """Give the sizes with those of an arrangement as the program has them."""
        sizes = self
        for divider in Divider:
            sizes = sizes.with_size(arrangement, divider, 0)
        return sizes

    def names(self) -> dict[str, int]:
        """Give the sizes that were chosen, by their names."""
        every = {name: getattr(self, name) for name in self.__slots__}
        return {name: size for name, size in every.items() if size}


def sizes_from(written: Mapping[str, int]) -> PaneSizes:
    """Read sizes by their names; what is unknown or makes no sense is left out."""
    known = PaneSizes.__slots__
    return PaneSizes(**{name: size for name, size in written.items() if name in known and size > 0})


def limits(
    arrangement: Arrangement, divider: Divider, *, width: int, height: int, categories: int
) -> range:
    """Give the sizes that a divider may stand at, so that each pane can still be read.

    Args:
        arrangement: How the panes are arranged.
        divider: Which one.
        width: Cells of all panes.
        height: Lines of all panes.
        categories: Cells of the categories.
    """
    match arrangement, divider:
        case Arrangement.WIDE, Divider.CATEGORIES:
            least, most = LEAST_CATEGORIES, width - LEAST_POSTS - LEAST_ARTICLE
        case Arrangement.WIDE, _:
            least, most = LEAST_POSTS, width - categories - LEAST_ARTICLE
        case _, Divider.CATEGORIES:
            least, most = LEAST_CATEGORIES, width - LEAST_ARTICLE
        case _:
            least, most = LEAST_POST_LINES, height - LEAST_ARTICLE_LINES
    return range(least, max(least, most) + 1)


def clamp(size: int, allowed: range) -> int:
    """Give the size of a range that is nearest."""
    return min(max(size, allowed.start), allowed.stop - 1)
