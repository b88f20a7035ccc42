"""The marks of the state as flags of the index, and the counts that they change."""

from __future__ import annotations

from newsreader.store import Counts, PostStore, Query, View
from tests.store.conftest import Library, id_of


def counts_of(store: PostStore, category: str) -> Counts:
    """What the list of categories says of one."""
    return next(
        each.counts for each in store.lists.overview().categories if each.scope.name == category
    )


def test_reading_a_bookmark_whose_file_is_gone_leaves_the_counts_of_its_category(
    library: Library,
) -> None:
    for name in ("a", "b", "c"):
        library.write(f"{name}.md", title=name, categories=["news"])
    store = library.scanned()
    post_id = id_of(store, "c")
    store.bookmarks.set_bookmarked(post_id, True)
    (library.folder / "_posts/c.md").unlink()
    store.scans.run()
    assert counts_of(store, "news").unread == 2
    (gone,) = store.lists.page(Query(view=View.BOOKMARKS), 0, 10)
    assert gone.gone
    store.marks.set_read([gone.post_id], True)
    assert counts_of(store, "news").unread == 2
    assert store.lists.overview().everything.unread == 2
    store.marks.set_read([gone.post_id], False)
    assert counts_of(store, "news").unread == 2
    assert store.lists.overview().everything.unread == 2


def test_a_mark_that_is_made_twice_is_counted_once(library: Library) -> None:
    for name in ("a", "b"):
        library.write(f"{name}.md", title=name, categories=["news"])
    store = library.scanned()
    post_id = id_of(store, "a")
    store.marks.set_read([post_id], True)
    # A bookmark is another change of the same row of marks, which is already read.
    store.bookmarks.set_bookmarked(post_id, True)
    assert counts_of(store, "news") == Counts(total=2, unread=1, bookmarks=1)
    assert store.lists.overview().everything.unread == 1
