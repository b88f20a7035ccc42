"""Which way a search takes: never through all rows, and sorting none."""

from __future__ import annotations

import pytest

from newsreader.search.parse_query import parse_query
from newsreader.store import (
    PostStore,
    Query,
    Sort,
)
from newsreader.store.lists.date_list import SourceSet
from newsreader.store.lists.plan import plan_list
from newsreader.store.lists.sql import select_ids
from newsreader.store.lists.windows import Plan
from newsreader.store.post_reader import source_title
from tests.store.made_posts import (
    NOW,
    PostScan,
)

pytestmark = pytest.mark.long

SLOW = ("SCAN posts", "SCAN post_labels", "TEMP B-TREE FOR ORDER BY")


def measuring(plan: Plan) -> tuple[str, tuple[object, ...]]:
    sql, values = select_ids(plan.pace, before=plan.bounds[1])
    return sql, (*values, 1, 100)


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
            for sql, values in (plan.select(plan.bounds), measuring(plan)):
                steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
                assert not [step for step in steps if step.startswith(SLOW)], steps
            plan = plan.instead
