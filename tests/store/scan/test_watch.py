"""Being told of changes: what the kernel loses, and what it has no room for."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.store.scan.watch import (
    FolderEvents,
    InotifyWatcher,
    PollingWatcher,
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
