"""Follow a library: bring its index up to date whenever its folders change.

One process follows a library; those of other readers wait until it ends. The lock of the index is
held while posts are written only, so others can index meanwhile.
"""

from __future__ import annotations

import os
import select
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import Final

from newsreader.files import is_file, is_gone
from newsreader.posts.site_files import CONFIG
from newsreader.runtime import give_memory_back, only_when_idle
from newsreader.store.db.connect import INDEX, STATE, connect
from newsreader.store.db.locks import NO_LIMIT, scan_lock
from newsreader.store.db.stored_path import to_stored
from newsreader.store.db.transactions import writing
from newsreader.store.index.read_flags import mirror, remove_post
from newsreader.store.index.scan_log import library_key
from newsreader.store.index.writer import FullText, IndexEntry, IndexWriter
from newsreader.store.scan.find_files import is_entered, is_post_name, site_root
from newsreader.store.scan.index_entry import run_job
from newsreader.store.scan.jobs import Folder, Job, UnreadableFile
from newsreader.store.scan.renamed_posts import RenamedPosts
from newsreader.store.scan.scanner import scan_sources
from newsreader.store.scan.watch import FolderEvents, Watcher, debounce, make_watcher
from newsreader.store.values import Source

FLOOD: Final = 2000
"""From so many changed files on, a scan finds them faster."""

_WAITED: Final = 1.0
"""Seconds until it is tried again to become the one that follows, or a lost source is back."""

_QUIET: Final = 0.2
_LONGEST: Final = 1.0
_FLOOD_LONGEST: Final = 4.0
_WRITTEN_AT_ONCE: Final = 100

# What no event tells is found by a look at every file now and then: what was rewritten before this
# process began, what happens on a disk of another machine. It takes this part of the time at most,
# and the processor only when nobody else wants it.
_SCAN_EVERY: Final = 60.0
_POLLED_EVERY: Final = 1.5
_SCAN_PART: Final = 50


class _Due(Enum):
    """What scan is due: of changed folders, of every file, or one that nobody waits for."""

    NOTHING = 0
    FOLDERS = 1
    FILES = 2
    CHECK = 3

    def __bool__(self) -> bool:
        return self is not _Due.NOTHING


