"""Folders and files of the reader's own, and what happens if there is no room for them."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.store import PostStore, Query, Source, StateError, StoreError
from tests.store.conftest import Library, flags, id_of, marked


def test_folders_and_files_are_private(library: Library) -> None:
    marked(library)
    for folder in (library.cache, library.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for path in folder.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_where_no_folder_can_be_made_reading_goes_on_and_says_so(
    library: Library, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    library.write("a.md", title="a")
    sources = [Source(library.folder)]
    with PostStore(sources, cache_dir=blocked / "cache", data_dir=blocked / "data") as store:
        unsaved, anew = store.notices
        assert describe(unsaved) == (
            f"Nothing is saved: not a directory ({blocked / 'data/state.db'})."
        )
        assert str(blocked / "cache/index.db") in describe(anew)
        assert describe(anew).startswith("A temporary index is used (not a directory): ")
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
            with pytest.raises(StateError, match="nothing-saved"):
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
    with pytest.raises(StateError, match="no-temporary-folder"):
        PostStore(sources, cache_dir=library.cache, data_dir=blocked / "data")
    with pytest.raises(StoreError, match="no-temporary-folder"):
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
        lambda: store.marks.mark_all_read(store.lists.unread_ids(Query())),
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


@pytest.mark.long
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
        assert line.startswith(f"state-not-written {library.data / 'state.db'} ")


def test_a_closed_store_says_so(library: Library) -> None:
    store = library.open()
    store.close()
    with pytest.raises(StoreError):
        store.lists.count(Query())
