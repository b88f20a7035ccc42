"""Searches to list posts by."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from newsreader.search.model import Search
from newsreader.search.parse_query import parse_query
from newsreader.store import (
    PostStore,
    Source,
)
from newsreader.store.db.connect import connect
from newsreader.store.db.transactions import writing
from newsreader.store.index.writer import IndexWriter
from tests.store.made_posts import (
    NOW,
    PostScan,
    entry_of,
    full_text_of,
    make_post,
    make_text,
    put_posts,
)


def find(text: str) -> Search:
    """The search that somebody typed."""
    search = parse_query(text, NOW)
    assert search is not None
    return search


POSTS = 20_000


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
                writer.put_full_texts([(post_id, full_text_of(edited))])
                posts[post_id] = edited
    sources = [Source(paths[0], "甲站"), Source(paths[1])]
    with PostStore(sources, cache_dir=cache, data_dir=data, now=lambda: NOW) as store:
        yield store, PostScan(posts)
