"""What ends a paragraph, and what is a heading."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    ("甲\n乙\n===", ["p 甲乙 ==="]),
    ("甲\n---\n乙", ["h2 甲", "p 乙"]),
    ("甲\n***\n乙", ["p 甲 *** 乙"]),
    ("甲\n* * *\n乙", ["p 甲", "rule", "p 乙"]),
    ("甲\n> 乙", ["p 甲", "quote", "  p 乙"]),
    ("甲\n- 乙", ["p 甲", "bullet", "  -", "    p 乙"]),
    ("甲\n    - 乙", ["p 甲 - 乙"]),
    ("甲\n: 乙", ["definition", "  - 甲", "    p 乙"]),
]


@pytest.mark.parametrize(("body", "lines"), TABLE)
def test_a_paragraph_is_read(body: str, lines: list[str]) -> None:
    assert dump(parse_body(body)).splitlines() == lines
