"""Searches against a scan of all posts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from newsreader.search.parse_query import parse_query
from newsreader.store import (
    CollectProgress,
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
from newsreader.store.db.transactions import writing
from newsreader.store.index.writer import IndexWriter
from newsreader.store.lists.date_list import SourceSet
from newsreader.store.lists.plan import plan_list
from newsreader.store.lists.sql import select_ids
from newsreader.store.lists.windows import Plan
from newsreader.store.post_reader import source_title
from tests.store.conftest import Library
from tests.store.lists.conftest import find
from tests.store.made_posts import (
    NOW,
    PostScan,
    QueryMaker,
    entry_of,
    full_text_of,
    make_post,
    make_text,
    put_posts,
)

pytestmark = pytest.mark.long

POSTS = 20_000
QUERIES = 300


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PostStore, PostScan]]:
    """Twenty thousand posts, short ones, and the scan that knows them."""
    folder = tmp_path_factory.mktemp("searched")
    cache, data = folder / "cache", folder / "data"
    paths = [folder / name for name in ("one", "two", "other")]
    for path in paths:
        path.mkdir()
    PostStore([Source(path) for path in paths], cache_dir=cache, data_dir=data).close()
    chance = random.Random(4)
    with closing(connect(cache / "index.db", data / "state.db")) as db:
        posts = put_posts(db, [make_post(chance, number) for number in range(POSTS)])
        # Some are edited: their old texts stay in the index and belong to no post any more.
        writer = IndexWriter(db)
        with writing(db, "main"):
            for post_id in chance.sample(sorted(posts), 300):
                edited = replace(posts[post_id], body=make_text(chance, 10), has_text=True)
                assert writer.put(entry_of(edited)) == post_id
                writer.put_full_text(post_id, full_text_of(edited))
                posts[post_id] = edited
    sources = [Source(paths[0], "甲站"), Source(paths[1])]
    with PostStore(sources, cache_dir=cache, data_dir=data, now=lambda: NOW) as store:
        yield store, PostScan(posts)


SCOPES: tuple[Scope, ...] = (
    *[Everything()] * 5,
    Today(),
    Labelled("category", "keji"),
    Labelled("tag", "人民"),
    Labelled("tag", "none"),
)


@pytest.mark.parametrize("seed", range(4))
def test_a_search_finds_what_a_scan_finds_in_its_order(
    searched: tuple[PostStore, PostScan], seed: int
) -> None:
    store, scan = searched
    chance = random.Random(seed)
    asking = QueryMaker(chance, [post.title + post.body for post in scan.posts.values()])
    known = sorted(scan.posts)
    for _ in range(QUERIES // 4):
        asked = asking.query() if chance.random() < 0.9 else None
        query = Query(
            scope=chance.choice(SCOPES),
            view=chance.choice([View.ALL, *View]),
            pinned=frozenset(chance.sample(known, chance.choice([0, 0, 0, 5]))),
            search=parse_query(asked.text, NOW) if asked else None,
            sort=chance.choice(list(Sort)),
        )
        expected = scan.list(query, asked)
        what = f"{asked and asked.text}: {query}"
        for _ in store.lists.collect(query, lambda: False) if query.needs_snapshot else ():
            pass
        assert store.lists.count(query) == len(expected), what
        for offset in {0, chance.randrange(len(expected) + 1), max(0, len(expected) - 30)}:
            rows = store.lists.page(query, offset, 30)
            assert [row.post_id for row in rows] == expected[offset : offset + 30], what
        snapshot = store.lists.snapshots.remembered(query)
        if query.needs_snapshot:
            assert snapshot is not None
            assert snapshot.ids.tolist() == expected, what
            if chance.random() < 0.1:
                assert store.lists.tally(query) == len(expected)
        for post_id in (*chance.sample(known, 3), *expected[:1], *expected[-1:]):
            rank = expected.index(post_id) if post_id in expected else None
            assert store.lists.rank(query, post_id) == rank, what
            if rank is not None:
                assert store.lists.locate(query, post_id) == rank, what


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


def test_only_the_last_lists_are_remembered(searched: tuple[PostStore, PostScan]) -> None:
    store, _ = searched
    queries = [
        Query(search=parse_query(word, NOW)) for word in ("中", "国", "人", "民", "银", "行")
    ]
    for query in queries:
        store.lists.count(query)
    remembered = [store.lists.snapshots.remembered(query) is not None for query in queries]
    assert remembered == [False] * 2 + [True] * 4


SLOW = ("SCAN posts", "SCAN post_labels", "TEMP B-TREE FOR ORDER BY")


@pytest.mark.parametrize(
    "text",
    ["国", "国 is:unread", "-国", "category:keji 国", "is:bookmarked 国", "is:read", "in:one -国",
     "国 OR is:bookmarked", "on:2022-02 title:国"],
)  # fmt: skip
@pytest.mark.parametrize("sort", list(Sort))
def test_no_search_goes_through_all_rows_or_sorts_them(
    searched: tuple[PostStore, PostScan], text: str, sort: Sort
) -> None:
    store, _ = searched
    query = Query(search=parse_query(text, NOW), sort=sort)
    with store.databases.reading() as db:
        resolved = store.lists.indexed.resolve(db, query)
        sources = SourceSet(store.sources, store.databases.source_ids, source_title)
        plan: Plan | None = plan_list(db, sources, query, resolved)
        while plan is not None:
            # FTS5 passes over rows where it is to go down from one (SQLite 3.40, large indexes).
            assert "ORDER BY" not in plan.select(plan.bounds)[0]
            for sql, values in (plan.select(plan.bounds), _measuring(plan)):
                steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
                assert not [step for step in steps if step.startswith(SLOW)], steps
            plan = plan.instead


def _measuring(plan: Plan) -> tuple[str, tuple[object, ...]]:
    sql, values = select_ids(plan.pace, before=plan.bounds[1])
    return sql, (*values, 1, 100)


def test_a_phrase_of_any_length_and_every_sign_is_only_words(library: Library) -> None:
    library.write("a.md", title="a", body='He said NEAR("x" AND y*) OR ^z {title} col:on.')
    store = library.scanned()
    for text in ("NEAR", '"near x and y or"', "y* ^z", "{title}", '"col on"', "x AND y", '"*x"'):
        assert store.lists.count(Query(search=find(text))) == 1
    for text in ("x NOT y", "NEAR(x 2)", '"x near"', "body"):
        assert store.lists.count(Query(search=find(text))) == 0
    assert store.lists.count(Query(search=find("中" * 2_000))) == 0
    assert store.lists.count(Query(search=find(" OR ".join(["x"] * 100)))) == 1
    assert store.lists.count(Query(search=find("x " * 99 + "-none"))) == 1
    deep = "".join(f"(x {'OR ' * (level % 2)}" for level in range(20))
    assert store.lists.count(Query(search=find(f"{deep}y{')' * 20}"))) == 1
    assert store.lists.count(Query(search=find("(" * 19 + "-none" + ")" * 19))) == 1
