"""Resolve the names and days of a search to ids of this index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from newsreader.search.model import And, Dated, Named, Not, Or, Search
from newsreader.search.tokens import fold_name
from newsreader.store.db.stored_path import from_stored
from newsreader.store.index.post_ids import FIRST_DATED, LAST_ID
from newsreader.store.lists.counts import category_titles, sole_tags
from newsreader.store.lists.date_list import SourceSet
from newsreader.store.lists.timeline import midnight_id
from newsreader.store.lists.windows import Bounds


class SearchNames:
    """The labels and sources that a search names, looked up once."""

    def __init__(self, db: sqlite3.Connection, sources: SourceSet, search: Search) -> None:
        named = set(_named(search))
        self._labels = {each: _labels(db, sources, each) for each in named if each.kind != "source"}
        self._sources = {
            each: _sources(db, sources, each) for each in named if each.kind == "source"
        }

    def labels(self, named: Named) -> Sequence[int]:
        """The labels of a name: categories by the name that they are shown by as well."""
        return self._labels[named]

    def sources(self, named: Named) -> Sequence[int]:
        """The sources of a name: what they are called, or the name of their folder."""
        return self._sources[named]

    def days(self, dated: Dated) -> Bounds:
        """The ids of posts of these days, by this machine's zone; never of undated ones."""
        first = FIRST_DATED if dated.first is None else midnight_id(dated.first)
        return first, LAST_ID if dated.end is None else midnight_id(dated.end) - 1


def _named(search: Search) -> Iterator[Named]:
    match search:
        case Named():
            yield search
        case Not(part):
            yield from _named(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _named(part)
        case _:
            pass


def _labels(db: sqlite3.Connection, sources: SourceSet, named: Named) -> tuple[int, ...]:
    rows: list[tuple[int, int, str]] = db.execute(
        "SELECT id, source, name FROM labels WHERE kind = ?", (named.kind,)
    ).fetchall()
    titles: dict[tuple[int, ...], dict[str, set[str]]] = {}
    found: list[int] = []
    for label, source, name in rows:
        if fold_name(name) == named.name:
            found.append(label)
        elif named.kind == "category":
            # A bookmark may come from a source that is not shown now.
            key = sources.ids if source in sources.ids else (source,)
            if key not in titles:
                titles[key] = _called(db, key, sources.labels)
            if named.name in titles[key].get(name, ()):
                found.append(label)
    return tuple(found)


def _called(
    db: sqlite3.Connection, sources: tuple[int, ...], given: Mapping[str, str]
) -> dict[str, set[str]]:
    """What categories are shown as, by their own names: their tag, whatever stands behind it."""
    titles, tags = category_titles(db, sources, given), sole_tags(db, sources)
    return {
        name: {fold_name(title), fold_name(tags[name] or title)} for name, title in titles.items()
    }


def _sources(db: sqlite3.Connection, sources: SourceSet, named: Named) -> tuple[int, ...]:
    called = dict(zip(sources.ids, sources.sources, strict=True))
    found: list[int] = []
    for source, path in db.execute("SELECT id, path FROM sources").fetchall():
        names = [PurePath(from_stored(path)).name]
        if source in called:
            names.append(sources.title_of(db, called[source]))
        if named.name in map(fold_name, names):
            found.append(source)
    return tuple(found)
