"""Bookmarks: what is saved of a post, and its versions."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from newsreader.messages import describe
from newsreader.store import (
    Query,
    StateFiles,
    View,
)
from tests.store.conftest import Library, id_of

BOOKMARKS = Query(view=View.BOOKMARKS)


def test_the_bytes_of_a_removed_bookmark_come_back_with_undo(library: Library) -> None:
    path = library.write("a.md", title="a", body="Precious.")
    with library.scanned() as store:
        store.bookmarks.set_bookmarked(id_of(store, "a"), True)
        path.unlink()
        store.scans.run()
        (row,) = store.lists.page(BOOKMARKS, 0, 10)
        store.bookmarks.set_bookmarked(row.post_id, False)
        store.scans.run()
        assert store.lists.page(BOOKMARKS, 0, 10) == []
    for file in library.cache.iterdir():
        file.unlink()
    store = library.open()
    assert store.marks.undo() is not None
    (row,) = store.lists.page(BOOKMARKS, 0, 10)
    assert b"Precious." in store.posts.read(row.post_id).raw


def test_a_gone_bookmark_shows_the_version_that_is_kept(library: Library) -> None:
    path = library.write("a.md", title="one")
    store = library.scanned()
    store.bookmarks.set_bookmarked(id_of(store, "one"), True)
    path.write_text(path.read_text().replace("title: one", "title: two"))
    store.scans.run()
    store.bookmarks.update(id_of(store, "two"))
    path.unlink()
    store.scans.run()
    store.marks.undo()
    assert [row.title for row in store.lists.page(BOOKMARKS, 0, 10)] == ["one"]
    store.marks.redo()
    assert [row.title for row in store.lists.page(BOOKMARKS, 0, 10)] == ["two"]


def test_what_an_older_version_saved_of_a_stranger_is_cleaned_when_it_is_read(
    library: Library, tmp_path: Path
) -> None:
    path = library.write("a.md", title="a")
    with library.scanned() as store:
        store.bookmarks.set_bookmarked(id_of(store, "a"), True)
        store.bookmarks.set_note(id_of(store, "a"), "note")
    path.unlink()
    shutil.rmtree(library.cache)
    bad = "\x1b]52;c;c2VjcmV0\x07"
    with closing(sqlite3.connect(library.data / "state.db")) as db, db:
        db.execute(
            "UPDATE bookmarks SET title = ?, note = ?, categories = ?, tags = ?, left_out = ?,"
            " site_title = ?, site_url = ?",
            (bad, bad, *[json.dumps([bad])] * 3, bad, bad),
        )
        db.execute("UPDATE journal SET title = ?", (bad,))
    store = library.scanned()
    (bookmark,) = store.bookmarks.all()
    (row,) = store.lists.page(BOOKMARKS, 0, 9)
    note = store.bookmarks.note(row.post_id)
    facts = store.lists.facts([row.post_id])
    site = store.posts.site_of(store.posts.read(row.post_id))
    StateFiles(library.data, must_save=False).export_to(tmp_path / "out", describe)
    exported = (tmp_path / "out/bookmarks.json").read_text("utf-8")
    undone = [store.marks.undo(), store.marks.undo()]
    for shown in (bookmark, row, note, facts, site, undone, exported):
        assert "c2VjcmV0" in repr(shown)
        assert "x1b" not in repr(shown)
        assert "u001b" not in repr(shown)
