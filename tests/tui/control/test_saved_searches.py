"""The searches of the config."""

from __future__ import annotations

from newsreader.config.model import SavedSearch
from newsreader.store import PostStore, Query, View
from tests.tui.driving import NEWEST, OpenReader


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
        assert reader.list_title == "/ 马路上 · newest first"
        assert screen.posts.row_count == 4
        await reader.press("slash", *"12", "enter")
        assert reader.title == NEWEST
        assert screen.posts.row_count == 1
        pane.move_to(row + 1)
        await reader.settle()
        assert screen.posts.row_count == 0
        assert "needs a word" in screen.posts.render_line(1).text
        assert pane.render_line(row + 1).text.rstrip().endswith("!")


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
        assert reader.list_title == "Unread · by title"
        assert screen.posts.row_count == 13
