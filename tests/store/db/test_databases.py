"""What happens to the reading state and the index when disks, versions and files misbehave."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.store import PostStore, Query, Source, StateError, StoreError, View
from newsreader.store.state import schema as state_tables
from newsreader.store.state.backups import newest_backup
from tests.store.conftest import Library, id_of


def marked(library: Library) -> Path:
    """A library with one read and one bookmarked post, closed; its state."""
    library.write("a.md", title="a", date="2020-01-01")
    library.write("b.md", title="b", date="2020-01-02")
    with library.scanned() as store:
        store.marks.set_read([id_of(store, "a")], True)
        store.bookmarks.set_bookmarked(id_of(store, "b"), True)
    return library.data / "state.db"


def flags(store: PostStore) -> dict[str, tuple[bool, bool]]:
    return {row.title: (row.read, row.bookmarked) for row in store.lists.page(Query(), 0, 100)}


MARKED = {"a": (True, False), "b": (False, True)}


def test_folders_and_files_are_private(library: Library) -> None:
    marked(library)
    for folder in (library.cache, library.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for path in folder.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_what_others_could_read_is_made_private_with_all_that_belongs_to_it(
    library: Library,
) -> None:
    state = marked(library)
    library.data.chmod(0o755)
    state.chmod(0o644)
    store = library.open()
    store.marks.set_read([id_of(store, "b")], True)
    store.backups.make()
    names: set[str] = set()
    for path in (library.data, *library.data.rglob("*")):
        names.add(path.name)
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert {"state.db", "state.db-wal", "state.db-shm", "backups"} <= names


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
        with pytest.raises(StoreError, match="The index is damaged"), library.open() as store:
            store.scans.run(rebuild=True)
    store = library.open()
    (notice,) = store.notices
    (aside,) = (p for p in library.cache.iterdir() if ".broken-" in p.name and p.suffix != ".x")
    assert notice == f"The index was damaged and is made anew; the old one is {aside}."
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


def spoil(path: Path, damage: str) -> None:
    size = path.stat().st_size
    match damage:
        case "garbage":
            path.write_bytes(b"no database " * 1000)
        case "short":
            path.write_bytes(b"x")
        case "cut":
            os.truncate(path, size // 2 // 4096 * 4096)
        case _:
            with closing(sqlite3.connect(path)) as db:
                (page,) = db.execute(
                    "SELECT rootpage FROM sqlite_schema WHERE name IN ('posts', 'bookmarks')"
                ).fetchone()
            with path.open("r+b") as file:
                file.seek((page - 1) * 4096)
                file.write(b"\xaa" * 4096)


@pytest.mark.parametrize("damage", ["garbage", "short", "cut", "inside"])
def test_a_damaged_state_stops_with_a_sentence_and_is_not_touched(
    library: Library, damage: str
) -> None:
    state = marked(library)
    spoil(state, damage)
    before = state.read_bytes()
    with pytest.raises(StateError) as failure:
        library.open()
    assert str(state) in str(failure.value)
    assert "There is no backup." in str(failure.value)
    assert state.read_bytes() == before


def test_a_damaged_state_names_its_newest_backup(library: Library) -> None:
    state = marked(library)
    older, newer = (state.with_name(f"state.db.backup-{number}") for number in (2, 1))
    shutil.copy(state, older)
    shutil.copy(state, newer)
    os.utime(older, (1, 1))
    state.write_bytes(b"no database" * 100)
    with pytest.raises(
        StateError, match=rf"newest backup is {newer}; `newsreader doctor --restore`"
    ):
        library.open()


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


def test_a_state_that_was_emptied_is_not_begun_anew(library: Library) -> None:
    state = marked(library)
    with library.open() as store:
        store.backups.make()
    os.truncate(state, 0)
    with pytest.raises(StateError, match=r"damaged \(the file is empty\). The newest backup is"):
        library.open()
    assert state.stat().st_size == 0
    state.unlink()
    (notice,) = library.open().notices
    assert notice.startswith(f"The reading state {state} was missing, and a new one was begun.")


def test_a_state_that_lost_its_version_keeps_its_tables(library: Library) -> None:
    state = marked(library)
    with closing(sqlite3.connect(state)) as db:
        db.execute("PRAGMA user_version = 0")
    before = state.read_bytes()
    with pytest.raises(StateError, match="it has lost its version"):
        library.open()
    assert state.read_bytes() == before


def test_a_state_of_a_newer_version_is_left_alone(library: Library) -> None:
    state = marked(library)
    with sqlite3.connect(state) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = state.read_bytes()
    with pytest.raises(StateError, match="newer newsreader"):
        library.open()
    assert state.read_bytes() == before


def test_a_state_is_copied_before_it_is_brought_to_a_new_version(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = marked(library)
    now = state_tables.STATE_VERSION
    monkeypatch.setattr(state_tables, "STATE_VERSION", now + 2)
    steps = {
        now: "CREATE TABLE one (x);",
        now + 1: "CREATE TABLE two (x);\nINSERT INTO two VALUES (1);",
    }
    monkeypatch.setattr(state_tables, "MIGRATIONS", steps)
    assert flags(library.open()) == MARKED
    backup = newest_backup(state)
    assert backup is not None
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    for path, version in ((backup, now), (state, now + 2)):
        db = sqlite3.connect(path)
        assert db.execute("PRAGMA user_version").fetchone() == (version,)
        assert db.execute("SELECT count(*) FROM marks").fetchone() == (2,)
        db.close()


@pytest.mark.parametrize(
    "steps",
    [
        "CREATE TABLE one (x);\nINSERT INTO no VALUES (1);",
        "CREATE TABLE one (x);\nINSERT INTO changes VALUES (9, 'a', 'b', 9, 9, '', '');",
    ],
)
def test_a_failed_migration_changes_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch, steps: str
) -> None:
    state = marked(library)
    now = state_tables.STATE_VERSION
    monkeypatch.setattr(state_tables, "STATE_VERSION", now + 1)
    monkeypatch.setattr(state_tables, "MIGRATIONS", {now: steps})
    with pytest.raises(StateError):
        library.open()
    db = sqlite3.connect(state)
    assert db.execute("PRAGMA user_version").fetchone() == (now,)
    assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'one'").fetchone() == (0,)
    db.close()


def test_another_state_in_place_of_the_old_one_wins(library: Library) -> None:
    state = marked(library)
    for path in library.data.iterdir():
        path.unlink()
    store = library.open()
    assert flags(store) == {"a": (False, False), "b": (False, False)}
    assert store.lists.overview().everything.unread == 2
    assert state.exists()


def test_an_older_state_put_back_wins(library: Library) -> None:
    state = marked(library)
    copy = library.data / "copy"
    shutil.copy(state, copy)
    with library.open() as store:
        store.marks.set_read([id_of(store, "b")], True)
        assert flags(store)["b"] == (True, True)
    copy.replace(state)
    assert flags(library.open()) == MARKED


def test_where_no_folder_can_be_made_reading_goes_on_and_says_so(
    library: Library, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    library.write("a.md", title="a")
    sources = [Source(library.folder)]
    with PostStore(sources, cache_dir=blocked / "cache", data_dir=blocked / "data") as store:
        unsaved, anew = store.notices
        assert unsaved == (
            f"The reading state {blocked / 'data/state.db'} cannot be used (not a directory):"
            " reading goes on, but nothing is saved."
        )
        assert str(blocked / "cache/index.db") in anew
        assert anew.endswith("The posts are read anew, for this time only.")
        store.scans.run()
        a = id_of(store, "a")
        store.marks.set_read([a], True)
        assert flags(store) == {"a": (True, False)}
        assert store.marks.undo() is not None
        for action in (
            lambda: store.bookmarks.set_bookmarked(a, True),
            lambda: store.bookmarks.set_note(a, "x"),
            lambda: store.bookmarks.update(a),
        ):
            with pytest.raises(StateError, match="nothing is saved"):
                action()
        places = [store.databases.state_path.parent, store.databases.index_path.parent]
        assert all(place.is_dir() for place in places)
    assert not any(place.exists() for place in places)
    assert blocked.read_text() == ""


def test_without_any_place_to_write_there_is_a_sentence(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")

    def refuse(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    sources = [Source(library.folder)]
    with pytest.raises(StateError, match="There is no temporary folder either"):
        PostStore(sources, cache_dir=library.cache, data_dir=blocked / "data")
    with pytest.raises(StoreError, match="There is no temporary folder either"):
        PostStore(sources, cache_dir=blocked / "cache", data_dir=library.data)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from newsreader.store import PostStore, Query, Source, StoreError
folder, cache, data = map(Path, sys.argv[1:])
with PostStore([Source(folder)], cache_dir=cache, data_dir=data) as store:
    rows = store.lists.page(Query(), 0, 10)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    for action in (
        lambda: store.marks.set_read([rows[0].post_id], True),
        lambda: store.bookmarks.set_bookmarked(rows[1].post_id, True),
        lambda: store.marks.mark_all_read(Query()),
    ):
        try:
            action()
        except StoreError as error:
            print(error)
    assert store.lists.page(Query(), 0, 10) == rows
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.marks.set_read([rows[0].post_id], True)
    assert store.lists.page(Query(), 0, 1)[0].read
"""


