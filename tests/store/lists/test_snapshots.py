"""Lists that were collected, when the posts change afterwards; and what is done with them."""

from __future__ import annotations

import pytest

from newsreader.messages import describe
from newsreader.search.parse_query import parse_query
from newsreader.store import (
    CollectProgress,
    PostStore,
    Query,
    Sort,
    View,
)
from newsreader.store.lists import plan, snapshots, windows
from tests.store.conftest import Library, id_of
from tests.store.lists.conftest import POSTS, find
from tests.store.made_posts import (
    NOW,
    PostScan,
)


def write_posts(library: Library) -> PostStore:
    """Six posts, `a` the oldest; all but `c` speak of apples."""
    for day, name in enumerate("abcdef", 1):
        body = "Pears." if name == "c" else "Apples."
        library.write(f"{name}.md", title=name, date=f"2022-01-0{day}", body=body)
    return library.scanned()


def titles_of(store: PostStore, query: Query) -> list[str]:
    return [row.title for row in store.lists.page(query, 0, 100)]


def collect(store: PostStore, query: Query) -> CollectProgress:
    *_, last = store.lists.collect(query, lambda: False)
    return last


APPLES = Query(search=find("apple"))


def test_what_was_collected_stays_as_it_was_until_it_is_collected_again(library: Library) -> None:
    store = write_posts(library)
    assert titles_of(store, APPLES) == ["f", "e", "d", "b", "a"]
    gone, pear = id_of(store, "e"), id_of(store, "c")
    (library.folder / "_posts" / "e.md").unlink()
    library.write("c.md", title="c", date="2022-01-03", body="Pears and apples.")
    library.write("g.md", title="g", date="2022-01-07", body="Apples.")
    store.scans.run()

    assert store.lists.count(APPLES) == 5
    # The others keep their places.
    assert titles_of(store, APPLES) == ["f", "", "d", "b", "a"]
    (row,) = store.lists.page(APPLES, 1, 1)
    assert describe(row.problem) == "(no longer there)"
    assert (row.post_id, row.gone, row.read, row.category) == (gone, True, True, "")
    assert row.date is not None
    assert store.lists.rank(APPLES, gone) == 1
    assert store.lists.rank(APPLES, pear) is None
    assert store.lists.locate(APPLES, pear) == 3

    assert collect(store, APPLES) == CollectProgress(6, complete=True)
    assert titles_of(store, APPLES) == ["g", "f", "d", "c", "b", "a"]
    assert store.lists.rank(APPLES, gone) is None


def test_a_whole_list_stays_until_the_next_one_is_whole(library: Library) -> None:
    store = write_posts(library)
    assert store.lists.count(APPLES) == 5
    library.write("g.md", title="g", date="2022-01-07", body="Apples.")
    store.scans.run()

    assert list(store.lists.collect(APPLES, lambda: True)) == []
    assert store.lists.count(APPLES) == 5
    steps = store.lists.collect(APPLES, lambda: False)
    seen = [(step, store.lists.count(APPLES)) for step in steps]
    assert seen[-1] == (CollectProgress(6, complete=True), 6)
    assert all(count == 5 for _, count in seen[:-1])


def test_reading_a_post_leaves_it_in_the_list_and_what_is_kept_makes_no_new_one(
    library: Library,
) -> None:
    store = write_posts(library)
    unread = Query(search=find("apple"), view=View.UNREAD)
    assert store.lists.count(unread) == 5
    opened = id_of(store, "d")
    store.marks.set_read([opened], True)
    kept = Query(search=find("apple"), view=View.UNREAD, pinned=frozenset([opened]))
    assert titles_of(store, unread) == titles_of(store, kept) == ["f", "e", "d", "b", "a"]
    assert [row.read for row in store.lists.page(kept, 0, 9)] == [False, False, True, False, False]

    assert collect(store, kept).found == 5
    assert collect(store, unread).found == 4
    assert titles_of(store, kept) == ["f", "e", "b", "a"]


def test_all_that_was_found_is_marked_read_and_nothing_else(library: Library) -> None:
    store = write_posts(library)
    assert store.lists.count(APPLES) == 5
    library.write("g.md", title="g", date="2022-01-07", body="Apples.")
    store.scans.run()

    assert store.marks.mark_all_read(store.lists.unread_ids(APPLES)) == 5
    assert titles_of(store, Query(view=View.UNREAD)) == ["g", "c"]
    assert store.marks.undo() is not None
    assert store.lists.count(Query(view=View.UNREAD)) == 7


