"""What is on the disk when: an export that a power cut ends never names what it has not written."""

from __future__ import annotations

import errno
import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.store import Query, StoreError
from newsreader.store.state.open_state import open_state, state_alone
from newsreader.store.transfer.export_site import export_site
from newsreader.store.transfer.manifest import MANIFEST
from newsreader.store.transfer.whole_files import write_whole
from newsreader.store.values import Exported
from tests.store.conftest import Library

PICTURE = b"\x89PNG\r\n\x1a\n picture"


@pytest.fixture
def bookmarked(library: Library) -> Library:
    """Two bookmarks, one with a picture; closed."""
    (library.folder / "images").mkdir()
    (library.folder / "images/a.png").write_bytes(PICTURE)
    library.write("2024-05-01-a.md", title="a", body="![](/images/a.png)")
    library.write("2024-05-02-b.md", title="b")
    with library.scanned() as store:
        for row in store.lists.page(Query(), 0, 10):
            store.bookmarks.set_bookmarked(row.post_id, True)
    return library


def export(library: Library, folder: Path) -> Exported:
    with closing(open_state(library.data)) as state, state_alone(state) as db:
        return export_site(db, folder)


def files_of(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.skipif(not hasattr(os, "sync"), reason="no such call here")
def test_all_that_the_manifest_names_is_on_the_disk_before_it(
    bookmarked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    on_disk: list[set[str]] = []
    monkeypatch.setattr(os, "sync", lambda: on_disk.append(files_of(folder)))
    export(bookmarked, folder)
    named = {"_config.yml", "_posts/2024-05-01-a.md", "_posts/2024-05-02-b.md", "images/a.png"}
    assert on_disk == [{*named, MANIFEST}]  # that of nothing, with which an export begins
    assert files_of(folder) == {*named, MANIFEST}


def test_the_manifest_is_on_the_disk_before_it_has_its_name(
    bookmarked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    export(bookmarked, folder)
    before = (folder / MANIFEST).read_bytes()
    with bookmarked.open() as store:
        store.bookmarks.set_note(store.lists.page(Query(), 0, 1)[0].post_id, "A note.")
    synced: list[bytes] = []

    def fsync(descriptor: int) -> None:
        if os.path.samestat(folder.stat(), os.fstat(descriptor)):
            return
        assert (folder / MANIFEST).read_bytes() == before
        written = os.fstat(descriptor)
        synced.extend(
            each.read_bytes() for each in folder.iterdir() if os.path.samestat(each.stat(), written)
        )

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        export(bookmarked, folder)
    assert synced == [(folder / MANIFEST).read_bytes()]


def test_a_manifest_that_cannot_be_written_leaves_the_one_before_it(
    bookmarked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    export(bookmarked, folder)
    before = (folder / MANIFEST).read_bytes()
    with bookmarked.open() as store:
        store.bookmarks.set_note(store.lists.page(Query(), 0, 1)[0].post_id, "A note.")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="not-written"):
            export(bookmarked, folder)
    assert (folder / MANIFEST).read_bytes() == before
    assert not [name for name in files_of(folder) if name.endswith(".part")]
    export(bookmarked, folder)
    assert "A note." in json.dumps(json.loads((folder / MANIFEST).read_bytes()))


def test_a_file_is_never_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"before")
    replace = Path.replace
    seen: list[bytes] = []

    def looked_at(part: Path, target: Path) -> Path:
        seen.append(path.read_bytes())
        assert part.read_bytes() == b"after", "all of it is written"
        assert part.parent == path.parent, "else it is no renaming"
        return replace(part, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", looked_at)
        write_whole(path, b"after")
    assert seen == [b"before"]
    assert path.read_bytes() == b"after"
    assert [each.name for each in tmp_path.iterdir()] == ["post.md"]
