"""Count the posts of every category and tag, and find the names to show for categories."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, Literal, assert_never

from newsreader.frozen import dataclass
from newsreader.store.query import Everything, Labelled
from newsreader.store.values import Counts, Label
from newsreader.text import clean_line

_LOWEST_TAG: Final = (
    "SELECT tag FROM post_labels INDEXED BY post_labels_tag"
    " WHERE label = ? AND tag IS NOT NULL ORDER BY tag LIMIT 1"
)
_HIGHEST_TAG: Final = (
    "SELECT tag FROM post_labels INDEXED BY post_labels_tag"
    " WHERE label = ? AND tag IS NOT NULL ORDER BY tag DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A label of one source."""

    kind: Literal["category", "tag"]
    name: str
    counts: Counts


def label_ids(db: sqlite3.Connection, sources: Sequence[int], scope: Labelled) -> tuple[int, ...]:
    """The labels of a name, at most one per source."""
    rows = db.execute(
        "SELECT id FROM labels WHERE source IN (SELECT value FROM json_each(?))"
        " AND kind = ? AND name = ? ORDER BY id",
        (json.dumps(list(sources)), scope.kind, scope.name),
    )
    return tuple(row[0] for row in rows)


def stored_count(
    db: sqlite3.Connection, sources: Sequence[int], scope: Everything | Labelled, *, unread: bool
) -> int:
    """The number of posts of a scope, or of its unread ones, as the index keeps it."""
    match scope:
        case Everything():
            rows = db.execute(
                "SELECT total, unread FROM sources WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(sources)),),
            )
        case Labelled():
            rows = db.execute(
                "SELECT total, unread FROM labels WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(label_ids(db, sources, scope)),),
            )
        case _:
            assert_never(scope)
    return sum(row[1] if unread else row[0] for row in rows)


def category_title(db: sqlite3.Connection, sources: Sequence[int], name: str) -> str:
    """The name to show for a category: that of the one tag of all its posts, else its own.

    Costs two steps in an index for every source.
    """
    tags: set[int] = set()
    for label in label_ids(db, sources, Labelled("category", name)):
        for ends in (_LOWEST_TAG, _HIGHEST_TAG):
            row = db.execute(ends, (label,)).fetchone()
            if row is not None:
                tags.add(row[0])
    if not tags or 0 in tags:
        return name
    names = db.execute(
        "SELECT DISTINCT name FROM labels WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(tags)),),
    ).fetchall()
    return names[0][0] if len(names) == 1 and names[0][0].strip() else name


def labels(
    db: sqlite3.Connection, sources: Sequence[int]
) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """Categories and tags of the sources with their counts, the largest first, then by title.

    A tag that is the name of a category with the very same posts is left out.
    """
    merged: dict[tuple[Literal["category", "tag"], str], Counts] = defaultdict(Counts)
    for row in _rows(db, sources):
        before = merged[row.kind, row.name]
        merged[row.kind, row.name] = Counts(
            before.total + row.counts.total,
            before.unread + row.counts.unread,
            before.bookmarks + row.counts.bookmarks,
        )
    categories: list[Label] = []
    category_titles: set[str] = set()
    for (kind, name), counts in merged.items():
        if kind != "category":
            continue
        title = category_title(db, sources, name)
        categories.append(Label(Labelled("category", name), clean_line(title), counts))
        if title != name and merged.get(("tag", title), Counts()).total == counts.total:
            category_titles.add(title)
    tags = [
        Label(Labelled("tag", name), clean_line(name), counts)
        for (kind, name), counts in merged.items()
        if kind == "tag" and name not in category_titles
    ]
    return tuple(sorted(categories, key=_order)), tuple(sorted(tags, key=_order))


def _order(label: Label) -> tuple[int, str, str]:
    return -label.counts.total, label.title, label.scope.name


def _rows(db: sqlite3.Connection, sources: Sequence[int]) -> list[_Row]:
    ours = json.dumps(list(sources))
    bookmarks: dict[int, int] = defaultdict(int)
    for (listed,) in db.execute(
        "SELECT labels FROM posts INDEXED BY posts_bookmarked WHERE bookmarked = 1"
        " AND shelf IN (SELECT value FROM json_each(?))",
        (ours,),
    ):
        for label in json.loads(listed):
            bookmarks[label] += 1
    rows = db.execute(
        "SELECT id, kind, name, total, unread FROM labels"
        " WHERE source IN (SELECT value FROM json_each(?)) AND total > 0",
        (ours,),
    )
    return [
        _Row(kind, name, Counts(total, unread, bookmarks[label]))
        for label, kind, name, total, unread in rows
    ]
