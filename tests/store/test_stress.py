"""A short form of `python -m tests.long.stress`, and whether it sees what it looks for."""

from __future__ import annotations

import signal
import sqlite3
from pathlib import Path

import pytest

from tests.long.stress import Different, Stress, describe
from tests.store.conftest import Library

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here"),
]


def test_an_index_survives_killed_indexers_and_a_folder_that_never_rests(tmp_path: Path) -> None:
    rounds: list[int] = []
    stress = Stress(tmp_path, posts=40, seed=7)
    stress.run(2, lambda _, posts: rounds.append(posts), most=1)
    assert len(rounds) == 2
    assert min(rounds) > 10
    assert stress.killed >= 2


def write(library: Library) -> Path:
    library.write("2020-01-01-a.md", title="a", categories=["x"], tags=["y"], body="some words")
    library.write("2020-01-02-b.md", title="b", categories=["x"], body="other words")
    library.scanned()
    library.close()
    return library.cache / "index.db"


def change(index: Path, sql: str) -> None:
    db = sqlite3.connect(index, isolation_level=None)
    db.execute(sql)
    db.close()


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("UPDATE posts SET mtime_ns = 1 WHERE title = 'a'", "posts"),
        ("DELETE FROM post_labels WHERE post = (SELECT max(id) FROM posts)", "labelled"),
        ("UPDATE posts SET text = NULL WHERE title = 'a'", "texts"),
        ("INSERT INTO fts (rowid, body) SELECT text, 'more' FROM posts", "texts"),
    ],
)
def test_a_difference_is_seen(library: Library, sql: str, part: str) -> None:
    index = write(library)
    before = describe(index)
    assert all(before.values())
    change(index, sql)
    assert describe(index)[part] != before[part]


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE sources SET unread = unread + 1", "a count of a source"),
        ("UPDATE labels SET total = 5 WHERE name = 'y'", "a count of a label"),
        ("INSERT INTO stale_texts SELECT max(text) FROM posts", "stale text"),
        ("UPDATE fts_data SET block = x'00' WHERE id > 10", "malformed"),
    ],
)
def test_an_index_that_is_not_sound_is_seen(library: Library, sql: str, what: str) -> None:
    index = write(library)
    change(index, sql)
    with pytest.raises((Different, sqlite3.DatabaseError), match=what):
        describe(index)
