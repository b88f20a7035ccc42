"""Going from post to post."""

from __future__ import annotations

from newsreader.tui.keys import Pane
from tests.tui.driving import NEWEST, OpenReader


async def test_zoom_without_a_post_changes_nothing(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("3", "z")
        assert reader.visible_panes() == set(Pane)


async def test_the_only_unread_post_knows_that_no_other_is(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("A", "y", "r", "n")
        assert reader.screen.status.message == "Nothing else is unread"


async def test_the_next_unread_of_all_is_not_marked_with_what_was_searched_for(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"没有日期", "enter", "r", "n")
        assert reader.list_title == "All · newest first"
        assert reader.article == NEWEST
        assert reader.screen.article.search.count == 0
        assert reader.screen.article.search.search is None
