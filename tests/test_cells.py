"""Texts cut and padded to the cells of a terminal."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from newsreader.cells import cut, fit
from newsreader.text import clean_text


@pytest.mark.parametrize(
    ("text", "width", "cut_text"),
    [
        ("abc", 5, "abc"),
        ("abcdef", 4, "abc…"),
        ("ab cdef", 4, "ab…"),
        ("中文字", 6, "中文字"),
        ("中文字", 5, "中文…"),
        ("中文字", 4, "中…"),
        ("中", 1, "…"),
        ("", 2, ""),
        ("abc", 0, ""),
        ("abc", -1, ""),
    ],
)
def test_what_is_cut_off_is_marked(text: str, width: int, cut_text: str) -> None:
    assert cut(clean_text(text), width) == cut_text


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("中文字", 6, "中文字"),
        ("中文字", 5, "中文…"),
        ("中文字", 4, "中… "),
        ("中", 1, "…"),
        ("", 2, "  "),
        ("abc", 0, ""),
    ],
)
def test_fit_fills_the_width_exactly(text: str, width: int, shown: str) -> None:
    assert fit(clean_text(text), width) == shown
    assert cell_len(fit(clean_text(text), width)) == width


def test_nothing_fits_into_less_than_no_cells() -> None:
    assert fit(clean_text("abc"), -1) == ""
