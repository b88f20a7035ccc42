"""Watch folders for changes: inotify on Linux, FSEvents on macOS, polling elsewhere.

Linux's inotify watches a folder of a million files as easily as one of ten, and no folder but those
that posts are in: neither `.git` nor what else lies in a site. Its interface is inotify(7). On
macOS, FSEvents tells of all that happens below a folder, and watchfiles of that: on Linux, where it
is tested, by inotify.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import struct
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

_ATTRIB: Final = 0x4
_CLOSE_WRITE: Final = 0x8
_MOVED: Final = 0x40 | 0x80
_CREATE: Final = 0x100
_DELETE: Final = 0x200
_SELF: Final = 0x400 | 0x800
_UNMOUNT: Final = 0x2000
_OVERFLOW: Final = 0x4000
_IGNORED: Final = 0x8000
_ONLY_FOLDERS: Final = 0x0100_0000
_IS_FOLDER: Final = 0x4000_0000
_WATCHED: Final = (
    _ATTRIB | _CLOSE_WRITE | _MOVED | _CREATE | _DELETE | _SELF | _ONLY_FOLDERS
)  # Not each write to a file: when it is closed, there is something to read.
_HEAD: Final = struct.Struct("iIII")
_BUFFER: Final = 1 << 18

_POLL_SECONDS: Final = 1.0

_STEP: Final = 100
"""Milliseconds after which watchfiles looks whether something was told, and whether to stop."""

_MODIFIED: Final = 2
"""What watchfiles calls a change of what is there; what comes is 1, what goes 3."""


@dataclass(slots=True)
class FolderEvents:
    """The changes in the folders that are watched.

    Attributes:
        files: Folder and name of files that were written, moved, made or deleted.
        folders: The same of folders; an empty name: the watched folder itself.
        lost: Whether more has happened than could be told.
    """

    files: set[tuple[str, str]] = field(default_factory=set)
    folders: set[tuple[str, str]] = field(default_factory=set)
    lost: bool = False

    def __bool__(self) -> bool:
        return bool(self.files or self.folders or self.lost)

    def add(self, other: FolderEvents) -> None:
        """Add what has happened since."""
        self.files |= other.files
        self.folders |= other.folders
        self.lost |= other.lost


class Watcher(Protocol):
    """Something that watches folders."""

    @property
    def sees_files(self) -> bool:
        """Whether it sees that a file was rewritten."""

    def add(self, folder: str) -> None:
        """Watch a folder, too, but not those in it; one that cannot be watched is passed over."""

    def wait(self, seconds: float, wake: int) -> FolderEvents:
        """Wait for changes: until one comes, `wake` can be read, or a time has passed.

        Args:
            seconds: How long to wait at most.
            wake: A file descriptor.
        """

    def close(self) -> None:
        """Watch no more."""


def make_watcher() -> Watcher:
    """The best watcher there is here."""
    with suppress(OSError, AttributeError, ImportError):
        return InotifyWatcher() if sys.platform == "linux" else TreeWatcher()
    return PollingWatcher()


class InotifyWatcher:
    """Watches folders through Linux's inotify."""

    def __init__(self) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._add_watch = libc.inotify_add_watch
        self._add_watch.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_uint32)
        self._descriptor: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._descriptor < 0:
            raise OSError(ctypes.get_errno(), "inotify cannot be used")
        self._folders: dict[int, str] = {}
        # Watches the folders for which the kernel has no room.
        self._others = PollingWatcher()

    @property
    def sees_files(self) -> bool:
        """Whether it sees that a file was rewritten, in all folders."""
        return not self._others.is_needed

    def add(self, folder: str) -> None:
        """Watch a folder, too."""
        number: int = self._add_watch(self._descriptor, os.fsencode(folder), _WATCHED)
        if number >= 0:
            self._folders[number] = folder
        elif ctypes.get_errno() in {errno.ENOSPC, errno.ENOMEM}:
            self._others.add(folder)

    def wait(self, seconds: float, wake: int) -> FolderEvents:
        """Wait for changes."""
        end = time.monotonic() + seconds
        while True:
            left = max(0.0, end - time.monotonic())
            if self._others.is_needed:
                left = min(left, _POLL_SECONDS)
            ready, _, _ = select.select([self._descriptor, wake], [], [], left)
            events = self._read() if self._descriptor in ready else FolderEvents()
            if self._others.is_needed:
                events.add(self._others.look())
            if events or wake in ready or time.monotonic() >= end:
                return events

    def close(self) -> None:
        """Watch no more."""
        os.close(self._descriptor)

    def _read(self) -> FolderEvents:
        events = FolderEvents()
        try:
            buffer = os.read(self._descriptor, _BUFFER)
        except BlockingIOError:
            return events
        offset = 0
        while offset < len(buffer):
            number, mask, _, length = _HEAD.unpack_from(buffer, offset)
            offset += _HEAD.size
            name = os.fsdecode(buffer[offset : offset + length].rstrip(b"\0"))
            offset += length
            self._note(events, number, mask, name)
        return events

    def _note(self, events: FolderEvents, number: int, mask: int, name: str) -> None:
        if mask & (_OVERFLOW | _UNMOUNT):
            events.lost = True
            return
        folder = self._folders.get(number)
        if folder is None:
            return
        if mask & _IGNORED:
            del self._folders[number]
        if not name or mask & _IS_FOLDER:
            events.folders.add((folder, name))
        else:
            events.files.add((folder, name))


