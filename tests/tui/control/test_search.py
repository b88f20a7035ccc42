"""Searching as one types."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from newsreader.config.model import SavedSearch
from newsreader.store import CollectProgress, PostStore
from newsreader.text import clean_line
from newsreader.tui.control import search as searching
from newsreader.tui.control.active_search import ActiveSearch
from newsreader.tui.keys import Pane
from newsreader.tui.values import CategoryEntry, Everything, PostId, Query, View
from tests.tui.control.fakes import ControlsOnFakes, row_of
from tests.tui.driving import NEWEST, SECOND, OpenReader

pytestmark = pytest.mark.long


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
    monkeypatch.setattr(searching, "PROBLEM_SECONDS", 3600.0)
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


@pytest.fixture
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "DEBOUNCE_SECONDS", 0.0)
    monkeypatch.setattr(searching, "PROBLEM_SECONDS", 0.0)


@pytest.mark.usefixtures("_no_pause")
async def test_the_list_follows_what_is_typed_and_comes_back() -> None:
    fakes = ControlsOnFakes()
    search, bar = fakes.controls.search, fakes.screen.search_bar
    fakes.screen.posts.move_to(2)
    fakes.screen.layout.pane = Pane.CATEGORIES
    search.open()
    assert (bar.kind, fakes.screen.layout.pane) == ("Search", Pane.POSTS)
    search.change("post")
    await fakes.settle()
    assert fakes.screen.posts.titles == ["Post 1"]
    assert bar.found == "1 post"
    search.cancel()
    assert fakes.screen.posts.titles == ["Post 1", "Post 2", "Post 3"]
    assert (fakes.screen.posts.cursor, bar.is_open) == (2, False)
    assert fakes.screen.article.search.highlighted is None


@pytest.mark.usefixtures("_no_pause")
async def test_with_nothing_typed_the_list_is_the_one_before() -> None:
    fakes = ControlsOnFakes()
    fakes.screen.posts.move_to(1)
    fakes.controls.search.open()
    for text in ("post", "  "):
        fakes.controls.search.change(text)
        await fakes.settle()
    assert fakes.controls.lists.search == ActiveSearch()
    assert fakes.screen.posts.cursor == 1


async def test_a_search_that_changes_nothing_opens_no_list() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.search.open()
    fakes.controls.search.accept("post")
    await fakes.settle()
    shown = len(fakes.screen.posts.shown)
    fakes.controls.search.open()
    assert fakes.screen.search_bar.text == "post"
    fakes.controls.search.accept(" post ")
    await fakes.settle()
    assert len(fakes.screen.posts.shown) == shown
    fakes.controls.search.open()
    fakes.controls.search.cancel()
    assert len(fakes.screen.posts.shown) == shown


async def test_a_wrong_search_stays_open_as_long_as_one_types_into_it() -> None:
    fakes = ControlsOnFakes()
    bar = fakes.screen.search_bar
    fakes.controls.search.open()
    fakes.controls.search.accept("title:")
    assert (bar.is_open, bar.is_wrong) == (True, True)
    bar.is_focused = False
    fakes.controls.search.accept("title:")
    assert not bar.is_open


async def test_no_count_is_told_where_it_is_not_wanted() -> None:
    fakes = ControlsOnFakes()
    bar = fakes.screen.search_bar
    fakes.controls.search.show_count()
    fakes.controls.search.open()
    fakes.controls.search.show_count()
    assert bar.found == ""  # nothing is typed
    fakes.controls.search.accept("post")
    await fakes.settle()
    bar.found = ""
    fakes.controls.search.show_count()
    assert bar.found == ""  # the bar is closed
    fakes.controls.search.open()
    bar.problem = "It is wrong."
    fakes.controls.search.show_count()
    assert bar.problem == "It is wrong."


async def test_in_the_article_it_is_looked_for_at_once() -> None:
    fakes = ControlsOnFakes()
    found, bar = fakes.screen.article.search, fakes.screen.search_bar
    fakes.screen.layout.pane = Pane.ARTICLE
    fakes.controls.search.open()
    assert not bar.is_open  # there is no article
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    fakes.controls.search.open()
    assert bar.kind == "Find"
    found.count = 3
    fakes.controls.search.change("text")
    fakes.controls.search.show_matches()
    assert (found.text, bar.found, fakes.screen.keys.matching) == ("text", "3 matches", True)
    fakes.controls.search.accept("text")
    assert (found.text, bar.is_open) == ("text", False)
    assert fakes.controls.search.go_to_next_match()
    fakes.controls.search.go_to_previous_match()
    assert found.went == [1, -1]
    assert fakes.controls.search.end()
    assert found.ended == [False]


async def test_what_is_not_in_the_article_is_given_up() -> None:
    fakes = ControlsOnFakes()
    fakes.screen.layout.pane = Pane.ARTICLE
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    for leave in (partial(fakes.controls.search.accept, "x"), fakes.controls.search.cancel):
        fakes.controls.search.open()
        fakes.controls.search.change("x")
        fakes.controls.search.show_matches()
        assert not fakes.screen.keys.matching
        leave()
    assert fakes.screen.article.search.ended == [True, True]
    assert fakes.screen.status.message == "Not found in this article"
    assert not fakes.controls.search.go_to_next_match()


async def test_ending_a_search_leaves_the_selected_post_although_it_was_read() -> None:
    fakes = ControlsOnFakes(row_of(11), row_of(2), row_of(1))
    assert not fakes.controls.search.end()
    fakes.controls.lists.show_view(View.UNREAD)
    fakes.controls.search.open()
    fakes.controls.search.accept("post")
    await fakes.settle()
    fakes.screen.posts.move_to(1)
    fakes.store.set_read([PostId(1)], read=True)
    assert fakes.controls.search.end()
    assert fakes.screen.posts.titles == ["Post 11", "Post 2", "Post 1"]
    assert fakes.screen.posts.cursor == 2


async def test_the_list_that_comes_back_is_the_one_the_cursor_of_the_categories_stands_on() -> None:
    fakes = ControlsOnFakes(searches=[SavedSearch("Ones", "1")])
    await fakes.settle()
    saved = fakes.screen.categories.searches[0]
    fakes.screen.categories.selected = saved
    fakes.controls.lists.open_entry(saved)
    fakes.controls.search.open()
    fakes.controls.search.change("11")
    await fakes.settle()
    everything = CategoryEntry(clean_line("All"), scope=Everything())
    fakes.screen.categories.selected = everything
    fakes.controls.lists.open_entry(everything)  # the mouse chose another list meanwhile
    fakes.controls.search.cancel()
    await fakes.settle()
    assert fakes.controls.lists.search.saved_name == "Ones"
    assert fakes.screen.categories.selected is not None
    assert fakes.screen.categories.selected.title == "Ones"
