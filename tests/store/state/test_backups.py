"""Daily copies of the reading state, and how to go back to one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsreader.store import PostStore, StateError
from newsreader.store.state.backups import (
    back_up_daily,
    integrity,
    list_backups,
    newest_backup,
    restore_backup,
)
from tests.store.conftest import Library, id_of

TODAY = date(2026, 3, 9)


def marked(library: Library) -> Path:
    library.write("a.md", title="a", body="Precious.")
    with library.scanned() as store:
        store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    return library.data / "state.db"


def spoil(path: Path) -> None:
    """Overwrite the table of bookmarks."""
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'bookmarks'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xaa" * 4096)


def test_there_is_one_backup_a_day_and_seven_are_kept(library: Library) -> None:
    state = marked(library)
    made = [back_up_daily(state, TODAY + timedelta(days)) for days in range(10)]
    assert all(made)
    assert back_up_daily(state, TODAY + timedelta(9)) is None
    folder = library.data / "backups"
    assert sorted(path.name for path in folder.iterdir()) == [
        f"state-2026-03-{day}.db" for day in range(12, 19)
    ]
    assert newest_backup(state) == folder / "state-2026-03-18.db"
    for backup in list_backups(state):
        assert integrity(backup.path) is None
        assert backup.path.stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(backup.path)) as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
            (raw,) = db.execute("SELECT raw FROM bookmarks").fetchone()
        assert b"Precious." in raw


def test_a_backup_holds_what_is_only_in_the_log_yet(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.scanned()
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    backup = back_up_daily(library.data / "state.db", TODAY)
    assert backup is not None
    with closing(sqlite3.connect(backup)) as db:
        assert db.execute("SELECT count(*) FROM bookmarks").fetchone() == (1,)


def test_an_untouched_state_needs_no_backup(library: Library) -> None:
    library.open().close()
    assert back_up_daily(library.data / "state.db", TODAY) is None
    assert list_backups(library.data / "state.db") == []


def test_of_a_damaged_state_no_backup_is_made_and_none_is_dropped(library: Library) -> None:
    state = marked(library)
    for days in range(7):
        assert back_up_daily(state, TODAY + timedelta(days))
    before = {path: path.read_bytes() for path in (library.data / "backups").iterdir()}
    spoil(state)
    with pytest.raises(StateError, match="state-damaged"):
        back_up_daily(state, TODAY + timedelta(8))
    assert {path: path.read_bytes() for path in (library.data / "backups").iterdir()} == before


def test_leftovers_of_a_killed_copy_are_removed_later(library: Library) -> None:
    state = marked(library)
    folder = library.data / "backups"
    folder.mkdir(mode=0o700)
    old, new = (folder / f".state-2026-03-0{day}.db.1-1.part" for day in (1, 2))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    back_up_daily(state, TODAY)
    assert not old.exists()
    assert new.exists()


def test_a_backup_is_restored_and_the_damaged_state_stays_beside_it(library: Library) -> None:
    state = marked(library)
    backup = back_up_daily(state, TODAY)
    assert backup is not None
    spoil(state)
    with pytest.raises(StateError, match="state-damaged"):
        library.open()
    damaged = state.read_bytes()
    wal = state.with_name("state.db-wal")
    wal.write_bytes(b"the log of the damaged state")
    aside = restore_backup(state, backup)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"the log of the damaged state"
    assert not wal.exists()
    store = library.open()
    (mark,) = store.bookmarks.all()
    assert mark.title == "a"
    assert state.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_what_is_no_backup_is_not_restored(library: Library, content: bytes) -> None:
    state = marked(library)
    before = state.read_bytes()
    wrong = library.data / "wrong.db"
    wrong.write_bytes(content)
    for backup in (wrong, library.data / "missing.db"):
        with pytest.raises(StateError, match="backup-not-restored"):
            restore_backup(state, backup)
    assert state.read_bytes() == before
    assert {path.name for path in library.data.iterdir()} == {"state.db", "wrong.db"}
    store: PostStore = library.open()
    assert len(store.bookmarks.all()) == 1


def test_an_index_or_a_state_of_a_newer_version_is_not_restored(library: Library) -> None:
    state = marked(library)
    before = state.read_bytes()
    index = library.cache / "index.db"
    with pytest.raises(StateError, match="no-state"):
        restore_backup(state, index)
    newer = back_up_daily(state, TODAY)
    assert newer
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(StateError, match="newer"):
        restore_backup(state, newer)
    assert state.read_bytes() == before
    assert not [path for path in library.data.iterdir() if "restored" in path.name]


def test_what_was_set_aside_is_never_written_over(library: Library) -> None:
    state = marked(library)
    backup = back_up_daily(state, TODAY)
    assert backup
    damaged = [bytes([each]) * 100 for each in range(3)]
    aside = []
    for content in damaged:
        state.write_bytes(content)
        aside.append(restore_backup(state, backup))
    assert [path.read_bytes() for path in aside if path] == damaged


def test_a_backup_is_restored_into_a_folder_that_is_gone(library: Library, tmp_path: Path) -> None:
    state = marked(library)
    backup = back_up_daily(state, TODAY)
    assert backup
    there = tmp_path / "new" / "data" / "state.db"
    assert restore_backup(there, backup) is None
    assert there.parent.stat().st_mode & 0o777 == 0o700
    assert integrity(there) is None


def test_backups_of_a_clock_that_was_ahead_do_not_take_the_place_of_todays(
    library: Library,
) -> None:
    state = marked(library)
    for days in range(8):
        assert back_up_daily(state, TODAY + timedelta(1000 + days))
    made = back_up_daily(state, TODAY)
    assert made
    assert made.exists()
    assert back_up_daily(state, TODAY) is None
