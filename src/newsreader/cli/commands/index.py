"""`newsreader index`: look for new, changed and removed posts."""

from __future__ import annotations

import time
from functools import partial
from typing import Final

from newsreader.cli.arguments import IndexRequest
from newsreader.cli.indexing import ShowProgress, print_problems, scan_bar
from newsreader.cli.library import SAMPLES_NOTICE, open_library, open_store
from newsreader.cli.output import complain
from newsreader.store import PostStore, ScanResult

_WAITING: Final = "Another process is indexing; waiting until it is done."
_POLL_SECONDS: Final = 0.2


def run(request: IndexRequest) -> int:
    """Scan the sources and print one line about it; 1 if something could not be read."""
    library = open_library(request.common)
    if library.samples:
        complain(SAMPLES_NOTICE)
    with open_store(library.sources) as store, scan_bar() as report:
        told = store.scans.progress().running
        if told:
            complain(_WAITING)
            _wait(store, report)
        result = store.scans.run(
            rebuild=request.rebuild,
            progress=report,
            # It may be other posts that are being indexed.
            waiting=None if told else partial(complain, _WAITING),
        )
    print_problems(result)
    print(summarise(result))
    return 1 if result.problems else 0


def summarise(result: ScanResult) -> str:
    """One line about a scan: how many posts there are, what has changed, how long it took."""
    posts = "1 post" if result.found == 1 else f"{result.found:,} posts"
    return (
        f"{posts}: {result.added:,} added, {result.changed:,} changed, "
        f"{result.removed:,} removed, in {result.seconds:.1f} s."
    )


def _wait(store: PostStore, report: ShowProgress | None) -> None:
    """Wait for the other process in small steps, because SQLite's own wait ignores Ctrl+C."""
    while (progress := store.scans.progress()).running:
        if report is not None:
            report(progress)
        time.sleep(_POLL_SECONDS)
