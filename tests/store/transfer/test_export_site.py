"""Bookmarks written out as a site, and taken back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from newsreader.article.place import Place
from newsreader.store import PostStore, Query, Source, StoreError, View
from newsreader.store.state import bookmarks
from newsreader.store.state import undo_log as journal
from newsreader.store.state.bookmarks import SavedPost
from newsreader.store.state.open_state import open_state, state_alone
from newsreader.store.transfer.export_file import export_file
from newsreader.store.transfer.export_site import export_site, read_bookmarks
from newsreader.store.transfer.import_site import import_site
from newsreader.store.transfer.manifest import BookmarkRecord
from newsreader.store.values import Exported, Imported
from tests.store.conftest import Library, id_of

BOOKMARKS = Query(view=View.BOOKMARKS)


@contextmanager
def alone(data: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_state(data)) as state, state_alone(state) as db:
        assert not state.problem
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
    (site / "images/图.png").write_bytes(b"\x89PNG one")
    library.write("2024-05-01-tea.md", title="春茶", date="2024-05-01", body="![](/images/图.png)")
    library.write("en/_posts/2024-05-02-b.md", title="B", body="Text.")
    odd = site / "_posts" / os.fsdecode(b"2024-05-03-\xff\x01:.html")
    odd.write_bytes(b"---\ntitle: \xce\xd2\r\n---\r\n<p>\xff\x00 bytes</p>")
    other = site.parent / "the other"
    (other / "images").mkdir(parents=True)
    (other / "images/图.png").write_bytes(b"\x89PNG another")
    (other / "2024-05-01-tea.md").write_text("---\ntitle: Tea\n---\n![](/images/图.png)")
    (other / "note.md").write_text("---\ntitle: No date\n---\nText.")
    with library.scanned(site, other) as store:
        for row in store.lists.page(Query(), 0, 100):
            store.bookmarks.set_bookmarked(row.post_id, True)
        tea = id_of(store, "春茶")
        store.bookmarks.set_note(tea, "两遍都好。\nTwice.")
        store.places.save(tea, Place(7, "几个字"))
    return library


def test_what_is_exported_comes_back_byte_for_byte(bookmarked: Library, tmp_path: Path) -> None:
    before = everything(bookmarked.data)
    assert len(before) == 5
    folder = tmp_path / "out"
    done = export(bookmarked, folder)
    assert (done.posts, len(done.problems)) == (5, 1)
    assert "shows images/图-2.png by another name" in done.problems[0]
    for path in (bookmarked.data, bookmarked.cache, bookmarked.folder, tmp_path / "the other"):
        shutil.rmtree(path)
    assert take_back(bookmarked.data, folder) == Imported(added=5)
    assert everything(bookmarked.data) == before
    assert take_back(bookmarked.data, folder) == Imported(known=5)
    assert everything(bookmarked.data) == before
    again = tmp_path / "again"
    export(bookmarked, again)
    assert files_of(again) == files_of(folder)


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
    assert store.places.load(tea.post_id) == Place(7, "几个字")
    undone = store.marks.undo()
    assert undone is not None
    assert undone.what == "The bookmarks of 5 posts are as before the import."
    assert store.lists.page(BOOKMARKS, 0, 10) == []
    assert store.marks.redo() is not None
    assert len(store.lists.page(BOOKMARKS, 0, 10)) == 5


def test_the_exported_folder_is_a_site_of_its_own(bookmarked: Library, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export(bookmarked, folder)
    names = files_of(folder).keys()
    assert {
        "_config.yml",
        "bookmarks.json",
        "_posts/2024-05-01-tea.md",
        "_posts/2024-05-01-tea-2.md",
        "en/_posts/2024-05-02-b.md",
        "images/图.png",
        "images/图-2.png",
    } < names
    assert all(name.isprintable() and ":" not in name for name in names)
    with PostStore([Source(folder)], cache_dir=tmp_path / "c", data_dir=tmp_path / "d") as store:
        result = store.scans.run()
        assert (result.found, result.problems) == (5, ())
        assert {row.title for row in store.lists.page(Query(), 0, 10)} >= {
            "春茶",
            "B",
            "Tea",
            "No date",
        }
        # The images are found from the exported posts as they were from their own site.
        assert store.bookmarks.set_bookmarked(id_of(store, "春茶"), True) == ()
    (kept,) = everything(tmp_path / "d")
    assert [file.content for file in kept.post.files] == [b"\x89PNG one"]
    manifest = json.loads((folder / "bookmarks.json").read_text("utf-8"))
    tea = next(entry for entry in manifest["bookmarks"] if entry["title"] == "春茶")
    assert tea["note"] == "两遍都好。\nTwice."
    assert tea["position"] == {"offset": 7, "context": "几个字"}
    assert tea["file"] == "_posts/2024-05-01-tea.md"


def test_a_second_export_writes_what_has_changed_only(bookmarked: Library, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    first = export(bookmarked, folder)
    assert first.written > 5
    assert export(bookmarked, folder).written == 0
    tea = bookmarked.folder / "_posts/2024-05-01-tea.md"
    tea.write_text(tea.read_text("utf-8").replace("![]", "New. ![]"), "utf-8")
    with bookmarked.open() as store:
        store.bookmarks.update(id_of(store, "春茶"))
    assert export(bookmarked, folder).written == 2
    assert "New." in (folder / "_posts/2024-05-01-tea.md").read_text("utf-8")


def test_files_of_others_are_never_overwritten(bookmarked: Library, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export(bookmarked, folder)
    tea = folder / "_posts/2024-05-01-tea.md"
    tea.write_text("My own words.")
    (folder / "_config.yml").write_text("title: Mine\n")
    (folder / "en/_posts/2024-05-02-b.md").unlink()
    (folder / "en/_posts/2024-05-02-b.md").mkdir()
    export(bookmarked, folder)
    assert tea.read_text() == "My own words."
    assert (folder / "_config.yml").read_text() == "title: Mine\n"
    assert (folder / "en/_posts/2024-05-02-b-2.md").is_file()
    before = everything(bookmarked.data)
    shutil.rmtree(bookmarked.data)
    assert take_back(bookmarked.data, folder) == Imported(added=5)
    assert everything(bookmarked.data) == before


def test_nothing_is_written_through_a_symlink_out_of_the_folder(
    bookmarked: Library, tmp_path: Path
) -> None:
    folder, outside = tmp_path / "out", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "images").symlink_to(outside)
    done = export(bookmarked, folder)
    assert len(done.problems) == 2
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "is no list of bookmarks."),
        ("[", "is no list of bookmarks: it is not JSON."),
        ('{"format": "newsreader bookmarks", "version": 2, "bookmarks": []}', "newer newsreader"),
        (b"\xff\xfe", "it is not text."),
    ],
)
def test_a_list_that_is_none_is_left_alone(
    bookmarked: Library, tmp_path: Path, content: str | bytes, said: str
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "bookmarks.json").write_bytes(raw)
    for act in (export, lambda library, folder: take_back(library.data, folder)):
        with pytest.raises(StoreError, match=said):
            act(bookmarked, tmp_path)
    assert (tmp_path / "bookmarks.json").read_bytes() == raw


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
    said = "\n".join(done.problems)
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
    with pytest.raises(StoreError, match="holds no exported bookmarks"):
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


def test_one_file_to_read_holds_every_post(bookmarked: Library, tmp_path: Path) -> None:
    for name in ("a.md", "a.html", "a.json"):
        file = tmp_path / name
        with alone(bookmarked.data) as db:
            assert export_file(db, file).posts == 5
            assert export_file(db, file) == Exported(5, 0)
        text = file.read_text("utf-8")
        for part in ("春茶", "Twice.", "No date", "2024-05-01"):
            assert part in text
        file.write_text("My own words.")
        with alone(bookmarked.data) as db, pytest.raises(StoreError, match="is there already"):
            export_file(db, file)
        assert file.read_text() == "My own words."


def test_names_that_no_file_system_takes_are_shortened(library: Library, tmp_path: Path) -> None:
    name = "长" * 80 + ".md"
    library.write(name, title="long")
    library.write("con|<a>?. .md", title="odd")
    with library.scanned() as store:
        for title in ("long", "odd"):
            store.bookmarks.set_bookmarked(id_of(store, title), True)
    before = everything(library.data)
    export(library, tmp_path / "out")
    names = sorted(files_of(tmp_path / "out" / "_posts"))
    assert all(len(name.encode()) <= 180 for name in names)
    shutil.rmtree(library.data)
    take_back(library.data, tmp_path / "out")
    assert everything(library.data) == before


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


@pytest.mark.parametrize("field", ["source", "path", "site_path"])
@pytest.mark.parametrize("value", ["", "a\0b.md", {"bytes": "6100"}])
def test_a_name_that_no_file_can_have_is_not_imported(
    bookmarked: Library, tmp_path: Path, field: str, value: object
) -> None:
    _refuses(bookmarked, tmp_path / "out", {field: value})


@pytest.mark.parametrize("field", ["path", "site_path"])
@pytest.mark.parametrize("value", ["/etc/passwd", "_posts/../../secret.md"])
def test_a_list_cannot_name_files_outside_its_source(
    bookmarked: Library, tmp_path: Path, field: str, value: str
) -> None:
    _refuses(bookmarked, tmp_path / "out", {field: value})


def _refuses(library: Library, folder: Path, changes: dict[str, object]) -> None:
    """The first of five bookmarks is not imported with these changes."""
    export(library, folder)
    manifest = folder / "bookmarks.json"
    content = json.loads(manifest.read_text())
    content["bookmarks"][0] |= changes
    manifest.write_text(json.dumps(content))
    shutil.rmtree(library.data)
    done = take_back(library.data, folder)
    assert done.added == 4
    assert [problem.split(" of ")[0] for problem in done.problems] == ["Bookmark 1"]


def test_an_image_of_the_name_of_the_list_does_not_take_its_place(
    library: Library, tmp_path: Path
) -> None:
    (library.folder / "bookmarks.json").write_bytes(b"one image")
    library.write("2024-05-01-a.md", title="A", body="![](/bookmarks.json)")
    with library.scanned() as store:
        store.bookmarks.set_bookmarked(id_of(store, "A"), True)
    before = everything(library.data)
    export(library, tmp_path / "out")
    shutil.rmtree(library.data)
    assert take_back(library.data, tmp_path / "out") == Imported(added=1)
    assert everything(library.data) == before


@pytest.mark.parametrize("name", ["out", "out.md"])
def test_a_bookmark_that_goes_while_all_are_exported_is_in_the_export(
    bookmarked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(journal, "MOST_STEPS", 1)
    saved_version = bookmarks.saved_version

    def remove_all(db: sqlite3.Connection, number: int) -> SavedPost:
        # What was removed two steps ago cannot come back, and is gone for good.
        store = bookmarked.open()
        for row in store.lists.page(BOOKMARKS, 0, 9):
            store.bookmarks.set_bookmarked(row.post_id, False)
        return saved_version(db, number)

    monkeypatch.setattr(bookmarks, "saved_version", remove_all)
    with alone(bookmarked.data) as db:
        done = (export_file if "." in name else export_site)(db, tmp_path / name)
    assert done.posts == 5
    assert everything(bookmarked.data) == []


@pytest.mark.parametrize("name", ["out", "out.md"])
def test_an_export_is_not_emptied_where_there_are_no_bookmarks(
    bookmarked: Library, tmp_path: Path, name: str
) -> None:
    act = export_file if "." in name else export_site
    with alone(bookmarked.data) as db:
        act(db, tmp_path / name)
    before = files_of(tmp_path)
    shutil.rmtree(bookmarked.data)
    with (
        alone(bookmarked.data) as db,
        pytest.raises(StoreError, match=r"There are no bookmarks; .* left as"),
    ):
        act(db, tmp_path / name)
    shutil.rmtree(bookmarked.data)
    assert files_of(tmp_path).items() <= before.items()
    with alone(bookmarked.data) as db:
        assert act(db, tmp_path / f"new-{name}").posts == 0
