"""The cost of every construct in every stage, from sizes of real articles to those of the worst."""

from __future__ import annotations

import pytest

from tests.hostile.constructs import CONSTRUCTS
from tests.hostile.test_growth import STOPPED_SIZE, expect_linear_stages, expect_stops


@pytest.mark.parametrize("name", CONSTRUCTS)
@pytest.mark.parametrize("size", [8_000, 32_000, 128_000])
def test_time_grows_no_faster_than_an_article(name: str, size: int) -> None:
    expect_linear_stages(name, size)


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_work_on_an_article_can_be_stopped_at_every_few_steps(name: str) -> None:
    expect_stops(CONSTRUCTS[name](STOPPED_SIZE))