def test_the_next_unread_post_is_one_of_the_search_then_any(library: Library) -> None:
    store = write_posts(library)
    ids = {name: id_of(store, name) for name in "abcdef"}
    store.marks.set_read([ids["d"]], True)

    def following(query: Query, name: str | None, *, backwards: bool = False) -> str | None:
        start = ids[name] if name else None
        found = store.lists.next_unread(start, query=query, backwards=backwards)
        return next((each for each, post in ids.items() if post == found), None)

    assert following(APPLES, None) == "f"
    assert following(APPLES, "e") == "b"
    assert following(APPLES, "b", backwards=True) == "e"
    assert following(APPLES, "c") == "b"
    # Below the last one: any older one, then from the top.
    assert following(APPLES, "a") == "f"
    assert following(Query(search=find("pear")), "c") == "b"
    by_title = Query(search=find("apple"), sort=Sort.TITLE)
    assert titles_of(store, by_title) == ["a", "b", "d", "e", "f"]
    assert following(by_title, "b") == "e"
    assert following(by_title, "e", backwards=True) == "b"
    assert following(by_title, "c") == "e"
    # Where the oldest come first, down is newer.
    oldest = Query(sort=Sort.OLDEST)
    assert following(oldest, "c") == "e"
    assert following(oldest, "c", backwards=True) == "b"
    store.marks.set_read(list(ids.values()), True)
    assert following(APPLES, None) is None


@pytest.mark.parametrize("page", [1, 3, 100])
@pytest.mark.parametrize("text", ["apple", "pear", "apple -title:d", "is:unread apple"])
def test_a_first_page_by_title_is_the_beginning_of_the_whole(
    library: Library, monkeypatch: pytest.MonkeyPatch, page: int, text: str
) -> None:
    store = write_posts(library)
    store.marks.set_read([id_of(store, "b")], True)
    query = Query(search=find(text), sort=Sort.TITLE)
    whole = titles_of(store, query)
    monkeypatch.setattr(plan, "_FEW", 2)
    monkeypatch.setattr(windows, "_FIRST_PAGE", page)
    monkeypatch.setattr(windows, "_TESTED", 2)
    monkeypatch.setattr(snapshots, "_PATIENCE", 0)
    again = library.open()
    steps = []
    for step in again.lists.collect(query, lambda: False):
        steps.append(titles_of(again, query))
        assert len(steps[-1]) == step.found
    assert steps[-1] == whole == sorted(whole)
    assert all(each == whole[: len(each)] for each in steps)
    if page == 1 and text == "apple":
        assert len(steps[0]) < len(whole)


def test_a_post_has_a_place_in_a_list_that_it_is_not_in(library: Library) -> None:
    store = write_posts(library)
    pear = id_of(store, "c")
    expected = {Sort.NEWEST: 3, Sort.OLDEST: 2, Sort.TITLE: 2, Sort.UNREAD_FIRST: 3}
    for sort, place in expected.items():
        assert store.lists.locate(Query(search=find("apple"), sort=sort), pear) == place
    empty = Query(search=find("nothing"))
    assert (
        store.lists.count(empty),
        store.lists.locate(empty, pear),
        store.lists.page(empty, 0, 9),
    ) == (0, 0, [])


@pytest.mark.long
def test_a_list_can_be_read_while_it_is_collected_and_collecting_can_be_stopped(
    searched: tuple[PostStore, PostScan],
) -> None:
    store, _ = searched
    query = Query(search=parse_query("国 -战争", NOW))
    steps = store.lists.collect(query, lambda: False)
    first = next(steps)
    assert 0 < first.found < POSTS
    assert not first.complete
    page = store.lists.page(query, 0, first.found)
    assert store.lists.count(query) == len(page) == first.found
    *_, last = steps
    assert last == CollectProgress(store.lists.count(query), complete=True)
    assert store.lists.page(query, 0, first.found) == page

    other = Query(search=parse_query("国 -战争 -科技", NOW))
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    found = [step.found for step in store.lists.collect(other, stop)]
    assert found
    assert 0 < found[-1] <= store.lists.count(other) < (store.lists.tally(other) or 0)
    assert store.lists.tally(other, lambda: True) is None
    assert list(store.lists.collect(Query(search=parse_query("新", NOW)), lambda: True)) == []


@pytest.mark.long
def test_only_the_last_lists_are_remembered(searched: tuple[PostStore, PostScan]) -> None:
    store, _ = searched
    queries = [
        Query(search=parse_query(word, NOW)) for word in ("中", "国", "人", "民", "银", "行")
    ]
    for query in queries:
        store.lists.count(query)
    remembered = [store.lists.snapshots.remembered(query) is not None for query in queries]
    assert remembered == [False] * 2 + [True] * 4
