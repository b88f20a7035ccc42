"""A search as values: what `parse_query` makes of a query, and what the store answers."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from newsreader.frozen import dataclass
from newsreader.problems import Problem


class QueryError(ValueError):
    """A query that cannot be understood.

    Attributes:
        problem: What is wrong with it.
        start: Where in the query the trouble begins, in characters.
        end: Where it ends; never before `start`.
    """

    def __init__(self, problem: Problem, start: int, end: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.start = start
        self.end = max(start, end)


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens that stand next to each other: a word, or a phrase.

    Attributes:
        tokens: As `index_text` makes them; at least one.
        prefix: Whether the last one may go on: `econom` finds `economy`.
        field: Where they stand: anywhere (title, body, names of categories and tags), or the title.
    """

    tokens: tuple[str, ...]
    prefix: bool = False
    field: Literal["any", "title"] = "any"


@dataclass(frozen=True, slots=True)
class Named:
    """A category, tag or source by its name.

    Attributes:
        kind: What bears the name.
        name: As `fold_name` makes it.
    """

    kind: Literal["category", "tag", "source"]
    name: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Whether the post is unread, read or bookmarked, or told by a newer post as well."""

    mark: Literal["unread", "read", "bookmarked", "duplicate"]


@dataclass(frozen=True, slots=True)
class Dated:
    """Posts of some days of the local calendar; undated ones are of none.

    Attributes:
        first: The first day; `None`: from the beginning.
        end: The day after the last one; `None`: to the end of time.
    """

    first: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Not:
    """Matches the posts that do not match `part`."""

    part: Search


@dataclass(frozen=True, slots=True)
class And:
    """Matches the posts that match every one of two parts or more."""

    parts: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches the posts that match at least one of two parts or more."""

    parts: tuple[Search, ...]


Search: TypeAlias = Words | Named | Marked | Dated | Not | And | Or
