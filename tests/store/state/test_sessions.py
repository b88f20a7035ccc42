"""Where the person left a library."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from newsreader.store import (
    Session,
)
from tests.store.conftest import Library, with_posts


def test_a_session_of_another_version_is_no_session(library: Library) -> None:
    store = with_posts(library, 1)
    store.sessions.save(Session())
    for value in ("no JSON", "{}", "[]", '{"scope": ["moon"]}'):
        with closing(sqlite3.connect(library.data / "state.db")) as db, db:
            db.execute("UPDATE sessions SET value = ?", (value,))
        assert store.sessions.load() is None
