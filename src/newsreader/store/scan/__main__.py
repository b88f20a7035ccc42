"""The process that scans, and stays to follow: `python -m newsreader.store.scan`.

It writes to the index alone, never to the terminal: its standard output and error may be the screen
of the reader that started it.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from newsreader.runtime import let_others_go_first, set_up_worker
from newsreader.store.db.connect import INDEX, STATE, connect
from newsreader.store.db.locks import NO_LIMIT, scan_lock
from newsreader.store.errors import StoreError
from newsreader.store.scan.follow import ScanRequests, follow
from newsreader.store.scan.scanner import scan_sources
from newsreader.store.values import Source


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan once, or scan and follow: 0 when done, 1 if the databases cannot be used."""
    parser = argparse.ArgumentParser(prog="newsreader.store.scan")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--follow", action="store_true", help="until the standard input ends")
    parser.add_argument("--leave", action="store_true", help="leave if another one scans")
    parser.add_argument("sources", type=Path, nargs="*")
    options = parser.parse_args(arguments)
    sources = [Source(path) for path in options.sources]
    seconds = 1.0 if options.leave else NO_LIMIT
    try:
        if options.follow:
            asked = ScanRequests(sys.stdin.fileno())
            follow(sources, cache_dir=options.cache, data_dir=options.data, asked=asked)
        with scan_lock(options.cache, seconds=seconds) as held:
            if not held:
                return 0
            with closing(connect(options.cache / INDEX, options.data / STATE)) as db:
                scan_sources(db, sources)
    except (OSError, sqlite3.Error, StoreError):
        return 1
    return 0


if __name__ == "__main__":
    let_others_go_first()
    set_up_worker()
    sys.exit(main())
