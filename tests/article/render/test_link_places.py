"""Where links stand on the lines of a layout."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.link_places import links_on
from newsreader.article.render.palette import PLAIN_PALETTE

A, B = "https://a.example/", "https://b.example/"


def places(
    body: str, width: int = 40, first: int = 0, count: int = 99
) -> list[tuple[int, int, str]]:
    found = links_on(layout(parse_body(body), width, PLAIN_PALETTE), first, count)
    return [(each.line, each.start, each.target) for each in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("no link", []),
        (f"[one]({A})", [(0, 0, A)]),
        (f"中文 [one]({A}) [two]({B})", [(0, 5, A), (0, 9, B)]),
        (f"[one]({A}) [one]({A})", [(0, 0, A), (0, 4, A)]),
        (f"[one **bold** word]({A})", [(0, 0, A)]),
        (f"[one]({A})[two]({B})", [(0, 0, A), (0, 3, B)]),
        (f"> [one]({A})", [(0, 2, A)]),
        (f"- [one]({A})\n- [two]({A})\n", [(0, 2, A), (1, 2, A)]),
        ("a[^1]\n\n[^1]: note\n", [(0, 1, "#fn1")]),
    ],
)
def test_links_are_found_where_they_begin(body: str, found: list[tuple[int, int, str]]) -> None:
    assert places(body)[: len(found)] == found


def test_a_link_over_several_lines_is_one() -> None:
    long = "word " * 20
    assert places(f"[{long}]({A}) and [b]({B})")[0] == (0, 0, A)
    assert [target for _, _, target in places(f"[{long}]({A}) and [b]({B})")] == [A, B]
    assert [target for _, _, target in places(f"> [{long}]({A})")] == [A]


def test_a_link_over_several_lines_of_a_cell_is_one() -> None:
    long = "word " * 12
    body = f"| a | b |\n|---|---|\n| [{long}]({A}) | [{long}]({B}) |\n"
    assert [target for _, _, target in places(body)] == [A, B]


def test_only_the_lines_asked_for_count_and_the_rest_of_a_link_does_too() -> None:
    body = f"[{'word ' * 20}]({A})\n\n[b]({B})\n"
    assert places(body, first=1, count=1) == [(1, 0, A)]
    assert places(body, first=50) == []
