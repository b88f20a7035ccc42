"""The line in which a search is typed."""

from __future__ import annotations

import pytest

from newsreader.tui.keys import Pane
from newsreader.tui.styles import part_style
from tests.tui.driving import SECOND, OpenReader

pytestmark = pytest.mark.long


async def test_a_wrong_search_is_marked_and_the_list_stays(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        screen = reader.screen
        await reader.press("slash", *"水车")
        screen.search_bar.input.insert_text_at_cursor(" title:")
        await reader.settle()
        assert screen.search_bar.input.wrong == (3, 9)
        assert "needs a word" in reader.search_line
        assert reader.list_title == "/ 水车 · newest first"
        style = part_style(screen.search_bar.input, "search--wrong")
        drawn = screen.search_bar.input.render_line(0)
        wrong = [s.text for s in drawn if s.style and s.style.underline and s.text.strip()]
        assert "".join(wrong) == "title:"
        assert style.underline
        await reader.press("enter")
        assert screen.search_bar.input.has_focus
        await reader.press(*"11")
        assert reader.title == SECOND
        assert screen.search_bar.input.wrong is None


async def test_up_brings_back_what_was_searched_for(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        value = reader.screen.search_bar.input
        for text in ("水车", "马路"):
            await reader.press("slash", *text, "enter", "escape")
        await reader.press("slash", *"木")
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await reader.press(key)
            seen.append(value.value)
        assert seen == ["马路", "水车", "水车", "马路", "木", "木"]


async def test_going_to_another_window_ends_no_search(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        screen = reader.screen
        await reader.press("slash", *"水车")
        reader.app.app_focus = False
        await reader.settle()
        assert screen.search_bar.is_open
        reader.app.app_focus = True
        await reader.settle()
        await reader.press(*"12")
        assert screen.search_bar.input.value == "水车12"


async def test_a_wrong_search_is_given_up_by_a_click_elsewhere(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"title:")
        await reader.pilot.click("#posts", offset=(5, 5))
        await reader.settle()
        assert not reader.screen.search_bar.is_open
        assert (reader.list_title, reader.pane()) == ("All · newest first", Pane.POSTS)
