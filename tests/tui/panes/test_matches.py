"""Finding what stands in an article as it is laid out, and painting it."""

from __future__ import annotations

from datetime import datetime

import pytest
from rich.segment import Segment
from rich.style import Style

from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.placed import Layout
from newsreader.search.parse_query import parse_query
from newsreader.tui.panes.matches import JoinedLines, Matches, painted
from tests.article.values import make_header

RED = Style(color="red")


def laid_out(body: str, width: int = 20, title: str = "") -> Layout:
    return layout(
        parse_body(body), width, header=make_header(title, ("2026-03-01",)) if title else None
    )


def shown(placed: Layout, matches: Matches) -> list[list[str]]:
    """The pieces of every match, as they stand on the lines."""
    found: list[list[str]] = [[] for _ in matches.first_lines]
    for line, spans in sorted(matches.spans.items()):
        text = "".join(segment.text for segment in placed.lines[line])
        for span in spans:
            found[span.match].append(text[span.start : span.end])
    return found


@pytest.mark.parametrize(
    ("body", "wanted", "pieces"),
    [
        ("一二三四五六七八九十甲乙丙丁", "十甲", [["十", "甲"]]),
        ("> 一二三四五六七八九十甲乙丙丁", "九十甲", [["九", "十甲"]]),
        ("- 一二三四五六七八九十甲乙丙丁", "九十", [["九", "十"]]),
        ("one two three four five six", "four five", [["four", "five"]]),
        ("水车，水车。水车", "水车", [["水车"], ["水车"], ["水车"]]),
        ("ＡＢＣ和abc", "Abc", [["ＡＢＣ"], ["abc"]]),
        ("國人", "国人", [["國人"]]),
        ("“真好看！”", "！", [["！"]]),
        ("没有", "在哪", []),
        ("没有", "  ", []),
    ],
)
def test_a_text_is_found_across_the_ends_of_lines(
    body: str, wanted: str, pieces: list[list[str]]
) -> None:
    placed = laid_out(body)
    assert shown(placed, JoinedLines(placed).find(wanted)) == pieces


def test_the_words_of_a_search_are_found_in_title_and_text() -> None:
    placed = laid_out("一二三四五六七八九十甲乙丙丁，水车。", title="很长很长很长的水车日记")
    search = parse_query("水车 十甲", datetime(2026, 3, 1))  # noqa: DTZ001
    assert search is not None
    matches = JoinedLines(placed).search(search)
    assert shown(placed, matches) == [["水车"], ["十", "甲"], ["水车"]]
    assert matches.first_lines == tuple(sorted(matches.first_lines))


@pytest.mark.parametrize(
    "body", ["甲\n\n乙", "- 甲\n- 乙", "1. 甲\n2. 乙", "# 甲\n乙", "```\n甲\n```\n乙"]
)
def test_nothing_is_found_that_two_blocks_make_up_together(body: str) -> None:
    placed = laid_out(body)
    search = parse_query("甲乙", datetime(2026, 3, 1))  # noqa: DTZ001
    assert search is not None
    assert JoinedLines(placed).search(search).count == 0


def test_painting_changes_styles_and_no_character() -> None:
    segments = [Segment("ab"), Segment("cd", Style(bold=True)), Segment("ef")]
    drawn = list(painted(segments, [(1, 3, RED), (5, 6, RED)]))
    assert "".join(segment.text for segment in drawn) == "abcdef"
    red = "".join(s.text for s in drawn if s.style is not None and s.style.color is not None)
    assert red == "bcf"
    assert next(s.style for s in drawn if s.text == "c") == Style(bold=True, color="red")
