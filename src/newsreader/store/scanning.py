"""Scanning: what is new, changed or gone in the sources goes into the index."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Final

from newsreader.posts import Post, Site, parse_post
from newsreader.store.finding import Troubles, find_folders, is_file, is_gone, reason
from newsreader.store.identity import from_stored, to_stored
from newsreader.store.index import Entry, IndexWriter
from newsreader.store.mirror import mirror
from newsreader.store.model import ScanProgress, ScanResult, Source
from newsreader.store.postfiles import Known, PostFile, is_unchanged, read_file
from newsreader.store.records import library_key, note_end, note_progress, note_start
from newsreader.store.schema import writing
from newsreader.store.sites import stored_site

BATCH: Final = 400
"""Posts written in one transaction."""

BATCH_SECONDS: Final = 0.25
"""How long posts are read before they are written: the list fills while one watches."""

_PEEKED_NAMES: Final = 20_000
_PEEKED_POSTS: Final = 100
_PROBLEMS_KEPT: Final = 1000

Report = Callable[[ScanProgress], None]


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder of a source, as its files share it."""

    prefix: str
    site_prefix: str
    site: int
    facts: Site
    certain: bool


@dataclass(slots=True)
class _Listing:
    """The files of a source.

    Attributes:
        names: File names, the newest first, each with the number of its place.
        places: Their folders.
        unknown: Prefixes of the folders that could not be listed.
    """

    names: list[tuple[str, int]] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


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


def scan_sources(
    db: sqlite3.Connection,
    sources: Sequence[Source],
    *,
    rebuild: bool = False,
    report: Report | None = None,
) -> ScanResult:
    """Bring the index up to date with the files of the sources.

    Writes in short transactions, newest file names first; stopped at any moment, it leaves an
    index that the next scan goes on from.

    Args:
        db: A connection of `schema.connect`; nobody else scans.
        sources: What to scan.
        rebuild: Forget what the index holds of them first.
        report: Is told how far it is, a few times a second.
    """
    return _Scan(db, sources, report).run(rebuild=rebuild)


