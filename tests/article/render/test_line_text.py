"""The text of a layout without what only the layout made."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.line_text import TextPlace, characters_of, text_between
from newsreader.article.render.palette import PLAIN_PALETTE

LONG = "word " * 30
CHINESE = "数字化转型为广东千行百业带来发展新机遇，" * 4


def whole(body: str, width: int = 40) -> str:
    placed = layout(parse_body(body), width, PLAIN_PALETTE)
    last = len(placed.lines) - 1
    return text_between(placed, TextPlace(0, 0), TextPlace(last, len(characters_of(placed, last))))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One.\n\nTwo.\n", "One.\n\nTwo."),
        (LONG, LONG.strip()),
        (CHINESE, CHINESE),
        (f"> {LONG}\n>\n> Two.\n", f"{LONG.strip()}\n\nTwo."),
        (f"- {LONG}\n- Two\n", f"• {LONG.strip()}\n• Two"),
        (f"1. One\n2. {LONG}\n", f"1. One\n2. {LONG.strip()}"),
        ("```\nif a:\n    b\n```\n", "if a:\n    b"),
        ("```\n" + "x" * 90 + "\ny\n```\n", "x" * 90 + "\ny"),
        ("# Title\n\nText.\n", "Title\n\nText."),
        ("One\n\n---\n\nTwo\n", "One\n\nTwo"),
        ("One<br>Two\n", "One\nTwo"),
    ],
)
@pytest.mark.parametrize("width", [40, 23])
def test_the_text_is_as_it_was_before_it_was_laid_out(body: str, text: str, width: int) -> None:
    assert whole(body, width) == text


def test_only_what_lies_between_is_taken() -> None:
    placed = layout(parse_body(LONG), 40, PLAIN_PALETTE)

    assert text_between(placed, TextPlace(0, 5), TextPlace(0, 9)) == "word"
    assert text_between(placed, TextPlace(0, 35), TextPlace(1, 4)) == "word word"
    assert text_between(placed, TextPlace(0, 0), TextPlace(99, 0)) == LONG.strip()


def test_a_table_has_no_lines() -> None:
    text = whole("| a | b |\n|---|---|\n| c | d |\n")
    assert not set(text) & set("─━│┼")
    assert text.split() == ["a", "b", "c", "d"]
