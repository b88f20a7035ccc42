"""The area of the panes: their sizes, by keys and by mouse."""

from __future__ import annotations

import pytest
from textual import events

from newsreader.store import PostStore
from newsreader.tui.keys import Pane
from tests.tui.driving import OpenReader, Reader


def widths(reader: Reader) -> tuple[int, int, int]:
    screen = reader.screen
    panes = (screen.categories, screen.posts, screen.article)
    return tuple(pane.outer_size.width for pane in panes)  # type: ignore[return-value]


def heights(reader: Reader) -> tuple[int, int]:
    return reader.screen.posts.outer_size.height, reader.screen.article.outer_size.height


async def drag(reader: Reader, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the button of the mouse at a place of the screen, let it go at another."""
    for event, (x, y) in (
        (events.MouseDown, start),
        (events.MouseMove, end),
        (events.MouseUp, end),
    ):
        await reader.pilot._post_mouse_events([event], None, (x, y), button=1)
        await reader.settle()


async def test_keys_make_a_pane_wider_and_narrower(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        categories, posts, article = widths(reader)
        await reader.press(">", ">")
        assert widths(reader) == (categories, posts + 4, article - 4)
        await reader.press("<")
        assert widths(reader) == (categories, posts + 2, article - 2)
        await reader.press("h")
        await reader.commit("＞")
        assert widths(reader) == (categories + 2, posts + 2, article - 4)
        await reader.press("l", "l")
        await reader.commit("》")
        assert widths(reader) == (categories + 2, posts, article - 2)
        await reader.press("0")
        assert widths(reader) == (categories, posts, article)


async def test_the_article_is_laid_out_for_its_new_width(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        await reader.press("enter", "<", "<", "<")
        pane = reader.screen.article
        assert pane.laid_out is not None
        assert pane.laid_out.width == pane.text_width


async def test_where_posts_stand_over_the_article_they_get_higher(open_reader: OpenReader) -> None:
    async with open_reader((100, 30)) as reader:
        posts, article = heights(reader)
        await reader.press(">")
        assert heights(reader) == (posts + 1, article - 1)
        await reader.press("enter", ">", ">")
        assert heights(reader) == (posts - 1, article + 1)
        before = widths(reader)[0]
        await reader.press("h", "h", "<")
        assert widths(reader)[0] == before - 2


async def test_no_pane_can_be_made_too_small(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        await reader.press(*["<"] * 40)
        assert widths(reader)[1] == 24
        await reader.press(*[">"] * 60)
        assert widths(reader)[2] == 30
        await reader.press("h", *[">"] * 60)
        assert widths(reader)[1] >= 24
        assert widths(reader)[2] >= 30
        assert sum(widths(reader)) == 140


async def test_one_pane_alone_has_no_size(open_reader: OpenReader) -> None:
    async with open_reader((60, 20)) as reader:
        await reader.press(">")
        assert reader.screen.status.message == "One pane has the whole screen"
        assert widths(reader)[1] == 60
    async with open_reader((140, 40)) as reader:
        await reader.press("enter", "z", ">")
        assert reader.screen.status.message == "One pane has the whole screen"


async def test_the_mouse_drags_the_borders(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        categories, posts, _ = widths(reader)
        title = reader.title
        await drag(reader, (categories - 1, 10), (categories + 7, 12))
        assert widths(reader)[0] == categories + 8
        x = reader.screen.article.region.x
        await drag(reader, (x, 5), (x - 6, 5))
        assert widths(reader)[1] == reader.screen.article.region.x - reader.screen.posts.region.x
        assert widths(reader)[1] in (posts - 6, posts - 5, x - 5 - (categories + 8))
        assert reader.title == title  # nothing was clicked
        assert reader.app.mouse_captured is None


async def test_the_mouse_drags_the_border_between_posts_and_article(
    open_reader: OpenReader,
) -> None:
    async with open_reader((100, 30)) as reader:
        posts, article = heights(reader)
        await drag(reader, (50, reader.screen.posts.region.bottom - 1), (50, 16))
        assert heights(reader) == (16, posts + article - 16)


async def test_a_drag_that_ends_over_a_row_is_no_click(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        title = reader.title
        x = reader.screen.posts.region.right - 1
        await drag(reader, (x, 8), (x - 40, 8))  # it cannot go so far
        assert widths(reader)[1] == 24
        assert (reader.title, reader.pane()) == (title, Pane.POSTS)


async def test_sizes_are_kept_for_the_next_time(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader((140, 40)) as reader:
        await reader.press(">", ">")
        await drag(reader, (reader.screen.posts.region.x, 10), (35, 10))
        before = widths(reader)
    async with open_reader((140, 40)) as reader:
        assert widths(reader) == before
        await reader.press("0")
    assert store.sessions.load_appearance().sizes == {}


async def test_each_arrangement_has_its_own_sizes(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        usual = widths(reader)
        await reader.press(">", ">", "h", ">")
        wide = widths(reader)
        await reader.pilot.resize_terminal(100, 30)
        await reader.settle()
        assert widths(reader)[0] == 22
        assert widths(reader)[1] == widths(reader)[2] == 78
        await reader.pilot.resize_terminal(60, 20)
        await reader.settle()
        assert widths(reader)[0] == 60
        await reader.pilot.resize_terminal(140, 40)
        await reader.settle()
        assert widths(reader) == wide != usual


async def test_a_smaller_terminal_leaves_room_for_the_article(open_reader: OpenReader) -> None:
    async with open_reader((200, 40)) as reader:
        await reader.press(*[">"] * 45)
        assert widths(reader)[1] > 90
        await reader.pilot.resize_terminal(120, 40)
        await reader.settle()
        assert widths(reader)[2] >= 30


@pytest.mark.parametrize("size", [(140, 40), (120, 30), (100, 30), (80, 24), (60, 20), (40, 12)])
async def test_text_is_never_glued_to_a_border(
    open_reader: OpenReader, size: tuple[int, int]
) -> None:
    async with open_reader(size) as reader:
        await reader.press("enter")
        pane = reader.screen.article
        least = 1 if size[0] < 60 else 2
        for y in range(pane.size.height):
            text = pane.render_line(y).text
            assert text[:least].isspace(), text
            assert text[-1].isspace(), text
        top = pane.content_region.y - pane.region.y
        assert top == (2 if size[0] >= 120 and size[1] >= 30 else 1)
        await reader.press("h")
        for widget in (reader.screen.posts, reader.screen.categories):
            if widget.display and widget.size.height:
                assert widget.content_region.x - widget.region.x == 2
