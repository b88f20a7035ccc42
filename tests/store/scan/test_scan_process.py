"""Several readers and scans at once, and ones that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsreader.store import Query
from newsreader.store.db.locks import is_scanning, scan_lock
from newsreader.store.scan.__main__ import main
from tests.store.conftest import Library
from tests.store.waiting import running, wait_for

pytestmark = pytest.mark.long


def test_a_scan_in_a_process_of_its_own_fills_the_list(library: Library) -> None:
    for number in range(50):
        library.write(f"{number}.md", title=f"{number}")
    store = library.open()
    with scan_lock(library.cache, seconds=0):
        store.scans.start()
        assert store.scans.progress().running
        store.scans.start()
    wait_for(lambda: not store.scans.progress().running)
    assert store.lists.count(Query()) == 50
    assert (store.scans.progress().done, store.scans.progress().total) == (50, 50)
    result = store.scans.last()
    assert result is not None
    assert (result.found, result.problems) == (50, ())


HALTED_SCAN = """
import sys
from newsreader.store.scan import __main__ as indexer, index_entry, scanner
parse, count = index_entry.parse_post, 0
def halting(*arguments):
    global count
    count += 1
    if count == 350:
        sys.stdin.readline()
    return parse(*arguments)
index_entry.parse_post = halting
scanner.BATCH = 100
sys.exit(indexer.main(sys.argv[1:]))
"""


@contextmanager
def halted_scan(library: Library) -> Iterator[subprocess.Popen[str]]:
    """A scan in another process that halts half-way, until it is given a line."""
    for number in range(500):
        name = f"2020-01-01-{number:04}.md"
        library.write(name, title=f"{number}", categories=["x"], tags=["y"])
    library.open()
    flags = Path(f"--cache={library.cache}"), Path(f"--data={library.data}")
    with running(HALTED_SCAN, *flags, library.folder) as process:
        yield process


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_scan_that_is_killed_leaves_a_usable_index_and_the_next_goes_on(
    library: Library,
) -> None:
    with halted_scan(library) as process:
        store = library.open()
        wait_for(lambda: store.lists.count(Query()) > 100)
        assert store.scans.progress().running
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert not store.scans.progress().running
    listed = store.lists.count(Query())
    assert 100 < listed < 500
    rows = store.lists.page(Query(), 0, 1000)
    assert len(rows) == listed
    assert store.lists.overview().categories[0].counts.total == listed
    result = store.scans.run()
    assert (result.found, result.added) == (500, 500 - listed)
    assert store.lists.overview().categories[0].counts.total == 500


def test_marks_get_through_while_another_process_scans(library: Library) -> None:
    with halted_scan(library) as process:
        store = library.open()
        wait_for(lambda: store.lists.count(Query()) > 100)
        for row in store.lists.page(Query(), 0, 20):
            store.marks.set_read([row.post_id], True)
        store.bookmarks.set_bookmarked(store.lists.page(Query(), 0, 1)[0].post_id, True)
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.wait() == 0
    counts = store.lists.overview().everything
    assert (counts.total, counts.unread, counts.bookmarks) == (500, 480, 1)


def test_a_second_indexer_leaves_when_asked_and_otherwise_waits(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.open()
    arguments = [f"--cache={library.cache}", f"--data={library.data}"]
    assert not is_scanning(library.cache)
    with scan_lock(library.cache, seconds=0) as held:
        assert held
        assert is_scanning(library.cache)
        with scan_lock(library.cache, seconds=0) as again:
            assert not again
        assert main([*arguments, "--leave", str(library.folder)]) == 0
        assert store.lists.count(Query()) == 0
        store.scans.start()
        assert store.scans.progress().running
    wait_for(lambda: store.lists.count(Query()) == 1)
    wait_for(lambda: not store.scans.progress().running)
    # The end of a scan is written down before its lock is given back.
    wait_for(lambda: not is_scanning(library.cache))


def test_the_indexer_fails_without_a_word(library: Library, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "newsreader.store.scan",
            f"--cache={tmp_path / 'no' / 'such'}",
            f"--data={tmp_path}",
            library.folder,
        ],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
