"""Connections that threads share."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.store import PostStore
from newsreader.store.db.pool import IDLE_CONNECTIONS, Connections
from tests.store.conftest import Library, id_of


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    with PostStore([], cache_dir=tmp_path, data_dir=tmp_path):
        pass
    pool = Connections(tmp_path / "index.db", tmp_path / "state.db")
    yield pool
    pool.close()


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_threads_one_after_the_other_use_the_same_connection(connections: Connections) -> None:
    used: set[int] = set()

    def use() -> None:
        with connections.using() as db:
            used.add(id(db))

    for _ in range(20):
        thread = threading.Thread(target=use)
        thread.start()
        thread.join()

    assert len(used) == 1


def test_threads_at_the_same_time_use_each_their_own_and_few_stay_open(
    connections: Connections,
) -> None:
    def use_at_once() -> list[sqlite3.Connection]:
        used: list[sqlite3.Connection] = []
        all_in = threading.Barrier(12)

        def use() -> None:
            with connections.using() as db:
                used.append(db)
                all_in.wait(30)

        threads = [threading.Thread(target=use) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return used

    used = use_at_once()
    before = descriptors()
    assert len(set(used)) == 12
    assert sum(map(is_open, used)) == IDLE_CONNECTIONS
    # SQLite closes no descriptor of a file that it has locked, but it takes it for the next one.
    use_at_once()
    assert descriptors() == before


def is_open(db: sqlite3.Connection) -> bool:
    try:
        db.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def test_a_thread_that_asks_twice_gets_the_same(connections: Connections) -> None:
    with connections.using() as first, connections.using() as second:
        assert first is second


def test_closing_stops_what_is_being_read(connections: Connections) -> None:
    reading = threading.Event()
    failures: list[BaseException] = []

    def read_for_ever() -> None:
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        try:
            with connections.using() as db:
                reading.set()
                db.execute(f"{endless} SELECT count(*) FROM n").fetchone()
        except sqlite3.OperationalError as error:
            failures.append(error)

    thread = threading.Thread(target=read_for_ever, daemon=True)
    thread.start()
    assert reading.wait(30)
    connections.close()
    thread.join(30)

    assert not thread.is_alive()
    assert len(failures) == 1
    with pytest.raises(sqlite3.ProgrammingError), connections.using():
        pass


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
