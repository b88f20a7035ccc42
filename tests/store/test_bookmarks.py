"""Bookmarks and their notes, from outside the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.store import (
    PostId,
    Query,
    StoreError,
    View,
)
from tests.store.conftest import Library, id_of, with_posts

BOOKMARKS = Query(view=View.BOOKMARKS)


def test_a_bookmark_outlives_its_file(library: Library) -> None:
    path = library.write("a.md", title="kept", date="2020-01-01", body="For good.")
    store = library.scanned()
    (row,) = store.lists.page(Query(), 0, 10)
    store.bookmarks.set_bookmarked(row.post_id, True)
    path.unlink()
    assert store.scans.run().removed == 1
    assert store.lists.page(Query(), 0, 10) == []
    (kept,) = store.lists.page(Query(view=View.BOOKMARKS), 0, 10)
    assert (kept.title, kept.gone, kept.bookmarked) == ("kept", True, True)
    stored = store.posts.read(kept.post_id)
    assert stored.gone
    assert b"For good." in stored.raw


def test_a_bookmark_keeps_the_shown_name_of_its_category(library: Library, tmp_path: Path) -> None:
    path = library.write("a.md", title="kept", categories=["nanfang"], tags=["南方"])
    store = library.scanned()
    (row,) = store.lists.page(Query(), 0, 10)
    store.bookmarks.set_bookmarked(row.post_id, True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = library.scanned(elsewhere)
    assert [kept.category for kept in other.lists.page(Query(view=View.BOOKMARKS), 0, 10)] == [
        "南方"
    ]
    path.unlink()
    store.scans.run()
    assert [kept.category for kept in store.lists.page(Query(view=View.BOOKMARKS), 0, 10)] == [
        "南方"
    ]


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
