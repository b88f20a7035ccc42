"""Texts in cells, and which characters terminals disagree about."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsreader.tui.terminal_widths import extra_cells, is_disputed, split_cells

FLAG = "\U0001f1eb\U0001f1f7"
HEART = "❤️"
FAMILY = "\U0001f468‍\U0001f469"


@pytest.mark.parametrize(
    ("text", "cells", "doubts"),
    [
        ("", [], []),
        ("ab c", ["a", "b", " ", "c"], []),
        ("é ж", ["é", " ", "ж"], [0, 2]),  # two cells in a terminal set up for Chinese
        ("中文a", ["中", "", "文", "", "a"], []),
        ("한、「", ["한", "", "、", "", "「", ""], []),
        ("\u3000x", ["\u3000", "", "x"], []),
        ("“中”", ["“", "中", "", "”"], [0, 3]),
        ("│─█", ["│", "─", "█"], []),
        ("e\u0301x", ["e\u0301", "x"], [0]),
        (f"{HEART}x", [HEART, "", "x"], [0]),
        (f"{FAMILY}x", [FAMILY, "", "x"], [0]),
        ("\U0001f600", ["\U0001f600", ""], [0]),
        ("\x1b[31ma\x07\x9b", ["[", "3", "1", "m", "a"], []),
    ],
)  # fmt: skip
def test_a_text_is_put_into_cells(text: str, cells: list[str], doubts: list[int]) -> None:
    assert split_cells(text) == (cells, doubts)


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("a\ufe0f\u200d")  # which rich 14.3.2 never has done with
def test_there_are_as_many_cells_as_rich_counts_and_no_controls(text: str) -> None:
    cells, doubts = split_cells(text)

    printed = "".join(cells)
    assert len(cells) == cell_len(
        "".join(c for c in text if not "\x7f" <= c <= "\x9f" and c >= " ")
    )
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in printed)
    assert all(0 <= at < len(cells) for at in doubts)


@pytest.mark.parametrize("cell", [HEART, FAMILY, "e\u0301", "\U0001f600", "\U0001f1eb", "\u1160"])
def test_emoji_and_marks_are_disputed(cell: str) -> None:
    assert is_disputed(cell)
    assert extra_cells(cell) >= 2


@pytest.mark.parametrize("cell", ["", " ", "a", "中", "“", "│", "ж", "ب"])
def test_letters_and_what_is_only_wide_in_some_terminals_are_not(cell: str) -> None:
    assert not is_disputed(cell)
    assert extra_cells(cell) == 1
