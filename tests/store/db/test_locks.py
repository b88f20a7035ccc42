"""The lock of scans, and what may happen to its file."""

from __future__ import annotations

import pytest

from newsreader.store import StoreError
from newsreader.store.db.locks import is_scanning, scan_lock
from tests.store.conftest import Library


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
