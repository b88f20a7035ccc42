"""Searches to list posts by."""

from __future__ import annotations

from newsreader.search.model import Search
from newsreader.search.parse_query import parse_query
from tests.store.made_posts import NOW


def find(text: str) -> Search:
    """The search that somebody typed."""
    search = parse_query(text, NOW)
    assert search is not None
    return search
