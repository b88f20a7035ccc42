"""Bookmarks: what is saved of a post, and its versions."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.store import (
    BookmarkFiles,
    PostId,
    Query,
    StoreError,
    View,
)
from tests.store.conftest import Library, id_of, with_posts

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


def test_bookmarks_of_sources_that_are_not_open_are_shown_too(
    library: Library, tmp_path: Path
) -> None:
    other = library.write("b.md", title="b", date="2021-01-01", folder=tmp_path / "other")
    with library.scanned(tmp_path / "other") as store:
        store.bookmarks.set_bookmarked(id_of(store, "b"), True)
    other.unlink()
    library.write("a.md", title="a", date="2020-01-01")
    store = library.scanned()
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    assert [row.title for row in store.lists.page(BOOKMARKS, 0, 10)] == ["b", "a"]
    assert [row.title for row in store.lists.page(Query(), 0, 10)] == ["a"]
    assert store.lists.overview().everything.bookmarks == 2
    assert [(mark.title, mark.gone) for mark in store.bookmarks.all()] == [
        ("b", True),
        ("a", False),
    ]
    post_id = store.posts.find("_posts/b.md")
    assert post_id is not None
    assert store.posts.find(other) == post_id
    assert store.posts.parse(store.posts.read(post_id))[0].title == "b"


def test_a_bookmark_remembers_its_site(library: Library) -> None:
    config = library.folder / "_config.yml"
    config.write_text("title: 站\nurl: https://site.example\ntimezone: Asia/Shanghai\n")
    path = library.write("a.md", title="a", date="2020-01-01 08:00:00")
    store = library.scanned()
    post_id = id_of(store, "a")
    before = store.posts.parse(store.posts.read(post_id))
    assert before[1].title == "站"
    store.bookmarks.set_bookmarked(post_id, True)
    path.unlink()
    config.unlink()
    assert store.posts.parse(store.posts.read(post_id)) == before
    assert before[0].date == datetime(2020, 1, 1, tzinfo=UTC)


def test_a_post_that_cannot_be_read_cannot_be_bookmarked(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    path.unlink()
    with pytest.raises(StoreError, match="post-file-gone"):
        store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    with pytest.raises(StoreError, match="post-not-indexed"):
        store.bookmarks.set_bookmarked(PostId(1), False)
    assert store.bookmarks.all() == []
    assert store.marks.undo() is None


def test_a_note_needs_a_bookmark(library: Library) -> None:
    store = with_posts(library, 1)
    zero = id_of(store, "0")
    with pytest.raises(StoreError, match="post-not-bookmarked"):
        store.bookmarks.set_note(zero, "Why?")
    with pytest.raises(StoreError, match="post-not-bookmarked"):
        store.bookmarks.update(zero)
    with pytest.raises(StoreError, match="post-not-bookmarked"):
        store.posts.read(zero, saved=True)
    store.bookmarks.set_bookmarked(zero, True)
    with pytest.raises(StoreError, match="note-too-long 10000"):
        store.bookmarks.set_note(zero, "x" * 10_001)
    store.bookmarks.set_note(zero, "好文章\n再读一遍")
    (bookmark,) = store.bookmarks.all()
    assert store.bookmarks.note(zero) == bookmark.note == "好文章\n再读一遍"


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
    BookmarkFiles(library.data, must_save=False).export_to(tmp_path / "out", describe)
    exported = (tmp_path / "out/bookmarks.json").read_text("utf-8")
    undone = [store.marks.undo(), store.marks.undo()]
    for shown in (bookmark, row, note, facts, site, undone, exported):
        assert "c2VjcmV0" in repr(shown)
        assert "x1b" not in repr(shown)
        assert "u001b" not in repr(shown)
