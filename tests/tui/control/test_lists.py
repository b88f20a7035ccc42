"""The list on the screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from newsreader.store import CollectProgress, PostStore, Query, Sort
from newsreader.tui.dialogs.sort import SortScreen
from newsreader.tui.main_screen import MainScreen
from tests.tui.driving import SECOND, OpenReader


@pytest.mark.parametrize(
    ("keys", "sort", "first"),
    [
        (("o",), Sort.OLDEST, "没有日期"),
        (("j", "j", "enter"), Sort.TITLE, "没有日期"),
        (("S", "S", "S", "enter"), Sort.UNREAD_FIRST, SECOND),
    ],
)
async def test_sorting_keeps_the_selected_post(
    open_reader: OpenReader, keys: tuple[str, ...], sort: Sort, first: str
) -> None:
    async with open_reader() as reader:
        await reader.press("r", "j", "S")
        assert isinstance(reader.dialog(), SortScreen)
        await reader.press(*keys)
        assert reader.title == SECOND
        assert reader.list_title.startswith("All · ")
        assert reader.screen.controls.lists.sort is sort
        row = reader.screen.posts.row_at(0)
        assert row is not None
        assert row.title == first
        await reader.press("S", "escape", "h", "G")
        assert reader.screen.controls.lists.query.sort is sort


async def test_a_key_that_is_typed_stops_what_was_looked_for_before(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []
    collect = store.lists.collect
    waits = threading.Event()

    def slow(query: Query, stop: Callable[[], bool]) -> Iterator[CollectProgress]:
        steps = list(collect(query, stop))
        yield CollectProgress(min(2, steps[-1].found), complete=False)
        while not stop() and not waits.is_set():
            waits.wait(0.005)
        if stop():
            stopped.append(str(query.search))
            return
        yield from steps

    async with open_reader() as reader:
        screen = reader.screen
        monkeypatch.setattr(store.lists, "collect", slow)
        await reader.pilot.press("slash", *"水")
        while "2+ posts" not in reader.search_line:
            await reader.pilot.pause(0.01)
        assert screen.posts.row_count == 2
        assert "1 of 2+" in str(screen.posts.border_subtitle)
        await reader.pilot.press("车")
        while not stopped:
            await reader.pilot.pause(0.01)
        waits.set()
        await reader.settle()
        assert len(stopped) == 1
        assert (screen.posts.row_count, screen.posts.listing.complete) == (12, True)
        assert "12 posts" in reader.search_line


async def test_marks_do_not_empty_a_list_that_was_searched_for(
    open_reader: OpenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:
        screen: MainScreen = reader.screen
        await reader.press("slash", *"is:unread", "enter", "r", "j", "r")
        assert screen.posts.row_count == 13
        row = screen.posts.row_at(0)
        assert row is not None
        assert row.read
        monkeypatch.setattr("newsreader.tui.control.lists.REBUILD_SECONDS", 0.0)
        assert screen.controls.lists.rebuild()  # it need not be: nothing may leave the list
        await reader.settle()
        assert (screen.posts.row_count, reader.title) == (13, SECOND)
        await reader.press("slash", "end", *" 水车", "enter")
        assert (screen.controls.lists.search.text, screen.posts.row_count) == ("is:unread 水车", 10)
