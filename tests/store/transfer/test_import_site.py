"""What an import takes back, and how it merges with what is there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from newsreader.article.reading_place import ReadingPlace
from newsreader.messages import describe
from newsreader.store import Query, StoreError, View
from newsreader.store.values import Imported
from tests.store.conftest import Library, id_of
from tests.store.transfer.conftest import everything, export, take_back

BOOKMARKS = Query(view=View.BOOKMARKS)


def test_an_imported_bookmark_is_read_in_the_reader(bookmarked: Library, tmp_path: Path) -> None:
    export(bookmarked, tmp_path / "out")
    shutil.rmtree(bookmarked.folder)
    shutil.rmtree(bookmarked.data)
    with bookmarked.open(tmp_path / "elsewhere"):
        pass  # The index follows another state now.
    take_back(bookmarked.data, tmp_path / "out")
    store = bookmarked.open(tmp_path / "elsewhere")
    rows = {row.title: row for row in store.lists.page(BOOKMARKS, 0, 10)}
    assert len(rows) == 5
    tea = rows["春茶"]
    assert (tea.gone, tea.bookmarked) == (True, True)
    assert "![](/images/图.png)" in store.posts.read(tea.post_id).raw.decode()
    assert store.bookmarks.note(tea.post_id) == "两遍都好。\nTwice."
    assert store.places.load(tea.post_id) == ReadingPlace(7, "几个字")
    undone = store.marks.undo()
    assert undone is not None
    assert describe(undone.what) == "The bookmarks of 5 posts are as before the import."
    assert store.lists.page(BOOKMARKS, 0, 10) == []
    assert store.marks.redo() is not None
    assert len(store.lists.page(BOOKMARKS, 0, 10)) == 5


def test_what_is_wrong_with_a_post_is_said_and_the_rest_is_imported(
    bookmarked: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    export(bookmarked, folder)
    (folder / "_posts/2024-05-01-tea.md").write_text("changed")
    (folder / "en/_posts/2024-05-02-b.md").unlink()
    manifest = json.loads((folder / "bookmarks.json").read_text("utf-8"))
    entries = manifest["bookmarks"]
    (tmp_path / "secret.md").write_text("secret")
    good = next(entry for entry in entries if entry["title"] == "Tea")
    entries += [
        {**good, "path": "x", "file": "../secret.md"},
        good,
        {**good, "path": "y", "saved_at": 1e300},
        {**good, "path": "z", "saved_at": "yesterday"},
        {"title": "Nothing else"},
        7,
    ]
    (folder / "bookmarks.json").write_text(json.dumps(manifest), "utf-8")
    shutil.rmtree(bookmarked.data)
    done = take_back(bookmarked.data, folder)
    assert done.added == 3
    assert {mark.post.title for mark in everything(bookmarked.data)} >= {"Tea", "No date"}
    said = "\n".join(map(describe, done.problems))
    for part in (
        "“春茶” was not imported",
        "is not what was exported",
        "“B” was not imported: there is no file",
        "lies outside the folder",
        "“Tea” stands in bookmarks.json twice",
        "Bookmark 8 of",
        "Bookmark 9 of",
        "Bookmark 10 of",
        "Bookmark 11 of",
    ):
        assert part in said
    assert len(done.problems) == 8
    with pytest.raises(StoreError, match="no-manifest"):
        take_back(bookmarked.data, tmp_path / "nowhere")


def test_an_import_merges_with_what_is_there(library: Library, tmp_path: Path) -> None:
    paths = {
        name: library.write(f"{name}.md", title=name, body="Old.") for name in ("a", "b", "c", "d")
    }
    with library.scanned() as store:
        ids = {name: id_of(store, name) for name in paths}
        for post_id in ids.values():
            store.bookmarks.set_bookmarked(post_id, True)
        store.bookmarks.set_note(ids["a"], "One.")
        store.bookmarks.set_note(ids["b"], "One.")
    export(library, tmp_path / "old")
    for path in paths.values():
        path.write_text(path.read_text().replace("Old.", "New."))
    with library.open() as store:
        store.bookmarks.set_note(ids["a"], "Two.")
        store.bookmarks.set_note(ids["b"], "")
        store.bookmarks.update(ids["c"])
        store.bookmarks.set_bookmarked(ids["d"], False)
    done = take_back(library.data, tmp_path / "old")
    assert done == Imported(added=1, updated=2, known=1)
    assert take_back(library.data, tmp_path / "old") == Imported(known=4)
    kept = {each.post.title: each for each in everything(library.data)}
    assert kept["a"].note == "Two.\nOne."
    assert kept["b"].note == "One."
    assert b"New." in kept["c"].post.raw
    assert b"Old." in kept["d"].post.raw
    export(library, tmp_path / "new")
    with library.open() as store:
        while store.marks.undo() is not None:
            pass
    assert everything(library.data) == []
    take_back(library.data, tmp_path / "old")
    assert take_back(library.data, tmp_path / "new") == Imported(updated=2, known=2)
    kept = {each.post.title: each for each in everything(library.data)}
    assert b"New." in kept["c"].post.raw


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2024-05-01"},
        {"date": "2024-05-01T10:00:00"},
        {"site": {"title": "", "url": "", "timezone": "9" * 15}},
        {"site": {"title": "", "url": "", "timezone": "9" * 30}},
        {"path": {"bytes": b"_posts/x.md".hex()}},
    ],
)
def test_a_list_that_somebody_has_edited_does_not_keep_the_reader_from_starting(
    library: Library, tmp_path: Path, changes: dict[str, object]
) -> None:
    library.write("2024-05-01-a.md", title="A", date="2024-05-01")
    with library.scanned() as store:
        store.bookmarks.set_bookmarked(id_of(store, "A"), True)
    export(library, tmp_path / "out")
    manifest = tmp_path / "out/bookmarks.json"
    content = json.loads(manifest.read_text())
    content["bookmarks"][0] |= {"path": "_posts/x.md", **changes}
    manifest.write_text(json.dumps(content))
    assert take_back(library.data, tmp_path / "out").added == 1
    with library.scanned() as store:
        assert sorted(row.gone for row in store.lists.page(BOOKMARKS, 0, 9)) == [False, True]
        assert sorted(bookmark.path for bookmark in store.bookmarks.all()) == [
            "_posts/2024-05-01-a.md",
            "_posts/x.md",
        ]
        for row in store.lists.page(BOOKMARKS, 0, 9):
            assert store.posts.parse(store.posts.read(row.post_id))[0].title == "A"
