"""Report how far a scan is to its caller, and record it for other processes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Final, TypeAlias

from newsreader.store.db.transactions import writing
from newsreader.store.index.scan_log import note_progress
from newsreader.store.values import ScanProgress, Stage

ReportProgress: TypeAlias = Callable[[ScanProgress], None]

REPORT_SECONDS: Final = 0.25
"""The least time between two reports to the caller."""

# Microseconds per post: to compare, to read for the lists, to put in its full text.
COMPARE_COST: Final = 6
READ_COST: Final = 150
FULL_TEXT_COST: Final = 350


class ProgressMeter:
    """Measures a scan by what its work costs, because its stages take very different times.

    Attributes:
        done: Posts of this stage that are dealt with.
        total: Posts of this stage, as far as they are known.
        cost: Of what is done of both stages, in microseconds, about.
        whole_cost: Of all the work, as far as it is known; 0 if it is not.
    """

    def __init__(
        self, db: sqlite3.Connection, library: str, report: ReportProgress | None, *, quiet: bool
    ) -> None:
        """Begin with the first stage.

        Args:
            db: The index.
            library: What is scanned, as `scan_log.library_key` names it.
            report: Is told how far it is.
            quiet: Whether nothing is written down: nobody waits for the scan.
        """
        self._db = db
        self._library = library
        self._report = report
        self._quiet = quiet
        self._stage: Stage = "posts"
        self._told_at = 0.0
        self.done = 0
        self.total = 0
        self.cost = 0
        self.whole_cost = 0

    def start_full_text(self, total: int) -> None:
        """Begin with the second stage, which is now known to be of so many posts."""
        self._stage, self.done, self.total = "text", 0, total
        self.whole_cost = self.cost + total * FULL_TEXT_COST
        self.tell(at_once=True)

    def tell(self, *, at_once: bool = False) -> None:
        """Write down and report how far it is, if that was not done just now."""
        now = time.monotonic()
        if not at_once and now - self._told_at < REPORT_SECONDS:
            return
        self._told_at = now
        with writing(self._db, "main"):
            self.write()
        self.report()

    def write(self) -> None:
        """Write down how far it is, inside the transaction that is open."""
        if not self._quiet:
            note_progress(self._db, self._library, self._progress(running=True))

    def report(self, *, running: bool = True) -> None:
        """Report how far it is."""
        if self._report is not None:
            self._report(self._progress(running=running))

    def _progress(self, *, running: bool) -> ScanProgress:
        share = min(1.0, self.cost / self.whole_cost) if self.whole_cost else None
        return ScanProgress(self.done, self.total, running, self._stage, share)
