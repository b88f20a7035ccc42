"""Reading posts by their files, or by their bookmarks."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from newsreader.store import (
    Query,
    StoreError,
)
from tests.store.conftest import Library, id_of


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of a name here")
def test_nobody_waits_for_a_file_that_has_become_a_pipe(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    (row,) = store.lists.page(Query(), 0, 10)
    path.unlink()
    os.mkfifo(path)
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(store.posts.read, row.post_id)
        try:
            with pytest.raises(StoreError, match="post-file-gone"):
                reading.result(timeout=10)
        finally:
            # Whoever waits for it gets an end.
            os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))


def test_a_bookmark_remembers_its_site(library: Library) -> None:
    config = library.folder / "_config.yml"
    config.write_text("title: 站\nurl: https://site.example\ntimezone: Asia/Shanghai\n")
    path = library.write("a.md", title="a", date="2020-01-01 08:00:00")
    store = library.scanned()
    post_id = id_of(store, "a")
    before = store.posts.parse(store.posts.read(post_id))
    assert before[1].title == "站"
    store.bookmarks.set_bookmarked(post_id, True)
    path.unlink()
    config.unlink()
    assert store.posts.parse(store.posts.read(post_id)) == before
    assert before[0].date == datetime(2020, 1, 1, tzinfo=UTC)
