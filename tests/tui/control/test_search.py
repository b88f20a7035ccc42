"""Searching as one types."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from newsreader.store import CollectProgress, PostStore, Query
from newsreader.tui.control import search as searching
from newsreader.tui.keys import Pane
from tests.tui.driving import NEWEST, SECOND, OpenReader


async def test_a_search_finds_while_one_types_and_enter_goes_to_what_it_found(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        screen = reader.screen
        await reader.press("h", "slash")
        await reader.press(*"tag:马路")
        assert (screen.posts.row_count, screen.posts.listing.complete) == (5, True)
        assert reader.list_title == "/ tag:马路 · newest first"
        assert "5 posts" in reader.search_line
        assert reader.title == reader.article == NEWEST
        await reader.press("enter")
        assert (reader.pane(), screen.posts.has_focus) == (Pane.POSTS, True)
        await reader.press("j", "j")
        assert reader.title == "水车日记第6篇"
        await reader.press("escape")
        assert reader.list_title == "All · newest first"
        assert screen.posts.row_count == 13
        assert reader.title == reader.article == "水车日记第6篇"


async def test_escape_while_typing_gives_the_list_back_as_it_was(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("2", "j", "slash", *"没有日期")
        assert reader.screen.posts.row_count == 1
        await reader.press("escape")
        assert not reader.screen.search_bar.is_open
        assert reader.list_title == "Unread · newest first"
        assert reader.title == reader.article == SECOND
        await reader.press("slash", "escape")
        assert reader.title == SECOND


async def test_a_search_is_of_the_category_and_of_the_view(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G", "enter", "2", "r", "slash", *"水车日记", "enter")
        assert reader.list_title == "/ 水车日记 · 马路 · unread · newest first"
        assert reader.screen.posts.row_count == 3
        await reader.press("1")
        assert reader.screen.posts.row_count == 4
        await reader.press("h", "g")
        assert reader.list_title == "All · newest first"


async def test_nothing_found_is_said(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"火车", "enter")
        assert reader.screen.posts.row_count == 0
        assert "No post matches" in reader.screen.posts.render_line(1).text
        assert reader.screen.article.article is None
        await reader.press("q")
        assert reader.screen.posts.row_count == 13


async def test_what_is_wrong_is_said_when_typing_pauses(
    open_reader: OpenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "PROBLEM_SECONDS", 30.0)
    async with open_reader() as reader:
        screen = reader.screen
        await reader.pilot.press("slash", *"水车", "space", "minus")
        while screen.search_bar.input.value != "水车 -":
            await reader.pilot.pause(0.01)
        await reader.pilot.pause(searching.DEBOUNCE_SECONDS * 2)
        assert not screen.search_bar.is_wrong
        await reader.pilot.press("enter")
        while "must follow" not in reader.search_line:
            await reader.pilot.pause(0.01)
        await reader.press(*"12")
        assert not screen.search_bar.is_wrong


async def test_what_is_typed_is_never_markup_and_the_palette_may_be_called(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"[/b] [bold]")
        assert reader.list_title.startswith("/ [/b] [bold]")
        await reader.press("ctrl+p")
        assert reader.dialog() is not None
        await reader.press("escape", "escape", "escape")
        assert reader.list_title == "All · newest first"


async def test_a_post_read_in_a_search_of_unread_posts_stays_selected(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("2", "slash", *"tag:马路", "enter", "j", "enter", "escape")
        assert reader.title == "水车日记第9篇"
        await reader.press("escape")
        assert reader.list_title == "Unread · newest first"
        assert reader.title == reader.article == "水车日记第9篇"


async def test_a_space_that_is_typed_does_not_end_the_looking(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = store.lists.collect
    goes_on = threading.Event()

    def slow(query: Query, stop: Callable[[], bool]) -> Iterator[CollectProgress]:
        steps = list(collect(query, stop))
        yield CollectProgress(2, complete=False)
        while not goes_on.wait(0.005):
            if stop():
                return
        yield from steps

    async with open_reader() as reader:
        monkeypatch.setattr(store.lists, "collect", slow)
        await reader.pilot.press("slash", *"水车")
        while "2+ posts" not in reader.search_line:
            await reader.pilot.pause(0.01)
        await reader.pilot.press("space", *"-")
        while "must follow" not in reader.search_line:
            await reader.pilot.pause(0.01)
        wrong = reader.search_line
        goes_on.set()
        await reader.settle()
        assert reader.search_line == wrong
        assert (reader.screen.posts.row_count, reader.screen.posts.listing.complete) == (12, True)
        await reader.press("backspace")
        assert "12 posts" in reader.search_line
