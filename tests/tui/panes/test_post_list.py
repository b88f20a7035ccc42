"""The pane of posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from textual.app import App, ComposeResult

from newsreader.config.model import Config, DensityName
from newsreader.store import Everything, PostStore, Query
from newsreader.text import clean_line
from newsreader.tui.keys import Pane
from newsreader.tui.panes.post_list import MAX_PAGES, PAGE, PostList
from newsreader.tui.values import PostListing, PostRow
from tests.tui.control.fakes import row_of
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
        lines = (reader.screen.posts.render_line(y).text.strip() for y in range(4))
        assert " ".join(lines).strip() == "No bookmarks here yet. m bookmarks a post; 1 shows all."
        await reader.press("j", "k", "G", "g", "enter", "m", "r", "n", "space")
        assert reader.screen.posts.row_count in {0, 13}


async def test_no_pane_holds_an_object_for_every_post(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        assert store.lists.count(Query(Everything())) == 13
        reader.screen.posts.row_at(0)
        assert reader.screen.posts.fetched_pages <= 24


@pytest.mark.parametrize("size", [(48, 10), (80, 10)], ids=["two lines", "one line"])
async def test_a_date_is_written_as_one_says_it_and_changes_with_the_day(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    now = datetime(2026, 2, 25, 23, 59, tzinfo=UTC)
    monkeypatch.setattr("newsreader.tui.clock.now_here", lambda: now)
    app = PostListApp()
    written = datetime(2026, 2, 25, 11, 1, tzinfo=UTC)
    there = written.astimezone(timezone(timedelta(hours=8)))
    app.rows[0] = replace(app.rows[0], date=written, shown_date=there, has_time=True)
    async with app.run_test(size=size):
        app.posts.show(app.listing(1), at=0)
        assert "yesterday 19:01" in shown(app)  # there it is the next day already
        now += timedelta(days=1)
        app.posts._look_at_clock()
        assert "Wed 19:01" in shown(app)
        now -= timedelta(days=2)
        app.posts._look_at_clock()
        assert "today 19:01 (future)" in shown(app)


def shown(app: PostListApp) -> str:
    return "".join(app.posts.render_line(y).text for y in range(2))


class PostListApp(App[None]):
    """A pane of posts alone, on a list that counts what is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.posts = PostList(id="posts")
        self.rows = [row_of(number) for number in range(PAGE + 2)]
        self.fetched: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.posts

    def listing(self, count: int, *, complete: bool = True) -> PostListing:
        def fetch(offset: int, limit: int) -> Sequence[PostRow]:
            self.fetched.append(offset)
            return self.rows[: self.posts.row_count][offset : offset + limit]

        return PostListing(clean_line("All"), count, fetch, complete=complete)


async def test_the_last_page_is_fetched_anew_when_a_list_has_grown() -> None:
    app = PostListApp()
    async with app.run_test(size=(80, 10)):
        app.posts.show(app.listing(1, complete=False), at=0)
        assert app.posts.row_at(0) == app.rows[0]
        app.posts.grow(app.listing(PAGE + 1, complete=False))
        assert app.posts.row_at(1) == app.rows[1]  # the page was one row long before
        assert app.posts.row_at(PAGE) == app.rows[PAGE]
        app.posts.grow(app.listing(PAGE + 2, complete=False))
        assert app.posts.row_at(PAGE + 1) == app.rows[PAGE + 1]
        app.fetched.clear()
        assert app.posts.row_at(0) == app.rows[0]
        assert app.fetched == []  # what was full is as it was


async def test_all_pages_are_fetched_anew_when_a_list_is_complete() -> None:
    app = PostListApp()
    async with app.run_test(size=(80, 10)):
        app.posts.show(app.listing(PAGE + 1, complete=False), at=0)
        assert app.posts.row_at(0) == app.rows[0]
        app.rows[0] = row_of(99)
        app.posts.grow(app.listing(PAGE + 1))
        assert app.posts.row_at(0) == app.rows[0]


async def test_the_pages_in_memory_are_those_used_last() -> None:
    app = PostListApp()
    app.rows = [row_of(number) for number in range(PAGE * (MAX_PAGES + 2))]
    async with app.run_test(size=(80, 10)):
        app.posts.show(app.listing(len(app.rows)), at=0)
        for page in range(MAX_PAGES + 2):
            assert app.posts.row_at(page * PAGE) == app.rows[page * PAGE]
            assert app.posts.row_at(0) == app.rows[0]
        assert app.posts.fetched_pages == MAX_PAGES
        app.fetched.clear()
        assert app.posts.row_at(0) == app.rows[0]
        assert app.fetched == []
        assert app.posts.row_at(PAGE) == app.rows[PAGE]
        assert app.fetched == [PAGE]


async def test_an_empty_list_that_grows_selects_its_first_post() -> None:
    app = PostListApp()
    async with app.run_test(size=(80, 10)):
        app.posts.show(app.listing(0, complete=False), at=0)
        assert (app.posts.cursor, app.posts.selected) == (-1, None)
        app.posts.grow(app.listing(2, complete=False))
        assert app.posts.selected == app.rows[0]
        assert not app.posts.touched


@pytest.mark.parametrize("height", [9, 10])
async def test_a_list_begins_with_a_whole_post(height: int) -> None:
    app = PostListApp()
    async with app.run_test(size=(48, height)) as pilot:
        posts = app.posts
        for at in (0, 1, 5, 60, PAGE + 1):
            posts.show(app.listing(PAGE + 2), at=at)
            assert posts.scroll_offset.y % 2 == 0
            top = posts.render_line(0).text
            assert top.startswith(f"● Post {posts.scroll_offset.y // 2} ")
        for key in ("k", "g", "j", "G", "k", "ctrl+u", "ctrl+d", "space", "b"):
            await pilot.press(key)
            assert posts.scroll_offset.y % 2 == 0
            drawn = "".join(posts.render_line(y).text for y in range(posts.size.height))
            assert f"Post {posts.cursor} " in drawn
        posts.scroll_relative(y=-3, animate=False)
        await pilot.pause()
        assert posts.scroll_offset.y % 2 == 0
        await pilot.resize_terminal(48, height + 1)
        posts.scroll_end(animate=False)
        await pilot.pause()
        assert posts.scroll_offset.y % 2 == 0
        lines = [posts.render_line(y).text.strip() for y in range(posts.size.height)]
        assert any(line.startswith(f"● Post {PAGE + 1}") for line in lines)


async def test_a_key_gives_posts_one_line_or_two(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        pane = reader.screen.posts
        assert pane.row_height == 2
        await reader.press("j", "j", "L")
        assert pane.row_height == 1
        assert reader.title in pane.render_line(2).text
        assert pane.render_line(2).text.rstrip().endswith("03-10 09:10")
        await reader.press("L")
        assert pane.row_height == 2
        assert reader.title in pane.render_line(4).text


@pytest.mark.parametrize("size", [(140, 40), (100, 30), (80, 24), (60, 20), (40, 12)])
@pytest.mark.parametrize(("density", "height"), [("compact", 1), ("comfortable", 2)])
async def test_the_density_that_is_set_holds_at_every_size(
    open_reader: OpenReader, size: tuple[int, int], density: DensityName, height: int
) -> None:
    async with open_reader(size, config=Config(density=density)) as reader:
        pane = reader.screen.posts
        assert pane.row_height == height
        width = pane.scrollable_content_region.width
        for y in range(pane.size.height):
            assert pane.render_line(y).cell_length == width
        assert "水车日记" in pane.render_line(0).text
