"""Lists that kramdown does not know, and what of its lists no example shows."""

from __future__ import annotations

import pytest

from newsreader.article.document import List
from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

ONE_TWO = ["number 1", "  -", "    p 一", "  -", "    p 二"]
TABLE = [
    ("1) 一\n2) 二", ONE_TWO),
    ("如下：\n1) 一\n2) 二", ["p 如下：", *ONE_TWO]),
    ("1) 一\n   接着\n\n2) 二", ["number 1 loose", "  -", "    p 一接着", "  -", "    p 二"]),
    ("1) 一\n1) 二", ["p 1) 一 1) 二"]),
    ("1) 一", ["p 1) 一"]),
    ("1) 一\n\n文\n2) 二", ["p 1) 一", "p 文 2) 二"]),
    ("2) 一\n3) 二", ["p 2) 一 3) 二"]),
    ("1) 一\n2) 二\n4) 四", ["number 1", "  -", "    p 一", "  -", "    p 二 4) 四"]),
    ('7. 七\n{: start="7"}', ["number 7", "  -", "    p 七"]),
    ("7. 七", ["number 1", "  -", "    p 七"]),
    ("-甲\n1.乙", ["p -甲 1.乙"]),
    ("* {: #x} [甲](#x)", ["bullet", "  -", "    p ⟦甲|>#x @x⟧"]),
]


@pytest.mark.parametrize(("body", "lines"), TABLE)
def test_a_list_is_read(body: str, lines: list[str]) -> None:
    assert dump(parse_body(body)).splitlines() == lines


@pytest.mark.parametrize("mark", ["- ", "> ", "* > ", "1. - "])
def test_what_is_nested_too_deep_is_shown_where_it_is(mark: str) -> None:
    assert "字尾" in dump(parse_body("文\n\n" + mark * 50 + "字尾"))


def test_lines_go_on_with_the_innermost_item() -> None:
    (outer,) = parse_body("* 甲\n  * 乙\n1. 丙").blocks
    assert isinstance(outer, List)
    assert dump(parse_body("* 甲\n  * 乙\n1. 丙")).splitlines()[-1] == "        p 乙 1. 丙"
