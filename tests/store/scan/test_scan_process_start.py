"""What a process that scans has to do with the terminal and the folder it is started from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.store import Query
from newsreader.store.scan.scan_process import start_scan_process
from tests.store.conftest import Library

pytestmark = pytest.mark.long


def test_a_key_that_interrupts_the_reader_does_not_reach_the_process_that_scans(
    library: Library,
) -> None:
    library.write("a.md", title="a")
    sources = library.open().sources
    process = start_scan_process(
        sources, cache_dir=library.cache, data_dir=library.data, stays=True
    )
    assert process.stdin is not None
    try:
        assert os.getsid(process.pid) == process.pid != os.getsid(0)
    finally:
        process.stdin.close()
        assert process.wait(60) == 0


def test_no_module_of_the_folder_that_one_stands_in_gets_into_the_process_that_scans(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write("a.md", title="a")
    store = library.open()
    for name in ("newsreader", "sqlite3", "argparse"):
        Path(library.folder, f"{name}.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(library.folder)
    process = start_scan_process(store.sources, cache_dir=library.cache, data_dir=library.data)
    assert process.wait(60) == 0
    assert store.lists.count(Query()) == 1
