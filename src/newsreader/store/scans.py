"""Scans of the sources: run here, or by a process of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from newsreader.problems import Problem
from newsreader.store.backups import Backups
from newsreader.store.databases import Databases
from newsreader.store.db.locks import NO_LIMIT, is_scanning, scan_lock
from newsreader.store.index.scan_log import ScanRecord, last_result, read_record
from newsreader.store.scan.scan_process import ScanProcess
from newsreader.store.values import ScanProgress, ScanResult, Source

FEW_FILES: Final = 10_000
"""As many files are compared with the index in 60 ms."""


class Scans:
    """Brings the index up to date with the sources.

    Attributes:
        process: The process of this store that scans.
    """

    def __init__(self, databases: Databases, sources: Sequence[Source], backups: Backups) -> None:
        """Scan nothing yet.

        Args:
            databases: What to write into.
            sources: What to scan.
            backups: Is made beside each scan that has a process of its own.
        """
        self._databases = databases
        self._sources = sources
        self._backups = backups
        self._cache_dir = databases.index_path.parent
        self._started_before: float | None = None
        self.process = ScanProcess(
            sources, cache_dir=self._cache_dir, data_dir=databases.state_path.parent
        )

    def run(
        self,
        *,
        rebuild: bool = False,
        every_file: bool = True,
        progress: Callable[[ScanProgress], None] | None = None,
        waiting: Callable[[], None] | None = None,
    ) -> ScanResult:
        """Look for new, changed and removed posts, in this process; waits for other scans.

        Args:
            rebuild: Forget first what the index holds of the sources.
            every_file: Look at every file, also in folders whose time says that no file has come
                or gone; only so are files found that were rewritten in place.
            progress: Is told how far it is, a few times per second.
            waiting: Is told if another process scans first, these posts or others.
        """
        from newsreader.store.scan.scanner import scan_sources  # noqa: PLC0415  (late: no list needs it)

        if waiting is not None and is_scanning(self._cache_dir):
            waiting()
        with (
            self._databases.connection() as db,
            scan_lock(self._cache_dir, seconds=NO_LIMIT),
        ):
            return scan_sources(
                db, self._sources, rebuild=rebuild, every_file=every_file, report=progress
            )

    def catch_up(
        self, *, progress: Callable[[ScanProgress], None] | None = None
    ) -> ScanResult | None:
        """Do what `run` does if that takes a moment, or if there is no whole index yet.

        Args:
            progress: Is told how far it is, a few times per second.

        Returns:
            `None` if the index is taken as it is: it is whole, and no folder of few posts has
            changed. To compare all files of more would take long.
        """
        record = self._record()
        if record is None or not record.ended or not self.are_many():
            return self.run(progress=progress)
        changed = self._count_changed()
        if not changed or changed > FEW_FILES or is_scanning(self._cache_dir):
            return None
        return self.run(every_file=False, progress=progress)

    def are_many(self) -> bool:
        """Whether to look at every file would take longer than a moment."""
        last = self.last()
        return last is not None and last.found > FEW_FILES

    def _count_changed(self) -> int | None:
        """Count the posts of folders that have changed; `None` if that is not known."""
        from newsreader.store.scan.folder_times import count_changed  # noqa: PLC0415  (late, as above)

        with self._databases.connection() as db:
            counts = [
                count_changed(db, number, source.path)
                for number, source in zip(self._databases.source_ids, self._sources, strict=True)
            ]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def start(self) -> None:
        """Look for new, changed and removed posts in a process of its own; see `progress`."""
        self._ask(stays=False)
        self._backups.make(wait=False)

    def follow(self) -> None:
        """Do what `start` does, and go on indexing what changes until the store is closed.

        It is done by a process of its own, which ends with this one, too. If another reader follows
        the same sources, it takes over when that one ends.
        """
        self._ask(stays=True)
        self._backups.make(wait=False)

    def progress(self) -> ScanProgress:
        """Read the progress of the current or last scan of these sources, by any process."""
        is_asked = self.process.is_running()
        record = self._record()
        if is_asked and (record is None or record.started == self._started_before):
            return ScanProgress(running=True)
        if record is None:
            return ScanProgress()
        # The lock tells a scan that goes on from one that was killed. It is let go after the end
        # is recorded, and looking at it costs more than all else here.
        running = not record.ended and is_scanning(self._cache_dir)
        return replace(record.progress, running=running)

    def _ask(self, *, stays: bool) -> None:
        """Have a scan made; it has begun when the record says another time than it does now.

        A later time would not do: the clock may be set back meanwhile, and the scan would never
        seem to have begun.
        """
        record = self._record()
        self._started_before = record.started if record is not None else None
        self.process.start(stays=stays)

    def _record(self) -> ScanRecord | None:
        with self._databases.connection() as db:
            return read_record(db, self._sources)

    def last(self) -> ScanResult | None:
        """Read the result of the last finished scan of these sources; `None` before the first."""
        with self._databases.connection() as db:
            result = last_result(db, self._sources)
        failed = self.process.has_failed()
        more = [Problem("scan-ended-early")] if failed else []
        more += [self._backups.problem] if self._backups.problem else []
        if not more:
            return result
        result = result or ScanResult()
        return replace(result, problems=(*result.problems, *more))
