"""What of a search the index of words answers by itself."""

from __future__ import annotations

import pytest

from newsreader.search.model import Marked, Not
from newsreader.store.lists.search_sql import match_of, split_search
from tests.store.lists.conftest import find


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("国", '("国")'),
        ("title:国", '(title : "国")'),
        ('"ab cd"', '("ab cd")'),
        ("abc", '("abc" *)'),
        ("国 民", '(("国") AND ("民"))'),
        ("国 OR 民", '(("国") OR ("民"))'),
        ("国 -民", '((("国")) NOT (("民")))'),
        ("国 -民 -人", '((("国")) NOT (("民") OR ("人")))'),
        ("国 (民 OR 人 -x)", '(("国") AND (("民") OR ((("人")) NOT (("x")))))'),
    ],
)
def test_words_are_found_by_one_expression(text: str, expression: str) -> None:
    assert match_of(find(text)) == expression


@pytest.mark.parametrize(
    "text", ["-国", "-国 -民", "国 OR -民", "is:read", "国 is:read", "国 OR is:read", "国 -is:read"]
)
def test_what_no_expression_can_say_is_none(text: str) -> None:
    assert match_of(find(text)) == ""


def test_of_words_and_more_the_words_are_found_and_the_rest_is_looked_at() -> None:
    parts = split_search(find("国 is:read -民 -is:bookmarked"))
    assert parts.match == match_of(find("国 -民"))
    assert parts.rest == (Marked("read"), Not(Marked("bookmarked")))


def test_words_that_are_left_out_need_others_to_be_found_by() -> None:
    parts = split_search(find("is:read -民"))
    assert parts.match == ""
    assert len(parts.rest) == 2
