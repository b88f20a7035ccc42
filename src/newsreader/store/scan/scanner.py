"""Scan sources: put what is new, changed or gone into the index."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Final

from newsreader.store.db.stored_path import to_stored
from newsreader.store.db.transactions import writing
from newsreader.store.index.post_ids import date_bits
from newsreader.store.index.read_flags import mirror, remove_post
from newsreader.store.index.scan_log import library_key, note_end, note_start
from newsreader.store.index.site_table import forget_old_sites
from newsreader.store.index.writer import FullText, IndexEntry, IndexWriter
from newsreader.store.scan.compare_files import (
    FolderFiles,
    IndexedFile,
    SourceChanges,
    compare_files,
)
from newsreader.store.scan.find_files import PART, find_folders
from newsreader.store.scan.folder_times import FolderErrors, forget_times, save_times
from newsreader.store.scan.full_text import TextStage, count_textless, renew_if_stale
from newsreader.store.scan.inner_sources import inner_sources
from newsreader.store.scan.jobs import Folder, Job, JobResult, UnreadableFile
from newsreader.store.scan.progress import (
    COMPARE_COST,
    FULL_TEXT_COST,
    READ_COST,
    ProgressMeter,
    ReportProgress,
)
from newsreader.store.scan.renamed_posts import RenamedPosts
from newsreader.store.scan.source_folders import SourceFolders, folder_of, list_source, stored_site
from newsreader.store.scan.tally import ScanTally
from newsreader.store.scan.worker import JobRunner
from newsreader.store.values import ScanResult, Source

BATCH: Final = 400
"""Posts written in one transaction."""

BATCH_SECONDS: Final = 0.25
"""Seconds that posts are read before they are written: the list fills while one watches."""

_READ_AT_ONCE: Final = 100
_WORTH_HELP: Final = 2000
_FEW: Final = 400
"""The most new posts that get their full text at once."""

_PEEKED_NAMES: Final = 20_000
_PEEKED_POSTS: Final = 100


@dataclass(frozen=True, slots=True)
class _Batch:
    jobs: list[Job]
    before: list[IndexedFile | None]


@dataclass(slots=True)
class _Work:
    """The files to be read, as `SourceChanges` has them, and their folders."""

    names: list[str] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    before: dict[str, IndexedFile] = field(default_factory=dict)


def scan_sources(
    db: sqlite3.Connection,
    sources: Sequence[Source],
    *,
    rebuild: bool = False,
    report: ReportProgress | None = None,
    quiet: bool = False,
    every_file: bool = True,
    watch: Callable[[str], None] | None = None,
    place: Callable[[Folder], None] | None = None,
) -> ScanResult:
    """Bring the index up to date with the files of the sources.

    First what lists show of every post, newest file names first; then the full text of those that
    have none yet, the newest first. Writes in short transactions; stopped at any moment, it leaves
    an index that the next scan goes on from.

    Args:
        db: A connection to both databases; nobody else scans.
        sources: What to scan.
        rebuild: Forget what the index holds of them first.
        report: Is told how far it is, a few times per second.
        quiet: Write nothing down of the scan itself: nobody waits for it.
        every_file: Look at every file, not only at those in folders that have changed.
        watch: Is told of every folder before it is looked into.
        place: Is told of every folder with posts.
    """
    scan = _Scan(db, sources, report, watch, quiet=quiet, every_file=every_file)
    result = scan.run(rebuild=rebuild)
    if place is not None:
        for folder in scan.folders:
            place(folder)
    return result


class _Scan:
    def __init__(
        self,
        db: sqlite3.Connection,
        sources: Sequence[Source],
        report: ReportProgress | None,
        watch: Callable[[str], None] | None,
        *,
        quiet: bool,
        every_file: bool,
    ) -> None:
        self._db = db
        self._sources = sources
        self._watch = watch
        self._quiet = quiet
        self._every_file = every_file
        self._unread: set[str] = set()
        self.folders: list[Folder] = []
        self._writer = IndexWriter(db)
        self._tally = ScanTally()
        self._library = library_key(sources)
        self._meter = ProgressMeter(db, self._library, report, quiet=quiet)
        self._written = time.monotonic()
        self._peeked = 0
        self._entries: list[IndexEntry] = []
        self._removed: list[int] = []
        self._renamed = RenamedPosts(db)

    def run(self, *, rebuild: bool) -> ScanResult:
        begun = time.monotonic()
        db = self._db
        with writing(db, "main"):
            if not self._quiet:
                note_start(db, self._library)
            ids = [self._writer.source_id(to_stored(str(s.path))) for s in self._sources]
        if rebuild:
            for number in ids:
                self._clear(number)
        mirror(db)
        for source, number in zip(self._sources, ids, strict=True):
            self._peek(source, number)
        self._meter.tell(at_once=True)
        work = _Work()
        listed = [
            list_source(
                db,
                source,
                number,
                self._watch,
                every_file=self._every_file,
                without=inner_sources(source, self._sources),
            )
            for source, number in zip(self._sources, ids, strict=True)
        ]
        total = sum(folders.files for folders in listed)
        self._meter.total = total
        self._meter.whole_cost = total * COMPARE_COST + count_textless(db, ids) * FULL_TEXT_COST
        self._meter.tell(at_once=True)
        for number, folders in zip(ids, listed, strict=True):
            self._compare(number, folders, work)
        self.folders = work.folders
        self._read(work)
        if self._renamed.follow():
            mirror(db)
        for number, folders in zip(ids, listed, strict=True):
            self._save_times(number, folders)
        forget_old_sites(db, {folder.site for folder in work.folders})
        self._put_texts(ids, {(folder.source, folder.prefix): folder for folder in work.folders})
        tally = self._tally
        result = ScanResult(
            tally.found,
            tally.added + self._peeked,
            tally.changed,
            tally.removed,
            tally.all_problems(),
            time.monotonic() - begun,
        )
        if not self._quiet:
            with writing(db, "main"):
                self._meter.write()
                note_end(db, self._library, result)
        mirror(db)
        self._meter.report(running=False)
        return result

    # What there is

    def _clear(self, source: int) -> None:
        """Forget all posts of a source, in short transactions."""
        db = self._db
        with writing(db, "main"):
            # So that bookmarks of files that are gone get their rows again.
            db.execute("UPDATE main.meta SET value = 0 WHERE key = 'state_revision'")
        left = True
        while left:
            with writing(db, "main"):
                ids = db.execute(
                    "SELECT id FROM posts WHERE source = ? LIMIT ?", (source, BATCH)
                ).fetchall()
                for (post_id,) in ids:
                    self._writer.delete(post_id)
                left = bool(ids)
                if not left:
                    db.execute("DELETE FROM labels WHERE source = ?", (source,))
                    forget_times(db, source)
                self._writer.touch()
                self._writer.forget()

    def _compare(self, source: int, listed: SourceFolders, work: _Work) -> None:
        """Compare the files of a source with the index, and add what is new to the work."""
        for problem in listed.problems:
            self._tally.trouble(problem)
        for problem in listed.site_problems:
            self._tally.trouble_in_site(problem)
        files = [
            FolderFiles(folder.prefix, folder.site, found.facts, found.kept)
            for folder, found in zip(listed.folders, listed.found, strict=True)
        ]
        first = len(work.folders)
        changes = compare_files(
            self._db,
            source,
            files,
            listed.unknown,
            self._compared,
            first=first,
            lost=listed.times.lost({folder.prefix for folder in listed.folders}),
        )
        work.folders += listed.folders
        work.names += changes.new
        work.before |= changes.before
        self._note_changes(changes)

    def _save_times(self, source: int, listed: SourceFolders) -> None:
        """Write down when the folders of a source were changed, for the next scan."""
        if listed.problems:
            with writing(self._db, "main"):
                forget_times(self._db, source)
            return
        sites = {folder.prefix: folder.site for folder in listed.folders}
        unread = {
            folder.prefix
            for folder in listed.folders
            if f"{folder.base}{folder.prefix}"[:-1] in self._unread
        }
        save_times(self._db, source, listed.times, sites, unread)

    def _compared(self, files: int) -> None:
        self._meter.cost += files * COMPARE_COST
        self._meter.tell()

    def _note_changes(self, changes: SourceChanges) -> None:
        self._meter.done += changes.unchanged
        self._tally.found += changes.unchanged
        self._renamed.note_gone([post_id for post_id, is_news in changes.gone if is_news])
        for post_id, is_news in changes.gone:
            self._removed.append(post_id)
            self._tally.removed += is_news
        self._flush()

    def _peek(self, source: Source, source_id: int) -> None:
        """Read some posts of a new source before all names are known.

        To list a million names takes longer than anyone wants to look at an empty screen.
        """
        if self._db.execute(
            "SELECT 1 FROM posts WHERE source = ? LIMIT 1", (source_id,)
        ).fetchone():
            return
        without = inner_sources(source, self._sources)
        for found in find_folders(source, FolderErrors(), most=_PEEKED_NAMES, without=without):
            if found.certain:
                from newsreader.store.scan.index_entry import run_job  # noqa: PLC0415  (late: see there)

                folder = folder_of(source, source_id, found, *stored_site(self._db, found.root))
                for name in nlargest(_PEEKED_POSTS, found.names):
                    self._take(run_job(Job(folder, name, with_text=False)), None)
                self._flush()
                # They are counted when they are met again.
                self._peeked += self._tally.added
                self._tally = ScanTally()
                return

    # What is new

    def _read(self, work: _Work) -> None:
        """Read the files that are new or have changed, the newest names first."""
        names = work.names
        names.sort()
        few = len(names) <= _FEW
        cost = READ_COST + FULL_TEXT_COST if few else READ_COST
        self._meter.whole_cost += len(names) * (READ_COST + FULL_TEXT_COST)

        def batches() -> Iterator[_Batch]:
            while names:
                batch = _Batch([], [])
                for line in reversed(names[-_READ_AT_ONCE:]):
                    name, _, number = line.partition(PART)
                    batch.jobs.append(Job(work.folders[int(number)], name, with_text=few))
                    batch.before.append(work.before.pop(line, None))
                del names[-_READ_AT_ONCE:]
                yield batch

        with JobRunner[_Batch](with_worker=len(names) >= _WORTH_HELP) as runner:
            for batch, results in runner.run(batches()):
                for before, found in zip(batch.before, results, strict=True):
                    self._take(found, before)
                self._meter.done += len(results)
                self._meter.cost += len(results) * cost
                self._flush_if_due()
                self._meter.tell()
        self._flush()

    def _take(self, found: JobResult, before: IndexedFile | None) -> None:
        tally = self._tally
        match found:
            case IndexEntry():
                self._entries.append(found)
                tally.found += 1
                if before is None or before[1] == -1:
                    tally.added += 1
                    self._renamed.note_added(found)
                else:
                    tally.changed += 1
            case UnreadableFile():
                tally.trouble(found.problem)
                self._unread.add(str(found.problem.arguments[0]).rpartition("/")[0])
            case FullText():
                raise ValueError("a job gave the full text alone of a post that was to be listed")
            case None:
                if before is not None:
                    self._removed.append(before[0])
                    tally.removed += before[1] != -1

    def _flush_if_due(self) -> None:
        if len(self._entries) >= BATCH or (
            self._entries and time.monotonic() - self._written > BATCH_SECONDS
        ):
            self._flush()

    def _flush(self) -> None:
        """Write what was read, and take out what is gone, in short transactions."""
        while self._entries or self._removed:
            entries, self._entries = self._entries[:BATCH], self._entries[BATCH:]
            removed, self._removed = self._removed[:BATCH], self._removed[BATCH:]
            entries.sort(key=_date_order)
            try:
                with writing(self._db, "main"):
                    for entry in entries:
                        self._writer.put(entry)
                    for post_id in removed:
                        remove_post(self._db, self._writer, post_id)
                    self._writer.touch()
                    self._meter.write()
            except BaseException:
                self._writer.forget()
                raise
        self._written = time.monotonic()

    # Full text

    def _put_texts(self, ids: list[int], folders: dict[tuple[int, str], Folder]) -> None:
        renew_if_stale(self._db)
        missing = count_textless(self._db, ids)
        if missing:
            self._meter.start_full_text(missing)
        stage = TextStage(self._db, self._writer, ids, folders, self._tally.trouble)
        stage.run(missing, self._count_texts)
        self._tally.changed += stage.tally.changed
        self._tally.removed += stage.tally.removed
        self._tally.found -= stage.tally.removed

    def _count_texts(self, posts: int) -> None:
        self._meter.done += posts
        self._meter.cost += posts * FULL_TEXT_COST
        self._meter.write()
        self._meter.report()


def _date_order(entry: IndexEntry) -> int:
    return date_bits(entry.date)
