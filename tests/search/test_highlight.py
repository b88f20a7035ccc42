"""Where the words of a search stand in a text."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.search.highlight import match_spans
from newsreader.search.parse_query import parse_query
from newsreader.search.tokens import fold_name, index_text

NOW = datetime(2022, 3, 31, 12, 30)  # noqa: DTZ001 - local time

CASES = [
    ("冬奥", "北京冬奥会，冬奥", ["冬奥", "冬奥"]),
    ("冬奥", "冬，奥", []),
    ("“冬 奥”", "冬奥 冬，\n奥", ["冬，\n奥"]),
    ("冬奥会 奥会", "冬奥会议", ["冬奥会"]),
    ("北京 冬奥", "北京冬奥会", ["北京冬奥"]),
    ("中中", "中中中", ["中中中"]),
    ("戰爭 台湾", "战争 臺灣", ["战争", "臺灣"]),
    ("econom", "Economy économies neoeconomy", ["Economy", "économies"]),
    ('"econom"', "Econom economy", ["Econom"]),
    ("ai", "AI ais 5AI AI。", ["AI", "AI"]),
    ("5g手机", "５Ｇ 手机 15G手机", ["５Ｇ 手机"]),
    ("cafe", "cafe\u0301 now", ["cafe\u0301"]),
    ("ガ", "ｶﾞ", ["ｶﾞ"]),
    ("会社", "㍿", ["㍿"]),
    ("中国", "中\u200b国\u200b人", ["中\u200b国\u200b"]),
    ('"a b"', "a, b; a c", ["a, b"]),
    ("a -b", "a b", ["a"]),
    ("a OR (b title:c)", "a b c", ["a", "b", "c"]),
    ("is:unread tag:a on:2022", "a unread 2022", []),
    ("𠀀𠀁", "x𠀀𠀁y", ["𠀀𠀁"]),
]


@pytest.mark.parametrize(("query", "text", "found"), CASES)
def test_the_words_of_a_search_are_found(query: str, text: str, found: list[str]) -> None:
    search = parse_query(query, NOW)
    assert search is not None

    assert [text[start:end] for start, end in match_spans(search, text)] == found


WORDS = st.text(st.sampled_from("中国人戰5gA，\u0301 "), min_size=1, max_size=4)


@given(WORDS, st.text(st.sampled_from("中国人战戰5gaÁ，\u0301\u200b "), max_size=30))
def test_a_text_has_spans_where_the_index_has_the_words(word: str, text: str) -> None:
    tokens = index_text(word)
    if not tokens:
        return
    search = parse_query(f'"{word}"', NOW)
    assert search is not None
    spans = match_spans(search, text)

    assert bool(spans) == (f" {tokens} " in f" {index_text(text)} ")
    assert spans == sorted(spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    for start, end in spans:
        assert f" {tokens} " in f" {index_text(text[start:end])} "


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("科技 新聞", " 科技  新闻 "),
        ("Ｃ＋＋", "c++"),
        ("Économie（法）", "economie(法)"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_names_that_differ_in_their_signs_are_two() -> None:
    assert len({fold_name(name) for name in ("C", "C++", "C#", "科技新闻", "科技 新闻", "")}) == 6
