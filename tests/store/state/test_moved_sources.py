"""What was done with posts follows when a source is known by another path."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.store import PostStore, Query, View
from tests.store.conftest import Library, id_of


def write_site(library: Library, folder: Path, posts: int = 4) -> None:
    (folder / "_posts").mkdir(parents=True, exist_ok=True)
    for number in range(posts):
        library.write(f"p{number}.md", title=str(number), body=f"Text {number}.", folder=folder)


def read(store: PostStore) -> set[str]:
    store.scans.run()
    rows = store.lists.page(Query(), 0, 100)
    return {row.title for row in rows if row.read}


def mark_some(store: PostStore) -> None:
    """Open one post, mark another and bookmark a third."""
    store.scans.run()
    store.marks.set_read([id_of(store, "0")], True, opened=True)
    store.marks.set_read([id_of(store, "1")], True)
    store.bookmarks.set_bookmarked(id_of(store, "2"), True)


def bookmarked(store: PostStore) -> list[str]:
    return [row.title for row in store.lists.page(Query(view=View.BOOKMARKS), 0, 9)]


def test_marks_follow_a_folder_that_was_renamed(library: Library) -> None:
    old, new = library.folder / "old", library.folder / "new"
    write_site(library, old)
    with library.open(old) as store:
        mark_some(store)
    old.rename(new)
    with library.open(new) as store:
        assert [describe(each) for each in store.notices] == [
            f"{old} is {new} now: what was done with 3 of its posts came along."
        ]
        assert read(store) == {"0", "1"}
        assert bookmarked(store) == ["2"]
        assert store.marks.undo() is not None  # the undo log came along
        assert bookmarked(store) == []
    new.rename(old)
    with library.open(old) as store:
        assert read(store) == {"0", "1"}
    with library.open(old) as store:
        assert store.notices == ()


def test_posts_that_were_only_marked_are_known_by_size_and_time(library: Library) -> None:
    old, new = library.folder / "old", library.folder / "new"
    write_site(library, old)
    with library.open(old) as store:
        store.scans.run()
        store.marks.mark_all_read(store.lists.unread_ids(Query()))
    old.rename(new)
    assert read(library.open(new)) == {"0", "1", "2", "3"}


def test_some_posts_may_have_been_edited_since(library: Library) -> None:
    old, new = library.folder / "old", library.folder / "new"
    write_site(library, old, 8)
    with library.open(old) as store:
        store.scans.run()
        for number in range(8):
            store.marks.set_read([id_of(store, str(number))], True, opened=True)
    old.rename(new)
    (new / "_posts" / "p7.md").unlink()
    library.write("p6.md", title="6", body="Other.", folder=new)
    assert read(library.open(new)) == {str(number) for number in range(7)}


@pytest.mark.parametrize("case", ["still there", "other bytes", "other names", "known"])
def test_marks_stay_where_it_is_not_the_same_folder(library: Library, case: str) -> None:
    old, new = library.folder / "old", library.folder / "new"
    write_site(library, old)
    with library.open(old) as store:
        mark_some(store)
    shutil.copytree(old, new)
    if case == "known":
        with library.open(new) as store:
            store.scans.run()
            store.marks.set_read([id_of(store, "3")], True)
    if case != "still there":
        shutil.rmtree(old)
    for path in list((new / "_posts").iterdir()):
        if case == "other bytes":
            path.write_text(path.read_text().replace("Text", "Best"))
        if case == "other names":
            path.rename(path.with_name("x" + path.name))
    with library.open(new) as store:
        assert store.notices == ()
        assert read(store) == ({"3"} if case == "known" else set())


def test_a_site_and_its_folder_of_posts_are_the_same_posts(library: Library) -> None:
    site = library.folder
    write_site(library, site)
    library.write("news/_posts/p9.md", title="9")
    with library.open(site) as store:
        mark_some(store)
        store.marks.set_read([id_of(store, "9")], True)
    with library.open(site / "_posts") as store:
        assert store.notices == ()
        assert read(store) == {"0", "1"}
        assert bookmarked(store) == ["2"]
        store.marks.set_read([id_of(store, "1")], False)
        store.marks.set_read([id_of(store, "3")], True)
    for _ in range(2):
        with library.open(site) as store:
            assert read(store) == {"0", "3", "9"}
            assert bookmarked(store) == ["2"]
    with library.open(site / "_posts") as store:
        assert read(store) == {"0", "3"}
    with library.open(site / "_posts") as store:
        assert read(store) == {"0", "3"}


def test_one_post_alone_has_the_marks_that_it_has_in_its_site(library: Library) -> None:
    write_site(library, library.folder)
    post = library.folder / "_posts" / "p1.md"
    with library.open() as store:
        mark_some(store)
    with library.open(post) as store:
        assert read(store) == {"1"}
        store.marks.set_read([id_of(store, "1")], False)
        store.bookmarks.set_bookmarked(id_of(store, "1"), True)
    with library.open() as store:
        assert read(store) == {"0"}
        assert sorted(bookmarked(store)) == ["1", "2"]


def test_a_folder_whose_name_begins_alike_is_another_one(library: Library) -> None:
    one, other = library.folder / "site", library.folder / "site2"
    write_site(library, one)
    write_site(library, other)
    with library.open(one) as store:
        mark_some(store)
    assert read(library.open(other)) == set()
    assert read(library.open(library.folder)) == {"0", "1"}


def test_nothing_is_written_if_there_is_nothing_to_follow(library: Library) -> None:
    write_site(library, library.folder)
    with library.open() as store:
        mark_some(store)
    with library.open(library.folder / "_posts") as store:
        assert read(store) == {"0", "1"}
    with library.open(library.folder / "_posts") as store, store.databases.connection() as db:
        assert store.marks.adopt(store.sources) == ()
        assert db.total_changes == 0
