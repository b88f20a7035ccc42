"""Every rule of the format from 10 to 33 in practice; 34 is the line breaker's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump
from tests.article.parse.rules import TABLE

RULES = {str(number) for number in range(10, 34)}


@pytest.mark.parametrize(
    ("rule", "body", "lines"),
    TABLE,
    ids=[f"rule-{number}-{row[0]}" for number, row in enumerate(TABLE)],
)
def test_a_body_becomes_these_blocks(rule: str, body: str, lines: list[str] | None) -> None:
    document = parse_body(body, title="标题", site_url="https://s.example")
    assert dump(document).splitlines() == ([f"p {body}"] if lines is None else lines)


def test_every_rule_has_a_test_of_its_own() -> None:
    """A row of the table, or a test that is named for it."""
    tests = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py")
    )
    named = set(re.findall(r"^def test_rule_([0-9]+)_", tests, re.MULTILINE))
    assert {rule for rule, _, _ in TABLE} | named >= RULES
