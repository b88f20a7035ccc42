"""The store from the outside: lists, marks, and scans of small libraries."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.store import Counts, Labelled, PostRow, Query, StoreError, View
from tests.store.conftest import Library


def rows_by_title(library: Library) -> dict[str, PostRow]:
    store = library.open()
    return {row.title: row for row in store.lists.page(Query(), 0, 1000)}


def test_a_list_is_newest_first_and_undated_posts_come_last(library: Library) -> None:
    library.write("a.md", title="undated")
    library.write("b.md", title="old", date="2020-01-01 10:00:00 +0000")
    library.write("c.md", title="new", date="2021-01-01 10:00:00 +0800")
    store = library.scanned()
    assert [row.title for row in store.lists.page(Query(), 0, 10)] == ["new", "old", "undated"]
    assert [row.title for row in store.lists.page(Query(), 1, 1)] == ["old"]
    assert store.lists.count(Query()) == 3


def test_marks_bookmarks_and_undo_go_round(library: Library) -> None:
    library.write("a.md", title="first", date="2020-01-01", categories=["news"], tags=["新闻"])
    library.write("b.md", title="second", date="2020-01-02", categories=["news"], tags=["新闻"])
    store = library.scanned()
    second, first = store.lists.page(Query(), 0, 10)
    store.marks.set_read([first.post_id], True)
    store.bookmarks.set_bookmarked(second.post_id, True)
    (news,) = store.lists.overview().categories
    assert news.title == "新闻"
    assert news.counts == Counts(total=2, unread=1, bookmarks=1)
    assert store.marks.mark_all_read(Query(Labelled("category", "news"))) == 1
    assert store.lists.count(Query(view=View.UNREAD)) == 0
    assert [
        (describe(undone.what) if (undone := store.marks.undo()) else None) for _ in range(4)
    ] == [
        "“second” is unread again.",
        "The bookmark of “second” is removed again.",
        "“first” is unread again.",
        None,
    ]
    assert store.lists.overview().everything == Counts(total=2, unread=2, bookmarks=0)


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of a name here")
def test_nobody_waits_for_a_file_that_has_become_a_pipe(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    (row,) = store.lists.page(Query(), 0, 10)
    path.unlink()
    os.mkfifo(path)
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(store.posts.read, row.post_id)
        try:
            with pytest.raises(StoreError, match="post-file-gone"):
                reading.result(timeout=10)
        finally:
            # Whoever waits for it gets an end.
            os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
