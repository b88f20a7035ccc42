"""Read what lists show of posts: their rows, and the facts beside them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from newsreader.problems import Problem, problem_from_json, problem_to_json
from newsreader.store.db.stored_path import StoredPath, from_stored
from newsreader.store.index.post_ids import date_of
from newsreader.store.index.site_clocks import SiteClocks
from newsreader.store.lists.counts import category_titles
from newsreader.store.lists.orders import versions
from newsreader.store.lists.stories import count_copies
from newsreader.store.query import PostId
from newsreader.store.values import PostFacts, PostRow
from newsreader.text import Clean, clean_line

Mark: TypeAlias = Callable[[sqlite3.Connection, list[PostRow]], list[PostRow]]
"""Adds to rows what the index does not know, such as that a file has changed."""

_Found: TypeAlias = tuple[int, str, int, int, int | None, int, int, int, str | None, int | None]
"""The columns of `posts` that a row is made of."""


class Rows:
    """Reads the rows of posts; remembers the titles of categories."""

    def __init__(
        self, source_ids: Sequence[int], mark: Mark, given: Mapping[str, str] | None = None
    ) -> None:
        """Read nothing yet.

        Args:
            source_ids: The sources by whose posts the titles of categories are chosen.
            mark: What is done to rows in the end.
            given: What the user calls categories.
        """
        self._given = given or {}
        self._source_ids = source_ids
        self._mark = mark
        self._titles: tuple[int, dict[int, str]] = (-1, {})
        self._names: dict[str, str] | None = None
        self._clocks = SiteClocks()

    def read(
        self, db: sqlite3.Connection, ids: Sequence[int], *, with_missing: bool = False
    ) -> list[PostRow]:
        """The rows of posts, in the order of `ids`.

        Those not there are left out, or stand there as gone if `with_missing`: so that the other
        rows of a snapshot keep their places.
        """
        found = {
            row[0]: row
            for row in db.execute(
                "SELECT id, title, utc_offset, has_time, category, read, bookmarked, gone, problem,"
                " site FROM posts WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(ids),),
            )
        }
        titles = self._known_titles(db)
        copies = count_copies(db, ids, self._source_ids)
        rows = [
            self._row(db, titles, found.get(post_id) or _missing(post_id), copies)
            for post_id in ids
            if with_missing or post_id in found
        ]
        return self._mark(db, rows)

    def _row(
        self,
        db: sqlite3.Connection,
        titles: dict[int, str],
        found: _Found,
        copies: dict[int, int],
    ) -> PostRow:
        post_id, title, offset, has_time, label, read, bookmarked, gone, problem, site = found
        date = date_of(post_id, offset)
        category = self._title(db, titles, label) if label is not None else ""
        if category and gone:
            category = _lone_tag(db, post_id) or category
        return PostRow(
            post_id=PostId(post_id),
            title=clean_line(title),
            date=date,
            has_time=bool(has_time),
            category=clean_line(category),
            read=bool(read),
            bookmarked=bool(bookmarked),
            gone=bool(gone),
            problem=problem_from_json(problem) if problem else None,
            copies=copies.get(post_id, 1),
            shown_date=self._clocks.shown_date(db, date, has_time=bool(has_time), site=site),
        )

    def _known_titles(self, db: sqlite3.Connection) -> dict[int, str]:
        """Titles of categories by their label, looked up once as long as no post changes."""
        generation, _ = versions(db)
        known_at, titles = self._titles
        if known_at != generation:
            titles = {}
            self._titles = (generation, titles)
            self._names = None
        return titles

    def _title(self, db: sqlite3.Connection, titles: dict[int, str], label: int) -> str:
        title = titles.get(label)
        if title is None:
            row = db.execute("SELECT name, source FROM labels WHERE id = ?", (label,)).fetchone()
            name, source = row or ("", 0)
            if source in self._source_ids:
                if self._names is None:
                    self._names = category_titles(db, self._source_ids, self._given)
                names = self._names
            else:  # a bookmark may come from a source that is not shown now
                names = category_titles(db, (source,), self._given) if row else {}
            title = titles[label] = names.get(name, name)
        return title


def read_facts(db: sqlite3.Connection, ids: Sequence[PostId]) -> dict[PostId, PostFacts]:
    """Read paths and labels of posts."""
    sources = {
        source: Path(from_stored(path))
        for source, path in db.execute("SELECT id, path FROM sources")
    }
    rows: list[tuple[int, int, StoredPath, str]] = db.execute(
        "SELECT id, source, path, labels FROM posts WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    ).fetchall()
    carried = {post_id: json.loads(labels) for post_id, _, _, labels in rows}
    wanted = json.dumps(sorted({label for each in carried.values() for label in each}))
    named: dict[int, tuple[str, str]] = {
        label: (kind, name)
        for label, kind, name in db.execute(
            "SELECT id, kind, name FROM labels WHERE id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
    }

    def names(post_id: int, kind: str) -> tuple[Clean, ...]:
        found = (named[label] for label in carried[post_id] if label in named)
        return tuple(clean_line(name) for of, name in found if of == kind)

    return {
        PostId(post_id): PostFacts(
            source=sources[source],
            path=from_stored(path),
            categories=names(post_id, "category"),
            tags=names(post_id, "tag"),
        )
        for post_id, source, path, _ in rows
    }


def _missing(post_id: int) -> _Found:
    problem = problem_to_json(Problem("no-longer-there"))
    return post_id, "", 0, 1, None, 1, 0, 1, problem, None


def _lone_tag(db: sqlite3.Connection, post_id: int) -> str:
    """The name of the one tag of a post; empty if it has several, or none.

    It is how its category is shown if its file is gone: that may have no posts any more that could
    say so.
    """
    tags = db.execute(
        "SELECT labels.name FROM posts, json_each(posts.labels) AS label"
        " JOIN labels ON labels.id = label.value AND labels.kind = 'tag' WHERE posts.id = ?",
        (post_id,),
    ).fetchall()
    return tags[0][0] if len(tags) == 1 else ""
