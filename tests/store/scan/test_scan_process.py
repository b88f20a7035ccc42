"""Several readers and scans at once, and ones that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsreader.article.reading_place import ReadingPlace
from newsreader.problems import Problem
from newsreader.store import Query, StoreError, View
from newsreader.store.db.locks import is_scanning, scan_lock
from newsreader.store.scan.__main__ import main
from tests.store.conftest import Library, id_of

pytestmark = pytest.mark.long


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@contextmanager
def running(code: str, *arguments: Path) -> Iterator[subprocess.Popen[str]]:
    """Another Python process, ended in the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


READER = """
import sys
from pathlib import Path
from newsreader.store import PostStore, Query, Source
folder, cache, data = map(Path, sys.argv[1:])
with PostStore([Source(folder)], cache_dir=cache, data_dir=data) as store:
    for line in sys.stdin:
        word, title = line.split()
        (row,) = [row for row in store.lists.page(Query(), 0, 1000) if row.title == title]
        match word:
            case "read":
                store.marks.set_read([row.post_id], True)
            case "bookmark":
                store.bookmarks.set_bookmarked(row.post_id, True)
        print(row.read, row.bookmarked, flush=True)
"""


def ask(process: subprocess.Popen[str], line: str) -> str:
    assert process.stdin
    assert process.stdout
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def test_two_readers_see_each_others_marks(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.scanned()
    post_id = id_of(store, "a")
    with running(READER, library.folder, library.cache, library.data) as other:
        before = store.data_version()
        assert ask(other, "read a") == "False False"
        wait_for(lambda: store.data_version() != before)
        row = store.lists.row(post_id)
        assert row is not None
        assert row.read
        store.bookmarks.set_bookmarked(post_id, True)
        store.marks.set_read([post_id], False)
        assert ask(other, "look a") == "False True"
        assert store.marks.undo() is not None
        assert ask(other, "look a") == "True True"


def test_marks_made_over_another_index_are_followed(library: Library, tmp_path: Path) -> None:
    library.write("a.md", title="a")
    library.write("b.md", title="b")
    store = library.scanned()
    other = Library(library.folder, tmp_path / "cache of another", library.data)
    elsewhere = other.scanned()
    before = store.data_version()
    elsewhere.marks.set_read([id_of(elsewhere, "a")], True)
    elsewhere.bookmarks.set_bookmarked(id_of(elsewhere, "b"), True)
    assert store.data_version() != before
    wait_for(lambda: store.lists.count(Query(view=View.UNREAD)) == 1)
    wait_for(lambda: store.lists.count(Query(view=View.BOOKMARKS)) == 1)
    other.close()


def test_own_changes_change_the_data_version_from_any_thread(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.scanned()
    post_id = id_of(store, "a")
    versions = [store.data_version()]
    actions: list[Callable[[], object]] = [
        lambda: store.marks.set_read([post_id], True),
        lambda: store.bookmarks.set_bookmarked(post_id, True),
        store.marks.undo,
        lambda: store.places.save(post_id, ReadingPlace(40)),
        lambda: (library.write("b.md", title="b"), store.scans.run()),
    ]
    for action in actions:
        thread = threading.Thread(target=action)
        thread.start()
        thread.join()
        versions.append(store.data_version())
    assert len(set(versions)) == len(versions)
    assert store.data_version() == versions[-1]
    assert store.places.load(post_id) == ReadingPlace(40)


def test_many_threads_read_and_mark_while_a_scan_writes(library: Library) -> None:
    for number in range(600):
        library.write(f"{number}.md", title=f"{number}", categories=["x"])
    store = library.open()
    failures: list[BaseException] = []
    done = threading.Event()

    def work() -> None:
        try:
            while not done.is_set():
                for row in store.lists.page(Query(view=View.UNREAD), 0, 3):
                    store.marks.set_read([row.post_id], True)
                store.lists.overview()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert store.scans.run().found == 600
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    counts = store.lists.overview().everything
    rows = store.lists.page(Query(), 0, 1000)
    assert counts.total == len(rows) == 600
    assert (
        counts.unread
        == sum(not row.read for row in rows)
        == store.lists.count(Query(view=View.UNREAD))
    )


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


def test_a_scan_that_ends_before_its_time_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = library.scanned()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    store.scans.start()
    wait_for(lambda: not store.scans.progress().running)
    result = store.scans.last()
    assert result is not None
    assert result.problems == (Problem("scan-ended-early"),)


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


def test_a_lock_that_something_was_written_into_is_still_one(library: Library) -> None:
    library.write("a.md", title="a")
    with library.scanned():
        pass
    lock = library.cache / "index.lock"
    lock.write_bytes(b"no database" * 500)
    assert not is_scanning(library.cache)
    with scan_lock(library.cache, seconds=0) as held:
        assert held
        lock.write_bytes(b"no database" * 500)
        assert is_scanning(library.cache)
        with scan_lock(library.cache, seconds=0) as again:
            assert not again
    assert library.open().scans.run().found == 1


def test_a_lock_that_cannot_be_opened_is_held_by_nobody_and_told(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.open()
    (library.cache / "index.lock").mkdir()
    assert not store.scans.progress().running
    with pytest.raises(StoreError, match="index-unusable unable to open"):
        store.scans.run()


def test_a_store_that_is_closed_between_two_questions_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = library.open()
    monkeypatch.setattr("newsreader.store.databases.is_behind", lambda _: store.close())
    with pytest.raises(StoreError, match="the store is closed"):
        store.data_version()


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


def test_a_mark_waits_for_nobody_who_only_reads(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.scanned()
    other = library.open()
    with store.databases.connection() as db:
        db.execute("BEGIN")
        db.execute("SELECT * FROM posts").fetchone()
        post_id = id_of(other, "a")
        other.marks.set_read([post_id], True)
        row = other.lists.row(post_id)
        assert row is not None
        assert row.read, "the index was not waited for, so the mark does not show"
        db.execute("ROLLBACK")


def test_closing_waits_for_a_thread_that_reads(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.scanned()
    entered, leave = threading.Event(), threading.Event()
    rows: list[int] = []

    def read() -> None:
        with store.databases.connection() as db:
            entered.set()
            leave.wait(10)
            rows.extend(row[0] for row in db.execute("SELECT count(*) FROM posts"))

    thread = threading.Thread(target=read)
    thread.start()
    entered.wait(10)
    threading.Timer(0.2, leave.set).start()
    store.close()
    thread.join()
    assert rows == [1]
    store.close()
