"""`newsreader index`: look for new, changed and removed posts."""

from __future__ import annotations

import time
from functools import partial
from typing import Final

from newsreader.cli.indexing import ShowProgress, scan_bar
from newsreader.cli.library import open_library, open_store, samples_notice
from newsreader.cli.output import complain, complain_of_all, print_line
from newsreader.cli.requests import IndexRequest
from newsreader.store import PostStore, ScanResult
from newsreader.text import Clean, fill, literal

_WAITING: Final = literal("Another process is indexing; waiting until it is done.")
_POLL_SECONDS: Final = 0.2


def run(request: IndexRequest) -> int:
    """Scan the sources and print one line about it; 1 if something could not be read."""
    library = open_library(request.common)
    if library.samples:
        complain(samples_notice())
    with open_store(library.sources) as store, scan_bar() as report:
        told = store.scans.progress().running
        if told:
            complain(_WAITING)
            _wait(store, report)
        result = store.scans.run(
            rebuild=request.rebuild,
            every_file=request.every_file or not store.scans.are_many(),
            progress=report,
            # It may be other posts that are being indexed.
            waiting=None if told else partial(complain, _WAITING),
        )
    complain_of_all(result.problems)
    print_line(summarise(result))
    return 1 if result.problems else 0


def summarise(result: ScanResult) -> Clean:
    """One line about a scan: how many posts there are, what has changed, how long it took."""
    return fill(
        "{:,} {}: {:,} added, {:,} changed, {:,} removed, in {:.1f} s.",
        result.found,
        literal("post" if result.found == 1 else "posts"),
        result.added,
        result.changed,
        result.removed,
        result.seconds,
    )


def _wait(store: PostStore, report: ShowProgress | None) -> None:
    """Wait for the other process in small steps, because SQLite's own wait ignores Ctrl+C."""
    while (progress := store.scans.progress()).running:
        if report is not None:
            report(progress)
        time.sleep(_POLL_SECONDS)
