"""Scans, as whoever waits for them sees them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsreader.problems import Problem
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
