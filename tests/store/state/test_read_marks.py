"""Marks, bookmarks, and taking them back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.article.place import Place
from newsreader.store import (
    Everything,
    Labelled,
    PostId,
    PostStore,
    Query,
    Session,
    Sort,
    StoreError,
    Today,
    View,
)
from newsreader.store.index import read_flags as mirror
from tests.store.conftest import Library, id_of

UNREAD = Query(view=View.UNREAD)
BOOKMARKS = Query(view=View.BOOKMARKS)


def with_posts(library: Library, count: int) -> PostStore:
    for number in range(count):
        library.write(f"{number}.md", title=f"{number}", date="2020-01-01", categories=["x"])
    return library.scanned()


def test_undo_reaches_over_a_restart_in_reverse_order(library: Library) -> None:
    with with_posts(library, 3) as store:
        store.marks.set_read([id_of(store, "0")], True)
        store.bookmarks.set_bookmarked(id_of(store, "1"), True)
        store.marks.set_read([id_of(store, "0"), id_of(store, "2")], False)
    store = library.open()
    done = [store.marks.undo() for _ in range(4)]
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
    store.marks.set_read([first], True)
    version = store.data_version()
    store.marks.set_read([first], True)
    store.bookmarks.set_bookmarked(first, False)
    assert store.marks.mark_all_read(Query(Labelled("category", "none"))) == 0
    assert store.data_version() == version
    assert store.marks.undo() is not None
    assert store.marks.undo() is None


def test_opening_a_post_is_not_what_undo_takes_back(library: Library) -> None:
    store = with_posts(library, 3)
    store.marks.set_read([id_of(store, "0")], True)
    store.marks.set_read([id_of(store, "1")], True, undoable=False)
    undone = store.marks.undo()
    assert undone is not None
    assert undone.what == "“0” is unread again."
    assert store.lists.count(UNREAD) == 2
    assert store.marks.undo() is None


def test_steps_that_touch_the_same_post_are_taken_back_one_by_one(library: Library) -> None:
    store = with_posts(library, 3)
    zero = id_of(store, "0")
    store.marks.set_read([zero], True)
    store.marks.set_read([zero], False)
    assert store.marks.mark_all_read(Query()) == 3
    store.marks.set_read([zero], False)
    store.marks.set_read([zero], True, undoable=False)
    unread = [0, 3, 2, 3]
    for expected in unread:
        assert store.marks.undo() is not None
        assert store.lists.count(UNREAD) == expected
    assert store.marks.undo() is None


def test_undoing_a_marked_list_names_a_hundred_posts_at_most(library: Library) -> None:
    store = with_posts(library, 130)
    assert store.marks.mark_all_read(Query()) == 130
    assert store.lists.count(UNREAD) == 0
    undone = store.marks.undo()
    assert undone is not None
    assert undone.what == "130 posts are unread again."
    assert len(undone.posts) == 100
    assert store.lists.count(UNREAD) == 130


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


def test_a_post_that_cannot_be_read_cannot_be_bookmarked(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    path.unlink()
    with pytest.raises(StoreError, match="The file of this post is gone"):
        store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    with pytest.raises(StoreError, match="no longer in the index"):
        store.bookmarks.set_bookmarked(PostId(1), False)
    assert store.bookmarks.all() == []
    assert store.marks.undo() is None


def test_a_place_in_the_text_is_remembered_by_file_not_by_id(library: Library) -> None:
    library.write("a.md", title="a", date="2020-01-01")
    store = library.scanned()
    store.places.save(id_of(store, "a"), Place(120, "甲"))
    store.places.save(id_of(store, "a"), Place(130, "乙"))
    library.write("a.md", title="a", date="2021-01-01")
    store.scans.run()
    assert store.places.load(id_of(store, "a")) == Place(130, "乙")
    assert store.places.load(PostId(1)) is None
    store.places.save(PostId(1), Place(5))


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
        assert store.marks.mark_all_read(Query()) == 4
        store.bookmarks.set_bookmarked(a, False)
    undone: list[str] = []
    while True:
        with library.open() as store:
            step = store.marks.undo()
        if step is None:
            break
        undone.append(step.what)
    assert undone == [
        "The bookmark of “a” is back.",
        "4 posts are unread again.",
        "“0” is read again.",
        "The bookmark of “a” is as it was before its update.",
        "The note on “a” is as it was before.",
        "The bookmark of “a” is removed again.",
        "“0” is unread again.",
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
                (step.what, store.lists.count(UNREAD), store.bookmarks.note(a), b"Second." in raw)
            )
    assert seen == [
        ("“0” is read again.", 3, "", False),
        ("The bookmark of “a” is back.", 3, "", False),
        ("The note on “a” is changed again.", 3, "Read it twice.", False),
        ("The bookmark of “a” is updated again.", 3, "Read it twice.", True),
        ("“0” is unread again.", 4, "Read it twice.", True),
        ("4 posts are read again.", 0, "Read it twice.", True),
        ("The bookmark of “a” is removed again.", 0, "", False),
    ]


def test_a_new_action_leaves_nothing_to_do_again(library: Library) -> None:
    store = with_posts(library, 3)
    store.marks.set_read([id_of(store, "0")], True)
    store.bookmarks.set_bookmarked(id_of(store, "1"), True)
    assert store.marks.undo() is not None
    assert store.marks.undo() is not None
    store.marks.set_read([id_of(store, "2")], True, undoable=False)  # To open a post is no action.
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
    assert undone.what == "The bookmark of “1” is removed again."
    undone = two.marks.undo()
    assert undone is not None
    assert undone.what == "“0” is unread again."
    assert one.marks.redo() is not None
    assert two.marks.redo() is not None
    assert [mark.title for mark in one.bookmarks.all()] == ["1"]
    assert two.marks.redo() is None


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
    with pytest.raises(StoreError, match="The file of this post is gone"):
        store.bookmarks.update(a)
    assert store.marks.undo() is not None
    assert b"One." in store.posts.read(a).raw


def test_a_note_needs_a_bookmark(library: Library) -> None:
    store = with_posts(library, 1)
    zero = id_of(store, "0")
    with pytest.raises(StoreError, match="This post is not bookmarked"):
        store.bookmarks.set_note(zero, "Why?")
    with pytest.raises(StoreError, match="This post is not bookmarked"):
        store.bookmarks.update(zero)
    with pytest.raises(StoreError, match="This post is not bookmarked"):
        store.posts.read(zero, saved=True)
    store.bookmarks.set_bookmarked(zero, True)
    with pytest.raises(StoreError, match="A note has at most 10,000 characters"):
        store.bookmarks.set_note(zero, "x" * 10_001)
    store.bookmarks.set_note(zero, "好文章\n再读一遍")
    (bookmark,) = store.bookmarks.all()
    assert store.bookmarks.note(zero) == bookmark.note == "好文章\n再读一遍"


def test_a_library_is_opened_where_it_was_left(library: Library, tmp_path: Path) -> None:
    library.write("b.md", title="b", folder=tmp_path / "other")
    store = with_posts(library, 1)
    other = library.scanned(tmp_path / "other")
    assert store.sessions.load() is None
    odd = os.fsdecode(b"_posts/\xff.md")
    session = Session(
        scope=Labelled("tag", "茶"),
        view=View.UNREAD,
        sort=Sort.TITLE,
        search='"春茶" OR x',
        saved="tag:茶",
        chosen=View.ALL,
        post=(library.folder, odd),
        pane="article",
        zoom=True,
    )
    store.sessions.save(Session())
    store.sessions.save(session)
    assert other.sessions.load() is None
    assert library.open().sessions.load() == session
    for scope in (Everything(), Today(), Labelled("category", "x")):
        store.sessions.save(Session(scope=scope))
        assert store.sessions.load() == Session(scope=scope)
    zero = id_of(store, "0")
    name = store.posts.name(zero)
    assert name == (library.folder, "_posts/0.md")
    assert store.posts.find_name(*name) == zero
    assert store.posts.find_name(library.folder, odd) is None


def test_a_session_of_another_version_is_no_session(library: Library) -> None:
    store = with_posts(library, 1)
    store.sessions.save(Session())
    for value in ("no JSON", "{}", "[]", '{"scope": ["moon"]}'):
        with closing(sqlite3.connect(library.data / "state.db")) as db, db:
            db.execute("UPDATE sessions SET value = ?", (value,))
        assert store.sessions.load() is None


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
        lambda: store.marks.mark_all_read(Query(Labelled("category", "x"))),
        store.marks.undo,
        lambda: store.marks.mark_all_read(Query()),
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


def test_an_edited_post_stays_read_and_says_so_until_it_is_opened_again(library: Library) -> None:
    path = library.write("a.md", title="a", body="错字。")
    library.write("b.md", title="b")
    store = library.scanned()
    ids = {title: id_of(store, title) for title in ("a", "b")}

    def told() -> dict[str, tuple[bool, bool]]:
        store.scans.run()
        return {row.title: (row.read, row.edited) for row in store.lists.page(Query(), 0, 10)}

    store.marks.set_read([ids["a"]], True, undoable=False)
    store.marks.mark_all_read(Query())
    assert told() == {"a": (True, False), "b": (True, False)}
    os.utime(path, (1, 1))
    assert told()["a"] == (True, False)
    path.write_text(path.read_text("utf-8").replace("错", "对"), "utf-8")
    assert told() == {"a": (True, True), "b": (True, False)}
    with library.open() as other:
        assert [row.edited for row in other.lists.page(Query(), 0, 10) if row.title == "a"] == [
            True
        ]
        other.marks.set_read([ids["a"]], True, undoable=False)
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
    store.marks.set_read([zero], True, undoable=False)
    with closing(sqlite3.connect(library.data / "state.db")) as db:
        before = db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        store.marks.set_read([zero], True, undoable=False)
        assert db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone() == before