def test_on_a_full_disk_a_mark_fails_with_a_sentence_and_nothing_changes(library: Library) -> None:
    library.write("a.md", title="a")
    library.write("b.md", title="b")
    library.scanned().close()
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, library.folder, library.cache, library.data],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    for line in lines:
        assert line.startswith(f"The reading state {library.data / 'state.db'} cannot be written (")


@pytest.fixture
def read_only(library: Library) -> Iterator[Library]:
    """A library whose data folder the process may not write to, in a place that all may enter."""
    state = marked(library)
    place = Path(tempfile.mkdtemp(prefix="newsreader-test-"))
    copied = Library(library.folder, place / "cache", place / "data")
    copied.data.mkdir()
    shutil.copy(state, copied.data / "state.db")
    user = 65534 if os.geteuid() == 0 else os.geteuid()
    place.chmod(0o777)
    (copied.data / "state.db").chmod(0o444)
    copied.data.chmod(0o555)
    was = os.geteuid()
    os.seteuid(user)
    try:
        yield copied
    finally:
        copied.close()
        os.seteuid(was)
        copied.data.chmod(0o755)
        shutil.rmtree(place)


def test_a_state_that_cannot_be_written_is_read_and_nothing_is_saved(
    read_only: Library,
) -> None:
    with read_only.open() as store:
        (notice,) = store.notices
        assert notice == (
            f"The reading state {read_only.data / 'state.db'} cannot be used (it cannot be"
            " written): reading goes on, but nothing is saved."
        )
        (kept,) = store.lists.page(Query(view=View.BOOKMARKS), 0, 10)
        assert (kept.title, kept.read) == ("b", False)
        store.marks.set_read([kept.post_id], True)
        row = store.lists.row(kept.post_id)
        assert row is not None
        assert row.read
        with pytest.raises(StateError, match="nothing is saved"):
            store.bookmarks.set_bookmarked(kept.post_id, False)
        assert store.data_version() == store.data_version()
    with read_only.open() as store:
        assert store.lists.row(kept.post_id) == kept


def test_a_closed_store_says_so(library: Library) -> None:
    store = library.open()
    store.close()
    with pytest.raises(StoreError):
        store.lists.count(Query())
