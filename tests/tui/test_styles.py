"""Texts that fit."""

from __future__ import annotations

import pytest

from newsreader.text import clean_text, literal
from newsreader.tui.styles import fit_hints, wrap

HINTS = literal("type to filter · Enter goes there · Esc closes")


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (46, "type to filter · Enter goes there · Esc closes"),
        (45, "Enter goes there · Esc closes"),
        (20, "Esc closes"),
        (3, "Esc closes"),
    ],
)
def test_of_hints_the_last_are_shown(width: int, shown: str) -> None:
    assert fit_hints(HINTS, width).plain == shown


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 5, ["one", "two"]),
        ("没有匹配的文章。", 8, ["没有匹配", "的文章。"]),
        ("a\nb", 5, ["a", "b"]),
    ],
)
def test_a_text_is_broken_into_lines(text: str, width: int, lines: list[str]) -> None:
    assert [line.strip() for line in wrap(clean_text(text), width)] == lines
