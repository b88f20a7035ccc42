"""Counts of every category and tag, and the names that categories go by."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from newsreader.store.model import Counts, Label, Labelled

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

    label: int
    kind: Literal["category", "tag"]
    name: str
    counts: Counts


def label_ids(db: sqlite3.Connection, sources: Sequence[int], scope: Labelled) -> tuple[int, ...]:
    """The labels of a name, one a source at most."""
    rows = db.execute(
        "SELECT id FROM labels WHERE source IN (SELECT value FROM json_each(?))"
        " AND kind = ? AND name = ? ORDER BY id",
        (json.dumps(list(sources)), scope.kind, scope.name),
    )
    return tuple(row[0] for row in rows)


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
    shown: set[str] = set()
    for (kind, name), counts in merged.items():
        if kind != "category":
            continue
        title = category_title(db, sources, name)
        categories.append(Label(Labelled("category", name), title, counts))
        if title != name and merged.get(("tag", title), Counts()).total == counts.total:
            shown.add(title)
    tags = [
        Label(Labelled("tag", name), name, counts)
        for (kind, name), counts in merged.items()
        if kind == "tag" and name not in shown
    ]
    return tuple(sorted(categories, key=_order)), tuple(sorted(tags, key=_order))


def _order(label: Label) -> tuple[int, str, str]:
    return -label.counts.total, label.title, label.scope.name


def _rows(db: sqlite3.Connection, sources: Sequence[int]) -> list[_Row]:
    ours = json.dumps(list(sources))
    names = db.execute(
        "SELECT id, kind, name FROM labels WHERE source IN (SELECT value FROM json_each(?))",
        (ours,),
    ).fetchall()
    mine = json.dumps([label for label, _, _ in names])
    totals: dict[int, int] = dict(
        db.execute(
            "SELECT label, count(*) FROM post_labels"
            " WHERE label IN (SELECT value FROM json_each(?)) GROUP BY label",
            (mine,),
        ).fetchall()
    )
    unread: dict[int, int] = dict(
        db.execute(
            "SELECT label, count(*) FROM post_labels INDEXED BY post_labels_unread"
            " WHERE read = 0 AND label IN (SELECT value FROM json_each(?)) GROUP BY label",
            (mine,),
        ).fetchall()
    )
    bookmarks: dict[int, int] = defaultdict(int)
    for (listed,) in db.execute(
        "SELECT labels FROM posts INDEXED BY posts_bookmarked WHERE bookmarked = 1"
        " AND shelf IN (SELECT value FROM json_each(?))",
        (ours,),
    ):
        for label in json.loads(listed):
            bookmarks[label] += 1
    return [
        _Row(label, kind, name, Counts(totals[label], unread.get(label, 0), bookmarks[label]))
        for label, kind, name in names
        if label in totals
    ]
