"""The pane of posts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsreader.store import Everything, PostStore, Query
from newsreader.tui.keys import Pane
from newsreader.tui.panes.post_list import show_date
from tests.tui.driving import OpenReader


async def test_a_click_selects_and_a_second_one_reads(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.click("#posts", offset=(6, 3))
        await reader.settle()
        assert reader.screen.posts.cursor == 1
        assert reader.pane() is Pane.POSTS
        await reader.pilot.click("#posts", offset=(6, 3))
        await reader.settle()
        assert reader.pane() is Pane.ARTICLE


async def test_a_click_below_the_last_post_does_nothing(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.click("#posts", offset=(6, 35))
        await reader.settle()
        assert reader.screen.posts.cursor == 0


async def test_an_empty_view_says_why(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("3")
        assert reader.screen.posts.row_count == 0
        assert "No bookmarks" in reader.screen.posts.render_line(1).text
        await reader.press("j", "k", "G", "g", "enter", "m", "r", "n", "space")
        assert reader.screen.posts.row_count in {0, 13}


async def test_no_pane_holds_an_object_for_every_post(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        assert store.lists.count(Query(Everything())) == 13
        reader.screen.posts.row_at(0)
        assert reader.screen.posts.fetched_pages <= 24


@pytest.mark.parametrize(
    ("date", "has_time", "shown"),
    [
        (None, False, "undated"),
        (datetime(2026, 2, 25, 11, 1, tzinfo=UTC), True, "02-25 11:01"),
        (datetime(2025, 2, 25, 11, 1, tzinfo=UTC), True, "2025-02-25 11:01"),
        (datetime(2026, 2, 25, tzinfo=UTC), False, "02-25"),
        (datetime(7, 2, 5, tzinfo=UTC), False, "0007-02-05"),
    ],
)
def test_dates_of_this_year_are_short(date: datetime | None, has_time: bool, shown: str) -> None:
    assert show_date(date, has_time=has_time, this_year=2026) == shown
