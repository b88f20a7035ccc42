"""Going from post to post."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.store import PostStore
from newsreader.text import clean_line
from newsreader.tui.keys import Pane
from newsreader.tui.values import CategoryEntry, Labelled, PostId, PostRow, Query, View
from tests.tui.control.fakes import ControlsOnFakes, row_of
from tests.tui.driving import NEWEST, OLDEST, SECOND, THIRD, OpenReader


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


async def test_opening_a_post_marks_it_read_and_takes_the_notice_away() -> None:
    fakes = ControlsOnFakes(notice="A notice")
    assert fakes.screen.status.message == "A notice"
    fakes.controls.navigation.open_post(PostId(2))
    await fakes.settle()
    assert fakes.screen.layout.pane is Pane.ARTICLE
    assert fakes.shown_article == "Post 2"
    assert fakes.store.rows[PostId(2)].read
    assert fakes.screen.status.message == ""


async def test_a_step_ends_at_both_ends_of_the_list() -> None:
    fakes = ControlsOnFakes()
    navigation = fakes.controls.navigation
    navigation.step(-1)
    assert fakes.screen.status.message == "This is the first post"
    navigation.step(1)
    assert (fakes.screen.posts.cursor, fakes.screen.status.message) == (1, "")
    navigation.step(1)
    navigation.step(1)
    assert (fakes.screen.posts.cursor, fakes.screen.status.message) == (2, "This is the last post")
    assert fakes.store.called == []


async def test_a_step_in_the_article_opens_the_post() -> None:
    fakes = ControlsOnFakes()
    fakes.screen.layout.pane = Pane.ARTICLE
    fakes.controls.navigation.step(1)
    await fakes.settle()
    assert (fakes.shown_article, fakes.store.called) == ("Post 2", ["mark_opened"])


@pytest.mark.parametrize("pane", [Pane.CATEGORIES, Pane.POSTS])
async def test_the_next_unread_post_of_the_list_is_selected(pane: Pane) -> None:
    fakes = ControlsOnFakes(row_of(1), row_of(2, read=True), row_of(3))
    fakes.screen.layout.pane = pane
    fakes.controls.navigation.go_to_unread()
    assert fakes.screen.posts.cursor == 2
    assert fakes.screen.layout.pane is Pane.POSTS
    fakes.controls.navigation.go_to_unread(backwards=True)
    assert fakes.screen.posts.cursor == 0


async def test_the_next_unread_post_may_be_in_another_list() -> None:
    fakes = ControlsOnFakes(row_of(1, bookmarked=True), row_of(2))
    fakes.controls.lists.show_view(View.BOOKMARKS)
    fakes.screen.layout.pane = Pane.ARTICLE
    fakes.controls.navigation.go_to_unread()
    await fakes.settle()
    assert fakes.controls.lists.query == Query(pinned=frozenset())
    assert fakes.shown_article == "Post 2"


@pytest.mark.parametrize(
    ("row", "message"),
    [(row_of(1), "Nothing else is unread"), (row_of(1, read=True), "Nothing is unread")],
)
async def test_it_is_said_that_nothing_is_unread(row: PostRow, message: str) -> None:
    fakes = ControlsOnFakes(row)
    fakes.controls.navigation.go_to_unread()
    assert fakes.screen.status.message == message


async def test_zooming_opens_the_selected_post() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.navigation.toggle_zoom()
    await fakes.settle()
    assert (fakes.screen.layout.is_zoomed, fakes.shown_article) == (True, "Post 1")
    fakes.controls.navigation.toggle_zoom()
    assert not fakes.screen.layout.is_zoomed
    assert fakes.screen.layout.pane is Pane.ARTICLE


async def test_the_article_that_the_mouse_goes_to_is_opened() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.navigation.read_shown()
    assert fakes.store.called == []
    fakes.controls.article.load(PostId(2))
    fakes.controls.navigation.read_shown()
    await fakes.settle()
    assert fakes.store.called == ["mark_opened"]


async def test_going_to_a_category_shows_its_posts() -> None:
    fakes = ControlsOnFakes()
    fakes.screen.layout.pane = Pane.ARTICLE
    entry = CategoryEntry(clean_line("马路"), scope=Labelled("category", "malu"))
    fakes.controls.navigation.go_to_entry(entry)
    assert fakes.controls.lists.query.scope == entry.scope
    assert fakes.screen.categories.selected is not None
    assert fakes.screen.categories.selected.scope == entry.scope
    assert fakes.screen.layout.pane is Pane.POSTS


async def test_the_post_that_took_the_place_of_one_that_went_is_not_skipped(
    open_reader: OpenReader, library: Path, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "J")
        assert reader.article == SECOND
        (library / "_posts" / "2026-03-11-water-11.md").unlink()
        store.scans.run()
        reader.screen.controls.refresh.poll(at_once=True)
        await reader.settle()
        assert reader.article == SECOND  # it is being read
        assert "its file is gone" in str(reader.screen.article.border_title)
        await reader.press("J")
        assert reader.article == THIRD
        assert str(reader.screen.article.border_title) == "Article"
        await reader.press("K")
        assert reader.article == NEWEST


async def test_where_the_last_post_went_there_is_no_next_one(
    open_reader: OpenReader, library: Path, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("G", "enter")
        assert reader.article == OLDEST
        (library / "_posts" / "no-date.md").unlink()
        store.scans.run()
        reader.screen.controls.refresh.poll(at_once=True)
        await reader.settle()
        await reader.press("J")
        assert reader.article == OLDEST
        assert reader.screen.status.message == "This is the last post"
        await reader.press("K")
        assert reader.article == "水车日记第1篇"


async def test_an_edited_file_is_told_while_it_is_read(
    open_reader: OpenReader, library: Path, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        path = library / "_posts" / "2026-03-12-water-12.md"
        path.write_text(path.read_text("utf-8").replace("第12天", "第十二天"), encoding="utf-8")
        store.scans.run()
        reader.screen.controls.refresh.poll(at_once=True)
        await reader.settle()
        assert "第12天" in reader.article_text
        assert "R shows it" in str(reader.screen.article.border_title)
        await reader.press("R")
        assert "第十二天" in reader.article_text
        assert str(reader.screen.article.border_title) == "Article"
