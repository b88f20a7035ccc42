"""An index that follows its folders while a reader is open."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from newsreader.store import PostStore, Query
from newsreader.store.db.locks import is_scanning, scan_lock
from newsreader.store.scan.follow import ScanRequests, _Due, _Follower
from newsreader.store.scan.watch import (
    FolderEvents,
    PollingWatcher,
    TreeWatcher,
    Watcher,
    make_watcher,
)
from tests.store.conftest import Library
from tests.store.waiting import running, wait_for

pytestmark = pytest.mark.long


def titles(store: PostStore) -> set[str]:
    return {row.title for row in store.lists.page(Query(), 0, 1000)}


def texts(store: PostStore, word: str) -> int:
    with store.databases.connection() as db:
        found: int = db.execute(
            "SELECT count(*) FROM fts JOIN posts ON posts.text = fts.rowid WHERE fts MATCH ?",
            (word,),
        ).fetchone()[0]
        return found


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text(encoding="utf-8").rsplit(")", 1)[1][1] == "Z")


@contextmanager
def followed(library: Library) -> Iterator[PostStore]:
    with library.open() as store:
        with scan_lock(library.cache, seconds=0):
            store.scans.follow()
            assert store.scans.progress().running
        wait_for(lambda: not store.scans.progress().running)
        yield store


def test_what_changes_in_the_folder_is_indexed_by_itself(library: Library) -> None:
    library.write("2020-01-01-a.md", title="a")
    with followed(library) as store:
        assert titles(store) == {"a"}
        posts = library.folder / "_posts"
        made = library.write("2020-01-02-b.md", title="b", body="zebra")
        wait_for(lambda: titles(store) == {"a", "b"} and texts(store, "zebra") == 1)
        library.write("2020-01-02-b.md", title="c", body="lion")
        wait_for(lambda: titles(store) == {"a", "c"} and texts(store, "lion") == 1)
        assert texts(store, "zebra") == 0
        made.rename(posts / "2020-01-03-c.md")
        wait_for(lambda: store.posts.find(posts / "2020-01-03-c.md") is not None)
        wait_for(lambda: store.lists.count(Query()) == 2)
        made = posts / "2020-01-03-c.md"
        made.unlink()
        wait_for(lambda: titles(store) == {"a"})
        library.write("en/news/_posts/2020-01-04-d.md", title="d")
        wait_for(lambda: titles(store) == {"a", "d"})
        library.write("en/news/_posts/2020-01-05-e.md", title="e")
        wait_for(lambda: titles(store) == {"a", "d", "e"})
        shutil.rmtree(library.folder / "en")
        wait_for(lambda: titles(store) == {"a"})
        library.write("2020-01-06-f.md", title="f", date="2020-01-01 12:00:00")
        wait_for(lambda: titles(store) == {"a", "f"})
        (library.folder / "_config.yml").write_text("timezone: Asia/Shanghai\n", encoding="utf-8")

        def zones() -> set[object]:
            rows = store.lists.page(Query(), 0, 10)
            return {row.date.utcoffset() for row in rows if row.date and row.has_time}

        wait_for(lambda: {str(zone) for zone in zones()} == {"8:00:00"})
        # Another process must get at the index.
        wait_for(lambda: not is_scanning(library.cache))


class _Silent:
    """ScanRequests of a reader that asks for nothing."""

    def __init__(self) -> None:
        self.wake, self.waker = os.pipe()

    def take(self) -> bool:
        return False


def test_what_changes_is_indexed_where_a_tree_is_watched(library: Library) -> None:
    library.write("2020-01-01-a.md", title="a")
    store = library.open()
    asked = _Silent()
    follower = _Follower(store.sources, library.cache, library.data, cast("ScanRequests", asked))
    follower._watcher = watcher = TreeWatcher()

    def follow_until(wanted: set[str]) -> None:
        end = time.monotonic() + 30
        while titles(store) != wanted:
            assert time.monotonic() < end, titles(store)
            if due := follower._step():
                follower._scan(due)

    follower._scan(_Due.FOLDERS)
    assert titles(store) == {"a"}
    posts = library.folder / "_posts"
    made = library.write("2020-01-02-b.md", title="b")
    follow_until({"a", "b"})
    library.write("2020-01-02-b.md", title="c")
    follow_until({"a", "c"})
    made.rename(posts / "2020-01-03-c.md")
    library.write("en/_posts/2020-01-04-d.md", title="d")
    follow_until({"a", "c", "d"})
    library.write("en/_posts/2020-01-05-e.md", title="e")
    follow_until({"a", "c", "d", "e"})
    shutil.rmtree(library.folder / "en")
    (posts / "2020-01-03-c.md").unlink()
    follow_until({"a"})
    library.folder.rename(library.folder.with_name("elsewhere"))
    library.write("2020-01-01-f.md", title="f")
    follow_until({"f"})
    library.write("2020-01-01-g.md", title="g")
    follow_until({"f", "g"})
    watcher.close()
    os.close(asked.wake)
    os.close(asked.waker)


def test_a_folder_that_is_replaced_by_another_is_followed(library: Library) -> None:
    library.write("2020-01-01-a.md", title="a")
    with followed(library) as store:
        library.folder.rename(library.folder.with_name("elsewhere"))
        library.write("2020-01-01-b.md", title="b")
        wait_for(lambda: titles(store) == {"b"})
        library.write("2020-01-01-c.md", title="c")
        wait_for(lambda: titles(store) == {"b", "c"})


def test_the_following_process_ends_with_the_store_and_scans_when_asked(library: Library) -> None:
    library.write("a.md", title="a")
    with followed(library) as store:
        child = store.scans.process.child
        assert child is not None
        with scan_lock(library.cache, seconds=60) as held:
            assert held
            store.scans.start()
            assert store.scans.process.child is child
            assert store.scans.progress().running
        wait_for(lambda: not store.scans.progress().running)
    assert child.returncode == 0


READER = """
import sys, time
from pathlib import Path
from newsreader.store import PostStore, Source
folder, cache, data = map(Path, sys.argv[1:])
store = PostStore([Source(folder)], cache_dir=cache, data_dir=data)
store.scans.follow()
print(store.scans.process.child.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_second_reader_takes_over_from_one_that_is_killed(library: Library) -> None:
    library.write("a.md", title="a")
    with running(READER, library.folder, library.cache, library.data) as other:
        assert other.stdout
        pid = int(other.stdout.readline())
        with library.open() as store:
            wait_for(lambda: titles(store) == {"a"})
            store.scans.follow()
            wait_for(lambda: not store.scans.progress().running)
            library.write("b.md", title="b")
            wait_for(lambda: titles(store) == {"a", "b"})
            assert is_alive(pid)
            other.kill()
            wait_for(lambda: not is_alive(pid))
            library.write("c.md", title="c")
            wait_for(lambda: titles(store) == {"a", "b", "c"})


def test_the_process_that_follows_waits_for_the_index_and_says_nothing(library: Library) -> None:
    library.write("a.md", title="a")
    library.open().close()
    flags = [f"--cache={library.cache}", f"--data={library.data}"]
    command = [sys.executable, "-m", "newsreader.store.scan", *flags, "--follow", "--"]
    with scan_lock(library.cache, seconds=0):
        process = subprocess.Popen(
            [*command, str(library.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        wait_for(lambda: any(library.cache.glob("follow-*.lock")))
        assert process.poll() is None
        assert process.communicate()[0] == b""
        assert process.returncode == 0


@pytest.mark.parametrize("make", [make_watcher, PollingWatcher, TreeWatcher])
def test_a_watcher_tells_of_files_that_come_and_go(make: type[Watcher], tmp_path: Path) -> None:
    wake, waker = os.pipe()
    watcher = make()
    try:
        watcher.add(str(tmp_path))
        assert not watcher.wait(0.01, wake)
        (tmp_path / "a.md").write_bytes(b"a")
        seen = watcher.wait(10, wake)
        assert seen.files == {(str(tmp_path), "a.md")} or seen.folders == {(str(tmp_path), "")}
        while watcher.wait(0.05, wake):
            pass
        os.write(waker, b"x")
        assert not watcher.wait(10, wake), "it was woken"
        os.read(wake, 1)
        (tmp_path / "inner").mkdir()
        assert watcher.wait(10, wake).folders
        watcher.add(str(tmp_path / "not there"))
    finally:
        watcher.close()
        os.close(wake)
        os.close(waker)


class _Pipe(io.BytesIO):
    """The standard input of a process that has done what it is asked for at once."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library

    def flush(self) -> None:
        if not self.closed and self.getvalue() == b"scan\n":
            with self._library.open() as other:
                other.scans.run()


class _Child:
    def __init__(self, library: Library) -> None:
        self.stdin = _Pipe(library)

    def poll(self) -> None:
        return None

    def wait(self, _seconds: float) -> int:
        return 0


def test_a_scan_that_is_done_as_soon_as_it_is_asked_for_is_not_waited_for(
    library: Library,
) -> None:
    library.write("a.md", title="a")
    store = library.open()
    store.scans.process.child = cast("subprocess.Popen[bytes]", _Child(library))
    store.scans.start()
    assert titles(store) == {"a"}
    assert not store.scans.progress().running


class _Asked:
    """ScanRequests of a reader that asks between two steps of the process that follows."""

    def take(self) -> bool:
        return True


def test_a_scan_that_nobody_asked_for_counts_for_who_asks_before_it_begins(
    library: Library,
) -> None:
    library.write("a.md", title="a")
    store = library.open()
    asked = cast("ScanRequests", _Asked())
    _Follower(store.sources, library.cache, library.data, asked)._scan(_Due.CHECK)
    result = store.scans.last()
    assert result is not None
    assert result.found == 1


def test_an_index_that_was_made_anew_is_not_given_posts_of_the_old_one(
    library: Library, tmp_path: Path
) -> None:
    library.write("a.md", title="a")
    other = tmp_path / "other"
    library.write("o.md", title="o", folder=other)
    with library.open() as store:
        asked = cast("ScanRequests", _Asked())
        follower = _Follower(store.sources, library.cache, library.data, asked)
        follower._scan(_Due.FILES)
    (library.cache / "index.db").write_bytes(b"damage" * 1000)
    # The first source of the new index is another one.
    library.scanned(other)
    made = library.write("b.md", title="b")
    seen = FolderEvents(files={(str(made.parent), made.name)})
    assert not follower._update(seen)
    assert titles(library.open(other)) == {"o"}
    follower._scan(_Due.FILES)
    assert follower._update(seen)
    assert titles(library.open()) == {"a", "b"}
    assert titles(library.open(other)) == {"o"}
