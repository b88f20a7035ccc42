"""What happens to the reading state when disks, versions and files misbehave."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.store import Patience, Query, StateError, View
from newsreader.store.state.backups import list_backups, newest_backup
from tests.store.conftest import MARKED, Library, flags, id_of, marked, spoil


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
    assert failure.value.problem.code == "damaged-without-backup"
    assert state.read_bytes() == before


def test_a_damaged_state_names_its_newest_backup(library: Library) -> None:
    state = marked(library)
    older, newer = (state.with_name(f"state.db.backup-{number}") for number in (2, 1))
    shutil.copy(state, older)
    shutil.copy(state, newer)
    os.utime(older, (1, 1))
    state.write_bytes(b"no database" * 100)
    with pytest.raises(StateError, match=rf"damaged-with-backup .* {newer}$"):
        library.open()


def test_a_state_that_was_emptied_is_not_begun_anew(library: Library) -> None:
    state = marked(library)
    with library.open() as store:
        store.backups.make()
    os.truncate(state, 0)
    with pytest.raises(StateError, match=r"damaged-with-backup state-damaged .* file-empty"):
        library.open()
    assert state.stat().st_size == 0
    state.unlink()
    (notice,) = library.open().notices
    assert describe(notice).startswith("The reading state was missing, and a new one was begun.")


def test_a_state_that_lost_its_version_keeps_its_tables(library: Library) -> None:
    state = marked(library)
    with closing(sqlite3.connect(state)) as db:
        db.execute("PRAGMA user_version = 0")
    before = state.read_bytes()
    with pytest.raises(StateError, match="version-lost"):
        library.open()
    assert state.read_bytes() == before


def test_a_state_of_a_newer_version_is_left_alone(library: Library) -> None:
    state = marked(library)
    with sqlite3.connect(state) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = state.read_bytes()
    with pytest.raises(StateError, match="state-newer"):
        library.open()
    assert state.read_bytes() == before


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
        assert describe(notice) == (
            "Nothing is saved: the reading state cannot be written"
            f" ({read_only.data / 'state.db'})."
        )
        (kept,) = store.lists.page(Query(view=View.BOOKMARKS), 0, 10)
        assert (kept.title, kept.read) == ("b", False)
        store.marks.check_writable()
        store.marks.set_read([kept.post_id], True)
        row = store.lists.row(kept.post_id)
        assert row is not None
        assert row.read
        with pytest.raises(StateError, match="nothing-saved"):
            store.bookmarks.check_writable()
        with pytest.raises(StateError, match="nothing-saved"):
            store.bookmarks.set_bookmarked(kept.post_id, False)
        assert store.data_version() == store.data_version()
    with read_only.open() as store:
        assert store.lists.row(kept.post_id) == kept


@pytest.mark.parametrize("lock", ["PRAGMA locking_mode = EXCLUSIVE", "SELECT 1"])
@pytest.mark.parametrize("version", ["old", "new"])
def test_a_state_that_another_process_has_locked_is_opened_without_it(
    library: Library, lock: str, version: str
) -> None:
    state = library.data / "state.db"
    marked(library)
    if version == "old":
        shutil.copy(Path(__file__).parent / "fixtures" / "state-1.db", state)
    patience = Patience(opening=0.01, changes=0.01)
    with closing(sqlite3.connect(state, isolation_level=None)) as other:
        other.execute(lock)
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE meta SET value = value")
        store = library.open(patience=patience)
        is_current = version == "new" and lock.startswith("SELECT")
        wanted = [] if is_current else ["Nothing is saved: another process is using the database"]
        assert [describe(each).partition(" (")[0] for each in store.notices] == wanted
        assert store.lists.count(Query()) == 2
        store.close()
        assert newest_backup(state) is None  # nothing was changed yet
    assert not library.open().notices
    assert len(list_backups(state)) == (version == "old")
