"""Going on where the reader was left."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from newsreader.config.model import Config, SavedSearch
from newsreader.messages import describe
from newsreader.problems import Problem
from newsreader.store import PostStore, Session
from newsreader.text import clean_line
from newsreader.tui.control.active_search import ActiveSearch
from newsreader.tui.keys import Pane
from newsreader.tui.values import CategoryEntry, Everything, PostId, Sort, View
from tests.tui.control.fakes import SOURCE, ControlsOnFakes, FakeStore, row_of
from tests.tui.driving import OpenReader

pytestmark = pytest.mark.long


async def test_a_search_that_was_left_is_gone_on_with(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"tag:马路", "enter", "j", "enter")
    async with open_reader() as reader:
        assert reader.list_title == "/ tag:马路 · newest first"
        assert reader.screen.posts.row_count == 5
        assert (reader.pane(), reader.article) == (Pane.ARTICLE, "水车日记第9篇")


async def test_the_reader_reopens_where_it_was_left(open_reader: OpenReader) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("h", "G", "l", "2", "S", "o", "j", "enter", "j", "z")
        title, line = reader.article, reader.first_line
        listed = str(reader.screen.posts.border_title)
    async with open_reader((140, 20)) as reader:
        assert (reader.pane(), reader.visible_panes()) == (Pane.ARTICLE, {Pane.ARTICLE})
        assert (reader.article, reader.first_line) == (title, line)
        assert str(reader.screen.posts.border_title) == listed == "马路 · unread · oldest first"
        await reader.press("q", "q")
        entry = reader.screen.categories.selected
        assert entry is not None
        assert entry.title == "马路"
        await reader.press("1")
        assert reader.screen.posts.row_count == 5


async def test_a_post_that_is_gone_is_quietly_replaced_by_another(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    async with open_reader() as reader:
        await reader.press("j", "enter")
        assert reader.article == "水车日记第11篇"
    (library / "_posts" / "2026-03-11-water-11.md").unlink()
    store.scans.run()
    async with open_reader() as reader:
        assert reader.title == reader.article == "水车日记第12篇"
        assert reader.pane() is Pane.POSTS
        assert reader.screen.status.message == ""


async def test_where_one_would_be_left_is_remembered_while_reading(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("2", "enter", *"jjjjj")
        reader.screen.controls.session.save(at_once=True)
        await reader.settle()
        session = store.sessions.load()
        assert session is not None
        assert (session.view, session.pane) == (View.UNREAD, Pane.ARTICLE.value)
        assert session.post is not None
        found = store.posts.find_name(*session.post)
        assert found is not None
        assert store.places.load(found) is not None


async def test_an_entry_with_a_view_of_its_own_leaves_other_lists_theirs(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("h", "j")
    async with open_reader() as reader:
        entry = reader.screen.categories.selected
        assert entry is not None
        assert (entry.title, reader.pane()) == ("Unread", Pane.CATEGORIES)
        assert str(reader.screen.posts.border_title) == "Unread · newest first"
        await reader.press("G")
        assert "unread" not in str(reader.screen.posts.border_title)


async def test_a_search_inside_a_saved_search_is_gone_on_with(open_reader: OpenReader) -> None:
    saved = (SavedSearch("马路上", "tag:马路 日记"),)
    async with open_reader(config=Config(searches=saved)) as reader:
        pane = reader.screen.categories
        pane.move_to(next(at for at, each in enumerate(pane.entries) if each.is_search))
        await reader.settle()
        await reader.press("slash", *"12", "enter")
    async with open_reader(config=Config(searches=saved)) as reader:
        assert str(reader.screen.posts.border_title) == "/ 马路上 · 12 · newest first"
        assert reader.screen.posts.row_count == 1
        await reader.press("escape")
        assert reader.screen.posts.row_count == 4
    async with open_reader() as reader:
        assert reader.screen.posts.row_count == 13


async def test_a_session_that_is_saved_is_the_one_that_is_restored() -> None:
    saved = (SavedSearch("a", "post"),)
    fakes = ControlsOnFakes(row_of(1), row_of(2), row_of(11), searches=saved)
    lists = fakes.controls.lists
    lists.view, lists.sort = View.UNREAD, Sort.OLDEST
    entry = replace(fakes.screen.categories.searches[0], view=View.ALL)
    lists.open_entry(entry)
    await fakes.settle()
    fakes.screen.posts.move_to(1)
    fakes.controls.session.end()
    session = fakes.store.session
    assert session == Session(
        sort=Sort.OLDEST,
        saved="post",
        chosen=View.UNREAD,
        post=(SOURCE, "1.md"),
        pane=Pane.POSTS.value,
    )
    again = ControlsOnFakes(fakes.store, searches=saved)
    await again.settle()
    assert again.controls.lists.query == lists.query
    assert again.controls.lists.search == lists.search
    assert (again.controls.lists.view, again.controls.lists.sort) == (View.UNREAD, Sort.OLDEST)
    assert again.screen.posts.selected == fakes.screen.posts.selected
    own_view = CategoryEntry(clean_line("a"), scope=Everything(), view=View.ALL, is_search=True)
    assert again.screen.categories.selected == own_view


async def test_the_post_that_was_selected_stays_in_its_view_though_it_was_read() -> None:
    store = FakeStore(row_of(1), row_of(2, read=True), row_of(3))
    store.session = Session(view=View.UNREAD, post=(SOURCE, "2.md"), pane="posts")
    fakes = ControlsOnFakes(store)
    assert fakes.screen.posts.titles == ["Post 1", "Post 2", "Post 3"]
    assert fakes.screen.posts.cursor == 1


@pytest.mark.parametrize(("path", "pane"), [("2.md", Pane.ARTICLE), ("9.md", Pane.POSTS)])
async def test_the_article_is_gone_back_to_if_its_post_is_there(path: str, pane: Pane) -> None:
    store = FakeStore(row_of(1), row_of(2))
    store.session = Session(post=(SOURCE, path), pane="article", zoom=True)
    fakes = ControlsOnFakes(store)
    await fakes.settle()
    assert fakes.screen.layout.pane is pane
    assert fakes.screen.layout.is_zoomed is (pane is Pane.ARTICLE)


async def test_a_session_of_another_version_is_taken_as_far_as_it_is_understood() -> None:
    store = FakeStore(row_of(1))
    store.session = Session(search="title:", saved="unknown", pane="other")
    fakes = ControlsOnFakes(store)
    assert fakes.controls.lists.search == ActiveSearch()
    assert fakes.screen.layout.pane is Pane.POSTS


async def test_it_is_saved_not_often_and_only_if_something_has_changed() -> None:
    fakes = ControlsOnFakes()
    session, store = fakes.controls.session, fakes.store
    session.save(at_once=True)
    await fakes.settle()
    first = store.session
    assert first is not None
    store.session = None
    session.save(at_once=True)
    await fakes.settle()
    assert store.session is None  # nothing has changed
    fakes.screen.posts.move_to(2)
    session.save()
    await fakes.settle()
    assert store.session is None  # it is too early
    session.save(at_once=True)
    await fakes.settle()
    assert store.session == replace(first, post=(SOURCE, "3.md"))


async def test_the_place_in_the_article_is_saved_with_it() -> None:
    fakes = ControlsOnFakes()
    session = fakes.controls.session
    for save in (partial(session.save, at_once=True), session.end):
        fakes.store.left.clear()
        fakes.controls.navigation.open_post(PostId(1))
        await fakes.settle()
        fakes.screen.article.place += 3
        save()
        await fakes.settle()
        assert PostId(1) in fakes.store.left


async def test_a_failure_is_reported_once_and_given_back_at_the_end() -> None:
    fakes = ControlsOnFakes()
    fakes.store.failing = {"save_session"}
    for row in (1, 2):
        fakes.screen.posts.move_to(row)
        fakes.controls.session.save(at_once=True)
        await fakes.settle()
    fakes.screen.posts.move_to(0)
    lost = fakes.controls.session.end()
    assert describe(lost) == "The index cannot be used (save_session)."
    assert fakes.screen.services.notified == ["The index cannot be used (save_session)."]


async def test_what_could_not_be_saved_is_saved_the_next_time() -> None:
    fakes = ControlsOnFakes()
    session, store = fakes.controls.session, fakes.store
    store.failing = {"save_session"}
    session.save(at_once=True)
    await fakes.settle()
    store.failing = set()
    assert session.end() is None
    assert store.session is not None


async def test_what_is_not_written_in_time_at_the_end_is_said_to_be_lost() -> None:
    fakes = ControlsOnFakes()
    goes_on = threading.Event()
    fakes.controls.writer.submit(lambda: goes_on.wait(30))
    lost = fakes.controls.session.end()
    goes_on.set()
    assert lost == Problem("lost", (Problem("last-not-saved"), Problem("database-busy")))