class TreeWatcher:
    """Watches folders through watchfiles, which tells of everything below the topmost of them."""

    def __init__(self) -> None:
        """Watch nothing yet.

        Raises:
            ImportError: If watchfiles is not installed.
        """
        from watchfiles._rust_notify import RustNotify  # noqa: PLC0415  (not on every system)

        self._make = RustNotify
        self._notify: RustNotify | None = None
        self._tops: list[str] = []
        self._folders: set[str] = set()
        # What was told by the one before, and nobody has waited for.
        self._left = FolderEvents()
        # Watches the folders that cannot be watched otherwise.
        self._others = PollingWatcher()

    @property
    def sees_files(self) -> bool:
        """Whether it sees that a file was rewritten, in all folders."""
        return not self._others.is_needed

    def add(self, folder: str) -> None:
        """Watch a folder, too."""
        # watchfiles takes one that is not there without a word, and never tells of it.
        if not Path(folder).is_dir():
            return
        if not any(_is_inside(folder, top) for top in self._tops):
            tops = [*(top for top in self._tops if not _is_inside(top, folder)), folder]
            try:
                # Nothing that happens in between is lost: the new one begins before the old ends.
                notify = self._make(tops, False, False, 0, True, True)
            except (OSError, RuntimeError):
                self._others.add(folder)
                return
            self._left.add(self._read(0.0, None))
            self._notify, self._tops = notify, tops
        self._folders.add(folder)

    def wait(self, seconds: float, wake: int) -> FolderEvents:
        """Wait for changes."""
        end = time.monotonic() + seconds
        while True:
            left = max(0.0, end - time.monotonic())
            if self._others.is_needed:
                left = min(left, _POLL_SECONDS)
            events, self._left = self._left, FolderEvents()
            if not events:
                events.add(self._read(left, _Readable(wake)))
            if self._others.is_needed:
                events.add(self._others.look())
            if events or _Readable(wake).is_set() or time.monotonic() >= end:
                return events

    def close(self) -> None:
        """Watch no more."""
        if self._notify is not None:
            self._notify.close()

    def _read(self, seconds: float, wake: _Readable | None) -> FolderEvents:
        events = FolderEvents()
        if self._notify is None:
            if wake is not None:
                select.select([wake.descriptor], [], [], seconds)
            return events
        milliseconds = max(1, int(seconds * 1000))
        told = self._notify.watch(_STEP, min(_STEP, milliseconds), milliseconds, wake)
        if told == "signal":
            raise KeyboardInterrupt
        for change, path in told if isinstance(told, set) else ():
            self._note(events, change, path)
        return events

    def _note(self, events: FolderEvents, change: int, path: str) -> None:
        folder, name = os.path.split(path)
        is_folder = path in self._folders or Path(path).is_dir()
        if is_folder and change == _MODIFIED:  # its times, as something in it has changed
            return
        if path in self._folders:
            events.folders.add((path, ""))
        if path in self._tops:
            self._tops.remove(path)  # one that comes again is watched when it is added
        if folder in self._folders:
            (events.folders if is_folder else events.files).add((folder, name))


@dataclass(frozen=True, slots=True)
class _Readable:
    """Something that is set once a file descriptor can be read."""

    descriptor: int

    def is_set(self) -> bool:
        return bool(select.select([self.descriptor], [], [], 0)[0])


def _is_inside(path: str, folder: str) -> bool:
    return f"{path}{os.sep}".startswith(f"{folder.rstrip(os.sep)}{os.sep}")


class PollingWatcher:
    """Looks at folders once per second: sees what is new, moved or gone, but no file rewritten."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    @property
    def sees_files(self) -> bool:
        """Whether it sees that a file was rewritten."""
        return False

    @property
    def is_needed(self) -> bool:
        """Whether there is a folder to be looked at."""
        return bool(self._times)

    def add(self, folder: str) -> None:
        """Watch a folder, too."""
        self._times[folder] = _time_of(folder)

    def wait(self, seconds: float, wake: int) -> FolderEvents:
        """Wait for changes."""
        end = time.monotonic() + seconds
        while True:
            left = min(_POLL_SECONDS, max(0.0, end - time.monotonic()))
            ready, _, _ = select.select([wake], [], [], left)
            events = self.look()
            if events or ready or time.monotonic() >= end:
                return events

    def look(self) -> FolderEvents:
        """Look for changes since the last look."""
        changed = {folder for folder, before in self._times.items() if _time_of(folder) != before}
        for folder in changed:
            self._times[folder] = _time_of(folder)
        for folder in [folder for folder in changed if self._times[folder] == 0]:
            del self._times[folder]
        return FolderEvents(folders={(folder, "") for folder in changed})

    def close(self) -> None:
        """Watch no more."""
        self._times.clear()


def _time_of(folder: str) -> int:
    """When a folder was changed; 0 if there is none."""
    try:
        return Path(folder).stat().st_mtime_ns
    except OSError:
        return 0


def debounce(
    watcher: Watcher, wake: int, events: FolderEvents, *, quiet: float, most: float
) -> None:
    """Wait until nothing has happened for `quiet` seconds, or for `most` in all.

    Args:
        watcher: What is waited for.
        wake: A file descriptor that ends the wait when it can be read.
        events: Takes what happens meanwhile.
        quiet: Seconds without an event.
        most: Seconds in all.
    """
    end = time.monotonic() + most
    while time.monotonic() < end:
        more = watcher.wait(quiet, wake)
        if not more:
            return
        events.add(more)
