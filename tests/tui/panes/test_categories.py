"""The pane of categories: its groups, and going to an entry by typing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.config.model import Config, SavedSearch
from newsreader.store import PostStore, Session, Source
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.dialogs.choice import ChoiceScreen
from newsreader.tui.keys import Pane
from newsreader.tui.values import Labelled, Query, View
from tests.tui.driving import OpenReader, Reader, write_post

SAVED = Config(searches=(SavedSearch("Wheels", "水车"), SavedSearch("Roads", "马路")))


def rows(reader: Reader) -> list[str]:
    """What the pane shows, without its counts."""
    pane = reader.screen.categories
    lines = (pane.render_line(row).text.strip(" ─") for row in range(pane.row_count))
    return [line.rstrip(" 0123456789").rstrip() for line in lines]


@pytest.fixture
def tagged(library: Path, store: PostStore) -> PostStore:
    """One more post, so that there is a tag that is not folded away."""
    text = "---\ntitle: 有标签\ntags: [水车, other]\n---\nText.\n"
    (library / "_posts" / "2026-01-01-tagged.md").write_text(text, encoding="utf-8")
    store.scans.run()
    return store


FIRST = ["All", "Unread", "Today", "★ Bookmarks"]


async def test_groups_are_collapsed_and_opened_by_a_key(
    tagged: PostStore, open_reader: OpenReader
) -> None:
    assert tagged
    async with open_reader(config=SAVED) as reader:
        everything = rows(reader)
        assert everything == [
            *FIRST, "Searches", "Wheels", "Roads", "Categories", "水车", "马路",
            "Tags", "水车", "other",
        ]  # fmt: skip
        await reader.press("h", "G", "c")
        assert rows(reader)[-3:] == ["水车", "马路", "+ Tags …"]
        assert reader.list_title.startswith("other")  # the list stays
        await reader.press("k", "c")
        assert rows(reader) == [
            *FIRST, "Searches", "Wheels", "Roads", "+ Categories …", "+ Tags …",
        ]  # fmt: skip
        assert reader.list_title.startswith("马路")
        await reader.press("j")
        assert reader.list_title.startswith("马路")  # a heading has no list
        await reader.press("enter")
        assert reader.pane() is Pane.CATEGORIES
        assert rows(reader)[-4:] == ["+ Categories …", "Tags", "水车", "other"]
        await reader.press("g", "c")
        assert rows(reader)[:5] == [*FIRST, "Searches"]  # these are no group


async def test_the_cursor_comes_back_to_the_entry_whose_list_is_shown(
    tagged: PostStore, open_reader: OpenReader
) -> None:
    assert tagged
    async with open_reader() as reader:
        await reader.press("h", "G", "k", "k", "c", "c")
        assert reader.screen.categories.selected is not None
        assert reader.screen.categories.selected.title == "马路"
        assert reader.list_title.startswith("马路")
        await reader.press("c", "2")
        assert reader.list_title == "马路 · unread · newest first"


async def test_groups_stay_collapsed_over_sessions(
    tagged: PostStore, open_reader: OpenReader
) -> None:
    async with open_reader(config=SAVED) as reader:
        await reader.press("h", "G", "c", "g", "j", "j", "j", "j", "c")
        shown = rows(reader)
        assert [row for row in shown if row.startswith("+")] == ["+ Searches …", "+ Tags …"]
        list_title = reader.list_title
    session = tagged.sessions.load()
    assert session is not None
    assert session.collapsed == ("searches", "tags")
    async with open_reader(config=SAVED) as reader:
        assert rows(reader) == shown
        assert reader.list_title == list_title
        await reader.press("h", "c")
        assert "Wheels" in rows(reader)
        assert reader.screen.categories.selected is not None
        assert reader.screen.categories.selected.title == "Wheels"


def test_a_session_of_an_earlier_version_has_no_collapsed_groups(store: PostStore) -> None:
    store.sessions.save(Session())
    session = store.sessions.load()
    assert session is not None
    assert session.collapsed == ()


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("shui", Query(Labelled("category", "shuiche"))),
        ("水车", Query(Labelled("category", "shuiche"))),
        ("ＭＡＬＵ", Query(Labelled("category", "malu"))),
        ("other", Query(Labelled("tag", "other"))),
        ("unr", Query(view=View.UNREAD)),
    ],
)
async def test_typing_jumps_to_an_entry_by_its_name_or_code(
    tagged: PostStore, open_reader: OpenReader, typed: str, query: Query
) -> None:
    assert tagged
    async with open_reader() as reader:
        await reader.press("h", "G", "c", "l", "apostrophe")
        assert isinstance(reader.dialog(), ChoiceScreen)
        await reader.press(*typed, "enter")
        assert reader.pane() is Pane.POSTS
        assert reader.screen.controls.lists.query == query
        selected = reader.screen.categories.selected
        assert selected is not None
        assert selected.scope == query.scope or selected.group == "tags"


async def test_a_jump_to_a_saved_search_and_none_at_all(open_reader: OpenReader) -> None:
    async with open_reader(config=SAVED) as reader:
        await reader.press("apostrophe", *"road", "enter")
        assert reader.list_title == "/ Roads · newest first"
        await reader.press("apostrophe", *"nowhere", "enter", "escape")
        assert reader.dialog() is None
        assert reader.list_title == "/ Roads · newest first"


async def test_counts_are_those_of_one_view(open_reader: OpenReader) -> None:
    async with open_reader(config=SAVED) as reader:
        await reader.press("r", "j", "m", "2")
        await reader.press("h")
        pane = reader.screen.categories

        def counts() -> dict[str, int]:
            found: dict[str, int] = {}
            for row, entry in enumerate(pane.entries):
                number = pane.render_line(row).text.split()[-1].replace(",", "")
                found[entry.title] = int(number) if number.isdecimal() else 0
            return found

        assert counts()["All"] == 12
        assert counts()["Wheels"] == 11
        assert counts()["水车"] + counts()["马路"] == 12
        await reader.press("3")
        assert counts()["All"] == counts()["Wheels"] == 1
        assert counts()["水车"] + counts()["马路"] == 1
        await reader.press("1")
        assert counts()["All"] == 13


@pytest.fixture
def several(library: Path, tmp_path: Path) -> Iterator[PostStore]:
    """Two sources."""
    blog = write_post(tmp_path / "blog", "Text.")
    sources = [Source(library.resolve()), Source(blog.resolve(), "Blog")]
    with PostStore(sources, cache_dir=tmp_path / "c", data_dir=tmp_path / "d") as store:
        store.scans.run()
        yield store


async def test_sources_are_a_group_if_there_are_several(several: PostStore) -> None:
    for _ in range(2):  # the second reader begins where the first one was left
        app = NewsreaderApp(several, scan=False)
        async with app.run_test(size=(100, 30)) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            assert rows(reader)[4:7] == ["Sources", "河边", "Blog"]
            await reader.press("apostrophe", *"blog", "enter")
            assert reader.list_title == "Blog · newest first"
            assert reader.screen.posts.row_count == 1
            await reader.press("h", "c")
            assert rows(reader)[4:6] == ["+ Sources …", "Categories"]
            await reader.press("c", "l")
            assert reader.list_title == "Blog · newest first"
        assert several.sessions.load() is not None
