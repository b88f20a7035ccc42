"""Bookmarks of every kind, and exports and imports of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from newsreader.article.reading_place import ReadingPlace
from newsreader.store import Query
from newsreader.store.state.open_state import open_state, state_alone
from newsreader.store.transfer.export_site import export_site, read_bookmarks
from newsreader.store.transfer.import_site import import_site
from newsreader.store.transfer.manifest import BookmarkRecord
from newsreader.store.values import Exported, Imported
from tests.store.conftest import Library, id_of


@contextmanager
def alone(data: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_state(data)) as state, state_alone(state) as db:
        assert not state.unsaved
        yield db


def export(library: Library, folder: Path) -> Exported:
    with alone(library.data) as db:
        return export_site(db, folder)


def take_back(data: Path, folder: Path) -> Imported:
    with alone(data) as db:
        return import_site(db, folder)


def everything(data: Path) -> list[BookmarkRecord]:
    """All bookmarks there are, with every byte."""
    with alone(data) as db:
        return [*read_bookmarks(db)]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def bookmarked(library: Library) -> Library:
    """Bookmarks of every kind, of two sources; closed."""
    site = library.folder
    (site / "_config.yml").write_text("url: https://a.example\ntimezone: Asia/Shanghai\n")
    (site / "images").mkdir()
    (site / "images/图.png").write_bytes(b"\x89PNG\r\n\x1a\n one")
    library.write("2024-05-01-tea.md", title="春茶", date="2024-05-01", body="![](/images/图.png)")
    library.write("en/_posts/2024-05-02-b.md", title="B", body="Text.")
    odd = site / "_posts" / os.fsdecode(b"2024-05-03-\xff\x01:.html")
    odd.write_bytes(b"---\ntitle: \xce\xd2\r\n---\r\n<p>\xff\x00 bytes</p>")
    other = site.parent / "the other"
    (other / "images").mkdir(parents=True)
    (other / "images/图.png").write_bytes(b"\x89PNG\r\n\x1a\n another")
    (other / "2024-05-01-tea.md").write_text("---\ntitle: Tea\n---\n![](/images/图.png)")
    (other / "note.md").write_text("---\ntitle: No date\n---\nText.")
    with library.scanned(site, other) as store:
        for row in store.lists.page(Query(), 0, 100):
            store.bookmarks.set_bookmarked(row.post_id, True)
        tea = id_of(store, "春茶")
        store.bookmarks.set_note(tea, "两遍都好。\nTwice.")
        store.places.save(tea, ReadingPlace(7, "几个字"))
    return library
