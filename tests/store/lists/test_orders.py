"""Lists in every order that an index holds, against a scan of all posts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from itertools import product

import pytest

from newsreader.store import (
    Everything,
    Labelled,
    OneSource,
    PostId,
    PostStore,
    Query,
    Scope,
    Sort,
    Source,
    Today,
    View,
)
from newsreader.store.db.connect import connect
from tests.store.made_posts import NOW, MadePost, PostScan, make_post, put_posts

POSTS = 400
PAGE = 7
ORDERS = (Sort.NEWEST, Sort.OLDEST, Sort.UNREAD_FIRST)
SCOPES: tuple[Scope, ...] = (
    Everything(),
    Today(),
    Labelled("category", "keji"),
    Labelled("tag", "人民"),
    Labelled("tag", "none"),
)


def scopes(store: PostStore) -> tuple[Scope, ...]:
    """What lists may be of, one of the sources included."""
    return (*SCOPES, OneSource(store.sources[1].path))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PostStore, PostScan]]:
    """A few hundred posts of two sources, and the scan that knows them."""
    folder = tmp_path_factory.mktemp("orders")
    cache, data = folder / "cache", folder / "data"
    paths = [folder / name for name in ("one", "two", "other")]
    for path in paths:
        path.mkdir()
    PostStore([Source(path) for path in paths], cache_dir=cache, data_dir=data).close()
    chance = random.Random(11)
    with closing(connect(cache / "index.db", data / "state.db")) as db:
        posts = put_posts(db, [make_post(chance, number) for number in range(POSTS)])
    sources = [Source(path) for path in paths[:2]]
    with PostStore(sources, cache_dir=cache, data_dir=data, now=lambda: NOW) as store:
        yield store, PostScan(posts)


def kept_of(posts: dict[PostId, MadePost], seed: int) -> frozenset[PostId]:
    """Posts that stay in a list whatever they are: of each kind some."""
    chance = random.Random(seed)
    known = sorted(posts)
    read = [each for each in known if posts[each].read]
    return frozenset(chance.sample(known, 4) + chance.sample(read, 3))


@pytest.mark.long
@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("is_kept", [False, True], ids=["as it is", "with posts that stay"])
def test_a_list_is_that_of_a_scan_from_wherever_it_is_read(
    made: tuple[PostStore, PostScan], sort: Sort, view: View, is_kept: bool
) -> None:
    store, scan = made
    for seed, scope in enumerate(scopes(store)):
        kept = kept_of(scan.posts, seed) if is_kept else frozenset()
        settled = kept_of(scan.posts, seed + 50) - kept if is_kept else frozenset()
        query = Query(scope, view, kept, settled, sort=sort)
        expected = scan.list(query, None)
        offsets = list(range(0, len(expected) + PAGE, PAGE))
        # Down, as one reads; then from anywhere, each page from the nearest index that is known.
        random.Random(seed).shuffle(offsets[len(offsets) // 2 :])
        for offset in (*offsets, *reversed(offsets)):
            rows = store.lists.page(query, offset, PAGE)
            found = [row.post_id for row in rows]
            assert found == expected[offset : offset + PAGE], (query, offset)
        assert store.lists.count(query) == len(expected), query
        assert [row.post_id for row in store.lists.page(query, 0, 10_000)] == expected
        for index, post_id in enumerate(expected):
            assert store.lists.rank(query, post_id) == index, query
            assert store.lists.locate(query, post_id) == index, query
        for post_id in sorted(set(scan.posts) - set(expected))[:30]:
            assert store.lists.rank(query, post_id) is None, query


@pytest.mark.parametrize(("sort", "view"), list(product(ORDERS[:2], View)))
def test_a_post_that_is_not_in_a_list_stands_where_its_date_puts_it(
    made: tuple[PostStore, PostScan], sort: Sort, view: View
) -> None:
    store, scan = made
    for scope in scopes(store):
        query = Query(scope, view, sort=sort)
        expected = scan.list(query, None)
        for post_id in sorted(set(scan.posts) - set(expected))[::7]:
            above = [
                each
                for each in expected
                if (each < post_id if sort is Sort.OLDEST else each > post_id)
            ]
            place = max(0, min(len(above), len(expected) - 1))
            assert store.lists.locate(query, post_id) == place, query


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("backwards", [False, True])
def test_the_next_unread_post_is_of_the_scope_then_of_all_then_from_the_other_end(
    made: tuple[PostStore, PostScan], sort: Sort, backwards: bool
) -> None:
    store, scan = made
    towards_newer = backwards is not (sort is Sort.OLDEST)
    everywhere = sorted(scan.list(Query(view=View.UNREAD), None), reverse=not towards_newer)
    for scope in scopes(store):
        here = sorted(scan.list(Query(scope, View.UNREAD), None), reverse=not towards_newer)
        for post_id in (None, *sorted(scan.posts)[::9]):

            def beyond(each: PostId, start: PostId | None = post_id) -> bool:
                return start is None or (each > start if towards_newer else each < start)

            wanted = next(
                (each for each in (*filter(beyond, here), *filter(beyond, everywhere))),
                everywhere[0],
            )
            query = Query(scope, sort=sort)
            found = store.lists.next_unread(post_id, query=query, backwards=backwards)
            assert found == wanted, (query, post_id)
