"""Marking posts, and taking it back."""

from __future__ import annotations

from newsreader.messages import describe
from newsreader.store import (
    Counts,
    Labelled,
    Query,
    View,
)
from tests.store.conftest import Library, id_of, with_posts


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
    assert (
        store.marks.mark_all_read(store.lists.unread_ids(Query(Labelled("category", "news")))) == 1
    )
    assert store.lists.count(Query(view=View.UNREAD)) == 0
    assert [
        (describe(undone.what) if (undone := store.marks.undo()) else None) for _ in range(4)
    ] == [
        "Unread again: “second”.",
        "The bookmark is removed again: “second”.",
        "Unread again: “first”.",
        None,
    ]
    assert store.lists.overview().everything == Counts(total=2, unread=2, bookmarks=0)


def test_marking_what_is_marked_already_is_no_step(library: Library) -> None:
    store = with_posts(library, 2)
    first = id_of(store, "0")
    store.marks.set_read([first], True)
    version = store.data_version()
    store.marks.set_read([first], True)
    store.bookmarks.set_bookmarked(first, False)
    assert (
        store.marks.mark_all_read(store.lists.unread_ids(Query(Labelled("category", "none")))) == 0
    )
    assert store.data_version() == version
    assert store.marks.undo() is not None
    assert store.marks.undo() is None


def test_opening_a_post_is_what_undo_takes_back_first(library: Library) -> None:
    store = with_posts(library, 3)
    store.marks.set_read([id_of(store, "0")], True)
    store.marks.set_read([id_of(store, "1")], True, opened=True)
    undone = store.marks.undo()
    assert undone is not None
    assert describe(undone.what) == "Unread again: “1”."
    assert store.lists.count(Query(view=View.UNREAD)) == 2
