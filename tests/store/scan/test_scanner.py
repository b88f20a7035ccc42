"""What a scan does to the index when files come, change and go."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.problems import Problem
from newsreader.store import (
    Labelled,
    PostStore,
    Query,
    ScanProgress,
    StoreError,
    View,
)
from tests.store.conftest import Library, id_of
from tests.store.scan.test_find_files import refuse

Titles = Callable[[PostStore, Query], list[str]]


def test_only_what_has_changed_is_read_again(library: Library, titles: Titles) -> None:
    library.write("a.md", title="a", date="2020-01-01")
    changed = library.write("b.md", title="b", date="2020-01-02")
    removed = library.write("c.md", title="c", date="2020-01-03")
    store = library.open()
    first = store.scans.run()
    assert (first.found, first.added, first.changed, first.removed) == (3, 3, 0, 0)
    again = store.scans.run()
    assert (again.found, again.added, again.changed, again.removed) == (3, 0, 0, 0)
    library.write("b.md", title="b, longer", date="2020-01-02")
    removed.unlink()
    library.write("d.md", title="d", date="2020-01-04")
    third = store.scans.run()
    assert (third.found, third.added, third.changed, third.removed) == (3, 1, 1, 1)
    assert titles(store, Query()) == ["d", "b, longer", "a"]
    assert store.scans.last() == third
    assert changed.exists()


def test_a_change_of_the_same_size_is_noticed_by_its_time(library: Library, titles: Titles) -> None:
    path = library.write("a.md", title="one")
    store = library.scanned()
    path.write_text(path.read_text().replace("one", "two"))
    os.utime(path, ns=(1, 1))
    assert store.scans.run().changed == 1
    assert titles(store, Query()) == ["two"]


def test_a_post_whose_date_changes_moves_and_keeps_its_marks(
    library: Library, titles: Titles
) -> None:
    library.write("a.md", title="a", date="2020-01-01", categories=["x"])
    library.write("b.md", title="b", date="2020-01-02", categories=["x"])
    store = library.scanned()
    before = id_of(store, "a")
    store.marks.set_read([before], True)
    store.bookmarks.set_bookmarked(before, True)
    library.write("a.md", title="a", date="2020-02-03 12:00:00", categories=["x"])
    store.scans.run()
    rows = store.lists.page(Query(Labelled("category", "x")), 0, 10)
    assert [(row.title, row.read, row.bookmarked) for row in rows] == [
        ("a", True, True),
        ("b", False, False),
    ]
    assert rows[0].post_id != before
    assert store.lists.row(before) is None


def test_a_post_that_changes_its_labels_leaves_the_old_ones(library: Library) -> None:
    library.write("a.md", title="a", categories=["old"], tags=["t"])
    store = library.scanned()
    library.write("a.md", title="a", categories=["renewed"], tags=["t"])
    store.scans.run()
    assert store.lists.count(Query(Labelled("category", "old"))) == 0
    assert [label.scope.name for label in store.lists.overview().categories] == ["renewed"]


def test_an_unpublished_post_is_not_listed_but_is_found(library: Library) -> None:
    path = library.write("a.md", title="a", categories=["x"], more="published: false")
    store = library.scanned()
    assert store.lists.count(Query()) == 0
    assert store.lists.overview().categories == ()
    post_id = store.posts.find(path)
    assert post_id is not None
    assert store.posts.parse(store.posts.read(post_id))[0].title == "a"
    library.write("a.md", title="a", categories=["x"])
    store.scans.run()
    assert store.lists.count(Query(Labelled("category", "x"))) == 1


def test_a_bookmarked_file_that_comes_back_is_listed_again(
    library: Library, titles: Titles
) -> None:
    path = library.write("a.md", title="a", categories=["x"])
    text = path.read_bytes()
    store = library.scanned()
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    path.unlink()
    store.scans.run()
    assert store.scans.run().removed == 0
    assert titles(store, Query()) == []
    path.write_bytes(text)
    assert store.scans.run().added == 1
    (row,) = store.lists.page(Query(Labelled("category", "x")), 0, 10)
    assert (row.bookmarked, row.gone) == (True, False)


def test_a_bookmark_removed_after_its_file_stays_until_the_next_scan(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    post_id = id_of(store, "a")
    store.bookmarks.set_bookmarked(post_id, True)
    path.unlink()
    store.scans.run()
    store.bookmarks.set_bookmarked(post_id, False)
    bookmarks = Query(view=View.BOOKMARKS)
    assert store.lists.count(bookmarks) == 0
    kept = Query(view=View.BOOKMARKS, pinned=frozenset({post_id}))
    assert [row.post_id for row in store.lists.page(kept, 0, 10)] == [post_id]
    store.bookmarks.set_bookmarked(post_id, True)
    assert store.posts.read(post_id).gone
    store.bookmarks.set_bookmarked(post_id, False)
    store.scans.run()
    assert store.lists.row(post_id) is None
    assert store.marks.undo() is not None
    assert [row.title for row in store.lists.page(bookmarks, 0, 10)] == ["a"]


def test_a_changed_config_reads_the_posts_of_its_site_again(library: Library) -> None:
    (library.folder / "_config.yml").write_text("timezone: UTC\n")
    library.write("a.md", title="a", date="2020-01-01 10:00:00")
    other = library.write("b.md", title="b", date="2020-01-01 10:00:00", folder=library.data / "x")
    store = library.scanned(library.folder, other.parents[1])
    (library.folder / "_config.yml").write_text("timezone: Asia/Shanghai\ntitle: 新\n")
    result = store.scans.run()
    assert result.changed == 1
    dates = {str(row.title): row.date for row in store.lists.page(Query(), 0, 10)}
    assert dates["a"] == datetime(2020, 1, 1, 2, tzinfo=UTC)
    assert dates["b"] == datetime(2020, 1, 1, 10, tzinfo=UTC)
    assert store.scans.run().changed == 0
    (library.folder / "_config.yml").unlink()
    assert store.scans.run().changed == 1


def test_an_unreadable_folder_is_reported_and_its_posts_stay(
    library: Library, titles: Titles, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write("a.md", title="a", date="2020-01-01")
    library.write("deep/_posts/b.md", title="b", date="2020-01-02")
    store = library.scanned()
    refuse(monkeypatch, library.folder / "deep")
    result = store.scans.run()
    assert result.removed == 0
    assert list(map(describe, result.problems)) == [
        f"A folder cannot be read (permission denied): {library.folder / 'deep'}.",
    ]
    assert titles(store, Query()) == ["b", "a"]
    last = store.scans.last()
    assert last is not None
    assert last.problems == result.problems


def test_a_source_that_is_not_there_loses_no_posts(library: Library, tmp_path: Path) -> None:
    library.write("a.md", title="a")
    store = library.scanned()
    library.folder.rename(tmp_path / "unplugged")
    result = store.scans.run()
    assert result.problems == (Problem("source-missing", (str(library.folder),)),)
    assert store.lists.count(Query()) == 1
    with pytest.raises(StoreError, match="post-file-gone"):
        store.posts.read(id_of(store, "a"))


def test_an_unreadable_file_is_reported_and_keeps_its_row(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library.write("a.md", title="a")
    library.write("b.md", title="b")
    store = library.scanned()
    os.utime(path, ns=(1, 1))
    opening = os.open

    def refusing(name: str, flags: int, mode: int = 0o777) -> int:
        if Path(name) == path:
            raise PermissionError(13, "Permission denied", name)
        return opening(name, flags, mode)

    monkeypatch.setattr("newsreader.store.scan.read_post_file.os.open", refusing)
    result = store.scans.run()
    assert result.problems == (Problem("file-unreadable", (str(path), "permission denied")),)
    assert result.removed == 0
    assert store.lists.count(Query()) == 2


def test_a_file_that_vanishes_while_it_is_read_is_passed_over_quietly(
    library: Library, titles: Titles, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library.write("a.md", title="a")
    library.write("b.md", title="b")
    opening = os.open

    def vanishing(name: str, flags: int, mode: int = 0o777) -> int:
        if Path(name) == path:
            path.unlink(missing_ok=True)
        return opening(name, flags, mode)

    monkeypatch.setattr("newsreader.store.scan.read_post_file.os.open", vanishing)
    store = library.open()
    result = store.scans.run()
    assert (result.found, result.problems) == (1, ())
    assert titles(store, Query()) == ["b"]


@pytest.mark.long
def test_the_newest_names_are_listed_first_while_the_scan_goes_on(
    library: Library, titles: Titles
) -> None:
    for number in range(900):
        library.write(f"2020-01-01-{number:04}.md", title=f"{number}", date="2020-01-01")
    watching = library.open()
    seen: list[tuple[int, list[str]]] = []

    def watch(progress: ScanProgress) -> None:
        seen.append((progress.done, titles(watching, Query())))

    store = library.open()
    result = store.scans.run(progress=watch)
    assert result.found == result.added == 900
    done, listed = seen[0]
    assert done == 0
    assert sorted(map(int, listed)) == list(range(900 - len(listed), 900))
    assert listed
    assert seen[-1][0] == 900


def test_a_rebuild_reads_everything_and_keeps_every_mark(library: Library) -> None:
    library.write("a.md", title="a", date="2020-01-01", categories=["x"])
    gone = library.write("b.md", title="b", date="2020-01-02", categories=["x"])
    store = library.scanned()
    store.marks.set_read([id_of(store, "a")], True)
    store.bookmarks.set_bookmarked(id_of(store, "b"), True)
    gone.unlink()
    result = store.scans.run(rebuild=True)
    assert (result.found, result.added) == (1, 1)
    (row,) = store.lists.page(Query(), 0, 10)
    assert row.read
    (kept,) = store.lists.page(Query(view=View.BOOKMARKS), 0, 10)
    assert (kept.title, kept.gone) == ("b", True)
    assert store.lists.overview().categories[0].counts.total == 1


def test_two_sources_with_a_category_of_one_name_share_it(library: Library, tmp_path: Path) -> None:
    library.write("a.md", title="a", categories=["news"], tags=["t"], folder=tmp_path / "one")
    library.write("b.md", title="b", categories=["news"], tags=["t"], folder=tmp_path / "two")
    store = library.scanned(tmp_path / "one", tmp_path / "two")
    overview = store.lists.overview()
    (news,) = overview.categories
    assert (news.title, news.counts.total) == ("t", 2)
    assert overview.tags == ()
    assert overview.title == "one, two"
    assert store.lists.count(Query(Labelled("category", "news"))) == 2
    one = library.open(tmp_path / "one")
    assert one.lists.count(Query(Labelled("category", "news"))) == 1


def test_odd_names_are_read_listed_and_found_by_path(library: Library) -> None:
    names = ["。 #%?.md", "-.md", "n" * 200 + ".md", "quo'te\"s.md"]
    paths = [library.write(name, title=f"t{number}") for number, name in enumerate(names)]
    odd = Path(os.fsdecode(os.fsencode(library.folder / "_posts") + b"/\xff.md"))
    try:
        odd.write_bytes(b"---\ntitle: odd\n---\n")
        paths.append(odd)
    except OSError:
        pass  # This file system takes UTF-8 names only.
    store = library.scanned()
    assert store.lists.count(Query()) == len(paths)
    for path in paths:
        post_id = store.posts.find(path)
        assert post_id is not None
        assert store.posts.read(post_id).raw == path.read_bytes()
        assert store.posts.find(path.relative_to(library.folder)) == post_id
        store.bookmarks.set_bookmarked(post_id, True)
    assert {bookmark.path for bookmark in store.bookmarks.all()} == {
        str(path.relative_to(library.folder)) for path in paths
    }
    assert store.posts.find("nothing.md") is None


@pytest.mark.parametrize("every_file", [True, False])
def test_a_folder_whose_name_is_no_utf8_is_scanned_again_and_again(
    library: Library, every_file: bool
) -> None:
    folder = Path(os.fsdecode(os.fsencode(library.folder / "_posts") + b"/\xff"))
    try:
        folder.mkdir(parents=True)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for name in ("a.md", "b.md"):
        (folder / name).write_bytes(b"---\ntitle: odd\n---\n")
    library.write("c.md", title="even")
    store = library.scanned()

    def changes() -> tuple[int, int, int, int]:
        done = store.scans.run(every_file=every_file)
        return done.found, done.added, done.changed, done.removed

    assert changes() == (3, 0, 0, 0)
    (folder / "a.md").unlink()
    assert changes() == (2, 0, 0, 1)
    (folder / "a.md").write_bytes(b"---\ntitle: anew\n---\n")
    (folder / "b.md").write_bytes(b"---\ntitle: changed\n---\n")
    assert changes() == (3, 1, 1, 0)
    (folder / "a.md").rename(library.folder / "_posts" / "d.md")
    (folder / "b.md").unlink()
    folder.rmdir()
    assert changes() == (2, 1, 0, 2)


def test_a_new_source_of_many_files_is_compared_piece_by_piece(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.store.scan.compare_files._PIECE", 3)
    for number in range(8):
        library.write(f"{number}.md", title=f"t{number}")
    store = library.scanned()
    library.write("2.md", title="changed and longer")
    library.write("8.md", title="new")
    (library.folder / "_posts" / "5.md").unlink()
    done = store.scans.run()
    assert (done.found, done.added, done.changed, done.removed) == (8, 1, 1, 1)


def test_a_source_that_is_a_file_is_read_and_bookmarked(library: Library) -> None:
    path = library.write("notes.txt", title="notes", folder=library.folder)
    store = library.scanned(path)
    (row,) = store.lists.page(Query(), 0, 10)
    assert store.posts.find(path) == row.post_id
    assert store.posts.read(row.post_id).path == "notes.txt"
    store.bookmarks.set_bookmarked(row.post_id, True)
    path.unlink()
    assert store.posts.read(row.post_id).gone
    assert b"title: notes" in store.posts.read(row.post_id).raw
    assert [bookmark.gone for bookmark in store.bookmarks.all()] == [True]


def test_a_post_of_many_and_long_labels_stays_small_in_the_index(library: Library) -> None:
    tags = [f"t{number}" for number in range(50_000)]
    library.write("a.md", title="x" * 1_000_000, tags=tags, categories=["c" * 10_000])
    begun = time.process_time()
    store = library.scanned()
    (row,) = store.lists.page(Query(), 0, 10)
    overview = store.lists.overview()
    assert time.process_time() - begun < 8  # whatever is not linear takes minutes
    assert len(row.title) <= 1000
    assert len(row.category) <= 200
    assert len(overview.tags) <= 200


def test_a_pipe_among_the_posts_stops_nothing(library: Library, titles: Titles) -> None:
    library.write("a.md", title="a")
    path = library.write("b.md", title="b")
    store = library.scanned()
    path.unlink()
    os.mkfifo(path)
    assert store.scans.run().removed == 1
    assert titles(store, Query()) == ["a"]


def test_a_library_without_sources_shows_the_bookmarks(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.scanned()
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    with PostStore([], cache_dir=library.cache, data_dir=library.data) as bare:
        assert bare.scans.run().found == 0
        assert bare.lists.page(Query(), 0, 10) == []
        assert bare.lists.next_unread(None, query=Query()) is None
        assert bare.marks.mark_all_read(bare.lists.unread_ids(Query())) == 0
        (row,) = bare.lists.page(Query(view=View.BOOKMARKS), 0, 10)
        assert bare.posts.parse(bare.posts.read(row.post_id))[0].title == "a"
        assert bare.lists.overview().everything.bookmarks == 1


def test_what_is_wrong_with_many_sites_is_said_once(library: Library) -> None:
    for number in range(5):
        library.write(f"{number}/_posts/a.md", title="a")
        config = b"timezone: Mars/City-%d\n" % number if number < 3 else b"title: \xff\xfe\x81\n"
        (library.folder / str(number) / "_config.yml").write_bytes(config)
    said = sorted(map(describe, library.open().scans.run().problems))
    assert len(said) == 2
    assert said[0].startswith("Some characters of the site's _config.yml")
    assert said[0].endswith(". So it is in one other site.")
    assert said[1].startswith("The time zone Mars/City-")
    assert said[1].endswith(" of the site is unknown, so UTC is used. So it is in 2 other sites.")
