"""When a copy of the state counts, and what going back to one leaves of what came after it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.store import Query, View
from newsreader.store.state.backups import copy_state, integrity, restore_backup
from tests.store.conftest import Library, id_of


def unread(library: Library) -> set[str]:
    with library.open() as store:
        return {row.title for row in store.lists.page(Query(view=View.UNREAD), 0, 10)}


def read(library: Library, title: str) -> None:
    with library.open() as store:
        store.marks.set_read([id_of(store, title)], True)


@pytest.fixture
def state(library: Library) -> Path:
    """A state in which one of three posts is read."""
    for title in ("a", "b", "c"):
        library.write(f"{title}.md", title=title)
    library.scanned().close()
    read(library, "a")
    return library.data / "state.db"


def test_a_copy_is_on_the_disk_before_it_has_its_name(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    target = folder / "copy.db"
    synced: list[tuple[bool, bytes]] = []

    def fsync(descriptor: int) -> None:
        written = os.fstat(descriptor)
        if os.path.samestat(folder.stat(), written):
            synced.append((target.exists(), b"the folder"))
        synced.extend(
            (target.exists(), each.read_bytes())
            for each in folder.iterdir()
            if os.path.samestat(each.stat(), written)
        )

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        copy_state(state, target)
    assert synced == [(False, target.read_bytes()), (True, b"the folder")]
    assert [each.name for each in folder.iterdir()] == ["copy.db"]


def test_an_index_that_has_seen_more_than_a_backup_holds_begins_anew(
    library: Library, state: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "copy.db"
    copy_state(state, backup)
    read(library, "b")
    assert unread(library) == {"c"}
    restore_backup(state, backup)
    # As many changes as there were before, but others; and by a reader with an index of its own.
    elsewhere = Library(library.folder, tmp_path / "another cache", library.data)
    elsewhere.scanned().close()
    read(elsewhere, "c")
    elsewhere.close()
    assert unread(library) == {"b"}


def test_a_log_that_a_deleted_state_left_behind_does_not_get_into_the_backup(
    library: Library, state: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "copy.db"
    copy_state(state, backup)
    state.unlink(missing_ok=True)
    left = [state.with_name(state.name + end) for end in ("-wal", "-shm")]
    for path in left:
        path.write_bytes(b"of another state" * 1000)
    assert restore_backup(state, backup) is None
    assert not [path for path in left if path.exists()]
    assert integrity(state) is None
    assert unread(library) == {"b", "c"}


def test_what_was_restored_has_its_name_on_the_disk(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "copy.db"
    copy_state(state, backup)
    renamed: list[bool] = []

    def fsync(descriptor: int) -> None:
        if os.path.samestat(state.parent.stat(), os.fstat(descriptor)):
            renamed.append(not any(state.parent.glob("*.restored")))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        restore_backup(state, backup)
    assert renamed[-1]
