"""Searching lists as one types, finding in articles, sorting, and saved searches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from newsreader.config.model import SavedSearch
from newsreader.store import Gathered, PostStore, Query, Sort, View
from newsreader.tui.control import search as searching
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.dialogs.sort import SortScreen
from newsreader.tui.keys import Pane
from newsreader.tui.main_screen import MainScreen
from newsreader.tui.panes.line_input import WIDE_SPACE
from newsreader.tui.styles import part_style
from tests.tui.driving import OpenReader, Reader

NEWEST = "水车日记第12篇"
SECOND = "水车日记第11篇"


def list_title(reader: Reader) -> str:
    return reader.screen.posts.title


def bar(reader: Reader) -> str:
    """The line of the search bar as it is drawn, and what stands above it."""
    screen = reader.screen
    parts = screen.search_bar.query("#search-problem, #search-input, #search-found")
    return " | ".join(widget.render_line(0).text.strip() for widget in parts if widget.display)


def footer(reader: Reader) -> str:
    """The line of keys as it is drawn."""
    return reader.screen.key_bar.render_line(0).text


def marked(reader: Reader, name: str = "match") -> list[str]:
    """What is marked in the article pane, line by line."""
    pane = reader.screen.article
    style = part_style(pane, f"article--{name}")
    return [
        segment.text
        for y in range(pane.size.height)
        for segment in pane.render_line(y)
        if segment.style is not None
        and (segment.style.underline, segment.style.reverse) == (style.underline, style.reverse)
        and segment.style.bgcolor == (style.bgcolor or segment.style.bgcolor)
        and segment.style.color == style.color
    ]


async def test_a_search_finds_while_one_types_and_enter_goes_to_what_it_found(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        screen = reader.screen
        await reader.press("h", "slash")
        await reader.press(*"tag:马路")
        assert (screen.posts.row_count, screen.posts.listing.complete) == (5, True)
        assert list_title(reader) == "/ tag:马路 · newest first"
        assert "5 posts" in bar(reader)
        assert reader.title == reader.article == NEWEST
        await reader.press("enter")
        assert (reader.pane(), screen.posts.has_focus) == (Pane.POSTS, True)
        await reader.press("j", "j")
        assert reader.title == "水车日记第6篇"
        await reader.press("escape")
        assert list_title(reader) == "All · newest first"
        assert screen.posts.row_count == 13
        assert reader.title == reader.article == "水车日记第6篇"


async def test_escape_while_typing_gives_the_list_back_as_it_was(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("2", "j", "slash", *"没有日期")
        assert reader.screen.posts.row_count == 1
        await reader.press("escape")
        assert not reader.screen.search_bar.is_open
        assert list_title(reader) == "Unread · newest first"
        assert reader.title == reader.article == SECOND
        await reader.press("slash", "escape")
        assert reader.title == SECOND


async def test_a_wrong_search_is_marked_and_the_list_stays(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        screen = reader.screen
        await reader.press("slash", *"水车")
        screen.search_bar.input.insert_text_at_cursor(" title:")
        await reader.settle()
        assert screen.search_bar.input.wrong == (3, 9)
        assert "needs a word" in bar(reader)
        assert list_title(reader) == "/ 水车 · newest first"
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


async def test_a_search_is_of_the_category_and_of_the_view(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G", "enter", "2", "r", "slash", *"水车日记", "enter")
        assert list_title(reader) == "/ 水车日记 · 马路 · unread · newest first"
        assert reader.screen.posts.row_count == 3
        await reader.press("1")
        assert reader.screen.posts.row_count == 4
        await reader.press("h", "g")
        assert list_title(reader) == "All · newest first"


async def test_nothing_found_is_said(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"火车", "enter")
        assert reader.screen.posts.row_count == 0
        assert "No post matches" in reader.screen.posts.render_line(1).text
        assert reader.screen.article.article is None
        await reader.press("q")
        assert reader.screen.posts.row_count == 13


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


async def test_what_matches_is_marked_in_the_list_and_in_the_article(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"水车日记", "enter", "j")
        line = reader.screen.posts.render_line(0)
        underlined = [s.text for s in line if s.style is not None and s.style.underline]
        assert underlined == ["水车日记"]
        assert marked(reader) == ["水车日记"]
        assert "1 match" in str(reader.screen.article.border_subtitle)
        await reader.press("enter", "escape", "escape")
        assert marked(reader) == []


async def test_finding_in_an_article(open_reader: OpenReader) -> None:
    async with open_reader((140, 20)) as reader:
        pane = reader.screen.article
        await reader.press("enter", "j", "slash", *"水声")
        assert "1 of 60" in bar(reader)
        assert marked(reader, "match-here") == ["水声"]
        await reader.press("enter", "n", "n", "N")
        assert pane.search.result == "2 of 60"
        assert "n next match" in footer(reader)
        assert "2 of 60" in str(pane.border_subtitle)
        await reader.press("N", "N")
        assert pane.search.result == "60 of 60"
        assert pane.scroll_offset.y > 1
        await reader.press("escape")
        assert (reader.pane(), marked(reader)) == (Pane.ARTICLE, [])
        await reader.press("slash", *"火车")
        assert "not found" in bar(reader)
        await reader.press("backspace", "backspace", *"木头", "escape")
        assert (pane.search.result, reader.pane()) == ("", Pane.ARTICLE)
        await reader.press("slash", *"火车", "enter")
        assert reader.screen.status.message == "Not found in this article"
        assert "n next unread" in footer(reader)
        await reader.press("n")
        assert reader.article == SECOND


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
        while "must follow" not in bar(reader):
            await reader.pilot.pause(0.01)
        await reader.press(*"12")
        assert not screen.search_bar.is_wrong


async def test_matches_of_the_lists_search_are_gone_through_in_the_article(
    open_reader: OpenReader,
) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("slash", *"水车", "enter", "enter", "n", "n")
        assert reader.screen.article.search.result.startswith("2 of ")
        assert reader.article == NEWEST
        await reader.press("J")
        assert reader.article == SECOND


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
        assert list_title(reader).startswith("All · ")
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
    gather = store.lists.gather
    waits = threading.Event()

    def slow(query: Query, stop: Callable[[], bool]) -> Iterator[Gathered]:
        steps = list(gather(query, stop))
        yield Gathered(min(2, steps[-1].found), complete=False)
        while not stop() and not waits.is_set():
            waits.wait(0.005)
        if stop():
            stopped.append(str(query.search))
            return
        yield from steps

    async with open_reader() as reader:
        screen = reader.screen
        monkeypatch.setattr(store.lists, "gather", slow)
        await reader.pilot.press("slash", *"水")
        while "2+ posts" not in bar(reader):
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
        assert "12 posts" in bar(reader)


async def test_saved_searches_stand_in_the_category_pane(
    open_reader: OpenReader, store: PostStore
) -> None:
    saved = (SavedSearch("马路上", "tag:马路 日记"), SavedSearch("坏的", "title:"))
    async with open_reader(searches=saved) as reader:
        screen = reader.screen
        pane = screen.categories
        row = next(at for at, entry in enumerate(pane.entries) if entry.title == "马路上")
        screen.controls.searches.count()
        await reader.settle()
        assert pane.entries[row].counts.unread == 4
        assert pane.render_line(row).text.rstrip().endswith("4")
        pane.move_to(row)
        await reader.settle()
        assert list_title(reader) == "/ 马路上 · newest first"
        assert screen.posts.row_count == 4
        await reader.press("slash", *"12", "enter")
        assert reader.title == NEWEST
        assert screen.posts.row_count == 1
        pane.move_to(row + 1)
        await reader.settle()
        assert screen.posts.row_count == 0
        assert "needs a word" in screen.posts.render_line(1).text
        assert pane.render_line(row + 1).text.rstrip().endswith("!")


async def test_a_search_that_was_left_is_gone_on_with(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"tag:马路", "enter", "j", "enter")
    async with open_reader() as reader:
        assert list_title(reader) == "/ tag:马路 · newest first"
        assert reader.screen.posts.row_count == 5
        assert (reader.pane(), reader.article) == (Pane.ARTICLE, "水车日记第9篇")


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


async def test_what_is_typed_is_never_markup_and_the_palette_may_be_called(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"[/b] [bold]")
        assert list_title(reader).startswith("/ [/b] [bold]")
        await reader.press("ctrl+p")
        assert reader.dialog() is not None
        await reader.press("escape", "escape", "escape")
        assert list_title(reader) == "All · newest first"


async def test_an_input_methods_space_parts_words(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.press("slash")
        await reader.commit(f"水车{WIDE_SPACE}12")
        assert reader.screen.search_bar.input.value == "水车\u300012"
        assert reader.screen.posts.row_count == 1
        await reader.press("escape", "question_mark", *"all", "ideographic_space", *"read")
        help_screen = reader.dialog()
        assert isinstance(help_screen, HelpScreen)
        assert "mark all posts" in help_screen.text
        assert "sort by" not in help_screen.text


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
        assert (list_title(reader), reader.pane()) == ("All · newest first", Pane.POSTS)


async def test_a_post_read_in_a_search_of_unread_posts_stays_selected(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("2", "slash", *"tag:马路", "enter", "j", "enter", "escape")
        assert reader.title == "水车日记第9篇"
        await reader.press("escape")
        assert list_title(reader) == "Unread · newest first"
        assert reader.title == reader.article == "水车日记第9篇"


async def test_a_wrong_saved_search_lists_nothing_and_marks_nothing(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader(searches=(SavedSearch("坏的", "title:"),)) as reader:
        screen = reader.screen
        row = next(at for at, each in enumerate(screen.categories.entries) if each.problem)
        screen.categories.move_to(row)
        await reader.settle()
        for keys in ((), ("2",), ("S", "t"), ("A",)):
            await reader.press(*keys)
            screen.controls.lists.refresh()
            assert screen.controls.lists.rebuild()
            await reader.settle()
            assert reader.dialog() is None
            assert screen.posts.row_count == 0
            assert "needs a word" in screen.posts.render_line(1).text
        assert store.lists.count(Query(view=View.UNREAD)) == 13
        await reader.press("n")
        assert list_title(reader) == "Unread · by title"
        assert screen.posts.row_count == 13


async def test_a_space_that_is_typed_does_not_end_the_looking(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather = store.lists.gather
    goes_on = threading.Event()

    def slow(query: Query, stop: Callable[[], bool]) -> Iterator[Gathered]:
        steps = list(gather(query, stop))
        yield Gathered(2, complete=False)
        while not goes_on.wait(0.005):
            if stop():
                return
        yield from steps

    async with open_reader() as reader:
        monkeypatch.setattr(store.lists, "gather", slow)
        await reader.pilot.press("slash", *"水车")
        while "2+ posts" not in bar(reader):
            await reader.pilot.pause(0.01)
        await reader.pilot.press("space", *"-")
        while "must follow" not in bar(reader):
            await reader.pilot.pause(0.01)
        wrong = bar(reader)
        goes_on.set()
        await reader.settle()
        assert bar(reader) == wrong
        assert (reader.screen.posts.row_count, reader.screen.posts.listing.complete) == (12, True)
        await reader.press("backspace")
        assert "12 posts" in bar(reader)


async def test_the_next_unread_of_all_is_not_marked_with_what_was_searched_for(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"没有日期", "enter", "r", "n")
        assert list_title(reader) == "All · newest first"
        assert reader.article == NEWEST
        assert reader.screen.article.search.count == 0
        assert reader.screen.article.search.search is None
