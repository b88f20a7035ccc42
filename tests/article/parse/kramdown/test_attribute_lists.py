"""Attribute lists where kramdown prints them, and those that are text."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    # kramdown prints a list behind plain text; nobody wants to read it.
    ("甲 {: .b}", ["p 甲"]),
    ('[甲](//h/) {: target="_blank" .c}，', ["p ⟦甲|>https://h/⟧，"]),
    ("# 甲 {: .b}", ["h1 甲"]),
    ("甲 {:b} {:a=>1} {:a => 1, b: 2}", ["p 甲 {:b} {:a=>1} {:a => 1, b: 2}"]),
    ("`a`{:.b}{:.c}乙", ["p ⟦a|c⟧乙"]),
    ("*甲*{:\n.b}乙", ["p ⟦甲|i⟧乙"]),
    ("甲\n{:\n.b\n\n.c}\n乙", ["p 甲", "p 乙"]),
    ("甲\n{: .b\n乙", ["p 甲 {: .b 乙"]),
    ("{:a: #x}\n\n[甲](#x)\n\n乙\n{:a}", ["p ⟦甲|>#x⟧", "p ⟦乙|@x⟧"]),
    ("*甲*{:a} [乙](#x)\n\n{:a: #x}", ["p ⟦甲|i⟧ ⟦乙|>#x @x⟧"]),
    ("[甲](#y)\n\n> 乙\n> {: #y}", ["p ⟦甲|>#y⟧", "quote", "  p ⟦乙|@y⟧"]),
    ("[甲](#y)\n\n{: #y}\n\n乙", ["p ⟦甲|>#y⟧", "p ⟦乙|@y⟧"]),
    ("~~~\n{: .a}\n*b*{:.c}\n~~~", ["code", "  |{: .a}", "  |*b*{:.c}"]),
]


@pytest.mark.parametrize(("body", "lines"), TABLE)
def test_an_attribute_list_is_read(body: str, lines: list[str]) -> None:
    assert dump(parse_body(body)).splitlines() == lines
