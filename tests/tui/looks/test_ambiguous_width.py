"""Characters of which terminals take one cell or two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.cells import cell_len, set_cell_size

from newsreader.article.document import Document, Paragraph, Span
from newsreader.article.linebreak import break_lines
from newsreader.article.render.layout import layout
from newsreader.cells import cut, fit
from newsreader.text import clean_text
from newsreader.tui.looks.ambiguous_width import is_wide, measure_ambiguous


@pytest.fixture
def _wide() -> Iterator[None]:
    measure_ambiguous(wide=True)
    yield
    measure_ambiguous(wide=False)


@pytest.mark.parametrize(
    ("setting", "encoding", "wide"),
    [
        ("narrow", "gbk", False),
        ("wide", "utf-8", True),
        ("auto", "utf-8", False),
        ("auto", "UTF-8", False),
        ("auto", "gbk", True),
        ("auto", "GB18030", True),
        ("auto", "big5", True),
        ("auto", "euc-jp", True),
        ("auto", "iso-8859-1", False),
        ("auto", "no such encoding", False),
    ],
)
def test_the_option_decides_or_else_the_encoding(setting: str, encoding: str, wide: bool) -> None:
    assert is_wide(setting, encoding) is wide


@pytest.mark.usefixtures("_wide")
@pytest.mark.parametrize(
    ("text", "cells"),
    [
        *((text, 2) for text in "“”…·αЯ①×é中—"),
        *((text, 1) for text in ("a", "e\u0301", "─", "●", "★", "ë", "╔")),
        ("ü", 2),
        ("“中”", 6),
    ],
)
def test_wide_ones_take_two_cells(text: str, cells: int) -> None:
    assert cell_len(text) == cells


def test_lines_that_were_broken_before_do_not_decide_of_later_ones() -> None:
    text = "“” " * 3
    before = break_lines(text, 6, cell_len)
    measure_ambiguous(wide=True)
    wide = break_lines(text, 6, cell_len)
    measure_ambiguous(wide=False)
    assert len(wide) > len(before) == len(break_lines(text, 6, cell_len))


def test_all_is_as_before_when_they_are_narrow_again() -> None:
    texts = ("“中”…", "α·×①", "Яé", "─●★")
    before = [cell_len(text) for text in texts]
    measure_ambiguous(wide=True)
    assert [cell_len(text) for text in texts] != before
    measure_ambiguous(wide=False)
    assert [cell_len(text) for text in texts] == before


@pytest.mark.usefixtures("_wide")
def test_what_is_cut_and_padded_has_the_right_width() -> None:
    text = clean_text("“水车”转起来了……")
    for width in range(20):
        assert cell_len(cut(text, width)) <= width
        assert cell_len(fit(text, width)) == width
    assert cell_len(set_cell_size(text, 7)) == 7


@pytest.mark.usefixtures("_wide")
def test_lines_of_an_article_keep_to_their_width() -> None:
    words = clean_text("孩子们说：“真好看！”——水车…… α·β “quoted” " * 6)
    for width in (10, 21, 40):
        lines = layout(Document((Paragraph((Span(words),)),)), width).lines
        for line in lines:
            assert sum(segment.cell_length for segment in line) <= width
