"""The piece of a text that shows where a search found it."""

from __future__ import annotations

import pytest

from newsreader.search.excerpts import BEFORE, LONGEST, Excerpt, find_excerpt, is_found_in
from newsreader.search.model import Search
from newsreader.search.parse_query import parse_query
from newsreader.text import clean_line
from tests.linear import expect_linear_in
from tests.store.made_posts import NOW

TEXT = "第一段，水车旧了。\n第二段，河边的小镇修好了旧水车，孩子们 say hello。\n第三段。"


def search_of(text: str) -> Search:
    search = parse_query(text, NOW)
    assert search is not None
    return search


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("水车", "水车日记", None),
        ("水车", "日记", ["水车"]),
        ("小镇", "日记", ["小镇"]),
        ("ＨＥＬＬＯ", "日记", ["hello"]),
        ("水車", "日记", ["水车"]),
        ("小镇 孩子", "日记", ["小镇", "孩子"]),
        ("日记 孩子", "日记", ["孩子"]),
        ("日记 OR 孩子", "日记", None),
        ("第二段 孩子", "第二段", ["孩子"]),
        ("水车 -孩子", "日记", ["水车"]),
        ('"say hello"', "日记", ["say hello"]),
        ("title:水车", "日记", None),
        ("tag:水车", "日记", None),
        ("is:unread", "日记", None),
        ("无处", "日记", None),
    ],
)
def test_an_excerpt_shows_what_the_title_does_not(
    query: str, title: str, marked: list[str] | None
) -> None:
    excerpt = find_excerpt(search_of(query), title, (TEXT, "标签"))
    found = [excerpt.text[start:end] for start, end in excerpt.spans] if excerpt else None
    assert found == marked


def test_the_line_with_most_of_the_words_is_shown() -> None:
    excerpt = find_excerpt(search_of("水车 小镇"), "日记", (TEXT,))
    assert excerpt is not None
    assert excerpt.text.startswith("第二段")


def test_labels_are_shown_if_the_text_does_not_have_the_word() -> None:
    found = find_excerpt(search_of("马路"), "日记", (TEXT, "水车 · 马路"))
    assert found == Excerpt(clean_line("水车 · 马路"), ((5, 7),))


def test_a_long_line_is_cut_on_both_sides() -> None:
    excerpt = find_excerpt(search_of("水车"), "日记", ("河" * 9_999 + "水车" + "河" * 9_999,))
    assert excerpt is not None
    assert excerpt.text == "…" + "河" * BEFORE + "水车" + "河" * (LONGEST - BEFORE - 2)
    assert excerpt.spans == ((BEFORE + 1, BEFORE + 3),)


def test_a_match_where_a_long_line_is_parted_is_found() -> None:
    for before in range(3_930, 4_010):
        text = "河" * before + "水车转起来了" + "河" * 5_000
        excerpt = find_excerpt(search_of("水车转起来了"), "日记", (text,))
        assert excerpt is not None
        assert [excerpt.text[start:end] for start, end in excerpt.spans] == ["水车转起来了"]


def test_hostile_text_is_cleaned_before_it_is_shown() -> None:
    excerpt = find_excerpt(search_of("水车"), "日记", ("a\x1b[31m\u202e水车\t\x9b b",))
    assert excerpt is not None
    assert excerpt.text == "a[31m水车 b"
    assert [excerpt.text[start:end] for start, end in excerpt.spans] == ["水车"]


def test_what_is_no_word_is_found_anywhere() -> None:
    assert is_found_in(search_of("is:unread -水车 tag:x after:2022-01-01"), "")


def test_time_is_linear_in_the_length_of_the_text() -> None:
    search = search_of("无处 何处")
    text = "水车 a\n" * 50_000
    expect_linear_in(lambda text: find_excerpt(search, "", (text,)), text)
