"""Connections of threads that have ended."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from newsreader.store.db.pool import Connections
from tests.store.conftest import Library

DESCRIPTORS = Path("/proc/self/fd")


def open_files(folder: Path) -> int:
    """How many descriptors this process has of files in a folder."""
    count = 0
    for each in DESCRIPTORS.iterdir():
        try:
            count += each.readlink().is_relative_to(folder)
        except OSError:
            continue  # That of the listing itself.
    return count


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="descriptors are not shown here")
def test_a_reader_that_is_open_for_days_holds_no_files_of_threads_that_have_ended(
    library: Library,
) -> None:
    library.write("a.md", title="a")
    library.scanned().close()
    connections = Connections(library.cache / "index.db", library.data / "state.db")

    def look() -> None:
        with connections.using() as db:
            db.execute("SELECT count(*) FROM posts").fetchone()

    counts: list[int] = []
    for _ in range(20):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        counts.append(open_files(library.cache))
    connections.close()
    assert max(counts) <= counts[0] + 2, counts
    assert open_files(library.cache) == 0
