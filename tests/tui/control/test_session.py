"""Going on where the reader was left."""

from __future__ import annotations

from pathlib import Path

from newsreader.config.model import SavedSearch
from newsreader.store import PostStore, View
from newsreader.tui.keys import Pane
from tests.tui.driving import OpenReader


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
    async with open_reader(searches=saved) as reader:
        pane = reader.screen.categories
        pane.move_to(next(at for at, each in enumerate(pane.entries) if each.is_search))
        await reader.settle()
        await reader.press("slash", *"12", "enter")
    async with open_reader(searches=saved) as reader:
        assert str(reader.screen.posts.border_title) == "/ 马路上 · 12 · newest first"
        assert reader.screen.posts.row_count == 1
        await reader.press("escape")
        assert reader.screen.posts.row_count == 4
    async with open_reader() as reader:
        assert reader.screen.posts.row_count == 13
