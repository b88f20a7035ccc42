"""Posts that tell the same story: found when they are indexed, and shown as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsreader.store import Labelled, PostStore, Query, Sort, View
from tests.store.conftest import Library, id_of
from tests.store.lists.conftest import find

Titles = Callable[[PostStore, Query], list[str]]

STORY = "港口在夜里接到了第一艘电动渡轮。它从对岸出发用了四十分钟。船长说水面平得像一面镜子。"
OTHER = "山里的气象站今年换了新仪器。值班的人说雪比去年来得早。路在十一月就封了。"


@pytest.fixture
def papers(library: Library) -> Library:
    """One story in three papers, and two posts that no other tells."""
    library.write("a.md", title="a", date="2022-02-01", categories=["sea"], body=STORY)
    library.write("b.md", title="b", date="2022-02-02", categories=["land"], body=OTHER)
    end = "\n\n责任编辑写了这一句话。"
    library.write("c.md", title="c", date="2022-02-03", categories=["land"], body=STORY + end)
    library.write("d.md", title="d", date="2022-02-04", categories=["sea"], body=STORY)
    library.write("e.md", title="e", date="2022-02-05", categories=["sea"], body="Nothing much.")
    return library


def copies(store: PostStore) -> dict[str, int]:
    return {row.title: row.copies for row in store.lists.page(Query(), 0, 100)}


def test_rows_say_how_many_tell_the_same(papers: Library) -> None:
    assert copies(papers.scanned()) == {"a": 3, "b": 1, "c": 3, "d": 3, "e": 1}


def test_the_copies_of_a_post_are_read_with_it(papers: Library) -> None:
    store = papers.scanned()
    assert [row.title for row in store.lists.copies(id_of(store, "c"))] == ["d", "c", "a"]
    assert store.lists.copies(id_of(store, "b")) == []


@pytest.mark.parametrize(
    ("sort", "shown"),
    {
        Sort.NEWEST: "edb",
        Sort.OLDEST: "bde",
        Sort.TITLE: "bde",
        Sort.UNREAD_FIRST: "edb",
    }.items(),
)
def test_the_newest_stands_for_all(papers: Library, titles: Titles, sort: Sort, shown: str) -> None:
    store = papers.scanned()
    assert titles(store, Query(sort=sort, fold=True)) == list(shown)
    assert store.lists.count(Query(sort=sort, fold=True)) == 3


def test_in_each_list_one_of_its_own_stands_for_all(papers: Library, titles: Titles) -> None:
    store = papers.scanned()
    assert titles(store, Query(Labelled("category", "land"), fold=True)) == ["c", "b"]
    assert titles(store, Query(Labelled("category", "sea"), fold=True)) == ["e", "d"]
    store.marks.set_read([id_of(store, "d")], True)
    unread = Query(view=View.UNREAD, fold=True)
    assert titles(store, unread) == ["e", "c", "b"]
    pinned = replace(unread, pinned=frozenset({id_of(store, "d")}))
    store.lists.snapshots.clear()
    assert titles(store, pinned) == ["e", "d", "b"]


def test_a_search_asks_for_copies(papers: Library, titles: Titles) -> None:
    store = papers.scanned()
    assert titles(store, Query(search=find("is:duplicate"))) == ["c", "a"]
    assert titles(store, Query(search=find("-is:duplicate"))) == ["e", "d", "b"]
    assert titles(store, Query(search=find("渡轮 -is:duplicate"))) == ["d"]
    assert titles(store, Query(search=find("渡轮"), fold=True)) == ["d"]
    assert titles(store, Query(search=find("编辑 OR 仪器"), fold=True)) == ["b"]


def test_a_post_that_changes_tells_something_else(papers: Library) -> None:
    store = papers.scanned()
    papers.write("c.md", title="c", date="2022-02-03", body=OTHER)
    store.scans.run()
    assert copies(store) == {"a": 2, "b": 2, "c": 2, "d": 2, "e": 1}


def test_a_post_that_goes_takes_its_copy_along(papers: Library) -> None:
    store = papers.scanned()
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    (papers.folder / "_posts/a.md").unlink()  # it stays as a bookmark, in no list
    (papers.folder / "_posts/d.md").unlink()
    store.scans.run()
    assert copies(store) == {"b": 1, "c": 1, "e": 1}


def test_scan_by_scan_comes_to_the_same(library: Library) -> None:
    for number in range(6):
        library.write(f"{number}.md", title=str(number), date=f"2022-02-0{1 + number}", body=STORY)
        store = library.scanned()
    assert set(copies(store).values()) == {6}
