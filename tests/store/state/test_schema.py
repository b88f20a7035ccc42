"""What the tables of the state refuse, whoever writes into them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.store.db.tables import create_tables
from newsreader.store.state.bookmarks import moment_from
from newsreader.store.state.schema import STATE_TABLES, STATE_VERSION

COLUMNS = "source, path, site_path, mtime_ns, title, has_time, categories, tags"
MORE = "site_title, site_url, site_timezone, saved_at, note, left_out, kept, raw"
VALUES = "'s', 'a.md', 'a.md', 1, 'a', 1, '[]', '[]', '', '', 'UTC', 1, '', '[]', ?, x''"
ADD = f"INSERT INTO bookmarks ({COLUMNS}, {MORE}) VALUES ({VALUES})"


def test_a_post_has_one_bookmark_and_any_number_of_versions_to_go_back_to(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "state.db", isolation_level=None)) as db:
        create_tables(db, STATE_TABLES, STATE_VERSION)
        for is_kept in (0, 0, 1, 0):
            db.execute(ADD, (is_kept,))
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            db.execute(ADD, (1,))


@pytest.mark.parametrize("seconds", [1e300, float("nan"), -1e18])
def test_a_moment_that_a_damaged_disk_has_spoilt_is_still_one_that_compares(seconds: float) -> None:
    assert moment_from(seconds) == datetime(1970, 1, 1, tzinfo=UTC)
    assert moment_from(seconds).utcoffset() is not None
