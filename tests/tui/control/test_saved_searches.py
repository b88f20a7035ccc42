"""The searches of the config."""

from __future__ import annotations

from newsreader.config.model import Config, SavedSearch
from newsreader.store import PostStore
from newsreader.tui.values import Counts, Query, View
from tests.tui.control.fakes import ControlsOnFakes, row_of
from tests.tui.driving import NEWEST, OpenReader


async def test_saved_searches_stand_in_the_category_pane(
    open_reader: OpenReader, store: PostStore
) -> None:
    saved = (SavedSearch("马路上", "tag:马路 日记"), SavedSearch("坏的", "title:"))
    async with open_reader(config=Config(searches=saved)) as reader:
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
    async with open_reader(config=Config(searches=(SavedSearch("坏的", "title:"),))) as reader:
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


SAVED = (SavedSearch("a", "post"), SavedSearch("wrong", "title:"), SavedSearch("empty", " "))


async def test_saved_searches_say_what_is_wrong_with_them() -> None:
    fakes = ControlsOnFakes(searches=SAVED)
    problems = [entry.problem for entry in fakes.screen.categories.searches]
    assert problems[0] == ""
    assert "needs a word" in problems[1]
    assert problems[2] == "This search is empty."


async def test_only_those_that_can_be_used_are_counted() -> None:
    fakes = ControlsOnFakes(searches=SAVED)
    fakes.controls.searches.count()
    await fakes.settle()
    assert [entry.counts for entry in fakes.screen.categories.searches] == [
        Counts(total=1, unread=1),
        Counts(),
        Counts(),
    ]


async def test_they_are_counted_again_in_the_view_that_is_chosen() -> None:
    fakes = ControlsOnFakes(
        row_of(1, read=True, bookmarked=True), row_of(11), row_of(21), searches=SAVED[:1]
    )
    for view, counts in [
        (View.UNREAD, Counts(unread=2)),
        (View.BOOKMARKS, Counts(unread=2, bookmarks=1)),
        (View.ALL, Counts(total=3, unread=2)),
    ]:
        fakes.controls.lists.show_view(view)
        await fakes.settle()
        assert [entry.counts for entry in fakes.screen.categories.searches] == [counts]


async def test_a_store_that_cannot_count_them_is_reported_once() -> None:
    fakes = ControlsOnFakes(searches=SAVED)
    fakes.store.failing = {"tally"}
    for _ in range(2):
        fakes.controls.searches.count()
        await fakes.settle()
    assert fakes.screen.services.notified == ["The index cannot be used (tally)."]


async def test_without_saved_searches_nothing_is_shown_or_counted() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.searches.count()
    assert not fakes.screen.services.running("search counts")
    assert fakes.screen.categories.searches == ()
