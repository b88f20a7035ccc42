"""The query language, and what it says of wrong queries."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.messages import describe
from newsreader.search.model import And, Dated, Marked, Named, Not, Or, QueryError, Search, Words
from newsreader.search.parse_query import DEEPEST, LONGEST, MOST_TERMS, parse_query
from newsreader.search.tokens import BREAK

NOW = datetime(2022, 3, 31, 12, 30)  # noqa: DTZ001 - local time


def w(*tokens: str) -> Words:
    return Words(tokens)


def begins(*tokens: str) -> Words:
    return Words(tokens, prefix=True)


def parse(text: str) -> Search | None:
    return parse_query(text, NOW)


A, B, C, D = w("a"), w("b"), w("c"), w("d")

CASES: list[tuple[str, Search | None]] = [
    ("", None),
    (" \t\u3000\n", None),
    ("北京", w("北", "京")),
    ("北京 冬奥会", And((w("北", "京"), w("冬", "奥", "会")))),
    ("北京\u3000冬奥会", And((w("北", "京"), w("冬", "奥", "会")))),
    ("戰爭", w("战", "争")),
    ("北京，冬奥", w("北", "京", BREAK, "冬", "奥")),
    # Words of letters begin longer ones; short ones, numbers and quoted ones stand for themselves.
    ("economy", begins("economy")),
    ("gdp", begins("gdp")),
    ("ai", w("ai")),
    ("2022", w("2022")),
    ("2022a", begins("2022a")),
    ('"economy"', w("economy")),
    ("5G手机", w("5g", "手", "机")),
    ("手机game", begins("手", "机", "game")),
    ("covid-19", w("covid", "19")),
    ("don't", w("don", "t")),
    ("foo_barbaz", begins("foo", "barbaz")),
    ("ＧＤＰ", begins("gdp")),
    ("https://example.org/a", w("https", "example", "org", "a")),
    ("10:30", w("10", "30")),
    ("记者：张三", w("记", "者", BREAK, "张", "三")),
    # Phrases.
    ('"a b"', w("a", "b")),
    ("“北京 冬奥”", w("北", "京", BREAK, "冬", "奥")),
    ("”北京”", w("北", "京")),
    ("＂北京＂", w("北", "京")),
    ('a"b c"d', And((A, w("b", "c"), D))),
    ('"a"-b', And((A, w("b")))),
    # Leaving out, either, groups.
    ("-a", Not(A)),
    ("－a", Not(A)),
    ("-a -b", And((Not(A), Not(B)))),
    ('-"a b"', Not(w("a", "b"))),
    ("--a", Not(Not(A))),
    ("a OR b", Or((A, B))),
    ("a OR b c", Or((A, And((B, C))))),
    ("a b OR c OR d", Or((And((A, B)), C, D))),
    ("a (b OR c)", And((A, Or((B, C))))),
    ("(a b) (c d)", And((A, B, C, D))),
    ("a OR (b OR c)", Or((A, B, C))),
    ("((a))", A),
    ("(a)(b)", And((A, B))),
    ("（a OR b）－c", And((Or((A, B)), Not(C)))),
    ("(a OR b)-c", And((Or((A, B)), Not(C)))),
    ("-(a b)", Not(And((A, B)))),
    ("(-a)", Not(A)),
    ("a ＯＲ b", Or((A, B))),
    # Only the sign itself is one.
    ("a or b", And((A, w("or"), B))),
    ('a "OR" b', And((A, w("or"), B))),
    ("a AND b", And((A, begins("and"), B))),
    ("a NEAR b", And((A, begins("near"), B))),
    ("NEAR(a b)", And((begins("near"), A, B))),
    ("ab* ^cd", And((w("ab"), w("cd")))),
    # Fields.
    ("title:北京", Words(("北", "京"), field="title")),
    ("title：北京", Words(("北", "京"), field="title")),
    ("TITLE:economy", Words(("economy",), prefix=True, field="title")),
    ("ｔｉｔｌｅ：“a b”", Words(("a", "b"), field="title")),
    ("-title:a", Not(Words(("a",), field="title"))),
    ("category:News", Named("category", "news")),
    ("category:“科技  新聞”", Named("category", "科技 新闻")),
    ("tag:C++", Named("tag", "c++")),
    ("in:SOURCE", Named("source", "source")),
    ("is:unread", Marked("unread")),
    ("is:Read", Marked("read")),
    ("is：bookmarked", Marked("bookmarked")),
    ("after:2022-02-01", Dated(date(2022, 2, 1), None)),
    ("before:2022-02-01", Dated(None, date(2022, 2, 1))),
    ("on:2022-02-01", Dated(date(2022, 2, 1), date(2022, 2, 2))),
    ("on:2022-02", Dated(date(2022, 2, 1), date(2022, 3, 1))),
    ("on:2022-12", Dated(date(2022, 12, 1), date(2023, 1, 1))),
    ("on:2022", Dated(date(2022, 1, 1), date(2023, 1, 1))),
    ("on:2022/2/1", Dated(date(2022, 2, 1), date(2022, 2, 2))),
    ("on:２０２２－０２－０１", Dated(date(2022, 2, 1), date(2022, 2, 2))),
    ("on:today", Dated(date(2022, 3, 31), date(2022, 4, 1))),
    ("on:Yesterday", Dated(date(2022, 3, 30), date(2022, 3, 31))),
    ("after:3d", Dated(date(2022, 3, 28), None)),
    ("before:2w", Dated(None, date(2022, 3, 17))),
    ("after:1m", Dated(date(2022, 2, 28), None)),
    ("after:3m", Dated(date(2021, 12, 31), None)),
    ("after:1y", Dated(date(2021, 3, 31), None)),
    ("after:99999y", Dated(date.min, None)),
    ("after:99999w", Dated(date(105, 9, 24), None)),
    ("on:9999", Dated(date(9999, 1, 1), None)),
    ("on:9999-12-31", Dated(date(9999, 12, 31), None)),
    (
        "after:2022-02 before:2022-03",
        And((Dated(date(2022, 2, 1), None), Dated(None, date(2022, 3, 1)))),
    ),
]


@pytest.mark.parametrize(("text", "search"), CASES)
def test_a_query_is_understood(text: str, search: Search | None) -> None:
    assert parse(text) == search
    assert hash(parse(text)) == hash(search)


ERRORS = [
    ('a "b c', "quotation mark is not closed", '"b c'),
    ("a “b c", "quotation mark is not closed", "“b c"),
    ("title:“b", "quotation mark is not closed", "“b"),
    ('a "" b', "nothing between these quotation marks", '""'),
    ("a “ ” b", "nothing between these quotation marks", "“ ”"),
    ("a (b", "parenthesis is not closed", "("),
    ("a (b (c)", "parenthesis is not closed", "("),
    ("a (", "parenthesis is not closed", "("),
    ("a （b", "parenthesis is not closed", "（"),
    ("a b)", "parenthesis closes nothing", ")"),
    (") a", "parenthesis closes nothing", ")"),
    ("a () b", "nothing between these parentheses", "()"),
    ("a OR", "Nothing follows this OR", "OR"),
    ("(a OR) b", "Nothing follows this OR", "OR"),
    ("a OR OR b", "Nothing follows this OR", "OR"),
    ("OR a", "Nothing stands before this OR", "OR"),
    ("(OR a)", "Nothing stands before this OR", "OR"),
    ("a -", "must follow this `-`", "-"),
    ("a - b", "must follow this `-`", "-"),
    ("a (-) b", "must follow this `-`", "-"),
    ("a -OR b", "must follow this `-`", "-"),
    ("a －", "must follow this `-`", "－"),
    ("北京 titel:a", "There is no `titel:`; did you mean `title:`", "titel:"),
    ("catagory：a", "did you mean `category:`", "catagory："),
    ("xyzzy:a", "There is no `xyzzy:`; there are `title:`", "xyzzy:"),
    ("a title:", "`title:` needs a word or a phrase", "title:"),
    ("a title: b", "`title:` needs a word or a phrase", "title:"),
    ("tag:(a b)", "`tag:` needs a word or a phrase", "tag:"),
    ("is:red", "did you mean `is:read`", "red"),
    ("is:important", "unread, read, bookmarked and duplicate are", "important"),
    ("after:2022-13", "`2022-13` is no date; 2022, 2022-02", "2022-13"),
    ("after:2022-02-30", "is no date", "2022-02-30"),
    ("after:0000", "is no date", "0000"),
    ("after:2022-00", "is no date", "2022-00"),
    ("on:soon", "is no date", "soon"),
    ("before:12", "is no date", "12"),
    ("a ！？ b", "`！？` has no letter to search for", "！？"),
    ('a "--" b', "`--` has no letter", '"--"'),
    ("title:…", "has no letter", "…"),
    ("tag:\u200d", "`tag:` needs a name", "\u200d"),
]


@pytest.mark.parametrize(("text", "message", "place"), ERRORS)
def test_a_wrong_query_says_what_is_wrong_and_where(text: str, message: str, place: str) -> None:
    with pytest.raises(QueryError, match=r".*") as caught:
        parse(text)

    said = describe(caught.value.problem)
    assert message in said
    assert text[caught.value.start : caught.value.end] == place
    assert said.endswith((".", "?"))


def test_what_is_asked_may_be_neither_too_long_nor_too_deep_nor_too_much() -> None:
    assert parse("a" * LONGEST) is not None
    with pytest.raises(QueryError, match="query-too-long 2000") as caught:
        parse("a" * (LONGEST + 1))
    assert (caught.value.start, caught.value.end) == (LONGEST, LONGEST + 1)

    assert isinstance(parse("a " * MOST_TERMS), And)
    with pytest.raises(QueryError, match="query-too-many-words 100 101") as caught:
        parse("a " * (MOST_TERMS + 1))
    assert caught.value.start == 2 * MOST_TERMS

    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST) == A
    for text in ("(" * 900 + "a" + ")" * 900, "-" * 900 + "a"):
        with pytest.raises(QueryError, match="query-too-deep 20") as caught:
            parse(text)
        assert caught.value.start == DEEPEST + 1


@given(st.text() | st.text(st.sampled_from('ab北京 　()（）"“”-－:：OR2d，titleson')))
def test_every_text_is_understood_or_refused_with_a_place(text: str) -> None:
    search, error = attempt(text)

    if error is not None:
        assert 0 <= error.start < error.end <= len(text)
    elif search is not None:
        assert text.strip()
        assert hash(search) == hash(attempt(text)[0])
    else:
        assert not text.replace("\u200b", "").replace("\ufeff", "").strip()


def attempt(text: str) -> tuple[Search | None, QueryError | None]:
    try:
        return parse(text), None
    except QueryError as error:
        return None, error
