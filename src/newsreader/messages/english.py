"""What each problem is called in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from newsreader.problems import Code

Words: TypeAlias = str | Callable[..., str]
"""A template for `str.format`, or a function of the problem's arguments."""


def _several(*sentences: str) -> str:
    return " ".join(sentences)


def _field_unknown(name: str, *fields: str) -> str:
    return f"There is no `{name}:`; there are {_and([f'`{field}:`' for field in fields])}."


def _mark_unknown(value: str, *marks: str) -> str:
    return f"`{value}` is nothing that a post can be; {_and(marks)} are."


def _and(names: list[str] | tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


ENGLISH: Final[Mapping[Code, Words]] = {
    "several": _several,
    "characters-lost": "Some characters of the file could not be read.",
    "front-matter-not-closed": "The front matter is not closed.",
    "front-matter-unreadable": "The front matter cannot be read.",
    "post-not-indexed": "This post is no longer in the index.",
    "query-too-long": "A search can have {0:,} characters; this one is longer.",
    "query-too-many-words": "A search can have {0} words; this one has {1}.",
    "query-too-deep": "This is nested too deeply; {0} levels can be.",
    "query-quote-open": "This quotation mark is not closed.",
    "query-quote-empty": "There is nothing between these quotation marks.",
    "query-parenthesis-open": "This parenthesis is not closed.",
    "query-parenthesis-empty": "There is nothing between these parentheses.",
    "query-parenthesis-alone": "This parenthesis closes nothing.",
    "query-or-without-left": "Nothing stands before this OR.",
    "query-or-without-right": "Nothing follows this OR.",
    "query-minus-without-word": "A word to leave out must follow this `-`.",
    "query-field-empty": "`{0}:` needs a word or a phrase right after it.",
    "query-field-misspelt": "There is no `{0}:`; did you mean `{1}:`?",
    "query-field-unknown": _field_unknown,
    "query-name-missing": "`{0}:` needs a name right after it.",
    "query-mark-misspelt": "`{0}` is nothing that a post can be; did you mean `is:{1}`?",
    "query-mark-unknown": _mark_unknown,
    "query-date-unknown": (
        "`{0}` is no date; 2022, 2022-02, 2022-02-25, today, yesterday, 3d, 2w, 1m and 1y are."
    ),
    "query-nothing-to-find": "`{0}` has no letter to search for.",
}
