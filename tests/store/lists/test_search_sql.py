"""Searches against a scan of all posts."""

from __future__ import annotations

import random

import pytest

from newsreader.search.parse_query import parse_query
from newsreader.store import (
    Everything,
    Labelled,
    OneSource,
    PostStore,
    Query,
    Scope,
    Sort,
    Today,
    View,
)
from tests.store.conftest import Library
from tests.store.lists.conftest import find
from tests.store.made_posts import (
    NOW,
    PostScan,
    QueryMaker,
)

pytestmark = pytest.mark.long

QUERIES = 120


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
    expect_what_a_scan_finds(searched, seed, QUERIES // 4)


def expect_what_a_scan_finds(searched: tuple[PostStore, PostScan], seed: int, queries: int) -> None:
    """Expect lists to be those of a scan, by queries that are made of a seed."""
    store, scan = searched
    chance = random.Random(seed)
    asking = QueryMaker(chance, [post.title + post.body for post in scan.posts.values()])
    known = sorted(scan.posts)
    for _ in range(queries):
        asked = asking.query() if chance.random() < 0.9 else None
        query = Query(
            scope=chance.choice((*SCOPES, OneSource(store.sources[0].path))),
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
