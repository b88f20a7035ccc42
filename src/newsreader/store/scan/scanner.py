"""Scanning: what is new, changed or gone in the sources goes into the index."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Final

from newsreader.posts.model import Site
from newsreader.store.db.files import is_file, is_gone
from newsreader.store.db.stored_path import to_stored
from newsreader.store.db.transactions import writing
from newsreader.store.index.post_ids import date_bits
from newsreader.store.index.read_flags import mirror, remove_post
from newsreader.store.index.scan_log import library_key, note_end, note_progress, note_start
from newsreader.store.index.site_table import site_id
from newsreader.store.index.writer import Entry, IndexWriter, Texts
from newsreader.store.scan.compare_files import Changes, Known, Listed, compare
from newsreader.store.scan.find_files import PART, FoundFolder, Troubles, find_folders
from newsreader.store.scan.full_text import TextStage, count_textless, renew_if_stale
from newsreader.store.scan.index_entry import Folder, Job, Prepared, Unreadable, prepare
from newsreader.store.scan.read_site import read_site
from newsreader.store.scan.worker import Preparer
from newsreader.store.values import ScanProgress, ScanResult, Source, Stage

BATCH: Final = 400
"""Posts written in one transaction."""

BATCH_SECONDS: Final = 0.25
"""How long posts are read before they are written: the list fills while one watches."""

_READ_AT_ONCE: Final = 100
_WORTH_HELP: Final = 2000
_FEW: Final = 400
"""So many new posts get their full text at once."""

_PEEKED_NAMES: Final = 20_000
_PEEKED_POSTS: Final = 100
_PROBLEMS_KEPT: Final = 1000

# What a post costs, in microseconds: to compare, to read for the lists, to put in its full text.
_COMPARED: Final = 6
_READ: Final = 150
_SPLIT: Final = 350

Report = Callable[[ScanProgress], None]


@dataclass(slots=True)
class _Tally:
    found: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: dict[str, None] = field(default_factory=dict)

    def trouble(self, sentence: str) -> None:
        if len(self.problems) < _PROBLEMS_KEPT:
            self.problems[sentence] = None


@dataclass(frozen=True, slots=True)
class _Batch:
    jobs: list[Job]
    before: list[Known | None]


@dataclass(slots=True)
class _Work:
    """The files to be read, as `Changes` has them, and their folders."""

    names: list[str] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    before: dict[str, Known] = field(default_factory=dict)


def scan_sources(
    db: sqlite3.Connection,
    sources: Sequence[Source],
    *,
    rebuild: bool = False,
    report: Report | None = None,
    quiet: bool = False,
    watch: Callable[[str], None] | None = None,
    place: Callable[[Folder], None] | None = None,
) -> ScanResult:
    """Bring the index up to date with the files of the sources.

    First what lists show of every post, newest file names first; then the full text of those that
    have none yet, the newest first. Writes in short transactions; stopped at any moment, it leaves
    an index that the next scan goes on from.

    Args:
        db: A connection of `schema.connect`; nobody else scans.
        sources: What to scan.
        rebuild: Forget what the index holds of them first.
        report: Is told how far it is, a few times a second.
        quiet: Write nothing down of the scan itself: nobody waits for it.
        watch: Is told of every folder before it is looked into.
        place: Is told of every folder with posts.
    """
    scan = _Scan(db, sources, report, watch, quiet=quiet)
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
        report: Report | None,
        watch: Callable[[str], None] | None,
        *,
        quiet: bool,
    ) -> None:
        self._db = db
        self._sources = sources
        self._report = report
        self._watch = watch
        self._quiet = quiet
        self.folders: list[Folder] = []
        self._writer = IndexWriter(db)
        self._tally = _Tally()
        self._key = library_key(sources)
        self._reported = 0.0
        self._written = time.monotonic()
        self._stage: Stage = "posts"
        self._done = 0
        self._total = 0
        self._cost = 0
        self._whole_cost = 0
        self._peeked = 0
        self._entries: list[Entry] = []
        self._removed: list[int] = []

    def run(self, *, rebuild: bool) -> ScanResult:
        begun = time.monotonic()
        db = self._db
        with writing(db, "main"):
            if not self._quiet:
                note_start(db, self._key)
            ids = [self._writer.source_id(to_stored(str(s.path))) for s in self._sources]
        if rebuild:
            for number in ids:
                self._clear(number)
        mirror(db)
        for source, number in zip(self._sources, ids, strict=True):
            self._peek(source, number)
        self._tell(force=True)
        work = _Work()
        listed = [self._list(source, i) for source, i in zip(self._sources, ids, strict=True)]
        self._total = sum(len(found.facts) for _, folders, _ in listed for found in folders)
        textless = count_textless(db, ids)
        self._whole_cost = self._total * _COMPARED + textless * _SPLIT
        self._tell(force=True)
        for number, (places, found, unknown) in zip(ids, listed, strict=True):
            self._compare(number, places, found, unknown, work)
        self.folders = work.folders
        folders = {(place.source, place.prefix): place for place in work.folders}
        self._read(work)
        self._forget_old_sites({place.site for place in work.folders})
        self._put_texts(ids, folders)
        tally = self._tally
        result = ScanResult(
            tally.found,
            tally.added + self._peeked,
            tally.changed,
            tally.removed,
            tuple(tally.problems),
            time.monotonic() - begun,
        )
        if not self._quiet:
            with writing(db, "main"):
                self._note()
                note_end(db, self._key, result)
        mirror(db)
        if self._report is not None:
            self._report(self._progress(running=False))
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
                self._writer.touch()
                self._writer.forget()

    def _list(
        self, source: Source, source_id: int
    ) -> tuple[list[Folder], list[FoundFolder], list[str]]:
        """The folders of a source as jobs name them, and as they were found; those not known."""
        places: list[Folder] = []
        found: list[FoundFolder] = []
        if is_gone(source.path):
            self._tally.trouble(f"There is no folder or file {source.path}.")
            return places, found, [""]
        troubles = Troubles()
        sites: dict[str, tuple[int, Site]] = {}
        base = _base(source)
        for folder in find_folders(source, troubles, watch=self._watch):
            if folder.root not in sites:
                sites[folder.root] = self._site(folder.root)
                problem = sites[folder.root][1].problem
                if problem:
                    self._tally.trouble(problem)
            places.append(_folder(folder, source_id, base, *sites[folder.root]))
            found.append(folder)
        for sentence in troubles.sentences:
            self._tally.trouble(sentence)
        return places, found, troubles.folders

    def _site(self, root: str) -> tuple[int, Site]:
        """The id and the facts of a site, read and written down as they are now."""
        config = read_site(root)
        size, mtime_ns = config.size, config.mtime_ns
        with writing(self._db, "main"):
            number = site_id(self._db, root, config.site, size=size, mtime_ns=mtime_ns)
        return number, config.site

    def _compare(
        self,
        source: int,
        places: list[Folder],
        found: list[FoundFolder],
        unknown: list[str],
        work: _Work,
    ) -> None:
        listed = [
            Listed(place.prefix, place.site, folder.facts)
            for place, folder in zip(places, found, strict=True)
        ]
        first = len(work.folders)
        changes = compare(self._db, source, listed, unknown, self._compared, first=first)
        work.folders += places
        work.names += changes.new
        work.before |= changes.before
        self._note_changes(changes)

    def _compared(self, files: int) -> None:
        self._cost += files * _COMPARED
        self._tell()

    def _note_changes(self, changes: Changes) -> None:
        self._done += changes.unchanged
        self._tally.found += changes.unchanged
        for post_id, is_news in changes.gone:
            self._removed.append(post_id)
            self._tally.removed += is_news
        self._flush()

    def _peek(self, source: Source, source_id: int) -> None:
        """Of a source never seen, read some posts before all names are known.

        To list a million names takes longer than anyone wants to look at an empty screen.
        """
        if self._db.execute(
            "SELECT 1 FROM posts WHERE source = ? LIMIT 1", (source_id,)
        ).fetchone():
            return
        for found in find_folders(source, Troubles(), most=_PEEKED_NAMES):
            if found.certain:
                folder = _folder(found, source_id, _base(source), *self._site(found.root))
                for name in nlargest(_PEEKED_POSTS, found.names):
                    self._take(prepare(Job(folder, name, with_text=False)), None)
                self._flush()
                # They are counted when they are met again.
                self._peeked += self._tally.added
                self._tally = _Tally()
                return

    # What is new

    def _read(self, work: _Work) -> None:
        """Read the files that are new or have changed, the newest names first."""
        names = work.names
        names.sort()
        few = len(names) <= _FEW
        self._whole_cost += len(names) * (_READ + _SPLIT)

        def batches() -> Iterator[_Batch]:
            while names:
                batch = _Batch([], [])
                for line in reversed(names[-_READ_AT_ONCE:]):
                    name, _, number = line.partition(PART)
                    batch.jobs.append(Job(work.folders[int(number)], name, with_text=few))
                    batch.before.append(work.before.pop(line, None))
                del names[-_READ_AT_ONCE:]
                yield batch

        with Preparer[_Batch](helped=len(names) >= _WORTH_HELP) as preparer:
            for batch, prepared in preparer.run(batches()):
                for before, found in zip(batch.before, prepared, strict=True):
                    self._take(found, before)
                self._done += len(prepared)
                self._cost += len(prepared) * (_READ + _SPLIT if few else _READ)
                self._flush_if_due()
                self._tell()
        self._flush()

    def _take(self, found: Prepared, before: Known | None) -> None:
        tally = self._tally
        match found:
            case Entry():
                self._entries.append(found)
                tally.found += 1
                if before is None or before[1] == -1:
                    tally.added += 1
                else:
                    tally.changed += 1
            case Unreadable():
                tally.trouble(found.sentence)
            case Texts():
                raise ValueError("texts were prepared of a post that was to be listed")
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
                    self._note()
            except BaseException:
                self._writer.forget()
                raise
        self._written = time.monotonic()

    def _forget_old_sites(self, sites: set[int]) -> None:
        """Forget what sites were like before, now that all their posts were read again."""
        old = [
            (row[0],)
            for site in sites
            for row in self._db.execute(
                "SELECT old.id FROM sites AS old JOIN sites AS now USING (root)"
                " WHERE now.id = ? AND old.id <> now.id",
                (site,),
            )
        ]
        if old:
            with writing(self._db, "main"):
                self._db.executemany("DELETE FROM sites WHERE id = ?", old)

    # Full text

    def _put_texts(self, ids: list[int], folders: dict[tuple[int, str], Folder]) -> None:
        renew_if_stale(self._db)
        missing = count_textless(self._db, ids)
        if missing:
            self._stage, self._done, self._total = "text", 0, missing
            self._whole_cost = self._cost + missing * _SPLIT
            self._tell(force=True)
        stage = TextStage(self._db, self._writer, ids, folders, self._tally.trouble)
        stage.run(missing, self._texted)
        self._tally.changed += stage.tally.changed
        self._tally.removed += stage.tally.removed
        self._tally.found -= stage.tally.removed

    def _texted(self, posts: int) -> None:
        self._done += posts
        self._cost += posts * _SPLIT
        self._note()
        if self._report is not None:
            self._report(self._progress())

    # How far it is

    def _progress(self, *, running: bool = True) -> ScanProgress:
        share = min(1.0, self._cost / self._whole_cost) if self._whole_cost else None
        return ScanProgress(self._done, self._total, running, self._stage, share)

    def _note(self) -> None:
        if not self._quiet:
            note_progress(self._db, self._key, self._progress())

    def _tell(self, *, force: bool = False) -> None:
        now = time.monotonic()
        if not force and now - self._reported < BATCH_SECONDS:
            return
        self._reported = now
        with writing(self._db, "main"):
            self._note()
        if self._report is not None:
            self._report(self._progress())


def _folder(found: FoundFolder, source: int, base: str, site: int, facts: Site) -> Folder:
    return Folder(source, base, found.prefix, found.site_prefix, site, facts, found.certain)


def _base(source: Source) -> str:
    """What stands before a path below the source, with a final `/`."""
    folder = source.path.parent if is_file(source.path) else source.path
    return str(folder).rstrip("/") + "/"


def _date_order(entry: Entry) -> int:
    return date_bits(entry.date)
