"""The line breaker on random and hostile text: what holds for every text, and what it costs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsreader.article.linebreak import (
    CellLength,
    LineRange,
    break_anywhere,
    break_lines,
    break_places,
)
from newsreader.article.linebreak.class_table import RUNS
from newsreader.article.linebreak.classes import BLANKS, class_letters
from tests.linear import expect_linear_in

pytestmark = pytest.mark.long

# One character at least of every class, the quotation marks and joiners many times.
alphabet = st.one_of(
    st.sampled_from(
        "中“”‘’'\"«»，。：…—·（ a9,/-%$\u3000\u200d\ufe0f\u0301\u2060\u200b\u00a0\u00ad"
    ),
    st.sampled_from(
        "ab 9.!?ー々っ한각각☎❤👍🏽👩🇨🇳\U0001f8ff\t\u2028\r\n\x0b\x85‐–―\u2014´\ufffcאกา័"
    ),
    st.sampled_from(["https://a.b/c-d", "……", "——", "«\u200d\u200d", "🇨🇳🇯🇵", "1\ufe0f\u20e3"]),
    st.characters(),
)
texts = st.lists(alphabet, max_size=50).map("".join)


@given(texts, st.integers(2, 30))
def test_no_line_of_any_text_is_too_wide_and_only_blanks_are_left_out(
    text: str, width: int
) -> None:
    at = 0
    for start, end in break_lines(text, width, cell_len):
        assert at <= start <= end
        assert not text[at:start].strip()
        assert cell_len(text[start:end]) <= width
        at = end
    assert not text[at:].strip()


clusters = st.lists(
    st.sampled_from(
        [
            *("\u200d", "\ufe0f", "\ufe0e", "\u20e3", "\u0301", "\u0903", "\u093e", "\u1b44"),
            *("🇨", "🇳", "👩", "🏽", "❤", "☎", "中", "1", "a", " ", "क", "ᄀ", "ᅡ", "ᆨ", "각"),
            *("\U000e0061", "\U000e007f", "\u034f", "\u3164", "\u00ad", "\u2060", "アﾞ", "“", "，"),
        ]
    ),
    min_size=1,
    max_size=40,
).map("".join)


@pytest.mark.parametrize("breaker", [break_lines, break_anywhere])
@given(clusters, st.integers(1, 8))
def test_no_cluster_makes_a_line_too_wide_unless_one_character_is(
    breaker: Callable[[str, int, CellLength], list[LineRange]], text: str, width: int
) -> None:
    at = 0
    for start, end in breaker(text, width, cell_len):
        assert at <= start
        assert not text[at:start].strip()
        line = text[start:end]
        at = end
        if width == 1 and cell_len(line) == 2:
            assert sum(cell_len(character) > 0 for character in line.split("\u200d")[0]) <= 1
        else:
            assert cell_len(line) <= width
    assert not text[at:].strip()


def test_a_flag_whose_first_half_a_joiner_took_is_parted() -> None:
    assert break_anywhere("中\u200d🇨🇳", 2, cell_len) == [(0, 3), (3, 4)]
    assert break_anywhere("🇨🇳🇯🇵", 2, cell_len) == [(0, 2), (2, 4)]


def test_a_run_of_jamo_is_parted_where_the_column_ends() -> None:
    assert break_lines("ᄀ" * 5, 4, cell_len) == [(0, 2), (2, 4), (4, 5)]


COLUMNS = st.integers(8, 30)
"""Wider than any cluster here: of one that fits no line, what is left has a line for itself."""


@given(texts, COLUMNS)
def test_a_line_ends_where_the_rules_let_it_unless_what_follows_fits_no_line(
    text: str, width: int
) -> None:
    allowed = {0, *break_places(text)}
    for start, end in break_lines(text, width, cell_len)[:-1]:
        place = end
        while place < len(text) and place not in allowed and text[place].isspace():
            place += 1
        if place in allowed:
            continue
        before = max((other for other in allowed if other < place), default=0)
        after = min((other for other in allowed if other > place), default=len(text))
        # What may not be parted is wider than the column, or the line would have ended before it.
        assert cell_len(text[before:after].rstrip()) > width or before < start


@given(texts, COLUMNS)
def test_lines_are_filled(text: str, width: int) -> None:
    allowed = sorted({*break_places(text)})
    ranges = break_lines(text, width, cell_len)
    for (start, end), (following, _) in pairwise(ranges):
        if re.search(r"[\n\r\x0b\x0c\x85\u2028\u2029]", text[end:following]):
            continue
        fits = [
            place
            for place in allowed
            if end < place and cell_len(text[start:place].rstrip(BLANKS)) <= width
        ]
        # Another piece would have fitted only if it was nothing to see.
        assert all(not cell_len(text[end:place].strip()) for place in fits), (start, end, fits)


@given(texts)
def test_places_ascend_to_the_end_and_cut_no_mark_from_its_letter(text: str) -> None:
    places = break_places(text)
    assert places == sorted(set(places))
    assert places[-1:] == ([len(text)] if text else [])
    for place in places[:-1]:
        if text[place] == "\u0301":
            assert unicodedata.category(text[place - 1]) in ("Zs", "Cc", "Zl", "Zp", "Cf")


def test_every_character_has_a_class() -> None:
    assert sum(int(run[1:], 16) for run in RUNS.split()) == 0x110000
    assert class_letters("中a9“”’\U0010ffff\ud800") == "IA9<>'AA"


LONG = [
    "“" * 1_000_000,
    "’" * 1_000_000,
    "x" + "“" * 500_000 + " x" + "”" * 500_000 + "x",
    "中“" * 300_000 + " ”",
    "« " * 300_000,
    "9," * 300_000 + "a",
    "9" + "," * 600_000,
    "-" * 600_000 + "中",
    " -" * 300_000,
    "$(" * 300_000 + "5)%" * 100_000,
    "\u200b" + " " * 600_000 + "a",
    "— " * 300_000,
    "—" * 600_000,
    "א-" * 300_000,
    "/a" * 300_000,
    "www." * 150_000,
    "https://" + "." * 600_000,
    "\u200d\u0301" * 300_000,
    "中\ufe0f\u200d" * 200_000,
    "\u0301 " * 300_000,
    "ᄀ" * 600_000,
    "\r\n\u2028" * 200_000,
    "中" + "\u2060" * 600_000 + "文" * 10,
    "\u00ad" * 600_000,
]


# The others are in tests/long.
@pytest.mark.parametrize("text", LONG[::2], ids=lambda text: ascii(text[:4]))
def test_a_long_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    expect_linear_lines(text)


def expect_linear_lines(text: str) -> None:
    """Expect a text to be broken into lines in linear time."""
    expect_linear_in(lambda part: break_lines(part, 40, cell_len), text)
    expect_linear_in(lambda part: break_anywhere(part, 40, cell_len), text)
    expect_linear_in(break_places, text)
