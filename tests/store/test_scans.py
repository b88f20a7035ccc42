"""Scans, as whoever waits for them sees them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsreader.problems import Problem
from newsreader.store import scans
from newsreader.store.scan import scan_process
from newsreader.store.state.backups import (
    newest_backup,
)
from tests.store.conftest import Library
from tests.store.state.test_backups import marked
from tests.store.waiting import wait_for


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


def test_a_scan_of_its_own_process_makes_the_backup_beside_it(library: Library) -> None:
    marked(library)
    with library.open() as store:
        store.scans.start()
        wait_for(lambda: newest_backup(library.data / "state.db") is not None)


def test_a_scan_has_begun_though_the_clock_was_set_back_since_it_was_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = library.scanned()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        monkeypatch.setattr(scan_process, "start_scan_process", lambda *_, **__: child)
        store.scans.start()
        assert store.scans.progress().running
        monkeypatch.setattr("time.time", lambda: 1_000.0)
        store.scans.run()

        assert not store.scans.progress().running
        child.communicate(b"\n")


def test_an_index_of_many_posts_is_taken_as_it_is(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "FEW_FILES", 1)
    library.write("_posts/2026-01-01-a.md")
    library.write("_posts/2026-01-02-b.md")
    with library.open() as store:
        first = store.scans.catch_up()
        library.write("_posts/2026-01-03-c.md")

        assert first is not None
        assert first.added == 2
        assert store.scans.catch_up() is None
        assert store.scans.run().added == 1


def test_an_index_of_few_posts_is_brought_up_to_date(library: Library) -> None:
    library.write("_posts/2026-01-01-a.md")
    store = library.scanned()
    library.write("_posts/2026-01-02-b.md")
    result = store.scans.catch_up()

    assert result is not None
    assert result.added == 1


def test_an_index_that_was_begun_is_finished_first(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "FEW_FILES", 0)
    library.write("_posts/2026-01-01-a.md")
    store = library.scanned()
    library.write("_posts/2026-01-02-b.md")
    with store.databases.connection() as db:
        db.execute("UPDATE scans SET ended = NULL")
    result = store.scans.catch_up()

    assert result is not None
    assert result.added == 1
