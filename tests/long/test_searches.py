"""Very many searches, beside a scan of all posts."""

from __future__ import annotations

import pytest

from newsreader.store import PostStore
from tests.store.lists.conftest import searched
from tests.store.lists.test_search_sql import expect_what_a_scan_finds
from tests.store.made_posts import PostScan

__all__ = ["searched"]


@pytest.mark.parametrize("seed", range(20))
def test_a_search_finds_what_a_scan_finds_in_its_order(
    searched: tuple[PostStore, PostScan],
    seed: int,
) -> None:
    expect_what_a_scan_finds(searched, seed, 75)
