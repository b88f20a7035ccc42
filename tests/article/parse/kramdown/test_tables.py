"""Tables that kramdown and GitHub read in different ways, and odd ones."""

from __future__ import annotations

import pytest

from newsreader.article.document import Table
from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    # GitHub's tables stay tables where kramdown would print the bars.
    ("文\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", ["p 文", "table", "  * 甲 ¦ * 乙", "  1 ¦ 2"]),
    ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n尾", ["table", "  * 甲 ¦ * 乙", "  1 ¦ 2", "  尾 ¦"]),
    ("| 甲 | 乙 |\n|---|---|", ["table", "  * 甲 ¦ * 乙"]),
    ("文\n| 甲 | 乙 |\n| 1 | 2 |", ["p 文 | 甲 | 乙 | | 1 | 2 |"]),
    ("| 甲 | 乙 |", ["table", "  甲 ¦ 乙"]),
    ("|:|\n\n|===|", ["table", "  :", "p |===|"]),
    ("|", ["p |"]),
    ("`甲|乙`", ["p ⟦甲|乙|c⟧"]),
    ("`甲|乙` | ``丙 ` | 丁`` | `戊", ["table", "  ⟦甲|乙|c⟧ ¦ ⟦丙 ` | 丁|c⟧ ¦ `戊"]),
    ("甲 \\| 乙", ["p 甲 | 乙"]),
    ("甲 \\| 乙 | 丙", ["table", "  甲 | 乙 ¦ 丙"]),
    ("甲\n{% assign a = b | first %}\n乙", ["p 甲乙"]),
    ("甲 {{ x | date: 'y' }} 乙", ["p 甲 ⟦…|d⟧ 乙"]),
    ("{{ x | upcase }} | 乙", ["table", "  ⟦…|d⟧ ¦ 乙"]),
    ("    | 甲 | 乙 |", ["code", "  || 甲 | 乙 |"]),
]


@pytest.mark.parametrize(("body", "lines"), TABLE)
def test_a_table_is_read(body: str, lines: list[str]) -> None:
    assert [line.rstrip() for line in dump(parse_body(body)).splitlines()] == lines


def test_short_rows_are_filled_up_to_a_limit() -> None:
    (short,) = parse_body("| a | b | c |\n| d |\n").blocks
    (long,) = parse_body("|" + "a|" * 400 + "\n" + "| d |\n" * 400).blocks
    assert isinstance(short, Table)
    assert isinstance(long, Table)
    assert [len(row) for row in short.rows] == [3, 3]
    assert [len(row) for row in long.rows] == [400, *[1] * 400]


def test_bodies_and_a_footer_are_groups_of_rows() -> None:
    body = "| a | b |\n|---|---|\n| 1 | 2 |\n|---|---|\n| 3 | 4 |\n| 5 | 6 |\n|===|===|\n| 7 | 8 |"
    assert dump(parse_body(body)).splitlines() == [
        "table",
        "  * a ¦ * b",
        "  1 ¦ 2",
        "  ───",
        "  3 ¦ 4",
        "  5 ¦ 6",
        "  ───",
        "  7 ¦ 8",
    ]


def test_rows_that_are_bodies_of_their_own_are_no_groups() -> None:
    page = "<table><tbody><tr><td>a<td>b<tbody><tr><td>c<td>d<tbody><tr><td>e<td>f</table>"
    assert "───" not in dump(parse_body(page))
    assert "───" in dump(parse_body(page + page.replace("<tbody><tr><td>c", "<tr><td>c")))
