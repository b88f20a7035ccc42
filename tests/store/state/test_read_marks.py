"""Read marks, and the counts of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.store import (
    Labelled,
    Query,
    View,
)
from newsreader.store.index import read_flags as mirror
from tests.store.conftest import Library, id_of

UNREAD = Query(view=View.UNREAD)


def test_posts_of_one_name_in_two_sources_are_marked_apart(
    library: Library, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        library.write("a.md", title=folder.name, folder=folder)
    store = library.scanned(*folders)
    store.marks.set_read([id_of(store, "one")], True)
    store.scans.run(rebuild=True)
    assert {row.title: row.read for row in store.lists.page(Query(), 0, 10)} == {
        "one": True,
        "two": False,
    }


def test_the_counts_that_are_kept_are_those_that_would_be_counted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror, "CHUNK", 7)
    for number in range(40):
        library.write(
            f"{number}.md",
            title=f"{number}",
            categories=["x", "y"][: number % 3],
            tags=["t"] if number % 2 else [],
            more="published: false" if number % 11 == 0 else "",
        )
    store = library.scanned()
    rows = store.lists.page(Query(), 0, 100)
    actions: list[Callable[[], object]] = [
        lambda: store.marks.set_read([row.post_id for row in rows[5:25]], True),
        lambda: store.bookmarks.set_bookmarked(rows[6].post_id, True),
        lambda: store.marks.set_read([row.post_id for row in rows[10:12]], False),
        lambda: store.marks.mark_all_read(store.lists.unread_ids(Query(Labelled("category", "x")))),
        store.marks.undo,
        lambda: store.marks.mark_all_read(store.lists.unread_ids(Query())),
        store.marks.undo,
        store.marks.redo,
        (library.folder / "_posts" / f"{rows[8].title}.md").unlink,
        store.scans.run,
    ]
    for action in actions:
        action()
        with closing(sqlite3.connect(library.cache / "index.db")) as db:
            (unread,) = db.execute("SELECT sum(read = 0) FROM posts WHERE shelf > 0").fetchone()
            assert db.execute("SELECT unread FROM sources").fetchone() == (unread,)
            for label, kept in db.execute("SELECT id, unread FROM labels").fetchall():
                counted = db.execute(
                    "SELECT count(*) FROM post_labels AS l JOIN posts AS p ON p.id = l.post"
                    " WHERE l.label = ? AND p.read = 0 AND l.read = 0",
                    (label,),
                ).fetchone()
                assert counted == (kept,)
            assert db.execute(
                "SELECT count(*) FROM post_labels AS l JOIN posts AS p ON p.id = l.post"
                " WHERE l.read <> p.read"
            ).fetchone() == (0,)
