"""What each problem is called in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


def _no_options(*allowed: str) -> str:
    return f"options are written as `name: value`. Allowed are {_and(_quoted(allowed))}."


def _key_unknown(option: str, name: str, meant: str, *allowed: str) -> str:
    key = f"key{_after_space(name)} of `{option}`" if option else f"option{_after_space(name)}"
    return f"unknown {key}{_meant(meant)} Allowed are {_and(_quoted(allowed))}."


def _choice_unknown(option: str, written: str, meant: str, *allowed: str) -> str:
    wrong = f"`{option}` cannot be `{written}`" if written else f"`{option}` is one word"
    return f"{wrong}{_meant(meant)} Allowed are {_and(_quoted(allowed))}."


def _no_list(option: str, plain: int, *names: str) -> str:
    or_plain = f" or is only the {names[0]}" if plain else ""
    return f"`{option}` is a list, where each entry has {_and(_quoted(names))}{or_plain}."


def _entry_incomplete(option: str, *missing: str) -> str:
    return f"an entry of `{option}` needs {_and(_quoted(missing))}; it is left out."


def _after_space(name: str) -> str:
    return f" `{name}`" if name else ""


def _meant(name: str) -> str:
    return f"; did you mean `{name}`?" if name else "."


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"`{name}`" for name in names]


def _and(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


ENGLISH: Final[Mapping[Code, Words]] = {
    "several": _several,
    "characters-lost": "Some characters of the file could not be read.",
    "front-matter-not-closed": "The front matter is not closed.",
    "front-matter-unreadable": "The front matter cannot be read.",
    "post-not-indexed": "This post is no longer in the index.",
    "config-unreadable": "{0}: cannot be read: {1}.",
    "config-line": "{0}:{1}: {2}",
    "config-more-problems": "{0}: {1} more problems.",
    "config-too-large": "the file is larger than {0} KB; nothing of it is used.",
    "config-too-deep": "the file is nested too deeply; nothing of it is used.",
    "config-not-utf-8": "this is not UTF-8; nothing of the file is used.",
    "config-not-yaml": "this is not YAML; nothing of the file is used.",
    "config-not-yaml-because": "this is not YAML: {0}; nothing of the file is used.",
    "config-character-forbidden": "a character that YAML forbids; nothing of the file is used.",
    "config-no-options": _no_options,
    "config-key-unknown": _key_unknown,
    "config-set-twice": "`{0}` is set twice; what line {1} says is used.",
    "config-choice-unknown": _choice_unknown,
    "config-no-list": _no_list,
    "config-no-text": "`{0}` is text.",
    "config-entry-incomplete": _entry_incomplete,
    "config-path-with-nul": "a path cannot hold a NUL character.",
    "config-no-such-user": "there is no user for `{0}`.",
    "config-source-twice": "the source `{0}` is named twice.",
    "config-search-twice": "there are two searches named `{0}`.",
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
