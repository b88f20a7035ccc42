"""Which posts a search goes through: as few as an index can name."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product

import pytest

from newsreader.store import (
    Everything,
    Labelled,
    PostStore,
    Query,
    Scope,
    Sort,
    Source,
    Today,
    View,
)
from newsreader.store.db.connect import connect
from newsreader.store.lists.date_list import SourceSet
from newsreader.store.lists.plan import plan_list
from newsreader.store.lists.windows import Plan
from newsreader.store.post_reader import source_title
from tests.store.lists.conftest import find
from tests.store.made_posts import NOW, MadePost, PostScan, make_post, put_posts

POSTS = 600


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PostStore, PostScan]]:
    """A few hundred posts of two sources, and the scan that knows them."""
    folder = tmp_path_factory.mktemp("plan")
    cache, data = folder / "cache", folder / "data"
    paths = [folder / name for name in ("one", "two", "other")]
    for path in paths:
        path.mkdir()
    PostStore([Source(path) for path in paths], cache_dir=cache, data_dir=data).close()
    chance = random.Random(12)
    with closing(connect(cache / "index.db", data / "state.db")) as db:
        posts = put_posts(db, [make_post(chance, number) for number in range(POSTS)])
    sources = [Source(path) for path in paths[:2]]
    with PostStore(sources, cache_dir=cache, data_dir=data, now=lambda: NOW) as store:
        yield store, PostScan(posts)


def plan_of(store: PostStore, text: str, scope: Scope | None = None) -> Plan:
    query = Query(scope or Everything(), search=find(text))
    with store.databases.reading() as db:
        sources = SourceSet(store.sources, store.databases.source_ids, source_title)
        return plan_list(db, sources, query, store.lists.indexed.resolve(db, query))


MARKS: dict[str, Callable[[MadePost], bool]] = {
    "is:read": lambda post: post.read,
    "is:unread": lambda post: not post.read,
    "is:bookmarked": lambda post: post.bookmarked,
}
SCOPES: tuple[Scope, ...] = (
    Everything(),
    Today(),
    Labelled("category", "keji"),
    Labelled("category", "none"),
)


@pytest.mark.parametrize(("scope", "view"), list(product(SCOPES, View)))
@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_searched_for_in_every_scope_and_view(
    made: tuple[PostStore, PostScan], text: str, scope: Scope, view: View
) -> None:
    store, scan = made
    expected = [
        each for each in scan.list(Query(scope, view), None) if MARKS[text](scan.posts[each])
    ]
    for sort in (Sort.NEWEST, Sort.OLDEST):
        query = Query(scope, view, search=find(text), sort=sort)
        found = [row.post_id for row in store.lists.page(query, 0, POSTS)]
        assert found == (expected if sort is Sort.NEWEST else expected[::-1])


def test_of_a_search_with_a_date_no_other_dates_are_gone_through(
    made: tuple[PostStore, PostScan],
) -> None:
    store, scan = made
    whole = plan_of(store, "is:read")
    (low, high), dated = whole.bounds, plan_of(store, "is:read on:2021-07")
    assert (low, high) == (min(scan.posts), max(scan.posts))
    inside = [
        post for each, post in scan.posts.items() if dated.bounds[0] <= each <= dated.bounds[1]
    ]
    months = {post.date.month if post.date else 0 for post in inside}
    assert 7 in months
    assert months <= {6, 7, 8}, "by the calendar of this machine"


def test_today_is_all_that_a_search_of_today_goes_through(
    made: tuple[PostStore, PostScan],
) -> None:
    store, _ = made
    low, high = plan_of(store, "国", Today()).bounds
    all_low, all_high = plan_of(store, "国").bounds
    assert all_low < low <= high <= all_high


def number_of(scan: PostScan, text: str) -> int:
    kept: dict[str, MadePost] = {}
    for post in scan.posts.values():
        if MARKS[text](post) and (text == "is:bookmarked" or (post.listed and post.source != 3)):
            kept[f"{post.number}"] = post
    return len(kept)


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_looked_for_among_the_posts_that_have_it(
    made: tuple[PostStore, PostScan], text: str
) -> None:
    store, scan = made
    assert plan_of(store, f"{text} 国").most == number_of(scan, text)