class ScanRequests:
    """Reads requests of the reader on the standard input: each line asks for a scan.

    When it ends, so has the reader, or it has closed its store: then this process ends at once. A
    transaction in the middle is as if it had never begun, and the next scan goes on from there.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.wake, self._waker = os.pipe()
        threading.Thread(target=self._listen, name="commands", daemon=True).start()

    def take(self) -> bool:
        """Whether a scan was asked for since the last time."""
        asked = False
        while select.select([self.wake], [], [], 0)[0]:
            asked = bool(os.read(self.wake, 512)) or asked
        return asked

    def _listen(self) -> None:
        # Not by a stream, whose lock this thread would still hold when the process ends otherwise.
        while os.read(self._descriptor, 512):
            os.write(self._waker, b"\n")
        os._exit(0)


def follow(
    sources: Sequence[Source], *, cache_dir: Path, data_dir: Path, asked: ScanRequests
) -> None:
    """Scan the sources, then index what changes in them; never returns.

    Raises:
        sqlite3.Error: If the index can no longer be used.
        StoreError: Likewise.
    """
    _Follower(sources, cache_dir, data_dir, asked).run()


class _Follower:
    def __init__(
        self, sources: Sequence[Source], cache_dir: Path, data_dir: Path, asked: ScanRequests
    ) -> None:
        self._sources = sources
        self._cache_dir = cache_dir
        self._data_dir = data_dir
        self._asked = asked
        self._watcher: Watcher | None = None
        self._folders: dict[str, list[Folder]] = {}
        self._scanned = 0.0
        self._scan_seconds = 0.0
        self._scanned_index = (0, 0)

    def run(self) -> None:
        """Scan, then follow or wait."""
        with ExitStack() as stack:
            due = _Due.FOLDERS
            while True:
                if self._watcher is None and self._lead(stack):
                    due = due or _Due.FOLDERS
                if due:
                    self._scan(due)
                due = self._step()

    def _lead(self, stack: ExitStack) -> bool:
        """Become the one that follows this library, if there is none."""
        key = blake2b(library_key(self._sources).encode(), digest_size=8).hexdigest()
        lock = scan_lock(self._cache_dir, seconds=0, name=f"follow-{key}.lock")
        if not stack.enter_context(lock):
            stack.pop_all().close()
            return False
        self._watcher = make_watcher()
        return True

    def _step(self) -> _Due:
        """Wait for something to happen, and index it; return what scan is due instead."""
        watcher, wake = self._watcher, self._asked.wake
        if watcher is None:
            select.select([wake], [], [], _WAITED)
            return _Due.FILES if self._asked.take() else _Due.NOTHING
        seconds = self._seconds_left()
        missing = [source for source in self._sources if is_gone(source.path)]
        events = watcher.wait(min(seconds, _WAITED) if missing else seconds, wake)
        if self._asked.take() or any(not is_gone(source.path) for source in missing):
            return _Due.FILES
        if not events:
            return _Due.NOTHING if self._seconds_left() else _Due.CHECK
        debounce(watcher, wake, events, quiet=_QUIET, most=_LONGEST)
        if len(events.files) > FLOOD:
            debounce(watcher, wake, events, quiet=_QUIET, most=_FLOOD_LONGEST)
        if self._update(events):
            return _Due.NOTHING
        # A new folder is found by the time of the one it is in; a rewritten file is not.
        return _Due.FILES if events.lost or events.files else _Due.FOLDERS

    def _seconds_left(self) -> float:
        """Compute the seconds until the next scan that nobody asks for."""
        polled = self._watcher is None or not self._watcher.sees_files
        every = max(_POLLED_EVERY if polled else _SCAN_EVERY, self._scan_seconds * _SCAN_PART)
        return max(0.0, self._scanned + every - time.monotonic())

    def _scan(self, due: _Due) -> None:
        if self._asked.take():
            # Who has asked by now waits for this scan to be written down.
            due = _Due.FILES
        quiet = due is _Due.CHECK
        watcher = self._watcher
        if watcher is not None:
            for source in self._sources:
                # A site's configuration may lie above the source; a source may be one file.
                watcher.add(str(source.path.parent if is_file(source.path) else source.path))
                watcher.add(str(site_root(source.path)))
        with only_when_idle() if quiet else nullcontext(), self._index() as db:
            begun = time.monotonic()
            self._folders.clear()
            self._scanned_index = self._index_file()
            scan_sources(
                db,
                self._sources,
                quiet=quiet,
                every_file=due is not _Due.FOLDERS,
                watch=self._watch,
                place=self._place,
            )
        give_memory_back()
        self._scanned = time.monotonic()
        self._scan_seconds = self._scanned - begun

    def _watch(self, folder: str) -> None:
        if self._watcher is not None:
            self._watcher.add(folder)

    def _place(self, folder: Folder) -> None:
        path = f"{folder.base}{folder.prefix}".rstrip("/") or "/"
        self._folders.setdefault(path, []).append(folder)

    def _update(self, events: FolderEvents) -> bool:
        """Index the files that changed; False if that takes a scan."""
        if events.lost or len(events.files) > FLOOD:
            return False
        if any(not name or is_entered(name) for _, name in events.folders):
            return False
        jobs: list[Job] = []
        for path, name in sorted(events.files):
            if name == CONFIG:
                return False
            if not self._is_concerned(path, name):
                continue
            folders = self._folders.get(path)
            # In a folder that had no posts, or by a link, which may lead anywhere.
            if not folders or Path(path, name).is_symlink():
                return False
            jobs += [Job(folder, name, with_text=True) for folder in folders]
        if jobs:
            with self._index() as db:
                if self._index_file() != self._scanned_index:
                    # It was made anew, and gives the numbers of sources to others now.
                    return False
                update_files(db, jobs)
        return True

    def _index_file(self) -> tuple[int, int]:
        """Identify an index file, to notice if another one takes its place."""
        status = (self._cache_dir / INDEX).stat()
        return status.st_dev, status.st_ino

    def _is_concerned(self, folder: str, name: str) -> bool:
        if any(Path(folder, name) == source.path for source in self._sources):
            return True
        if not is_post_name(name):
            return False
        # Of a folder above the source only the configuration matters.
        return any(Path(folder).is_relative_to(source.path) for source in self._sources)

    @contextmanager
    def _index(self) -> Iterator[sqlite3.Connection]:
        paths = self._cache_dir / INDEX, self._data_dir / STATE
        with scan_lock(self._cache_dir, seconds=NO_LIMIT), closing(connect(*paths)) as db:
            yield db


def update_files(db: sqlite3.Connection, jobs: Sequence[Job]) -> None:
    """Bring the index up to date with some files, in short transactions.

    Args:
        db: A connection to both databases; nobody else scans.
        jobs: The files, whether they are there or not.
    """
    writer = IndexWriter(db)
    # Those that are gone come first, so that a post that was renamed is known when it comes.
    jobs = sorted(jobs, key=lambda job: Path(job.folder.base, job.folder.prefix, job.name).exists())
    renamed = RenamedPosts(db)
    for start in range(0, len(jobs), _WRITTEN_AT_ONCE):
        some = jobs[start : start + _WRITTEN_AT_ONCE]
        results = [run_job(job) for job in some]
        with writing(db, "main"):
            changed = [
                _update_file(db, writer, job, found, renamed)
                for job, found in zip(some, results, strict=True)
                if not isinstance(found, UnreadableFile | FullText)
            ]
            if any(changed):
                writer.touch()
    if renamed.follow():
        mirror(db)


def _update_file(
    db: sqlite3.Connection,
    writer: IndexWriter,
    job: Job,
    found: IndexEntry | None,
    renamed: RenamedPosts,
) -> bool:
    """Put a file in or take it out; whether that changed anything."""
    before = db.execute(
        "SELECT id, size, mtime_ns, site FROM posts WHERE source = ? AND path = ?",
        (job.folder.source, to_stored(job.folder.prefix + job.name)),
    ).fetchone()
    if found is None:
        if before is None or before[1] == -1:
            return False
        renamed.note_gone([before[0]])
        remove_post(db, writer, before[0])
        return True
    if before is not None and before[1:] == (found.size, found.mtime_ns, found.site):
        return False
    if before is None or before[1] == -1:
        renamed.note_added(found)
    writer.put(found)
    return True
