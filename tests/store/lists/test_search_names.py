"""What the names of a search mean in an index."""

from __future__ import annotations

from newsreader.store import Labelled, PostStore, Query
from tests.store.conftest import Library
from tests.store.lists.conftest import find


def titles_of(store: PostStore, query: Query) -> list[str]:
    return [row.title for row in store.lists.page(query, 0, 100)]


def test_a_category_is_found_in_its_scope(library: Library) -> None:
    library.write("a.md", title="a", categories=["x"], tags=["News"])
    library.write("b.md", title="b", categories=["y"], tags=["one", "two"])
    store = library.scanned()
    for text, found in (("category:x", ["a"]), ("category:NEWS", ["a"]), ("tag:two", ["b"])):
        assert titles_of(store, Query(search=find(text))) == found
        assert titles_of(store, Query(Labelled("category", "y"), search=find(text))) == [
            title for title in found if title == "b"
        ]
