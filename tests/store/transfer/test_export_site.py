"""Bookmarks written out as a site, and taken back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.store import PostStore, Query, Source, StoreError, View
from newsreader.store.state import bookmarks
from newsreader.store.state import undo_log as journal
from newsreader.store.state.bookmarks import SavedPost
from newsreader.store.transfer import export_site as export_module
from newsreader.store.transfer.export_file import export_file
from newsreader.store.transfer.export_site import export_site
from newsreader.store.transfer.whole_files import write_whole
from newsreader.store.values import Imported
from tests.store.conftest import Library, id_of
from tests.store.transfer.conftest import alone, everything, export, files_of, take_back

PNG = b"\x89PNG\r\n\x1a\n"
BOOKMARKS = Query(view=View.BOOKMARKS)


def put_file(library: Library, path: str, content: bytes) -> None:
    """Put a file into the only bookmark, as an older version would have taken it."""
    with closing(sqlite3.connect(library.data / "state.db")) as db, db:
        blob = db.execute("INSERT INTO blobs (hash, bytes) VALUES (?, ?)", (path, content))
        db.execute(
            "INSERT INTO bookmark_files SELECT id, ?, ? FROM bookmarks", (path, blob.lastrowid)
        )


def unsealed_files(folder: Path) -> dict[str, object]:
    """The files of an export; of the manifest what it says of bookmarks."""
    files = files_of(folder)
    manifest = json.loads(files["bookmarks.json"])
    assert manifest.pop("seal")
    return {**files, "bookmarks.json": manifest}


def begun(library: Library, folder: Path) -> Path:
    """A folder with an export that was stopped before its first file."""
    export(library, folder)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "bookmarks.json":
            path.unlink()
    return folder


def test_what_is_exported_comes_back_byte_for_byte(bookmarked: Library, tmp_path: Path) -> None:
    before = everything(bookmarked.data)
    assert len(before) == 5
    folder = tmp_path / "out"
    done = export(bookmarked, folder)
    assert (done.posts, len(done.problems)) == (5, 1)
    assert "another name, as its own is taken: images/图-2.png" in describe(done.problems[0])
    for path in (bookmarked.data, bookmarked.cache, bookmarked.folder, tmp_path / "the other"):
        shutil.rmtree(path)
    assert take_back(bookmarked.data, folder) == Imported(added=5)
    assert everything(bookmarked.data) == before
    assert take_back(bookmarked.data, folder) == Imported(known=5)
    assert everything(bookmarked.data) == before
    again = tmp_path / "again"
    export(bookmarked, again)
    assert unsealed_files(again) == unsealed_files(folder)  # it is another state's


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
        assert store.bookmarks.set_bookmarked(id_of(store, "春茶"), True) is None
    (kept,) = everything(tmp_path / "d")
    assert [file.content for file in kept.post.files] == [b"\x89PNG\r\n\x1a\n one"]
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
    folder, outside = begun(bookmarked, tmp_path / "out"), tmp_path / "outside"
    outside.mkdir()
    (folder / "images").symlink_to(outside)
    done = export(bookmarked, folder)
    assert len(done.problems) == 2
    assert list(outside.iterdir()) == []


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


def test_what_is_no_image_is_not_exported_though_a_bookmark_holds_it(
    library: Library, tmp_path: Path
) -> None:
    library.write("2024-05-01-a.md", title="A")
    with library.scanned() as store:
        store.bookmarks.set_bookmarked(id_of(store, "A"), True)
    put_file(library, "bookmarks.json", PNG)
    put_file(library, "_config.yml", b"plugins: [evil]")
    put_file(library, "_plugins/evil.rb", b"evil")
    put_file(library, ".git/config", b"evil")
    put_file(library, "NUL.png", PNG)
    done = export(library, tmp_path / "out")
    assert files_of(tmp_path / "out").keys() == {
        "_config.yml",
        "bookmarks.json",
        "_posts/2024-05-01-a.md",
        "NUL-.png",
    }
    assert b"evil" not in b"".join(files_of(tmp_path / "out").values())
    assert [problem.code for problem in done.problems].count("image-not-taken") == 4
    shutil.rmtree(library.data)
    assert take_back(library.data, tmp_path / "out") == Imported(added=1)


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
        act = partial(export_file, describe=describe) if "." in name else export_site
        done = act(db, tmp_path / name)
    assert done.posts == 5
    assert everything(bookmarked.data) == []


@pytest.mark.parametrize("name", ["out", "out.md"])
def test_an_export_is_not_emptied_where_there_are_no_bookmarks(
    bookmarked: Library, tmp_path: Path, name: str
) -> None:
    act = partial(export_file, describe=describe) if "." in name else export_site
    with alone(bookmarked.data) as db:
        act(db, tmp_path / name)
    before = files_of(tmp_path)
    shutil.rmtree(bookmarked.data)
    with (
        alone(bookmarked.data) as db,
        pytest.raises(StoreError, match=r"nothing-for-f|no-bookmarks-for-f|folder-of-another"),
    ):
        act(db, tmp_path / name)
    shutil.rmtree(bookmarked.data)
    assert files_of(tmp_path).items() <= before.items()
    with alone(bookmarked.data) as db:
        assert act(db, tmp_path / f"new-{name}").posts == 0


def test_a_link_inside_the_folder_is_not_written_through(
    bookmarked: Library, tmp_path: Path
) -> None:
    folder = begun(bookmarked, tmp_path / "out")
    (folder / ".git").mkdir()
    (folder / "images").symlink_to(".git")
    done = export(bookmarked, folder)
    assert len(done.problems) == 2
    assert list((folder / ".git").iterdir()) == []


def test_a_pipe_in_the_folder_is_neither_read_nor_replaced(
    bookmarked: Library, tmp_path: Path
) -> None:
    pipe = begun(bookmarked, tmp_path / "out") / "_posts/2024-05-01-tea.md"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    assert export(bookmarked, tmp_path / "out").posts == 5
    assert pipe.is_fifo()


def test_a_post_of_a_name_that_programs_follow_gets_a_date(
    library: Library, tmp_path: Path
) -> None:
    for name in ("CLAUDE.md", "tea.md"):
        library.write(name, title=name)
    with library.scanned() as store:
        for name in ("CLAUDE.md", "tea.md"):
            store.bookmarks.set_bookmarked(id_of(store, name), True)
    export(library, tmp_path / "out")
    assert sorted(files_of(tmp_path / "out/_posts")) == ["1970-01-01-CLAUDE.md", "tea.md"]


def of_a_stranger(library: Library, folder: Path) -> None:
    """Files that the bookmarks would replace, and a manifest of another state that names them."""
    export(library, folder)
    state = sqlite3.connect(library.data / "state.db")
    with closing(state), state:
        state.execute("UPDATE meta SET value = 'of a stranger' WHERE key = 'id'")


def forged(library: Library, folder: Path) -> None:
    """A manifest of ours in which somebody has named another file as written by us."""
    export(library, folder)
    mine = folder / "_posts/2024-05-01-tea.md"
    mine.write_text("My own words.")
    manifest = json.loads((folder / "bookmarks.json").read_text("utf-8"))
    for entry in manifest["bookmarks"]:
        if entry["file"] == "_posts/2024-05-01-tea.md":
            entry["sha256"] = sha256(mine.read_bytes()).hexdigest()
    (folder / "bookmarks.json").write_text(json.dumps(manifest), "utf-8")


def unsealed(library: Library, folder: Path) -> None:
    export(library, folder)
    manifest = json.loads((folder / "bookmarks.json").read_text("utf-8"))
    del manifest["seal"]
    (folder / "bookmarks.json").write_text(json.dumps(manifest), "utf-8")


def linked(library: Library, folder: Path) -> None:
    """A manifest of ours, but of another folder."""
    export(library, folder.with_name("another"))
    folder.mkdir()
    (folder / "bookmarks.json").symlink_to(folder.with_name("another") / "bookmarks.json")


def piped(_: Library, folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "bookmarks.json")


def without_manifest(_: Library, folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")


@pytest.mark.parametrize("make", [of_a_stranger, forged, unsealed, linked, piped, without_manifest])
def test_a_folder_that_is_neither_empty_nor_an_export_of_ours_is_left_alone(
    bookmarked: Library, tmp_path: Path, make: Callable[[Library, Path], None]
) -> None:
    folder = tmp_path / "out"
    make(bookmarked, folder)
    with bookmarked.open() as store:
        store.bookmarks.set_note(id_of(store, "B"), "New.")
    before = files_of(tmp_path / "out")
    with pytest.raises(StoreError, match=f"folder-of-another {folder}"):
        export(bookmarked, folder)
    assert files_of(tmp_path / "out") == before


def test_an_export_that_was_stopped_is_gone_on_with(
    bookmarked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    written: list[Path] = []

    def stop(path: Path, content: bytes, *, sync: bool = False) -> None:
        if len(written) == 3:
            raise KeyboardInterrupt
        write_whole(path, content, sync=sync)
        written.append(path)

    with monkeypatch.context() as patch:
        patch.setattr(export_module, "write_whole", stop)
        with pytest.raises(KeyboardInterrupt):
            export(bookmarked, folder)
    done = export(bookmarked, folder)
    export(bookmarked, tmp_path / "at once")
    assert done.posts == 5
    assert files_of(folder) == files_of(tmp_path / "at once")
    assert not [*folder.rglob("*.part")]


def test_the_name_of_the_manifest_is_on_the_disk(
    bookmarked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    last: list[bool] = []

    def fsync(descriptor: int) -> None:
        last.append(os.path.samestat(folder.stat(), os.fstat(descriptor)))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        export(bookmarked, folder)
    assert last[-1]
