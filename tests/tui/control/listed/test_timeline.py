"""When there were how many posts of a list, and going there."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from newsreader.tui.control.listed.timeline import NO_DATES, NO_ORDER, period_name, sparkline
from newsreader.tui.keys import Pane
from newsreader.tui.values import CountedPeriod, Sort
from tests.tui.control.fakes import ControlsOnFakes
from tests.tui.driving import OpenReader


def months(*counts: int) -> list[CountedPeriod]:
    starts = [date(2021 + at // 12, at % 12 + 1, 1) for at in range(len(counts) + 1)]
    return [
        CountedPeriod(*days, found) for days, found in zip(pairwise(starts), counts, strict=True)
    ]


SPARKLINES = [
    ((), ""),
    ((5,), ""),
    ((1, 0, 8), "▁ █"),
    ((1, 1, 1), "▅▅▅"),
    (tuple(range(16)), " ▁▂▂▃▃▄▄▅▅▆▆▇▇██"),
    ((3,) * 40, "█████████████▃"),
]


@pytest.mark.parametrize(("counts", "drawn"), SPARKLINES)
def test_a_sparkline_is_a_column_per_time(counts: tuple[int, ...], drawn: str) -> None:
    assert sparkline(months(*counts)) == drawn


def test_periods_are_named_by_what_they_are() -> None:
    day = date(2021, 2, 1)
    ends = (date(2021, 2, 2), date(2021, 3, 1), date(2022, 2, 1))
    assert [period_name(CountedPeriod(day, end, 1)) for end in ends] == [
        "2021-02-01",
        "2021-02",
        "2021",
    ]


async def test_a_key_shows_the_times_and_goes_to_one(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("t", *"03-05", "enter")
        assert reader.title == "水车日记第5篇"
        await reader.press("T", "escape", "t", "enter")  # the time of the selected post is marked
        assert reader.title == "水车日记第5篇"


async def test_the_article_gives_way_to_the_list(open_reader: OpenReader) -> None:
    async with open_reader(size=(60, 20)) as reader:
        await reader.press("enter", "t", *"03-01", "enter")
        assert reader.pane() is Pane.POSTS
        assert reader.title == "水车日记第1篇"


async def test_a_search_shows_in_the_border_when_it_was_news(open_reader: OpenReader) -> None:
    async with open_reader(size=(220, 40)) as reader:
        await reader.press("slash", *"水车", "enter")
        assert "2026-03-01 ▅▅▅▅▅▅▅▅▅▅▅▅ 2026-03-12" in str(reader.screen.posts.border_subtitle)
        await reader.pilot.resize_terminal(140, 40)
        await reader.settle()
        assert str(reader.screen.posts.border_subtitle) == "▅▅▅▅▅▅▅▅▅▅▅▅ · 1 of 12"
        await reader.press("escape")
        assert "▅" not in str(reader.screen.posts.border_subtitle)


async def test_what_has_no_times_says_so() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.timeline.show()
    await fakes.settle()
    assert fakes.screen.status.message == NO_DATES
    fakes.controls.lists.use_sort(Sort.TITLE)
    await fakes.settle()
    fakes.controls.timeline.show()
    await fakes.settle()
    assert fakes.screen.status.message == NO_ORDER.format("S")


async def test_a_time_is_chosen_from_the_newest_on() -> None:
    fakes = ControlsOnFakes()
    fakes.store.periods = months(1, 0, 2)
    fakes.screen.services.answer = 2
    fakes.controls.timeline.show()
    await fakes.settle()
    texts = [entry.text.split() for entry in fakes.screen.services.entries]
    assert texts == [["2021-03", "2", "█" * 24], ["2021-02", "0"], ["2021-01", "1", "█" * 12]]
    assert fakes.screen.posts.cursor == 2


async def test_an_index_that_fails_is_reported() -> None:
    fakes = ControlsOnFakes()
    fakes.store.failing = {"timeline"}
    fakes.controls.timeline.show()
    await fakes.settle()
    assert fakes.screen.services.notified
