"""The steps of a state of the first release, back to the first one and forth again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from newsreader.store import PostStore
from tests.store.conftest import Library

FIRST = Path(__file__).parent / "fixtures" / "state-1.db"
SOURCE = Path("/home/reader/news")
OTHER = Path("/home/reader/other")
REMOVED = "_posts/2024-05-04-map.md"
KEPT = "_posts/2024-05-01-harbour.md"
ALSO_KEPT = "_posts/2024-05-02-tea.md"

BOOKMARK = """
INSERT INTO bookmarks (source, path, site_path, raw, title, date, has_time, categories, tags,
    site_title, site_url, site_timezone, saved_at, removed_by)
SELECT ?, path, site_path, raw, ?, date, has_time, categories, tags,
    site_title, site_url, site_timezone, saved_at, ?
FROM bookmarks WHERE path = ? AND source = ?
"""
STEP = """
INSERT INTO journal (id, at, kind, revision, posts, title, source, path)
VALUES (?, 1, ?, ?, 1, 'Of another source', ?, ?)
"""


def add_other_source(state: Path) -> None:
    """Add bookmarks of another source, whose posts have the paths of those that are there.

    One is kept where that of the first source was removed, one where that is kept too, and one was
    removed and made again; each version has a title of its own.
    """
    other, first = str(OTHER), str(SOURCE)
    with closing(sqlite3.connect(state)) as db, db:
        for step, kind, path in (
            (9, "bookmark", REMOVED),
            (10, "bookmark", ALSO_KEPT),
            (11, "bookmark", KEPT),
            (12, "unbookmark", KEPT),
            (13, "bookmark", KEPT),
        ):
            db.execute(STEP, (step, kind, step, other, path))
        for title, removed_by, path in (
            ("one", None, REMOVED),
            ("two", None, ALSO_KEPT),
            ("before", 12, KEPT),
            ("after", None, KEPT),
        ):
            db.execute(BOOKMARK, (other, title, removed_by, path, first))


def bookmarks(store: PostStore) -> set[tuple[Path, str, str]]:
    return {(each.source, each.path, each.title) for each in store.bookmarks.all()}


def test_bookmarks_of_one_path_in_two_sources_go_and_come_back_each_by_its_own_steps(
    library: Library,
) -> None:
    library.data.mkdir(mode=0o700)
    state = library.data / "state.db"
    shutil.copy(FIRST, state)
    add_other_source(state)
    store = library.open(SOURCE, OTHER)
    before = [bookmarks(store)]
    while store.marks.undo() is not None:
        before.append(bookmarks(store))
    assert len(before) == 14
    one, two, first, again = (
        (OTHER, REMOVED, "one"),
        (OTHER, ALSO_KEPT, "two"),
        (OTHER, KEPT, "before"),
        (OTHER, KEPT, "after"),
    )
    of_other = [{each for each in found if each[0] == OTHER} for found in before]
    assert of_other[:6] == [
        {one, two, again},
        {one, two},
        {one, two, first},
        {one, two},
        {one},
        set(),
    ]
    assert before[-1] == set()
    after = [bookmarks(store)]
    while store.marks.redo() is not None:
        after.append(bookmarks(store))
    assert after == before[::-1]
