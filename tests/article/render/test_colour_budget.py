"""Lexers that take too long lose their colours, never the text."""

from itertools import count

import pytest

from newsreader.article.render.code import code_lines
from newsreader.article.render.colour_budget import (
    LONGEST_BLANK,
    LONGEST_LINE,
    MOST_CHARACTERS,
    MOST_SECONDS,
    ColourBudget,
)
from newsreader.article.render.palette import TERMINAL_PALETTE
from newsreader.article.render.paragraph import Styles
from tests.article.values import make_code

pytestmark = pytest.mark.long

CODE = "if x: return 'y'\n" * 40


def colours(text: str, styles: Styles) -> int:
    """How many styles the code has; its text must be whole."""
    lines = code_lines(make_code(text, "python"), 80, TERMINAL_PALETTE.text, styles)
    drawn = "\n".join("".join(part.text for part in line.segments)[2:] for line in lines)
    assert "".join(drawn.split()).replace("↪", "") == "".join(text.split())
    return len({part.style for line in lines for part in line.segments if part.text.strip(" ↪")})


def with_clock(step: float) -> tuple[Styles, list[float]]:
    read: list[float] = []
    ticks = count()

    def clock() -> float:
        read.append(next(ticks) * step)
        return read[-1]

    return Styles(TERMINAL_PALETTE, colouring=ColourBudget(clock)), read


def test_code_has_colours() -> None:
    styles, _ = with_clock(0)
    assert colours(CODE, styles) > 2


def test_a_slow_lexer_is_given_up_and_the_text_stays() -> None:
    styles, read = with_clock(MOST_SECONDS / 10)
    assert colours(CODE, styles) == 1
    assert len(read) <= 12


def test_slow_blocks_share_what_the_article_has() -> None:
    styles, read = with_clock(MOST_SECONDS / 10)
    for _ in range(100):
        assert colours(CODE, styles) == 1
    assert len(read) <= 40


def test_one_slow_block_leaves_the_next_its_colours() -> None:
    styles, _ = with_clock(MOST_SECONDS / 50)
    assert colours(CODE, styles) == 1
    assert colours("return 'y'", styles) > 1


def test_all_code_of_an_article_shares_a_number_of_characters() -> None:
    styles, _ = with_clock(0)
    block = "x = 1\n" * (MOST_CHARACTERS // 6)
    found = [colours(block, styles) > 1 for _ in range(6)]
    assert found == [True] * 4 + [False] * 2


@pytest.mark.parametrize(
    "text",
    [
        "x = 1 # " + "a" * LONGEST_LINE,
        "x = 1" + "\n" * (LONGEST_BLANK + 1) + "y = 2",
        "x = 1\n" * MOST_CHARACTERS,
    ],
    ids=["line", "blank", "characters"],
)
def test_code_made_to_take_long_has_no_colours(text: str) -> None:
    styles, read = with_clock(0)
    assert colours(text, styles) == 1
    assert not read


@pytest.mark.parametrize("cluster", ["क्\u200dष", "👩\u200d🚀", "e\u0301", "❤\ufe0f\u200d🔥"])
@pytest.mark.parametrize("language", ["c", "python", "bash", "json"])
def test_a_lexer_does_not_part_what_is_drawn_as_one(language: str, cluster: str) -> None:
    styles, _ = with_clock(0)
    block = make_code(f"{cluster * 9} {cluster}x", language)
    for line in code_lines(block, 10, TERMINAL_PALETTE.text, styles):
        assert sum(segment.cell_length for segment in line.segments) <= 10
        assert all(segment.text[:1] not in "\u0301\u200d\ufe0f" for segment in line.segments)
