"""Record scans in the index: how far one is, and what the last one did."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import asdict

from newsreader.frozen import dataclass
from newsreader.problems import problem_from_json, problem_to_json
from newsreader.store.values import ScanProgress, ScanResult, Source


def library_key(sources: Sequence[Source]) -> str:
    """Names a set of sources in the table of scans."""
    return json.dumps([os.fsencode(source.path).hex() for source in sources])


def note_start(db: sqlite3.Connection, library: str) -> None:
    """Write down that a scan of a library begins."""
    db.execute(
        "INSERT INTO scans VALUES (?, ?, 'posts', 0, 0, NULL, NULL, NULL)"
        " ON CONFLICT (library) DO UPDATE SET started = excluded.started, stage = excluded.stage,"
        " done = 0, total = 0, share = NULL, ended = NULL",
        (library, time.time()),
    )


def note_progress(db: sqlite3.Connection, library: str, progress: ScanProgress) -> None:
    """Write down how far a scan is."""
    db.execute(
        "UPDATE scans SET stage = ?, done = ?, total = ?, share = ? WHERE library = ?",
        (progress.stage, progress.done, progress.total, progress.share, library),
    )


def note_end(db: sqlite3.Connection, library: str, result: ScanResult) -> None:
    """Write down what a scan did."""
    facts = asdict(result) | {"problems": [problem_to_json(each) for each in result.problems]}
    db.execute(
        "UPDATE scans SET ended = ?, result = ? WHERE library = ?",
        (time.time(), json.dumps(facts), library),
    )


def last_result(db: sqlite3.Connection, sources: Sequence[Source]) -> ScanResult | None:
    """Read the result of the last finished scan of these sources; `None` before the first."""
    row = db.execute(
        "SELECT result FROM scans WHERE library = ?", (library_key(sources),)
    ).fetchone()
    if row is None or row[0] is None:
        return None
    facts = json.loads(row[0])
    facts["problems"] = tuple(map(problem_from_json, facts["problems"]))
    return ScanResult(**facts)


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """The record of the last scan of a library.

    Attributes:
        progress: How far it is; never as running.
        started: When it began, in seconds since the epoch.
        ended: Whether it came to its end.
    """

    progress: ScanProgress
    started: float
    ended: bool


def read_record(db: sqlite3.Connection, sources: Sequence[Source]) -> ScanRecord | None:
    """The last scan of these sources, which may still run; `None` before the first."""
    row = db.execute(
        "SELECT stage, done, total, share, started, ended FROM scans WHERE library = ?",
        (library_key(sources),),
    ).fetchone()
    if row is None:
        return None
    stage, done, total, share, started, ended = row
    progress = ScanProgress(done, total, stage=stage, share=share)
    return ScanRecord(progress, started, ended is not None)
