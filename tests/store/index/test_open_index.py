"""How an index is opened: as it is, anew, or in place of a damaged one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.problems import Problem
from newsreader.store import Query, StoreError, View
from tests.store.conftest import MARKED, Library, flags, marked, spoil


def test_a_deleted_index_gets_every_mark_back(library: Library) -> None:
    marked(library)
    (library.folder / "_posts/b.md").unlink()
    for path in library.cache.iterdir():
        path.unlink()
    store = library.open()
    (kept,) = store.lists.page(Query(view=View.BOOKMARKS), 0, 10)
    assert (kept.title, kept.gone) == ("b", True)
    assert store.posts.find(library.folder / "_posts/b.md") == kept.post_id
    store.scans.run()
    assert flags(store) == {"a": (True, False)}
    assert store.lists.overview().everything.bookmarks == 1


def test_an_index_of_another_version_is_made_anew(library: Library) -> None:
    marked(library)
    db = sqlite3.connect(library.cache / "index.db")
    db.execute("DROP TABLE posts")
    db.execute("PRAGMA user_version = 99")
    db.close()
    store = library.scanned()
    assert flags(store) == MARKED
    assert store.notices == ()


@pytest.mark.parametrize("damage", ["garbage", "short", "cut", "inside"])
def test_a_damaged_index_is_set_aside_with_a_notice(library: Library, damage: str) -> None:
    marked(library)
    spoil(library.cache / "index.db", damage)
    if damage == "inside":
        # Found only in use; then the next start sets it aside.
        with pytest.raises(StoreError, match="index-damaged"), library.open() as store:
            store.scans.run(rebuild=True)
    store = library.open()
    (notice,) = store.notices
    (aside,) = (p for p in library.cache.iterdir() if ".broken-" in p.name and p.suffix != ".x")
    assert describe(notice) == f"The index was damaged and is made anew; the old one is {aside}."
    store.scans.run()
    assert flags(store) == MARKED
    assert library.open().notices == ()


def test_of_damaged_indexes_the_last_one_is_kept(library: Library) -> None:
    for content in (b"first" * 200, b"second" * 200):
        with library.open():
            pass
        (library.cache / "index.db").write_bytes(content)
    library.open()
    (aside,) = library.cache.glob("index.db.broken-*")
    assert aside.read_bytes() == b"second" * 200


def test_an_index_of_another_version_loses_its_full_text_too(library: Library) -> None:
    marked(library)
    with sqlite3.connect(library.cache / "index.db") as db:
        db.execute("INSERT INTO fts (rowid, title, body, labels) VALUES (1, 'a', 'zebra', 'c')")
        db.execute("PRAGMA user_version = 2")
    db.close()
    store = library.open()
    assert store.notices == ()
    assert store.lists.count(Query()) == 0
    store.scans.run()
    assert flags(store) == MARKED
    with store.databases.connection() as db:
        assert db.execute("SELECT count(*) FROM fts WHERE fts MATCH 'zebra'").fetchone() == (0,)


def test_a_temporary_index_that_cannot_be_made_leaves_no_folder(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    def refuse(_: Path) -> None:
        raise StoreError(Problem("index-not-opened", ("x", "y")))

    monkeypatch.setattr("newsreader.store.index.open_index.prepare_index", refuse)
    with pytest.raises(StoreError, match="index-not-opened"):
        library.open()
    assert list(temporary.iterdir()) == []
