"""Where the person left a library."""

from __future__ import annotations

import os
from pathlib import Path

from newsreader.store import (
    Everything,
    Labelled,
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
    for scope in (Everything(), Today(), Labelled("category", "x")):
        store.sessions.save(Session(scope=scope))
        assert store.sessions.load() == Session(scope=scope)
    zero = id_of(store, "0")
    name = store.posts.name(zero)
    assert name == (library.folder, "_posts/0.md")
    assert store.posts.find_name(*name) == zero
    assert store.posts.find_name(library.folder, odd) is None
