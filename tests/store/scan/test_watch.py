"""Being told of changes: what the kernel loses, and what it has no room for."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.store.scan.watch import (
    FolderEvents,
    InotifyWatcher,
    PollingWatcher,
    TreeWatcher,
    Watcher,
    debounce,
    make_watcher,
)

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")


@pytest.fixture
def wake() -> Iterator[int]:
    """A descriptor that nobody wakes by."""
    reads, writes = os.pipe()
    yield reads
    os.close(reads)
    os.close(writes)


def all_seen(watcher: Watcher, wake: int) -> FolderEvents:
    """What is seen until nothing more is."""
    seen = FolderEvents()
    while more := watcher.wait(0.05, wake):
        seen.add(more)
    return seen


@on_linux
def test_events_that_the_kernel_had_no_room_for_are_told_as_lost(tmp_path: Path, wake: int) -> None:
    room = int(QUEUE.read_text()) if QUEUE.exists() else 1 << 30
    if room > 200_000:
        pytest.skip(f"{room} events would take too long")
    one, other = tmp_path / "a.md", tmp_path / "b.md"
    one.touch()
    other.touch()
    watcher = make_watcher()
    assert isinstance(watcher, InotifyWatcher)
    try:
        watcher.add(str(tmp_path))
        # An event that is like the one before it takes no room, so two files take turns.
        for number in range(room + 2):
            (one, other)[number % 2].chmod(0o600)
        assert all_seen(watcher, wake).lost
        one.chmod(0o644)
        seen = all_seen(watcher, wake)
        assert not seen.lost, "what is lost is told once"
        assert seen.files == {(str(tmp_path), "a.md")}
    finally:
        watcher.close()


@on_linux
def test_a_folder_that_comes_again_under_its_name_is_watched_again(
    tmp_path: Path, wake: int
) -> None:
    folder = tmp_path / "_posts"
    folder.mkdir()
    watcher = make_watcher()
    try:
        watcher.add(str(folder))
        folder.rmdir()
        assert (str(folder), "") in all_seen(watcher, wake).folders
        folder.mkdir()
        watcher.add(str(folder))
        (folder / "a.md").write_bytes(b"a")
        assert all_seen(watcher, wake).files == {(str(folder), "a.md")}
    finally:
        watcher.close()


@pytest.fixture
def tree(tmp_path: Path, wake: int) -> Iterator[TreeWatcher]:
    """A watcher of the folder `a` of a tree, and of nothing below that."""
    for name in ("a/.git", "a/images", "b/_posts"):
        (tmp_path / name).mkdir(parents=True)
    watcher = TreeWatcher()
    watcher.add(str(tmp_path / "a"))
    yield watcher
    watcher.close()


def until_seen(watcher: Watcher, wake: int, wanted: FolderEvents) -> FolderEvents:
    """What is seen until all that is wanted is, and half a second longer."""
    seen = FolderEvents()
    end = time.monotonic() + 20
    while not (seen.files >= wanted.files and seen.folders >= wanted.folders):
        assert time.monotonic() < end, (seen, wanted)
        seen.add(watcher.wait(1, wake))
    seen.add(all_seen(watcher, wake))
    return seen


@pytest.mark.long
def test_of_a_tree_what_happens_in_the_folders_that_were_added_is_told(
    tree: TreeWatcher, tmp_path: Path, wake: int
) -> None:
    a, b = tmp_path / "a", tmp_path / "b/_posts"
    (a / ".git/HEAD.md").write_text("x")
    (a / "images/x.md").write_text("x")
    (a / "one.md").write_text("x")
    tree.add(str(b))  # beside it, so that another one is begun
    (a / "two.md").write_text("x")
    (b / "three.md").write_text("x")
    wanted = FolderEvents({(str(a), "one.md"), (str(a), "two.md"), (str(b), "three.md")})
    assert until_seen(tree, wake, wanted) == wanted

    tree.add(str(a / "images"))
    (a / "one.md").write_text("y")
    (a / "two.md").rename(b / "two.md")
    (a / "images/x.md").unlink()
    (a / "new").mkdir()
    wanted = FolderEvents(
        {(str(a), "one.md"), (str(a), "two.md"), (str(b), "two.md"), (str(a / "images"), "x.md")},
        {(str(a), "new")},
    )
    assert until_seen(tree, wake, wanted) == wanted
    assert tree.sees_files


@pytest.mark.long
def test_a_tree_that_comes_again_is_watched_again(
    tree: TreeWatcher, tmp_path: Path, wake: int
) -> None:
    a = tmp_path / "a"
    shutil.rmtree(a)
    assert (str(a), "") in until_seen(tree, wake, FolderEvents(set(), {(str(a), "")})).folders
    tree.add(str(a))  # it is not there
    a.mkdir()
    tree.add(str(a))
    (a / "one.md").write_text("x")
    wanted = FolderEvents({(str(a), "one.md")})
    assert until_seen(tree, wake, wanted).files == wanted.files


def test_a_tree_that_cannot_be_watched_is_looked_at(
    tree: TreeWatcher, tmp_path: Path, wake: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("too many open files")

    folder = tmp_path / "b"
    os.utime(folder, (1, 1))
    monkeypatch.setattr(tree, "_make", fail)
    tree.add(str(folder))
    assert not tree.sees_files
    (folder / "a.md").write_bytes(b"a")
    assert tree.wait(0, wake).folders == {(str(folder), "")}


@pytest.mark.parametrize(
    ("system", "is_installed", "kind"),
    [
        ("darwin", True, TreeWatcher),
        ("darwin", False, PollingWatcher),
        ("aix", False, PollingWatcher),
    ],
)
def test_where_there_is_no_inotify_another_watches(
    monkeypatch: pytest.MonkeyPatch, system: str, is_installed: bool, kind: type[Watcher]
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    if not is_installed:
        monkeypatch.setitem(sys.modules, "watchfiles._rust_notify", None)
    watcher = make_watcher()
    watcher.close()
    assert isinstance(watcher, kind)


class FullKernel:
    """The C library on a machine whose kernel watches no more folders."""

    def __init__(self, name: None, *, use_errno: bool) -> None:
        self.inotify_init1 = _libc(name, use_errno=use_errno).inotify_init1

    class _AddWatch:
        argtypes: tuple[type, ...] = ()

        def __call__(self, _descriptor: int, folder: bytes, _mask: int) -> int:
            ctypes.set_errno(errno.ENOSPC if Path(os.fsdecode(folder)).exists() else errno.ENOENT)
            return -1

    inotify_add_watch = _AddWatch()


_libc = ctypes.CDLL


@on_linux
def test_a_folder_that_the_kernel_has_no_room_for_is_looked_at(
    tmp_path: Path, wake: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "_posts"
    folder.mkdir()
    os.utime(folder, (1, 1))
    with monkeypatch.context() as patch:
        patch.setattr(ctypes, "CDLL", FullKernel)
        watcher = InotifyWatcher()
    try:
        sees_files = []
        for path in (tmp_path / "not there", folder):
            watcher.add(str(path))
            sees_files.append(watcher.sees_files)
        assert sees_files == [True, False], "so that the follower scans more often"
        (folder / "a.md").write_bytes(b"a")
        assert watcher.wait(0, wake).folders == {(str(folder), "")}
    finally:
        watcher.close()


def test_a_folder_that_is_gone_is_looked_at_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "_posts"
    folder.mkdir()
    watcher = PollingWatcher()
    watcher.add(str(folder))
    was_needed = watcher.is_needed
    assert not watcher.look()
    folder.rmdir()
    assert watcher.look().folders == {(str(folder), "")}
    assert (was_needed, watcher.is_needed) == (True, False)
    assert not watcher.look()


class RestlessWatcher(PollingWatcher):
    """Sees something of another file at every look, as long as there is something left."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        super().__init__()
        self.now = 100.0
        self.left = times
        self.waits: list[float] = []
        monkeypatch.setattr(time, "monotonic", lambda: self.now)

    def wait(self, seconds: float, wake: int) -> FolderEvents:
        self.waits.append(seconds)
        if not self.left:
            self.now += seconds
            return FolderEvents()
        self.left -= 1
        self.now += seconds / 2
        return FolderEvents(files={("folder", f"{self.left}")}, lost=self.left == 3)


def test_what_happens_in_a_row_is_taken_together(monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = RestlessWatcher(monkeypatch, 5)
    seen = FolderEvents(files={("folder", "first")})
    debounce(watcher, 0, seen, quiet=0.25, most=1000.0)
    names = {name for _, name in seen.files}
    assert names == {"first", "0", "1", "2", "3", "4"}
    assert seen.lost
    assert watcher.waits == [0.25] * 6


def test_what_never_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = RestlessWatcher(monkeypatch, 1_000_000)
    begun = watcher.now
    debounce(watcher, 0, FolderEvents(), quiet=0.25, most=2.0)
    assert 2.0 <= watcher.now - begun <= 2.25
