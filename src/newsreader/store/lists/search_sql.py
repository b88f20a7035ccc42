"""Translate a search into conditions of SQL.

Words are looked for in `fts`, never through its own query syntax: what goes into MATCH is put
together here from quoted tokens alone. A post is NULL, neither found nor left out, by words that
its text could not be searched for yet.
"""

from __future__ import annotations

import json
from typing import assert_never

from newsreader.frozen import dataclass
from newsreader.search.model import And, Dated, Marked, Named, Not, Or, Search, Words
from newsreader.store.db.connect import SqlValue, Statement
from newsreader.store.lists.search_names import SearchNames
from newsreader.store.lists.sql import matching_texts
from newsreader.store.lists.stories import IS_DUPLICATE
from newsreader.store.lists.windows import Bounds


@dataclass(frozen=True, slots=True)
class SearchParts:
    """A search, split by what answers it.

    Attributes:
        match: What every post found matches in `fts`; empty if there is no such thing.
        rest: What it must fulfil as well.
    """

    match: str
    rest: tuple[Search, ...]


def split_search(search: Search) -> SearchParts:
    """Split a search into what FTS5 can find by itself and what remains."""
    if match := match_of(search):
        return SearchParts(match, ())
    if not isinstance(search, And):
        return SearchParts("", (search,))
    words = tuple(part for part in search.parts if match_of(part))
    rest = tuple(part for part in search.parts if not match_of(part))
    if not words:
        return SearchParts("", rest)
    without = tuple(part for part in rest if isinstance(part, Not) and match_of(part.part))
    others = tuple(part for part in rest if part not in without)
    return SearchParts(_all_of(words + without), others)


def match_of(search: Search) -> str:
    """The expression of FTS5 for a search of words only; empty if it is more than that.

    What is only left out is no such thing: `a -b` is, `-b` is not.
    """
    match search:
        case Words():
            return _phrase(search)
        case Or(parts):
            matches = [match_of(part) for part in parts]
            return f"({' OR '.join(matches)})" if all(matches) else ""
        case And(parts):
            return _all_of(parts)
        case Not() | Named() | Marked() | Dated():
            return ""
        case _:
            assert_never(search)


def _all_of(parts: tuple[Search, ...]) -> str:
    with_ = [match_of(part) for part in parts if not isinstance(part, Not)]
    without = [match_of(part.part) for part in parts if isinstance(part, Not)]
    if not with_ or not all(with_ + without):
        return ""
    found = f"({' AND '.join(with_)})"
    return f"({found} NOT ({' OR '.join(without)}))" if without else found


def _phrase(words: Words) -> str:
    # Tokens hold no quotation marks: they are letters and digits.
    phrase = f'"{" ".join(words.tokens)}"' + (" *" if words.prefix else "")
    return f"(title : {phrase})" if words.field == "title" else f"({phrase})"


def condition(search: Search, names: SearchNames, window: Bounds | None) -> Statement:
    """The condition on a row of `posts` for matching a search.

    Args:
        search: What to match.
        names: What names and days mean.
        window: All rows asked lie within it: what matches there is found first. `None` if only
            a few rows are asked: then each is looked up by itself.
    """
    if match := match_of(search):
        return _text_condition(match, window)
    match search:
        case Words():
            return _text_condition(_phrase(search), window)
        case Not(part):
            sql, values = condition(part, names, window)
            return f"NOT ({sql})", values
        case And(parts) | Or(parts):
            conditions = [condition(part, names, window) for part in parts]
            word = " AND " if isinstance(search, And) else " OR "
            joined = word.join(f"({sql})" for sql, _ in conditions)
            return joined, tuple(value for _, values in conditions for value in values)
        case Named(kind="source"):
            return "posts.source IN (SELECT value FROM json_each(?))", (
                json.dumps(list(names.sources(search))),
            )
        case Named():
            return _label_condition(json.dumps(list(names.labels(search))))
        case Marked(mark):
            return _MARKS[mark], ()
        case Dated():
            return "posts.id BETWEEN ? AND ?", names.days(search)
        case _:
            assert_never(search)


_MARKS = {
    "unread": "posts.read = 0",
    "read": "posts.read = 1",
    "bookmarked": "posts.bookmarked = 1",
    "duplicate": IS_DUPLICATE,
}


def _text_condition(match: str, window: Bounds | None) -> Statement:
    if window is None:
        found = "EXISTS (SELECT 1 FROM fts WHERE fts MATCH ? AND fts.rowid = posts.text)"
        values: tuple[SqlValue, ...] = (match,)
    else:
        rows, values = matching_texts(match, window)
        found = f"posts.text IN ({rows})"
    return f"CASE WHEN posts.text IS NULL THEN NULL ELSE {found} END", values


def _label_condition(labels: str) -> Statement:
    # Posts that are not listed are bookmarks whose file is gone: few, and not in `post_labels`.
    listed = (
        "EXISTS (SELECT 1 FROM post_labels WHERE post_labels.post = posts.id"
        " AND post_labels.label IN (SELECT value FROM json_each(?)))"
    )
    unlisted = (
        "EXISTS (SELECT 1 FROM json_each(posts.labels) AS own"
        " WHERE own.value IN (SELECT value FROM json_each(?)))"
    )
    return f"CASE WHEN posts.shelf IS NOT NULL THEN {listed} ELSE {unlisted} END", (labels, labels)
