"""All tests of linear time at the sizes that they name; the suite measures a quarter of each."""

from __future__ import annotations

import pytest

from tests import linear
from tests.article.export.test_export import test_hostile_articles_are_written_in_linear_time
from tests.article.linebreak import test_hostile_texts, test_lines
from tests.article.parse.test_hostile_bodies import (
    REPEATED,
    expect_linear_bodies,
    test_a_tag_with_very_many_attributes_is_parsed_in_linear_time,
    test_formatting_that_nobody_closes_does_not_multiply,
    test_long_values_are_read_in_linear_time,
)
from tests.article.render.test_layout import test_hostile_documents_are_laid_out_in_linear_time
from tests.article.test_reading_place import (
    test_a_place_in_a_very_long_article_is_found_in_linear_time,
)
from tests.config.test_read_config import test_a_hostile_file_is_answered_in_linear_time
from tests.posts.test_other_front_matter import test_hostile_heads_cost_no_more_than_their_length
from tests.posts.test_parse_post import (
    test_rule_13_a_file_name_of_digits_takes_linear_time,
    test_rule_13_aliases_of_aliases_take_linear_time,
    test_rule_13_hostile_bytes_take_linear_time,
    test_rule_13_hostile_posts_take_linear_time,
)
from tests.test_text import test_a_megabyte_takes_linear_time

__all__ = [
    "test_a_hostile_file_is_answered_in_linear_time",
    "test_a_megabyte_takes_linear_time",
    "test_a_place_in_a_very_long_article_is_found_in_linear_time",
    "test_a_tag_with_very_many_attributes_is_parsed_in_linear_time",
    "test_formatting_that_nobody_closes_does_not_multiply",
    "test_hostile_articles_are_written_in_linear_time",
    "test_hostile_documents_are_laid_out_in_linear_time",
    "test_hostile_heads_cost_no_more_than_their_length",
    "test_long_values_are_read_in_linear_time",
    "test_rule_13_a_file_name_of_digits_takes_linear_time",
    "test_rule_13_aliases_of_aliases_take_linear_time",
    "test_rule_13_hostile_bytes_take_linear_time",
    "test_rule_13_hostile_posts_take_linear_time",
]


@pytest.fixture(autouse=True)
def _all_of_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "share", 1)


@pytest.mark.parametrize("unit", REPEATED)
def test_much_of_it_is_parsed_in_linear_time(unit: str) -> None:
    expect_linear_bodies(unit)


@pytest.mark.parametrize("text", test_hostile_texts.LONG, ids=lambda text: ascii(text[:4]))
def test_a_long_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    test_hostile_texts.expect_linear_lines(text)


@pytest.mark.parametrize("text", test_lines.LONG, ids=lambda text: ascii(text[:4]))
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    test_lines.expect_linear_lines(text)
