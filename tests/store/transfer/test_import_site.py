"""What an import takes back, and how it merges with what is there."""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256
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
    rows = {str(row.title): row for row in store.lists.page(BOOKMARKS, 0, 10)}
    assert len(rows) == 5
    tea = rows["春茶"]
    assert (tea.gone, tea.bookmarked) == (True, True)
    assert "![](/images/图.png)" in store.posts.read(tea.post_id).raw.decode()
    assert store.bookmarks.note(tea.post_id) == "两遍都好。\nTwice."
    assert store.places.load(tea.post_id) == ReadingPlace(7, "几个字")
    undone = store.marks.undo()
    assert undone is not None
    assert describe(undone.what) == "As before the import: 5 posts."
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
        {**good, "path": "x.md", "file": "../secret.md"},
        good,
        {**good, "path": "y.md", "saved_at": 1e18},
        {**good, "path": "z.md", "saved_at": "yesterday"},
        {"title": "Nothing else"},
        7,
        {**good, "path": "w.md", "mtime_ns": "many digits"},
    ]
    text = json.dumps(manifest).replace('"many digits"', "9" * 5000)
    (folder / "bookmarks.json").write_text(text, "utf-8")
    shutil.rmtree(bookmarked.data)
    done = take_back(bookmarked.data, folder)
    assert done.added == 3
    assert {mark.post.title for mark in everything(bookmarked.data)} >= {"Tea", "No date"}
    said = "\n".join(map(describe, done.problems))
    for part in (
        "Not imported, as its file has changed: “春茶”",
        "Not imported, as its file is missing: “B”",
        "Not imported, as its file is outside the folder",
        "This is there twice, and taken once: “Tea”",
        "Bookmark 8 cannot be read",
        "Bookmark 9 cannot be read",
        "Bookmark 10 cannot be read",
        "Bookmark 11 cannot be read",
        "Bookmark 12 cannot be read",
    ):
        assert part in said
    assert len(done.problems) == 9
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
    kept = {str(each.post.title): each for each in everything(library.data)}
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
    kept = {str(each.post.title): each for each in everything(library.data)}
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


OSC_52 = "\x1b]52;c;c2VjcmV0\x07"


def hostile(folder: Path, **changes: object) -> None:
    """Change the only bookmark of an export, and write down the sums of its files."""
    manifest = folder / "bookmarks.json"
    content = json.loads(manifest.read_text("utf-8"))
    (entry,) = content["bookmarks"]
    entry |= changes
    for file in (entry, *entry["images"]):
        file["sha256"] = sha256((folder / file["file"]).read_bytes()).hexdigest()
    manifest.write_text(json.dumps(content), "utf-8")


def one_exported(library: Library, folder: Path) -> None:
    library.write("2024-05-01-a.md", title="A")
    with library.scanned() as store:
        store.bookmarks.set_bookmarked(id_of(store, "A"), True)
    export(library, folder)
    shutil.rmtree(library.data)


def test_no_escape_sequence_of_a_manifest_reaches_a_bookmark(
    library: Library, tmp_path: Path
) -> None:
    one_exported(library, tmp_path / "out")
    hostile(
        tmp_path / "out",
        title=f"T{OSC_52}",
        categories=[f"c{OSC_52}"],
        tags=[f"t{OSC_52}"],
        note=f"n{OSC_52}\nsecond",
        left_out=[f"/l{OSC_52}"],
        site={"title": f"s{OSC_52}", "url": f"u{OSC_52}", "timezone": f"z{OSC_52}"},
        position={"offset": 1, "context": f"x{OSC_52}"},
    )
    assert take_back(library.data, tmp_path / "out").added == 1
    (bookmark,) = everything(library.data)
    assert "\\x1b" not in repr(bookmark)
    assert "\\x07" not in repr(bookmark)
    assert bookmark.note == "n]52;c;c2VjcmV0\nsecond"


@pytest.mark.parametrize(
    "path", [".git/config", ".git/a.png", "_plugins/a.png", "_config.yml", "notes.png"]
)
def test_what_is_no_image_is_not_imported_as_one(
    library: Library, tmp_path: Path, path: str
) -> None:
    folder = tmp_path / "out"
    one_exported(library, folder)
    (folder / "x").write_text("[core]\nfsmonitor = touch /tmp/pwned\n")
    hostile(folder, images=[{"file": "x", "path": path}])
    done = take_back(library.data, folder)
    assert done.added == 1
    assert [describe(problem) for problem in done.problems] == [
        f"What is no image is left out: {path}, in “A”."
    ]
    (bookmark,) = everything(library.data)
    assert bookmark.post.files == ()


@pytest.mark.parametrize("path", ["id_rsa", ".ssh/id.md", "_posts/.ssh/id.md", "_plugins/a.md"])
def test_what_is_no_post_by_its_path_is_not_imported(
    library: Library, tmp_path: Path, path: str
) -> None:
    one_exported(library, tmp_path / "out")
    hostile(tmp_path / "out", path=path)
    done = take_back(library.data, tmp_path / "out")
    assert (done.added, [problem.code for problem in done.problems]) == (0, ["entry-unreadable"])


def test_an_import_has_a_limit(
    bookmarked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(bookmarked, tmp_path / "out")
    shutil.rmtree(bookmarked.data)
    monkeypatch.setattr("newsreader.store.transfer.import_site.LARGEST_IMPORT", 100)
    done = take_back(bookmarked.data, tmp_path / "out")
    assert done.added + len(done.problems) == 5
    assert {problem.code for problem in done.problems} == {"import-too-large"}


def test_a_manifest_that_is_a_pipe_is_not_waited_for(library: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bookmarks.json")
    for act in (export, lambda library, folder: take_back(library.data, folder)):
        with pytest.raises(StoreError):
            act(library, tmp_path)
