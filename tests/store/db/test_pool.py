"""Connections of several threads."""

from __future__ import annotations

import threading

from tests.store.conftest import Library, id_of


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
