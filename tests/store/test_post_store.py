"""The store from the outside: lists, marks, and scans of small libraries."""

from __future__ import annotations

from newsreader.store import PostRow, Query
from tests.store.conftest import Library


def rows_by_title(library: Library) -> dict[str, PostRow]:
    store = library.open()
    return {row.title: row for row in store.lists.page(Query(), 0, 1000)}


def test_a_list_is_newest_first_and_undated_posts_come_last(library: Library) -> None:
    library.write("a.md", title="undated")
    library.write("b.md", title="old", date="2020-01-01 10:00:00 +0000")
    library.write("c.md", title="new", date="2021-01-01 10:00:00 +0800")
    store = library.scanned()
    assert [row.title for row in store.lists.page(Query(), 0, 10)] == ["new", "old", "undated"]
    assert [row.title for row in store.lists.page(Query(), 1, 1)] == ["old"]
    assert store.lists.count(Query()) == 3
