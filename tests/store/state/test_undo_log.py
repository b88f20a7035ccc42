"""What is taken back, and done again."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from newsreader.messages import describe
from newsreader.store import (
    Query,
    View,
)
from newsreader.store.state.undo_log import MOST_OPENED
from tests.store.conftest import Library, id_of, with_posts

UNREAD = Query(view=View.UNREAD)


def test_undo_reaches_over_a_restart_in_reverse_order(library: Library) -> None:
    with with_posts(library, 3) as store:
        store.marks.set_read([id_of(store, "0")], True)
        store.bookmarks.set_bookmarked(id_of(store, "1"), True)
        store.marks.set_read([id_of(store, "0"), id_of(store, "2")], False)
    store = library.open()
    done = [store.marks.undo() for _ in range(4)]
    assert [describe(undone.what) if undone else None for undone in done] == [
        "Read again: “0”.",
        "The bookmark is removed again: “1”.",
        "Unread again: “0”.",
        None,
    ]
    assert [undone.posts for undone in done if undone] == [
        (id_of(store, "0"),),
        (id_of(store, "1"),),
        (id_of(store, "0"),),
    ]


def test_steps_that_touch_the_same_post_are_taken_back_one_by_one(library: Library) -> None:
    store = with_posts(library, 3)
    zero = id_of(store, "0")
    store.marks.set_read([zero], True)
    store.marks.set_read([zero], False)
    assert store.marks.mark_all_read(store.lists.unread_ids(Query())) == 3
    store.marks.set_read([zero], False)
    store.marks.set_read([zero], True, opened=True)
    unread = [1, 0, 3, 2, 3]
    for expected in unread:
        assert store.marks.undo() is not None
        assert store.lists.count(UNREAD) == expected
    assert store.marks.undo() is None


def test_undoing_a_marked_list_names_a_hundred_posts_at_most(library: Library) -> None:
    store = with_posts(library, 130)
    assert store.marks.mark_all_read(store.lists.unread_ids(Query())) == 130
    assert store.lists.count(UNREAD) == 0
    undone = store.marks.undo()
    assert undone is not None
    assert describe(undone.what) == "Unread again: 130 posts."
    assert len(undone.posts) == 100
    assert store.lists.count(UNREAD) == 130


@pytest.mark.long
def test_at_least_a_hundred_steps_are_kept_and_not_many_more(library: Library) -> None:
    store = with_posts(library, 1)
    zero = id_of(store, "0")
    for number in range(150):
        store.bookmarks.set_bookmarked(zero, number % 2 == 0)
        store.marks.set_read([zero], number % 2 == 0)
    with closing(sqlite3.connect(library.data / "state.db")) as db:
        (steps,) = db.execute("SELECT count(*) FROM journal").fetchone()
        (copies,) = db.execute("SELECT count(*) FROM bookmarks").fetchone()
    assert 100 <= steps <= 201
    assert copies <= steps
    taken_back = 0
    while store.marks.undo() is not None:
        taken_back += 1
    assert taken_back == steps


def test_what_was_undone_is_done_again_in_order_over_restarts(library: Library) -> None:
    path = library.write("a.md", title="a", body="First.")
    with with_posts(library, 3) as store:
        a = id_of(store, "a")
        store.marks.set_read([id_of(store, "0")], True)
        store.bookmarks.set_bookmarked(a, True)
        store.bookmarks.set_note(a, "Read it twice.")
        path.write_text(path.read_text().replace("First.", "Second."))
        assert store.bookmarks.update(a)
        store.marks.set_read([id_of(store, "0"), id_of(store, "1")], False)
        assert store.marks.mark_all_read(store.lists.unread_ids(Query())) == 4
        store.bookmarks.set_bookmarked(a, False)
    undone: list[str] = []
    while True:
        with library.open() as store:
            step = store.marks.undo()
        if step is None:
            break
        undone.append(describe(step.what))
    assert undone == [
        "The bookmark is back: “a”.",
        "Unread again: 4 posts.",
        "Read again: “0”.",
        "Bookmark as before its update: “a”.",
        "Note as before: “a”.",
        "The bookmark is removed again: “a”.",
        "Unread again: “0”.",
    ]
    with library.open() as store:
        assert store.lists.count(UNREAD) == 4
        assert store.bookmarks.all() == []
    seen: list[tuple[str, int, str, bool]] = []
    while True:
        with library.open() as store:
            step = store.marks.redo()
            if step is None:
                break
            a = id_of(store, "a")
            kept = bool(store.bookmarks.all())
            raw = store.posts.read(a, saved=True).raw if kept else b""
            seen.append(
                (
                    describe(step.what),
                    store.lists.count(UNREAD),
                    store.bookmarks.note(a),
                    b"Second." in raw,
                )
            )
    assert seen == [
        ("Read again: “0”.", 3, "", False),
        ("The bookmark is back: “a”.", 3, "", False),
        ("Note changed again: “a”.", 3, "Read it twice.", False),
        ("Bookmark updated again: “a”.", 3, "Read it twice.", True),
        ("Unread again: “0”.", 4, "Read it twice.", True),
        ("Read again: 4 posts.", 0, "Read it twice.", True),
        ("The bookmark is removed again: “a”.", 0, "", False),
    ]


def test_a_new_action_leaves_nothing_to_do_again(library: Library) -> None:
    store = with_posts(library, 3)
    store.marks.set_read([id_of(store, "0")], True)
    store.bookmarks.set_bookmarked(id_of(store, "1"), True)
    assert store.marks.undo() is not None
    assert store.marks.undo() is not None
    store.marks.set_read([id_of(store, "2")], True, opened=True)  # To open a post is no action.
    assert store.marks.redo() is not None
    store.marks.set_read([id_of(store, "2")], False)
    assert store.marks.redo() is None
    assert store.bookmarks.all() == []
    with closing(sqlite3.connect(library.data / "state.db")) as db:
        assert db.execute("SELECT count(*) FROM bookmarks").fetchone() == (0,)


def test_two_stores_share_one_journal(library: Library) -> None:
    one = with_posts(library, 2)
    two = library.open()
    one.marks.set_read([id_of(one, "0")], True)
    two.bookmarks.set_bookmarked(id_of(two, "1"), True)
    undone = one.marks.undo()
    assert undone is not None
    assert describe(undone.what) == "The bookmark is removed again: “1”."
    undone = two.marks.undo()
    assert undone is not None
    assert describe(undone.what) == "Unread again: “0”."
    assert one.marks.redo() is not None
    assert two.marks.redo() is not None
    assert [mark.title for mark in one.bookmarks.all()] == ["1"]
    assert two.marks.redo() is None


def test_opening_posts_is_taken_back_one_by_one_and_over_restarts(library: Library) -> None:
    with with_posts(library, 3) as store:
        store.marks.set_read([id_of(store, "0")], True)
        for name in "12":
            store.marks.set_read([id_of(store, name)], True, opened=True)
        store.marks.set_read([id_of(store, "2")], True, opened=True)  # it is read already
    store = library.open()
    undone = [store.marks.undo() for _ in range(4)]
    assert [describe(each.what) if each else None for each in undone] == [
        "Unread again: “2”.",
        "Unread again: “1”.",
        "Unread again: “0”.",
        None,
    ]
    done = [store.marks.redo() for _ in range(4)]
    assert [describe(each.what) if each else None for each in done] == [
        "Read again: “0”.",
        "Read again: “1”.",
        "Read again: “2”.",
        None,
    ]


@pytest.mark.long
def test_opening_many_posts_pushes_no_step_out_and_leaves_few_before_it(library: Library) -> None:
    store = with_posts(library, MOST_OPENED + 230)
    first = id_of(store, "0")
    store.bookmarks.set_bookmarked(first, True)
    for number in range(1, MOST_OPENED + 230):
        store.marks.set_read([id_of(store, str(number))], True, opened=True)
    kinds: list[str] = []
    while (undone := store.marks.undo()) is not None:
        kinds.append(str(undone.what.arguments[0]))
    assert kinds == ["opened"] * MOST_OPENED + ["bookmark"]


def test_what_was_taken_back_is_done_again_though_posts_were_opened_since(
    library: Library,
) -> None:
    store = with_posts(library, 3)
    zero, one = id_of(store, "0"), id_of(store, "1")
    store.marks.set_read([zero], True)
    store.marks.set_read([zero], False)
    assert store.marks.mark_all_read([zero, one]) == 2
    assert store.marks.undo() is not None
    store.marks.set_read([zero], True, opened=True)
    assert store.lists.count(UNREAD) == 2
    assert store.marks.redo() is not None
    assert store.lists.count(UNREAD) == 1
    assert store.marks.undo() is not None
    assert store.lists.count(UNREAD) == 2  # the one that was opened stays read
    undone = store.marks.undo()
    assert undone is not None
    assert (describe(undone.what), store.lists.count(UNREAD)) == ("Unread again: “0”.", 3)


def test_a_step_that_nobody_would_see_taken_back_is_passed_over(library: Library) -> None:
    store = with_posts(library, 2)
    zero, one = id_of(store, "0"), id_of(store, "1")
    store.marks.set_read([one], True)
    store.marks.set_read([zero], True)
    assert store.marks.undo() is not None
    store.marks.set_read([zero], True, opened=True)
    assert store.marks.redo() is None  # the post is read, and not by that step
    undone = [store.marks.undo() for _ in range(3)]
    assert [describe(each.what) if each else None for each in undone] == [
        "Unread again: “0”.",
        "Unread again: “1”.",
        None,
    ]
