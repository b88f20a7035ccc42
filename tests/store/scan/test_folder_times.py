"""A scan of folders that have changed finds what one of all files does, but for rewritten files."""

from __future__ import annotations

import os
import random
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from newsreader.store import PostStore, Query, ScanResult, Source, scans
from newsreader.store.db.connect import connect
from newsreader.store.scan import find_files
from newsreader.store.scan.folder_times import count_changed
from tests.store.conftest import Library
from tests.store.scan.test_incremental import change_files, content

_LONG_AGO = 1_500_000_000
_STAMPS = count(_LONG_AGO)


def settle(library: Library) -> None:
    """Make it long ago that any folder changed; those that just did get times of their own."""
    for folder in (library.folder, *(path for path in library.folder.rglob("*") if path.is_dir())):
        if time.time() - folder.stat().st_mtime < 1_000_000:
            stamp = next(_STAMPS)
            os.utime(folder, (stamp, stamp))


def settled(library: Library) -> PostStore:
    settle(library)
    return library.scanned()


def look(store: PostStore) -> ScanResult:
    return store.scans.run(every_file=False)


def changes(store: PostStore) -> tuple[int, int, int]:
    result = look(store)
    return result.added, result.changed, result.removed


def titles(store: PostStore) -> set[str]:
    return {row.title for row in store.lists.page(Query(), 0, 1000)}


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that are listed."""
    folders: list[str] = []
    real = find_files._list

    def note(path: str, opened: int | str, top: str, most: int) -> find_files._Listing:
        folders.append(Path(path).name)
        return real(path, opened, top, most)

    monkeypatch.setattr(find_files, "_list", note)
    return folders


def test_folders_without_changes_are_not_listed(library: Library, listed: list[str]) -> None:
    library.write("a.md", title="a")
    library.write("en/_posts/b.md", title="b")
    store = settled(library)
    listed.clear()
    result = look(store)
    assert (result.found, result.added, result.changed, result.removed) == (2, 0, 0, 0)
    assert listed == []
    store.scans.run()
    assert sorted(listed) == ["_posts", "_posts", "en", "site"]


def test_only_the_folder_of_a_new_file_is_listed(library: Library, listed: list[str]) -> None:
    library.write("a.md", title="a")
    library.write("en/_posts/deep/b.md", title="b")
    store = settled(library)
    listed.clear()
    library.write("en/_posts/deep/c.md", title="c")
    assert changes(store) == (1, 0, 0)
    assert listed == ["deep"]
    assert titles(store) == {"a", "b", "c"}


def test_removed_files_and_folders_are_missed(library: Library) -> None:
    library.write("a.md", title="a")
    library.write("b.md", title="b")
    deep = library.write("en/_posts/c.md", title="c")
    store = settled(library)
    (library.folder / "_posts" / "b.md").unlink()
    assert changes(store) == (0, 0, 1)
    deep.unlink()
    deep.parent.rmdir()
    assert changes(store) == (0, 0, 1)
    settle(library)
    assert changes(store) == (0, 0, 0)
    assert titles(store) == {"a"}


def test_a_new_folder_is_found(library: Library) -> None:
    library.write("a.md", title="a")
    store = settled(library)
    library.write("en/_posts/b.md", title="b")
    assert changes(store) == (1, 0, 0)


def test_a_file_rewritten_in_place_is_found_by_a_look_at_every_file(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = settled(library)
    path.write_text("---\ntitle: other\n---\n")
    assert changes(store) == (0, 0, 0)
    assert store.scans.run().changed == 1
    assert titles(store) == {"other"}


def test_a_folder_that_has_just_changed_is_listed_again(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    before = path.parent.stat()
    library.write("b.md", title="b")
    # The clock of a file system may stand still meanwhile.
    os.utime(path.parent, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert changes(store) == (1, 0, 0)


def test_another_configuration_has_all_posts_read_again(library: Library) -> None:
    library.write("a.md", title="a", date="2020-01-01 23:00:00")
    config = library.folder / "_config.yml"
    config.write_text("timezone: UTC\n")
    store = settled(library)
    config.write_text("timezone: Asia/Shanghai\n")
    assert changes(store) == (0, 1, 0)
    assert changes(store) == (0, 0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_folders_with_links_are_always_listed(library: Library, listed: list[str]) -> None:
    target = library.write("texts/a.md", title="a")
    (library.folder / "_posts" / "link.md").symlink_to(target)
    store = settled(library)
    assert titles(store) == {"a"}
    listed.clear()
    target.write_text("---\ntitle: other title\n---\n")
    assert changes(store) == (0, 1, 0)
    assert "_posts" in listed


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8")
def test_names_that_are_no_text_stay(library: Library) -> None:
    library.write("a.md", title="a")
    name = os.fsencode(library.folder / "_posts") + b"/\xff.md"
    Path(os.fsdecode(name)).write_text("---\ntitle: odd\n---\n", encoding="utf-8")
    store = settled(library)
    assert look(store).found == 2
    assert changes(store) == (0, 0, 0)
    assert titles(store) == {"a", "odd"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_what_could_not_be_read_is_tried_again(library: Library) -> None:
    path = library.write("a.md", title="a")
    path.chmod(0)
    store = settled(library)
    path.chmod(0o600)
    assert changes(store) == (1, 0, 0)


def test_a_source_that_was_gone_is_listed_again(library: Library) -> None:
    library.write("a.md", title="a")
    store = settled(library)
    away = library.folder.with_name("away")
    library.folder.rename(away)
    assert look(store).problems
    away.rename(library.folder)
    assert changes(store) == (0, 0, 0)
    assert titles(store) == {"a"}


def test_a_rebuilt_index_holds_all_posts(library: Library) -> None:
    library.write("a.md", title="a")
    store = settled(library)
    result = store.scans.run(rebuild=True, every_file=False)
    assert result.added == 1
    assert titles(store) == {"a"}


@pytest.mark.parametrize("seed", range(6))
def test_scan_by_scan_of_folders_comes_to_the_same_as_one_scan(
    library: Library, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    store = library.open()
    for number in range(5):
        # Nothing is rewritten in place: what was there gets another name first.
        before = {path: path.stat().st_mtime_ns for path in library.folder.rglob("*.md")}
        change_files(library, chance)
        for path, stamp in before.items():
            if path.exists() and path.stat().st_mtime_ns != stamp:
                path.rename(path.with_suffix(".new"))
                path.with_suffix(".new").rename(path)
        settle(library)
        look(store)
        fresh = Library(library.folder, tmp_path / f"cache {number}", library.data)
        assert content(store) == content(fresh.scanned())


def test_a_list_of_many_posts_looks_at_folders_of_few_that_have_changed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcd":
        library.write(f"{name}.md", title=name)
    library.write("en/_posts/e.md", title="e")
    store = settled(library)
    monkeypatch.setattr(scans, "FEW_FILES", 3)
    assert store.scans.catch_up() is None
    library.write("en/_posts/f.md", title="f")
    result = store.scans.catch_up()
    assert result is not None
    assert (result.found, result.added) == (6, 1)
    settle(library)
    look(store)
    # To compare so many would take long.
    library.write("g.md", title="g")
    assert store.scans.catch_up() is None
    assert look(store).added == 1


def test_what_has_changed_is_not_known_before_the_first_scan(library: Library) -> None:
    library.open()
    source = Source(library.folder)
    with closing(connect(library.cache / "index.db", library.data / "state.db")) as db:
        assert count_changed(db, 1, source.path) is None
