"""Definitions of links and footnotes that kramdown reads otherwise, or not at all."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    (
        "见[甲][1] [乙][2]\n\n[1]: http://a/x(y\n[2]: http://b/",
        ["p 见⟦甲|>http://a/x(y⟧ ⟦乙|>http://b/⟧"],
    ),
    ("见[甲]\n\n[甲]: <http://a/> 'b'", ["p 见⟦甲|>http://a/⟧"]),
    ('见[甲]\n\n[甲]: http://a/ "b\' c"', ["p 见⟦甲|>http://a/⟧"]),
    ("[甲]:", ["p [甲]:"]),
    ("文\n[甲]: http://a/", ["p 文 [甲]: http://a/"]),
    ("[甲]\n\n[甲]: /一 二", ["p 甲"]),
    ("*[甲]: 乙\n\n文\n*[丙]: 丁", ["p 文 *[丙]: 丁"]),
    ("    [甲]: http://a/", ["code", "  |[甲]: http://a/"]),
]


@pytest.mark.parametrize(("body", "lines"), TABLE)
def test_a_definition_is_read(body: str, lines: list[str]) -> None:
    assert dump(parse_body(body)).splitlines() == lines


@pytest.mark.parametrize("title", ['"b', "'b' c", "\"b'", '"'])
def test_a_broken_title_makes_text_of_a_definition(title: str) -> None:
    lines = dump(parse_body(f"见[甲]\n\n[甲]: http://a/ {title}")).splitlines()
    assert lines[0] == "p 见[甲]"
    assert lines[1].startswith("p [甲]: http://a/")


def test_a_footnote_ends_where_the_next_one_begins() -> None:
    body = "甲[^一]乙[^二]\n\n[^一]: 一\n    接着\n[^二]: 二"
    assert dump(parse_body(body)).splitlines()[-4:] == [
        "  -",
        "    p ⟦一接着 |@fn1⟧⟦↩|d >#fnref1⟧",
        "  -",
        "    p ⟦二 |@fn2⟧⟦↩|d >#fnref2⟧",
    ]
