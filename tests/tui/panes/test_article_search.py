"""Looking for text in an article."""

from __future__ import annotations

import pytest

from newsreader.tui.keys import Pane
from tests.tui.driving import NEWEST, SECOND, OpenReader


@pytest.mark.long
async def test_what_matches_is_marked_in_the_list_and_in_the_article(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"水车日记", "enter", "j")
        line = reader.screen.posts.render_line(0)
        underlined = [s.text for s in line if s.style is not None and s.style.underline]
        assert underlined == ["水车日记"]
        assert reader.marked() == ["水车日记"]
        assert "1 match" in str(reader.screen.article.border_subtitle)
        await reader.press("enter", "escape", "escape")
        assert reader.marked() == []


@pytest.mark.long
async def test_finding_in_an_article(open_reader: OpenReader) -> None:
    async with open_reader((140, 20)) as reader:
        pane = reader.screen.article
        await reader.press("enter", "j", "slash", *"水声")
        assert "1/60" in reader.search_line
        assert reader.marked("match-here") == ["水声"]
        await reader.press("enter", "n", "n", "N")
        assert pane.search.result == "2/60"
        assert "n next match" in reader.footer
        assert "2/60" in str(pane.border_subtitle)
        await reader.press("N", "N")
        assert pane.search.result == "60/60"
        assert pane.scroll_offset.y > 1
        await reader.press("escape")
        assert (reader.pane(), reader.marked()) == (Pane.ARTICLE, [])
        await reader.press("slash", *"火车")
        assert "not found" in reader.search_line
        await reader.press("backspace", "backspace", *"木头", "escape")
        assert (pane.search.result, reader.pane()) == ("", Pane.ARTICLE)
        await reader.press("slash", *"火车", "enter")
        assert reader.screen.status.message == "Not found in this article"
        assert "n next unread" in reader.footer
        await reader.press("n")
        assert reader.article == SECOND


@pytest.mark.long
async def test_finding_gives_up_at_the_place_where_it_began(open_reader: OpenReader) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("enter", "j", "slash", *"返回首页")
        assert reader.screen.article.scroll_offset.y > 1
        await reader.press(*"火车")
        assert reader.screen.article.scroll_offset.y == 1
        await reader.press("backspace", "backspace")
        assert reader.screen.article.scroll_offset.y > 1
        await reader.press("escape")
        assert reader.screen.article.scroll_offset.y == 1


async def test_finding_gives_up_at_that_place_also_when_the_lines_have_become_others(
    open_reader: OpenReader,
) -> None:
    async with open_reader((140, 12)) as reader:
        pane = reader.screen.article
        await reader.press("enter", *"jjjjjj")
        before = pane.place
        await reader.press("slash", *"返回首页")
        assert pane.place > before
        await reader.pilot.resize_terminal(50, 12)
        await reader.settle()
        await reader.press("escape")
        assert pane.laid_out is not None
        assert pane.place == max(at for at in pane.laid_out.offsets if at <= before) > 0


async def test_matches_of_the_lists_search_are_gone_through_in_the_article(
    open_reader: OpenReader,
) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("slash", *"水车", "enter", "enter", "n", "n")
        assert reader.screen.article.search.result.startswith("2/")
        assert reader.article == NEWEST
        await reader.press("J")
        assert reader.article == SECOND
