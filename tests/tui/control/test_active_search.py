"""The search of a list as a value."""

from __future__ import annotations

import pytest

from newsreader.search.model import And, Search
from newsreader.text import clean_line
from newsreader.tui.control.active_search import (
    ActiveSearch,
    asks_for_marks,
    parse_search,
    parse_stored_search,
)


def parsed(text: str) -> Search:
    found = parse_search(text)
    assert found is not None
    return found


def test_what_was_typed_is_looked_for_inside_the_saved_search() -> None:
    typed, saved = parsed("水车"), parsed("tag:马路")

    assert ActiveSearch().combined is None
    assert ActiveSearch(typed=typed).combined == typed
    assert ActiveSearch(saved=saved).combined == saved
    assert ActiveSearch(typed=typed, saved=saved).combined == And((saved, typed))


def test_a_title_names_both() -> None:
    search = ActiveSearch(saved=parsed("tag:马路"), saved_name=clean_line("马路上"))

    assert search.title == "马路上"
    assert search.with_typed(parsed("水车"), "水车").title == "马路上 · 水车"


def test_with_nothing_typed_the_saved_search_stays() -> None:
    search = ActiveSearch(saved=parsed("tag:马路"), saved_name=clean_line("马路上"))

    assert search.with_typed(parsed("水车"), "水车").with_typed(None, "  ") == search


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("水车", False),
        ("is:unread", True),
        ("-is:read", True),
        ("水车 (马路 OR is:bookmarked)", True),
        ("title:水车 after:2w", False),
    ],
)
def test_a_search_that_asks_for_marks_is_known(text: str, asks: bool) -> None:
    assert asks_for_marks(parsed(text)) is asks
    assert not asks_for_marks(None)


def test_a_stored_search_that_cannot_be_understood_is_none() -> None:
    assert parse_stored_search("") is None
    assert parse_stored_search("title:") is None
    assert parse_stored_search("水车") == parsed("水车")
