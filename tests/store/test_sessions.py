"""Where the person left a library."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from newsreader.store import (
    Appearance,
    Everything,
    Labelled,
    OneSource,
    Session,
    Sort,
    Today,
    View,
)
from tests.store.conftest import Library, id_of, with_posts


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
    for scope in (
        Everything(),
        Today(),
        Labelled("category", "x"),
        OneSource(tmp_path / os.fsdecode(b"\xff")),
    ):
        store.sessions.save(Session(scope=scope))
        assert store.sessions.load() == Session(scope=scope)
    zero = id_of(store, "0")
    name = store.posts.name(zero)
    assert name == (library.folder, "_posts/0.md")
    assert store.posts.find_name(*name) == zero
    assert store.posts.find_name(library.folder, odd) is None


def test_what_the_reader_looks_like_is_remembered_for_all_libraries(library: Library) -> None:
    store = with_posts(library, 1)
    assert store.sessions.load_appearance() == Appearance()
    for is_dark in (True, False):
        store.sessions.save_appearance(Appearance(is_dark=is_dark))
        assert store.sessions.load_appearance() == Appearance(is_dark=is_dark)
    assert store.sessions.load() is None


def test_looks_of_another_version_are_no_looks(library: Library) -> None:
    store = with_posts(library, 1)
    store.sessions.save_appearance(Appearance(is_dark=True))
    for value in ("no JSON", "{}", "[]", '{"is_dark": "yes"}'):
        with closing(sqlite3.connect(library.data / "state.db")) as db, db:
            db.execute("UPDATE sessions SET value = ?", (value,))
        assert store.sessions.load_appearance() == Appearance()
