"""Count the posts of every category and tag, and find the names to show for categories."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, Literal, assert_never

from newsreader.frozen import dataclass
from newsreader.store.overview import Counts, Label
from newsreader.store.query import Everything, Labelled, OneSource
from newsreader.text import clean_line

_TAGS: Final = """
SELECT name,
    (SELECT tag FROM post_labels INDEXED BY post_labels_tag
     WHERE label = labels.id AND tag IS NOT NULL ORDER BY tag LIMIT 1),
    (SELECT tag FROM post_labels INDEXED BY post_labels_tag
     WHERE label = labels.id AND tag IS NOT NULL ORDER BY tag DESC LIMIT 1)
FROM labels
WHERE source IN (SELECT value FROM json_each(?)) AND kind = 'category' AND total > 0
"""
"""The lowest and the highest tag of each category: 0, which is no tag, if a post has several."""

_SAMPLE: Final = 50
"""Posts of a tag that are looked at to tell whether it repeats a category of its name."""


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
    db: sqlite3.Connection,
    sources: Sequence[int],
    scope: Everything | OneSource | Labelled,
    *,
    unread: bool,
) -> int:
    """The number of posts of a scope, or of its unread ones, as the index keeps it."""
    match scope:
        case Everything() | OneSource():
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


def category_titles(
    db: sqlite3.Connection, sources: Sequence[int], given: Mapping[str, str]
) -> dict[str, str]:
    """The names to show for categories, by their own names: no two are shown alike.

    One whose posts all carry one and the same tag is shown as that tag, as the site itself does; if
    another category is called so too, with its own name behind it. Costs two steps in an index per
    category.

    Args:
        db: The index.
        sources: Whose posts count.
        given: What the user calls categories, which goes before all else.
    """
    tags = sole_tags(db, sources)
    names = {name: name.casefold() for name in tags}
    shown = Counter((tags[name] or name).casefold() for name in names)
    # The name of a category that is shown as its tag is still what it is called.
    taken = Counter(names.values())
    titles: dict[str, str] = {}
    for name, folded in names.items():
        tag = tags[name]
        others = shown[tag.casefold()] - 1 + taken[tag.casefold()] - (tag.casefold() == folded)
        if not tag:
            titles[name] = name
        elif tag.casefold() != folded and others:
            titles[name] = f"{tag} ({name})"
        else:
            titles[name] = tag
    return titles | {name: title for name, title in given.items() if name in titles}


def sole_tags(db: sqlite3.Connection, sources: Sequence[int]) -> dict[str, str]:
    """The one tag of all posts of each category; empty if they carry others as well, or none."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, lowest, highest in db.execute(_TAGS, (json.dumps(list(sources)),)):
        found[name] |= {tag for tag in (lowest, highest) if tag is not None}
    wanted = {tag for tags in found.values() for tag in tags if tag}
    names: dict[int, str] = dict(
        db.execute(
            "SELECT id, name FROM labels WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(wanted)),),
        )
    )
    sole: dict[str, str] = {}
    for name, tags in found.items():
        called = {names.get(tag, "") for tag in tags}
        sole[name] = called.pop() if len(called) == 1 and 0 not in tags else ""
        if not sole[name].strip():
            sole[name] = ""
    return sole


def labels(
    db: sqlite3.Connection, sources: Sequence[int], given: Mapping[str, str]
) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """Categories and tags of the sources with their counts, the largest first, then by title.

    Tags that only repeat categories are left out.
    """
    merged: dict[tuple[Literal["category", "tag"], str], Counts] = defaultdict(Counts)
    for row in _rows(db, sources):
        before = merged[row.kind, row.name]
        merged[row.kind, row.name] = Counts(
            before.total + row.counts.total,
            before.unread + row.counts.unread,
            before.bookmarks + row.counts.bookmarks,
        )
    titles = category_titles(db, sources, given)
    categories: list[Label] = []
    tagged: dict[str, list[str]] = defaultdict(list)
    for name, tag in sole_tags(db, sources).items():
        tagged[tag].append(name)
    for (kind, name), counts in merged.items():
        if kind == "category":
            title = clean_line(titles.get(name, name))
            categories.append(Label(Labelled("category", name), title, counts))

    def repeats(name: str, total: int) -> bool:
        """Whether the posts of a tag are those of categories that have no other, or its name."""
        names = {*tagged.get(name, ()), name}
        inside = sum(merged.get(("category", each), Counts()).total for each in names)
        return inside >= total and _is_within(db, sources, name, names)

    tags = [
        Label(Labelled("tag", name), clean_line(name), counts)
        for (kind, name), counts in merged.items()
        if kind == "tag" and not repeats(name, counts.total)
    ]
    return tuple(sorted(categories, key=_order)), tuple(sorted(tags, key=_order))


def _is_within(
    db: sqlite3.Connection, sources: Sequence[int], name: str, categories: set[str]
) -> bool:
    """Whether the posts of a tag are all in some categories, by a sample of them."""
    tag = json.dumps(label_ids(db, sources, Labelled("tag", name)))
    ids = (label_ids(db, sources, Labelled("category", each)) for each in categories)
    category = json.dumps([label for each in ids for label in each])
    row = db.execute(
        "SELECT 1 FROM (SELECT post FROM post_labels"
        " WHERE label IN (SELECT value FROM json_each(?)) LIMIT ?) AS tagged"
        " WHERE NOT EXISTS (SELECT 1 FROM post_labels AS own WHERE own.post = tagged.post"
        " AND own.label IN (SELECT value FROM json_each(?))) LIMIT 1",
        (tag, _SAMPLE, category),
    ).fetchone()
    return row is None


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