class _Scan:
    def __init__(
        self, db: sqlite3.Connection, sources: Sequence[Source], report: Report | None
    ) -> None:
        self._db = db
        self._sources = sources
        self._report = report
        self._writer = IndexWriter(db)
        self._tally = _Tally()
        self._key = library_key(sources)
        self._reported = 0.0
        self._written = time.monotonic()
        self._done = 0
        self._total = 0
        self._peeked = 0
        self._entries: list[Entry] = []
        self._removed: list[int] = []

    def run(self, *, rebuild: bool) -> ScanResult:
        begun = time.monotonic()
        db = self._db
        with writing(db, "main"):
            note_start(db, self._key)
            ids = [self._writer.source_id(to_stored(str(s.path))) for s in self._sources]
            if rebuild:
                for number in ids:
                    self._clear(number)
        mirror(db)
        for source, number in zip(self._sources, ids, strict=True):
            self._peek(source, number)
        self._tell(force=True)
        work = [self._list(source) for source in self._sources]
        self._total = sum(len(listing.names) for listing in work)
        self._tell(force=True)
        for source, number, listing in zip(self._sources, ids, work, strict=True):
            self._scan_source(source, number, listing)
            listing.names.clear()
        tally = self._tally
        result = ScanResult(
            tally.found,
            tally.added + self._peeked,
            tally.changed,
            tally.removed,
            tuple(tally.problems),
            time.monotonic() - begun,
        )
        with writing(db, "main"):
            note_progress(db, self._key, self._done, self._total)
            note_end(db, self._key, result)
        mirror(db)
        if self._report is not None:
            self._report(ScanProgress(self._done, self._total, running=False))
        return result

    def _clear(self, source: int) -> None:
        db = self._db
        db.execute(
            "DELETE FROM post_labels WHERE label IN (SELECT id FROM labels WHERE source = ?)",
            (source,),
        )
        db.execute("DELETE FROM labels WHERE source = ?", (source,))
        db.execute(
            "INSERT INTO stale_texts SELECT text FROM posts WHERE source = ? AND text IS NOT NULL",
            (source,),
        )
        db.execute("DELETE FROM posts WHERE source = ?", (source,))
        # So that bookmarks of files that are gone get their rows again.
        db.execute("UPDATE main.meta SET value = 0 WHERE key = 'state_revision'")
        self._writer.touch()
        self._writer.forget()

    def _list(self, source: Source) -> _Listing:
        listing = _Listing()
        if is_gone(source.path):
            self._tally.trouble(f"There is no folder or file {source.path}.")
            listing.unknown.append("")
            return listing
        troubles = Troubles()
        sites: dict[str, tuple[int, Site]] = {}
        for folder in find_folders(source, troubles):
            if folder.root not in sites:
                with writing(self._db, "main"):
                    sites[folder.root] = stored_site(self._db, folder.root)
                problem = sites[folder.root][1].problem
                if problem:
                    self._tally.trouble(problem)
            site, facts = sites[folder.root]
            number = len(listing.places)
            listing.places.append(
                _Place(folder.prefix, folder.site_prefix, site, facts, folder.certain)
            )
            listing.names += [(name, number) for name in folder.names]
        for sentence in troubles.sentences:
            self._tally.trouble(sentence)
        listing.unknown += troubles.folders
        listing.names.sort(reverse=True)
        return listing

    def _scan_source(self, source: Source, source_id: int, listing: _Listing) -> None:
        known = self._known(source_id)
        base = _base(source)
        unchanged = 0
        for name, number in listing.names:
            place = listing.places[number]
            path = place.prefix + name
            before = known.pop(path, None)
            if before is not None and is_unchanged(base + path, place.site, before):
                unchanged += 1
            else:
                gone = self._take(source_id, base, place, name, before)
                if gone and before is not None:
                    known[path] = before
            self._done += 1
            if not self._done & 63:
                self._flush_if_due()
                self._tell()
        self._tally.found += unchanged
        unknown = tuple(listing.unknown)
        for path, before in known.items():
            if not path.startswith(unknown):
                self._removed.append(before[0])
                self._tally.removed += before[1] != -1  # Else it was gone before.
        self._flush()
        self._forget_old_sites(listing)

    def _peek(self, source: Source, source_id: int) -> None:
        """Of a source never seen, read some posts before all names are known.

        To list a million names takes longer than anyone wants to look at an empty screen.
        """
        if self._db.execute(
            "SELECT 1 FROM posts WHERE source = ? LIMIT 1", (source_id,)
        ).fetchone():
            return
        for folder in find_folders(source, Troubles(), most=_PEEKED_NAMES):
            if folder.certain:
                with writing(self._db, "main"):
                    site, facts = stored_site(self._db, folder.root)
                place = _Place(folder.prefix, folder.site_prefix, site, facts, certain=True)
                for name in nlargest(_PEEKED_POSTS, folder.names):
                    self._take(source_id, _base(source), place, name, None)
                self._flush()
                # They are counted when they are met again.
                self._peeked += self._tally.added
                self._tally = _Tally()
                return

    def _forget_old_sites(self, listing: _Listing) -> None:
        """Forget what sites were like before, now that all their posts were read again."""
        old = [
            (row[0],)
            for site in {place.site for place in listing.places}
            for row in self._db.execute(
                "SELECT old.id FROM sites AS old JOIN sites AS now USING (root)"
                " WHERE now.id = ? AND old.id <> now.id",
                (site,),
            )
        ]
        if old:
            with writing(self._db, "main"):
                self._db.executemany("DELETE FROM sites WHERE id = ?", old)

    def _known(self, source: int) -> dict[str, Known]:
        rows = self._db.execute(
            "SELECT path, id, size, mtime_ns, site FROM posts WHERE source = ?", (source,)
        )
        return {
            path if type(path) is str else from_stored(path): (post_id, size, mtime_ns, site)
            for path, post_id, size, mtime_ns, site in rows
        }

    def _take(self, source: int, base: str, place: _Place, name: str, before: Known | None) -> bool:
        """Read a file that is new or has changed; whether there is no such post any more."""
        path = base + place.prefix + name
        try:
            file = read_file(path, certain=place.certain)
        except FileNotFoundError:
            return True
        except OSError as error:
            self._tally.trouble(f"The file {path} cannot be read ({reason(error)}).")
            return False
        if file is None:
            return True
        post = parse_post(file.raw, place.site_prefix + name, place.facts)
        self._entries.append(_entry(source, place, name, file, post))
        self._tally.found += 1
        if before is None or before[1] == -1:
            self._tally.added += 1
        else:
            self._tally.changed += 1
        return False

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
            try:
                with writing(self._db, "main"):
                    for entry in entries:
                        self._writer.put(entry)
                    for post_id in removed:
                        self._writer.remove(post_id)
                    self._writer.touch()
                    note_progress(self._db, self._key, self._done, self._total)
            except BaseException:
                self._writer.forget()
                raise
        self._written = time.monotonic()

    def _tell(self, *, force: bool = False) -> None:
        now = time.monotonic()
        if not force and now - self._reported < BATCH_SECONDS:
            return
        self._reported = now
        with writing(self._db, "main"):
            note_progress(self._db, self._key, self._done, self._total)
        if self._report is not None:
            self._report(ScanProgress(self._done, self._total, running=True))


def _base(source: Source) -> str:
    """What stands before a path below the source, with a final `/`."""
    folder = source.path.parent if is_file(source.path) else source.path
    return str(folder).rstrip("/") + "/"


def _entry(source: int, place: _Place, name: str, file: PostFile, post: Post) -> Entry:
    return Entry(
        source=source,
        path=to_stored(place.prefix + name),
        site=place.site,
        site_path=to_stored(place.site_prefix + name),
        size=file.size,
        mtime_ns=file.mtime_ns,
        title=post.title,
        date=post.date,
        has_time=post.has_time,
        categories=post.categories,
        tags=post.tags,
        listed=post.published,
        gone=False,
        problem=post.problem,
    )
