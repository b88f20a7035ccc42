"""Very many articles that a generator of structures makes up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.test_articles import BODY, check_exports, check_layout


@settings(max_examples=3_000, deadline=None)
@given(BODY, st.integers(2, 90))
def test_any_article_is_laid_out_exported_and_indexed(body: str, width: int) -> None:
    check_layout(body, width)
    check_exports(body)
