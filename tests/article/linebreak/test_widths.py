"""One look at each character tells what two do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsreader.article.linebreak.classes import class_letters
from newsreader.article.linebreak.widths import measure, running_totals

TEXTS = {
    "ascii": "plain words, 1,000.50 of them",
    "chinese": "市场增长的新能源（据报道）说：“一二三”……",
    "korean with hanja": "한국어 文章은 이렇게 쓴다 그리고 읽는다",
    "thai": "ภาษาไทย เขียน",
    "emoji that are joined": "家👨‍👩‍👧 和 ☀️",
    "marks": "e\u0301 and か\u3099",
    "nothing": "",
}


@pytest.mark.parametrize("name", TEXTS)
def test_known_texts_are_measured_as_each_by_itself(name: str) -> None:
    check(TEXTS[name])


@given(st.text(max_size=60))
def test_every_text_is(text: str) -> None:
    check(text)


def check(text: str) -> None:
    letters, totals = measure(text, cell_len)
    assert letters == class_letters(text)
    assert [*totals] == [*running_totals(text, cell_len)]
