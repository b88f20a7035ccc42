"""Files that changed after they were read or bookmarked."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from newsreader.store import (
    Query,
    StoreError,
    View,
)
from tests.store.conftest import Library, id_of, with_posts

BOOKMARKS = Query(view=View.BOOKMARKS)


def test_a_bookmark_tells_that_its_file_changed_and_both_can_be_read(library: Library) -> None:
    path = library.write("a.md", title="a", body="One.")
    store = library.scanned()
    a = id_of(store, "a")
    store.bookmarks.set_bookmarked(a, True)

    def told() -> tuple[bool, bool]:
        (row,) = store.lists.page(BOOKMARKS, 0, 10)
        (bookmark,) = store.bookmarks.all()
        assert (row.changed, row.gone) == (bookmark.changed, bookmark.gone)
        assert store.lists.row(a) == row
        return row.changed, row.gone

    assert told() == (False, False)
    os.utime(path, (1, 1))
    assert told() == (False, False)
    path.write_text(path.read_text().replace("One.", "Two."))
    assert told() == (True, False)
    assert b"One." in store.posts.read(a, saved=True).raw
    assert b"Two." in store.posts.read(a).raw
    assert store.bookmarks.update(a)
    assert not store.bookmarks.update(a)
    assert told() == (False, False)
    assert b"Two." in store.posts.read(a, saved=True).raw
    path.unlink()
    assert told() == (False, True)
    with pytest.raises(StoreError, match="post-file-gone"):
        store.bookmarks.update(a)
    assert store.marks.undo() is not None
    assert b"One." in store.posts.read(a).raw


def test_an_edited_post_stays_read_and_says_so_until_it_is_opened_again(library: Library) -> None:
    path = library.write("a.md", title="a", body="错字。")
    library.write("b.md", title="b")
    store = library.scanned()
    ids = {title: id_of(store, title) for title in ("a", "b")}

    def told() -> dict[str, tuple[bool, bool]]:
        store.scans.run()
        return {row.title: (row.read, row.edited) for row in store.lists.page(Query(), 0, 10)}

    store.marks.set_read([ids["a"]], True, opened=True)
    store.marks.mark_all_read(store.lists.unread_ids(Query()))
    assert told() == {"a": (True, False), "b": (True, False)}
    os.utime(path, (1, 1))
    assert told()["a"] == (True, False)
    path.write_text(path.read_text("utf-8").replace("错", "对"), "utf-8")
    assert told() == {"a": (True, True), "b": (True, False)}
    with library.open() as other:
        assert [row.edited for row in other.lists.page(Query(), 0, 10) if row.title == "a"] == [
            True
        ]
        other.marks.set_read([ids["a"]], True, opened=True)
    assert told()["a"] == (True, False)
    path.write_text(path.read_text("utf-8") + "更多。", "utf-8")
    store.scans.run()
    store.marks.set_read([ids["a"]], False)
    assert told()["a"] == (False, False)
    # What was marked without being opened was not read: it says nothing.
    (library.folder / "_posts/b.md").write_text("---\ntitle: b\n---\nOther.")
    assert told()["b"] == (True, False)


def test_to_open_a_post_again_writes_nothing(library: Library) -> None:
    store = with_posts(library, 1)
    zero = id_of(store, "0")
    store.marks.set_read([zero], True, opened=True)
    with closing(sqlite3.connect(library.data / "state.db")) as db:
        before = db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        store.marks.set_read([zero], True, opened=True)
        assert db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone() == before
