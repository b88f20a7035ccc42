"""Walks when there are more of them than SQLite takes."""

from __future__ import annotations

import pytest

from newsreader.store import (
    Query,
    View,
)
from tests.store.conftest import Library


@pytest.mark.long
def test_more_sources_than_sqlite_takes_in_one_select_are_one_list(library: Library) -> None:
    folders = []
    for number in range(120):
        folder = library.folder / f"site{number:03}"
        library.write("a.md", title=f"{number}", date=f"20{number % 90 + 10}-01-01", folder=folder)
        folders.append(folder)
    store = library.scanned(*folders)
    rows = store.lists.page(Query(), 0, 200)
    assert len(rows) == store.lists.count(Query()) == 120
    dates = [row.date for row in rows if row.date]
    assert dates == sorted(dates, reverse=True)
    assert store.lists.count(Query(view=View.UNREAD)) == 120
