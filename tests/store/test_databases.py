"""Both databases under several threads and processes."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsreader.article.reading_place import ReadingPlace
from newsreader.problems import Problem
from newsreader.store import (
    INTERACTIVE,
    Patience,
    PostStore,
    Query,
    Session,
    StoreError,
    UnsavedError,
    View,
)
from tests.store.conftest import Library, id_of
from tests.store.waiting import running, wait_for

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


@pytest.mark.long
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


@pytest.mark.long
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


def test_a_store_that_is_closed_between_two_questions_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = library.open()
    monkeypatch.setattr("newsreader.store.databases.is_behind", lambda _: store.close())
    with pytest.raises(StoreError, match="the store is closed"):
        store.data_version()


HASTY = Patience(opening=0.01, changes=0.01)


@contextmanager
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold the write lock of a database, as another process does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


CHANGES: dict[str, Callable[[PostStore], object]] = {
    "read": lambda store: store.marks.set_read([id_of(store, "b")], True),
    "all": lambda store: store.marks.mark_all_read(store.lists.unread_ids(Query())),
    "undo": lambda store: store.marks.undo(),
    "redo": lambda store: store.marks.redo(),
    "bookmark": lambda store: store.bookmarks.set_bookmarked(id_of(store, "b"), True),
    "removal": lambda store: store.bookmarks.set_bookmarked(id_of(store, "a"), False),
    "update": lambda store: store.bookmarks.update(id_of(store, "a")),
    "note": lambda store: store.bookmarks.set_note(id_of(store, "a"), "A note."),
    "place": lambda store: store.places.save(id_of(store, "a"), ReadingPlace(3, "tex")),
    "session": lambda store: store.sessions.save(Session(pane="posts")),
}


def test_a_screen_is_answered_soon() -> None:
    assert INTERACTIVE.opening <= 0.5
    assert INTERACTIVE.changes <= 2


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_cannot_be_made_soon_is_refused_and_can_be_made_later(
    library: Library, change: str
) -> None:
    library.write("a.md", title="a")
    library.write("b.md", title="b")
    store = library.open(patience=HASTY)
    store.scans.run()
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    with locked(library.data / "state.db"):
        with pytest.raises(UnsavedError) as failure:
            CHANGES[change](store)
        assert failure.value.reason == Problem("database-busy")
        assert store.lists.count(Query()) == 2  # reading goes on
    CHANGES[change](store)


def test_a_mark_is_kept_though_the_index_is_locked_and_shows_later(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.open(patience=HASTY)
    store.scans.run()
    with locked(library.cache / "index.db"):
        store.marks.set_read([id_of(store, "a")], True)
        assert store.lists.count(Query(view=View.UNREAD)) == 1
        library.open(patience=HASTY).close()
    store.data_version()
    wait_for(lambda: store.lists.count(Query(view=View.UNREAD)) == 0)


def test_what_waits_behind_a_change_that_was_refused_does_not_wait_as_long(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write("a.md", title="a")
    store = library.open(patience=Patience(opening=1, changes=2))
    store.scans.run()
    ticks = (tick / 10 for tick in itertools.count())
    clock = SimpleNamespace(monotonic=lambda: next(ticks))
    monkeypatch.setattr("newsreader.store.databases.time", clock)
    attempts: list[int] = []
    with locked(library.data / "state.db"):
        for _ in range(3):
            before = next(ticks)
            with pytest.raises(UnsavedError):
                store.marks.set_read([id_of(store, "a")], True)
            attempts.append(round(10 * (next(ticks) - before)))
    assert attempts[0] > 20
    assert max(attempts[1:]) < 10


def test_a_lock_is_no_reason_not_to_ask_and_is_not_waited_for(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.open(patience=Patience(opening=1, changes=100_000))
    with locked(library.data / "state.db"):
        store.marks.check_writable()
        store.bookmarks.check_writable()


def test_closing_ends_the_wait_for_a_lock(library: Library) -> None:
    library.write("a.md", title="a")
    store = library.open(patience=Patience(opening=1, changes=100_000))
    store.scans.run()
    post_id = id_of(store, "a")
    waits = threading.Event()
    refused = threading.Event()
    retry = store.databases._retry

    def told(seconds: float) -> Callable[[], bool]:
        waits.set()
        return retry(seconds)

    def mark() -> None:
        with pytest.raises(UnsavedError):
            store.marks.set_read([post_id], True)
        refused.set()

    with locked(library.data / "state.db"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.databases, "_retry", told)
        thread = threading.Thread(target=mark, daemon=True)
        thread.start()
        assert waits.wait(30)
        store.close()
        assert refused.wait(30)
