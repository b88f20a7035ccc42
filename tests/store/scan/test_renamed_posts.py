"""Marks follow posts whose files were renamed."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.store import PostStore, Query, View
from newsreader.store.db.connect import connect
from newsreader.store.scan.find_files import find_folders
from newsreader.store.scan.folder_times import FolderErrors
from newsreader.store.scan.follow import update_files
from newsreader.store.scan.jobs import Job
from newsreader.store.scan.source_folders import folder_of, stored_site
from tests.store.conftest import Library, id_of


def rename(library: Library, old: str, new: str) -> Path:
    """Rename a file as git does in a checkout: the new one has another time."""
    path = library.folder / "_posts" / new
    path.parent.mkdir(parents=True, exist_ok=True)
    (library.folder / "_posts" / old).rename(path)
    os.utime(path, ns=(1, 1))
    return path


def read(store: PostStore) -> list[str]:
    store.scans.run()
    return [row.title for row in store.lists.page(Query(), 0, 100) if row.read]


def bookmarks(store: PostStore) -> list[tuple[str, bool]]:
    return [(row.title, row.gone) for row in store.lists.page(Query(view=View.BOOKMARKS), 0, 9)]


@pytest.fixture
def store(library: Library) -> PostStore:
    for name in ("a", "b", "c"):
        library.write(f"2026-03-01-{name}.md", title=name, body=f"Text of {name}.")
    return library.scanned()


def test_marks_and_bookmarks_follow_a_file_that_was_renamed(
    library: Library, store: PostStore
) -> None:
    store.marks.set_read([id_of(store, "a")], True, opened=True)
    store.bookmarks.set_bookmarked(id_of(store, "b"), True)
    rename(library, "2026-03-01-a.md", "2026-04-05-other-name.md")
    rename(library, "2026-03-01-b.md", "2026-04-05-b.md")
    assert read(store) == ["a"]
    assert bookmarks(store) == [("b", False)]
    assert store.bookmarks.all()[0].path == "_posts/2026-04-05-b.md"
    assert store.marks.undo() is not None
    assert bookmarks(store) == []
    assert store.marks.undo() is not None
    assert read(store) == []


def test_a_folder_that_was_renamed_keeps_the_marks_of_its_posts(library: Library) -> None:
    for number in range(5):
        library.write(f"old/_posts/{number}.md", title="The same", body=f"Text {number}.")
    store = library.scanned()
    rows = store.lists.page(Query(), 0, 9)
    store.marks.set_read([rows[1].post_id], True, opened=True)
    store.marks.set_read([rows[3].post_id], True, opened=True)
    paths = {store.posts.name(rows[at].post_id)[1] for at in (1, 3)}  # type: ignore[index]
    (library.folder / "old").rename(library.folder / "new")
    store.scans.run()
    found = [row.post_id for row in store.lists.page(Query(), 0, 9) if row.read]
    names = {store.posts.name(post_id)[1] for post_id in found}  # type: ignore[index]
    assert names == {path.replace("old/", "new/") for path in paths}


def test_a_post_that_was_only_marked_is_known_by_size_title_and_date(
    library: Library, store: PostStore
) -> None:
    store.marks.set_read([id_of(store, "a")], True)
    rename(library, "2026-03-01-a.md", "2026-03-01-other.md")
    assert read(store) == ["a"]


@pytest.mark.parametrize("case", ["other bytes", "other title", "other date", "two of them"])
def test_marks_do_not_follow_to_another_post(library: Library, store: PostStore, case: str) -> None:
    store.marks.set_read([id_of(store, "a")], True, opened=case == "other bytes")
    name = "2026-04-01-x.md" if case == "other date" else "2026-03-01-x.md"
    path = rename(library, "2026-03-01-a.md", name)
    text = path.read_text()
    if case == "other bytes":
        path.write_text(text.replace("Text of", "Best of"))
    if case == "other title":
        path.write_text(text.replace("title: a", "title: x"))
    if case == "two of them":
        (path.parent / "2026-03-01-y.md").write_text(text)
    assert read(store) == []


def test_a_copy_of_a_post_that_is_still_there_is_unread(library: Library, store: PostStore) -> None:
    store.marks.set_read([id_of(store, "a")], True, opened=True)
    text = (library.folder / "_posts/2026-03-01-a.md").read_text()
    library.write("z.md").write_text(text)
    store.scans.run()
    assert store.lists.count(Query(view=View.UNREAD)) == 3


def test_a_file_that_is_renamed_while_it_is_followed_keeps_its_marks(
    library: Library, store: PostStore
) -> None:
    store.marks.set_read([id_of(store, "a")], True, opened=True)
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    rename(library, "2026-03-01-a.md", "0.md")
    with closing(connect(store.databases.index_path, store.databases.state_path)) as db:
        (number,) = store.databases.source_ids
        (found,) = find_folders(store.sources[0], FolderErrors())
        folder = folder_of(store.sources[0], number, found, *stored_site(db, found.root))
        jobs = [Job(folder, name, with_text=True) for name in ("0.md", "2026-03-01-a.md")]
        update_files(db, jobs)
    assert [row.title for row in store.lists.page(Query(), 0, 9) if row.read] == ["a"]
    assert bookmarks(store) == [("a", False)]
