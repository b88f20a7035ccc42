"""Marks, bookmarks, and taking them back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.store import Labelled, PostId, PostStore, Query, StoreError, View
from tests.store.conftest import Library, id_of

UNREAD = Query(view=View.UNREAD)
BOOKMARKS = Query(view=View.BOOKMARKS)


def with_posts(library: Library, count: int) -> PostStore:
    for number in range(count):
        library.write(f"{number}.md", title=f"{number}", date="2020-01-01", categories=["x"])
    return library.scanned()


def test_undo_reaches_over_a_restart_in_reverse_order(library: Library) -> None:
    with with_posts(library, 3) as store:
        store.set_read([id_of(store, "0")], True)
        store.set_bookmarked(id_of(store, "1"), True)
        store.set_read([id_of(store, "0"), id_of(store, "2")], False)
    store = library.open()
    done = [store.undo() for _ in range(4)]
    assert [undone.what if undone else None for undone in done] == [
        "“0” is read again.",
        "The bookmark of “1” is removed again.",
        "“0” is unread again.",
        None,
    ]
    assert [undone.posts for undone in done if undone] == [
        (id_of(store, "0"),),
        (id_of(store, "1"),),
        (id_of(store, "0"),),
    ]


def test_marking_what_is_marked_already_is_no_step(library: Library) -> None:
    store = with_posts(library, 2)
    first = id_of(store, "0")
    store.set_read([first], True)
    version = store.data_version()
    store.set_read([first], True)
    store.set_bookmarked(first, False)
    assert store.mark_all_read(Query(Labelled("category", "none"))) == 0
    assert store.data_version() == version
    assert store.undo() is not None
    assert store.undo() is None


def test_opening_a_post_is_not_what_undo_takes_back(library: Library) -> None:
    store = with_posts(library, 3)
    store.set_read([id_of(store, "0")], True)
    store.set_read([id_of(store, "1")], True, undoable=False)
    undone = store.undo()
    assert undone is not None
    assert undone.what == "“0” is unread again."
    assert store.count(UNREAD) == 2
    assert store.undo() is None


def test_steps_that_touch_the_same_post_are_taken_back_one_by_one(library: Library) -> None:
    store = with_posts(library, 3)
    zero = id_of(store, "0")
    store.set_read([zero], True)
    store.set_read([zero], False)
    assert store.mark_all_read(Query()) == 3
    store.set_read([zero], False)
    store.set_read([zero], True, undoable=False)
    unread = [0, 3, 2, 3]
    for expected in unread:
        assert store.undo() is not None
        assert store.count(UNREAD) == expected
    assert store.undo() is None


def test_undoing_a_marked_list_names_a_hundred_posts_at_most(library: Library) -> None:
    store = with_posts(library, 130)
    assert store.mark_all_read(Query()) == 130
    assert store.count(UNREAD) == 0
    undone = store.undo()
    assert undone is not None
    assert undone.what == "130 posts are unread again."
    assert len(undone.posts) == 100
    assert store.count(UNREAD) == 130


def test_at_least_a_hundred_steps_are_kept_and_not_many_more(library: Library) -> None:
    store = with_posts(library, 1)
    zero = id_of(store, "0")
    for number in range(150):
        store.set_bookmarked(zero, number % 2 == 0)
        store.set_read([zero], number % 2 == 0)
    with closing(sqlite3.connect(library.data / "state.db")) as db:
        (steps,) = db.execute("SELECT count(*) FROM journal").fetchone()
        (copies,) = db.execute("SELECT count(*) FROM bookmarks").fetchone()
    assert 100 <= steps <= 201
    assert copies <= steps
    taken_back = 0
    while store.undo() is not None:
        taken_back += 1
    assert taken_back == steps


def test_the_bytes_of_a_removed_bookmark_come_back_with_undo(library: Library) -> None:
    path = library.write("a.md", title="a", body="Precious.")
    with library.scanned() as store:
        store.set_bookmarked(id_of(store, "a"), True)
        path.unlink()
        store.scan()
        (row,) = store.page(BOOKMARKS, 0, 10)
        store.set_bookmarked(row.post_id, False)
        store.scan()
        assert store.page(BOOKMARKS, 0, 10) == []
    for file in library.cache.iterdir():
        file.unlink()
    store = library.open()
    assert store.undo() is not None
    (row,) = store.page(BOOKMARKS, 0, 10)
    assert b"Precious." in store.read(row.post_id).raw


def test_bookmarks_of_sources_that_are_not_open_are_shown_too(
    library: Library, tmp_path: Path
) -> None:
    other = library.write("b.md", title="b", date="2021-01-01", folder=tmp_path / "other")
    with library.scanned(tmp_path / "other") as store:
        store.set_bookmarked(id_of(store, "b"), True)
    other.unlink()
    library.write("a.md", title="a", date="2020-01-01")
    store = library.scanned()
    store.set_bookmarked(id_of(store, "a"), True)
    assert [row.title for row in store.page(BOOKMARKS, 0, 10)] == ["b", "a"]
    assert [row.title for row in store.page(Query(), 0, 10)] == ["a"]
    assert store.overview().everything.bookmarks == 2
    assert [(mark.title, mark.gone) for mark in store.bookmarks()] == [("b", True), ("a", False)]
    post_id = store.find("_posts/b.md")
    assert post_id is not None
    assert store.find(other) == post_id
    assert store.parse(store.read(post_id))[0].title == "b"


def test_a_bookmark_remembers_its_site(library: Library) -> None:
    config = library.folder / "_config.yml"
    config.write_text("title: 站\nurl: https://site.example\ntimezone: Asia/Shanghai\n")
    path = library.write("a.md", title="a", date="2020-01-01 08:00:00")
    store = library.scanned()
    post_id = id_of(store, "a")
    before = store.parse(store.read(post_id))
    assert before[1].title == "站"
    store.set_bookmarked(post_id, True)
    path.unlink()
    config.unlink()
    assert store.parse(store.read(post_id)) == before
    assert before[0].date == datetime(2020, 1, 1, tzinfo=UTC)


def test_posts_of_one_name_in_two_sources_are_marked_apart(
    library: Library, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        library.write("a.md", title=folder.name, folder=folder)
    store = library.scanned(*folders)
    store.set_read([id_of(store, "one")], True)
    store.scan(rebuild=True)
    assert {row.title: row.read for row in store.page(Query(), 0, 10)} == {
        "one": True,
        "two": False,
    }


def test_a_post_that_cannot_be_read_cannot_be_bookmarked(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    path.unlink()
    with pytest.raises(StoreError, match="The file of this post is gone"):
        store.set_bookmarked(id_of(store, "a"), True)
    with pytest.raises(StoreError, match="no longer in the index"):
        store.set_bookmarked(PostId(1), False)
    assert store.bookmarks() == []
    assert store.undo() is None


def test_a_place_in_the_text_is_remembered_by_file_not_by_id(library: Library) -> None:
    library.write("a.md", title="a", date="2020-01-01")
    store = library.scanned()
    store.save_position(id_of(store, "a"), 120)
    store.save_position(id_of(store, "a"), 130)
    library.write("a.md", title="a", date="2021-01-01")
    store.scan()
    assert store.position(id_of(store, "a")) == 130
    assert store.position(PostId(1)) == 0
    store.save_position(PostId(1), 5)
