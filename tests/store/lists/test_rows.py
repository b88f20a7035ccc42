"""What lists show of posts, and the facts beside them."""

from __future__ import annotations

import pytest

from newsreader.store import (
    PostId,
    PostRow,
    Query,
)
from newsreader.store.errors import StoreError
from tests.store.conftest import Library, id_of


def test_a_row_that_is_not_there_is_none_and_its_file_cannot_be_read(library: Library) -> None:
    library.write("a.md", title="one")
    store = library.scanned()
    (row,) = store.lists.page(Query(), 0, 10)
    assert store.lists.row(row.post_id) == row
    missing = PostId(row.post_id + 1)
    assert store.lists.row(missing) is None
    assert store.lists.rank(Query(), missing) is None
    with pytest.raises(StoreError, match="post-not-indexed"):
        store.posts.read(missing)
    assert isinstance(row, PostRow)


def test_the_index_says_where_posts_lie_and_what_they_carry(library: Library) -> None:
    library.write("a.md", title="a", categories=["x", "y"], tags=["z"])
    store = library.scanned()
    post = id_of(store, "a")
    facts = store.lists.facts([post, id_of(store, "a")])
    assert list(facts) == [post]
    assert (facts[post].source, facts[post].path) == (library.folder, "_posts/a.md")
    assert (facts[post].categories, facts[post].tags) == (("x", "y"), ("z",))
