"""The list on the screen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsreader.store import CollectProgress, PostStore
from newsreader.text import clean_line
from newsreader.tui.control.active_search import ActiveSearch, parse_search
from newsreader.tui.control.lists import REBUILD_SECONDS, ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.dialogs.sort import SortScreen
from newsreader.tui.keys import Pane
from newsreader.tui.main_screen import MainScreen
from newsreader.tui.values import CategoryEntry, Everything, Labelled, PostId, Query, Sort, View
from tests.tui.control.fakes import FakeClock, FakeScreen, FakeStore, row_of
from tests.tui.driving import NEWEST, SECOND, THIRD, OpenReader


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


@pytest.mark.long
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


class Lists:
    """A `ListControl` on a fake store and a fake screen."""

    def __init__(self, posts: int = 12) -> None:
        self.store = FakeStore(*(row_of(number) for number in range(1, posts + 1)))
        self.screen = FakeScreen()
        self.clock = FakeClock()
        self.control = ListControl(
            self.store, self.screen.parts, MessageControl(self.screen.parts), clock=self.clock
        )
        self.counted: list[int] = []
        self.control.on_count = lambda: self.counted.append(self.screen.posts.row_count)

    async def search(self, text: str = "1") -> None:
        search = ActiveSearch().with_typed(parse_search(text), text)
        self.control.open(self.control.use_search(search), from_top=True)
        await self.screen.services.settle()


async def test_a_list_opens_with_the_post_that_was_selected() -> None:
    lists = Lists()
    lists.control.open(Query())
    assert lists.screen.posts.cursor == 0
    lists.screen.posts.cursor = 4
    lists.control.open(Query(sort=Sort.OLDEST))
    assert lists.screen.posts.cursor == 7
    lists.control.open(Query(), select=PostId(3))
    assert lists.screen.posts.cursor == 2
    lists.control.open(Query(), from_top=True)
    assert lists.screen.posts.cursor == 0
    lists.control.open(Query(), select=PostId(99))
    assert lists.screen.posts.cursor == 0


async def test_a_list_that_is_brought_up_to_date_moves_nothing() -> None:
    lists = Lists()
    lists.control.open(Query(), select=PostId(3))
    lists.store.rows = {PostId(0): row_of(0), **lists.store.rows}
    lists.control.refresh()
    assert lists.screen.posts.shown[-1] == (3, True)
    assert lists.screen.posts.titles[:2] == ["Post 0", "Post 1"]


async def test_while_the_first_posts_come_in_the_newest_is_on_top_until_one_is_chosen() -> None:
    lists = Lists()
    lists.control.is_filling = True
    lists.control.open(Query(), select=PostId(3))
    lists.control.refresh()
    assert lists.screen.posts.cursor == 0
    lists.screen.posts.move_to(5)
    lists.control.refresh()
    assert lists.screen.posts.cursor == 5
    lists.control.open(Query(), select=PostId(3))
    lists.screen.layout.pane = Pane.ARTICLE
    lists.control.refresh()
    assert lists.screen.posts.cursor == 2


async def test_a_post_that_is_held_stays_until_another_list_is_opened() -> None:
    lists = Lists(3)
    lists.control.show_view(View.UNREAD)
    lists.control.pin(PostId(2), read=False)
    lists.store.set_read([PostId(2)], read=True)
    lists.control.refresh()
    assert lists.screen.posts.row_count == 3
    lists.control.show_view(View.UNREAD)
    assert lists.screen.posts.titles == ["Post 1", "Post 3"]


async def test_the_view_of_an_entry_is_its_own_and_that_of_others_the_users() -> None:
    lists = Lists()
    lists.control.view = View.UNREAD
    lists.control.open_entry(
        CategoryEntry(clean_line("Bookmarks"), scope=Everything(), view=View.BOOKMARKS)
    )
    assert (lists.control.query.view, lists.control.view) == (View.BOOKMARKS, View.UNREAD)
    lists.control.open_entry(CategoryEntry(clean_line("new"), scope=Labelled("tag", "new")))
    assert lists.control.query == Query(Labelled("tag", "new"), View.UNREAD)


async def test_a_view_is_shown_of_the_selected_category_and_leaves_the_article() -> None:
    lists = Lists()
    lists.screen.categories.selected = CategoryEntry(
        clean_line("new"), scope=Labelled("tag", "new")
    )
    lists.screen.layout.pane = Pane.ARTICLE
    lists.control.show_view(View.UNREAD)
    assert lists.control.query == Query(Labelled("tag", "new"), View.UNREAD)
    assert lists.screen.categories.view is View.UNREAD
    assert lists.screen.layout.pane is Pane.POSTS
    own_view = CategoryEntry(clean_line("Unread"), scope=Everything(), view=View.UNREAD)
    lists.screen.categories.selected = own_view
    lists.control.show_view(View.ALL)
    assert lists.screen.categories.selected == CategoryEntry(clean_line(""), scope=Everything())


async def test_all_posts_are_shown_in_the_view_that_was_chosen_but_for_bookmarks() -> None:
    lists = Lists()
    await lists.search()
    for view, shown in [(View.UNREAD, View.UNREAD), (View.BOOKMARKS, View.ALL)]:
        lists.control.view = view
        lists.control.open_all(select=PostId(4))
        assert lists.control.query == Query(view=shown)
        assert lists.screen.posts.cursor == 3
    assert lists.control.search == ActiveSearch()
    assert lists.screen.article.search.highlighted is None


async def test_an_order_is_that_of_this_list_and_of_those_after_it() -> None:
    lists = Lists()
    lists.control.open(Query(view=View.UNREAD))
    lists.screen.services.answer = Sort.OLDEST
    lists.control.choose_sort()
    assert lists.screen.services.asked == ["newest first"]
    assert lists.control.query == Query(view=View.UNREAD, sort=Sort.OLDEST)
    shown = len(lists.screen.posts.shown)
    lists.control.choose_sort()
    assert len(lists.screen.posts.shown) == shown + 1
    assert lists.screen.posts.shown[-1][
        1
    ]  # it is sorted so already, and is only brought up to date
    lists.control.show_view(View.ALL)
    assert lists.control.query.sort is Sort.OLDEST


async def test_what_a_list_was_searched_for_is_marked_in_the_article_and_in_its_title() -> None:
    lists = Lists()
    await lists.search("水车")
    assert lists.screen.article.search.highlighted == parse_search("水车")
    assert lists.screen.posts.title == "/ 水车 · newest first"
    assert lists.control.name == "/ 水车"


async def test_a_list_that_is_built_shows_its_first_page_at_once_and_grows() -> None:
    lists = Lists()
    lists.store.steps = [CollectProgress(1, complete=False), CollectProgress(2, complete=True)]
    await lists.search()
    assert lists.counted == [1, 2]
    assert lists.screen.posts.shown == [(0, False)]
    assert (lists.screen.posts.row_count, lists.screen.posts.listing.complete) == (2, True)


async def test_a_post_is_selected_also_if_the_list_has_it_only_in_the_end() -> None:
    lists = Lists()
    lists.control.open(Query(), select=PostId(11))
    lists.store.steps = [CollectProgress(1, complete=False), CollectProgress(2, complete=True)]
    search = ActiveSearch().with_typed(parse_search("1"), "1")
    lists.store.failing = {"rank"}
    lists.control.open(lists.control.use_search(search), select=PostId(11))
    lists.screen.posts.cursor = 0
    lists.store.failing = set()
    await lists.screen.services.settle()
    assert lists.screen.posts.cursor == 1


async def test_who_has_moved_the_cursor_is_left_there_when_the_list_is_complete() -> None:
    lists = Lists()
    lists.store.steps = [CollectProgress(1, complete=False), CollectProgress(2, complete=True)]

    def touch() -> None:
        lists.screen.posts.touched = True

    lists.control.on_count = touch
    search = ActiveSearch().with_typed(parse_search("1"), "1")
    lists.control.open(lists.control.use_search(search), select=PostId(11))
    await lists.screen.services.settle()
    assert len(lists.screen.posts.shown) == 1


async def test_a_list_is_not_brought_up_to_date_while_it_is_built() -> None:
    lists = Lists()
    lists.store.steps = [CollectProgress(1, complete=False)]
    await lists.search()
    lists.control.refresh()
    assert not lists.control.rebuild()
    assert lists.screen.posts.shown == [(0, False)]


async def test_a_list_is_built_again_but_not_often() -> None:
    lists = Lists()
    await lists.search()
    assert not lists.control.rebuild()
    lists.clock.now += REBUILD_SECONDS
    lists.store.rows[PostId(21)] = row_of(21)
    lists.store.steps = [CollectProgress(1, complete=False), CollectProgress(3, complete=True)]
    assert lists.control.rebuild()
    await lists.screen.services.settle()
    assert lists.screen.posts.titles == ["Post 1", "Post 11", "Post 21"]
    assert lists.screen.posts.shown == [(0, False), (0, True)]


async def test_what_was_read_in_a_list_that_asks_for_marks_does_not_leave_it() -> None:
    lists = Lists()
    await lists.search("is:unread")
    lists.control.pin(PostId(1), read=False)
    lists.clock.now += REBUILD_SECONDS
    assert lists.control.rebuild()
    assert not lists.screen.services.running("build list")
    await lists.search("水车")
    lists.control.pin(PostId(2), read=False)
    lists.clock.now += REBUILD_SECONDS
    assert lists.control.rebuild()
    await lists.screen.services.settle()
    assert lists.control.query.pinned == {PostId(2)}


async def test_another_list_stops_the_one_that_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = Lists()
    stopped = threading.Event()

    def collect(_query: Query, stop: Callable[[], bool]) -> Iterator[CollectProgress]:
        yield CollectProgress(1, complete=False)
        while not stop():
            threading.Event().wait(0.001)
        stopped.set()

    first_step = asyncio.Event()
    lists.control.on_count = first_step.set
    monkeypatch.setattr(lists.store, "collect", collect)
    search = ActiveSearch().with_typed(parse_search("1"), "1")
    lists.control.open(lists.control.use_search(search))
    await first_step.wait()
    lists.control.open(Query())
    assert await asyncio.to_thread(stopped.wait, 10)
    await lists.screen.services.settle()
    assert lists.screen.posts.row_count == 12


async def test_a_saved_search_that_is_wrong_has_no_list() -> None:
    lists = Lists()
    entry = CategoryEntry(
        clean_line("a"), scope=Everything(), is_search=True, problem=clean_line("It is wrong.")
    )
    lists.control.open_entry(entry)
    lists.control.refresh()
    assert lists.control.rebuild()
    assert lists.control.rank(PostId(1)) is None
    assert (lists.screen.posts.row_count, lists.screen.posts.listing.empty) == (0, "It is wrong.")


async def test_a_store_that_fails_gives_an_empty_list_and_is_reported() -> None:
    lists = Lists()
    lists.store.failing = {"count", "collect"}
    lists.control.open(Query())
    assert lists.screen.posts.row_count == 0
    await lists.search()
    assert lists.screen.services.notified == [
        "The index cannot be used (count).",
        "The index cannot be used (collect).",
    ]
    lists.store.failing = {"page"}
    lists.control.open(Query())
    assert lists.screen.posts.titles == []


async def test_a_post_that_was_opened_stays_where_it_is_if_the_unread_come_first(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("S", "u", "j", "enter", "q")
        posts = reader.screen.posts
        assert (posts.cursor, reader.title) == (1, SECOND)
        row = posts.row_at(1)
        assert row is not None
        assert row.read
        await reader.press("J")
        assert reader.title == THIRD
        await reader.press("K", "K", "enter", "J", "q")  # the next one was read, and stands there
        assert (posts.cursor, reader.title) == (1, SECOND)
        await reader.press("r")
        assert (posts.cursor, reader.title) == (1, SECOND)
        await reader.press("r")
        assert (posts.cursor, reader.title) == (1, SECOND)


@pytest.mark.parametrize("keys", [("f5",), ("S", "enter")], ids=["F5", "the order chosen again"])
async def test_what_was_read_goes_down_when_the_list_is_asked_for_anew(
    open_reader: OpenReader, keys: tuple[str, ...]
) -> None:
    async with open_reader() as reader:
        await reader.press("S", "u", "j", "enter", "q", *keys)
        posts = reader.screen.posts
        assert (posts.cursor, reader.title) == (1, THIRD)  # the next unread one
        last = posts.row_at(12)
        assert last is not None
        assert (last.title, last.read) == (SECOND, True)


async def test_a_read_post_that_is_marked_unread_stays_among_the_read_ones(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("r", "j", "r", "S", "u", "G", "r")
        posts = reader.screen.posts
        assert (posts.cursor, reader.title) == (12, SECOND)
        row = posts.selected
        assert row is not None
        assert not row.read
        await reader.press("r", "r", "k", "k")
        assert posts.cursor == 10
        await reader.press("f5")
        first = posts.row_at(0)
        assert first is not None
        assert first.title == SECOND


async def test_new_posts_are_counted_and_a_key_shows_them(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    async with open_reader(size=(100, 20)) as reader:
        posts = reader.screen.posts
        await reader.press("j", "j", "j", "j")
        line = posts.cursor * posts.row_height - posts.scroll_offset.y
        for number in (1, 2, 3):
            add_post(library, number)
        store.scans.run()
        reader.screen.controls.refresh.poll(at_once=True)
        await reader.settle()
        assert posts.cursor * posts.row_height - posts.scroll_offset.y == line
        assert str(posts.border_subtitle) == "3 new (.) · 8 of 16"
        await reader.press("full_stop")
        assert (reader.title, str(posts.border_subtitle)) == ("Breaking 3", "1 of 16")
        await reader.press("full_stop")
        assert "No new posts" in reader.screen.status.message


async def test_new_posts_come_into_view_at_the_top_of_the_list(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    async with open_reader(size=(100, 20)) as reader:
        posts = reader.screen.posts
        for number in (1, 2):
            add_post(library, number)
            store.scans.run()
            reader.screen.controls.refresh.poll(at_once=True)
            await reader.settle()
            assert posts.scroll_offset.y == 0
            assert (posts.cursor, reader.title) == (number, NEWEST)  # the post that is looked at
            assert str(posts.border_subtitle) == f"{number + 1} of {13 + number}"


async def test_marks_taken_back_are_no_new_posts(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("j", "r", "2", "j", "j")
        assert str(reader.screen.posts.border_subtitle) == "3 of 12"
        await reader.press("u")
        assert str(reader.screen.posts.border_subtitle) == "4 of 13"


@pytest.mark.parametrize(("keys", "row"), [((), 0), (("S", "o"), 13), (("S", "t"), None)])
async def test_the_key_goes_where_new_posts_stand_in_the_order_of_the_list(
    open_reader: OpenReader,
    store: PostStore,
    library: Path,
    keys: tuple[str, ...],
    row: int | None,
) -> None:
    async with open_reader() as reader:
        await reader.press("j", "j", *keys)
        at = reader.screen.posts.cursor
        add_post(library, 1)
        store.scans.run()
        reader.screen.controls.lists.open_anew()
        await reader.settle()
        assert reader.screen.posts.arrived == 1
        await reader.press("full_stop")
        if row is None:
            assert "among the others" in reader.screen.status.message
            assert abs(reader.screen.posts.cursor - at) <= 1
        else:
            assert (reader.screen.posts.cursor, reader.title) == (row, "Breaking 1")


def add_post(library: Path, number: int) -> None:
    path = library / "_posts" / f"2026-04-0{number}-breaking.md"
    path.write_text(f"---\ntitle: Breaking {number}\n---\nText.\n", encoding="utf-8")
