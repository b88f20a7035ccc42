"""Excerpts of the posts that a search found."""

from __future__ import annotations

import pytest

from newsreader.search.model import Search
from newsreader.tui.control.active_search import parse_search
from newsreader.tui.control.listed.excerpts import MOST_KEPT, MOST_WANTED, ExcerptControl
from newsreader.tui.styles import part_style
from newsreader.tui.values import PostId
from tests.tui.control.fakes import FakeScreen, FakeStore, row_of
from tests.tui.driving import OpenReader, Reader


class Excerpts:
    """An `ExcerptControl` on a fake store and a fake screen."""

    def __init__(self, posts: int = 3) -> None:
        self.store = FakeStore(*(row_of(number) for number in range(1, posts + 1)))
        self.store.texts = {post_id: f"The water wheel {post_id}." for post_id in self.store.rows}
        self.screen = FakeScreen()
        self.control = ExcerptControl(self.store, self.screen.parts)
        self.read: list[PostId] = []
        read = self.store.read

        def noting(post_id: PostId, *, saved: bool = False) -> object:
            self.read.append(post_id)
            return read(post_id, saved=saved)

        self.store.read = noting  # type: ignore[method-assign, assignment]

    async def settled(self, search: Search, *numbers: int) -> list[str]:
        """The excerpts of posts, when all are read."""
        for number in numbers:
            self.control.of(search, row_of(number))
        await self.screen.services.settle()
        found = (self.control.of(search, row_of(number)) for number in numbers)
        return [each.text if each else "" for each in found]


def search_of(text: str) -> Search:
    search = parse_search(text)
    assert search is not None
    return search


async def test_excerpts_come_when_their_posts_were_read_and_only_once() -> None:
    excerpts = Excerpts()
    search = search_of("wheel")
    assert excerpts.control.of(search, row_of(1)) is None
    assert excerpts.read == []  # not while rows are drawn
    assert await excerpts.settled(search, 1, 2) == ["The water wheel 1.", "The water wheel 2."]
    assert excerpts.screen.posts.drawn_again == 1
    assert await excerpts.settled(search, 1, 2) == ["The water wheel 1.", "The water wheel 2."]
    assert sorted(excerpts.read) == [1, 2]


async def test_a_file_is_not_read_if_the_title_shows_what_was_searched_for() -> None:
    excerpts = Excerpts()
    assert await excerpts.settled(search_of("post"), 1) == [""]
    assert excerpts.read == []
    assert excerpts.screen.posts.drawn_again == 0


async def test_a_post_that_cannot_be_read_has_no_excerpt_and_nothing_is_reported() -> None:
    excerpts = Excerpts()
    excerpts.store.failing = {"read"}
    assert await excerpts.settled(search_of("wheel"), 1) == [""]
    assert excerpts.screen.services.notified == []


async def test_another_search_and_changed_files_have_other_excerpts() -> None:
    excerpts = Excerpts()
    await excerpts.settled(search_of("wheel"), 1)
    assert await excerpts.settled(search_of("nothing"), 1) == [""]
    search = search_of("water")
    await excerpts.settled(search, 1)
    excerpts.store.texts[PostId(1)] = "Another water wheel."
    assert await excerpts.settled(search, 1) == ["The water wheel 1."]
    excerpts.control.forget()
    assert await excerpts.settled(search, 1) == ["Another water wheel."]


async def test_only_the_rows_drawn_last_are_read_and_not_all_are_kept() -> None:
    excerpts = Excerpts(MOST_KEPT + 200)
    search = search_of("wheel")
    await excerpts.settled(search, *range(1, MOST_WANTED + 101))
    assert set(excerpts.read) >= set(range(101, MOST_WANTED + 101))
    assert 100 not in excerpts.read[:MOST_WANTED]
    for first in range(1, MOST_KEPT + 101, 50):
        await excerpts.settled(search, *range(first, first + 50))
    assert len(excerpts.control._kept) == MOST_KEPT


@pytest.mark.long
async def test_a_post_found_by_its_text_shows_where(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"小镇", "enter")
        lines = second_lines(reader)
        assert len(lines) == 12
        assert [line for line in lines if " · …河边的小镇" not in line] == []
        assert marked(reader)[:1] == ["小镇"]
        await reader.press("escape", "slash", *"日记", "enter")
        assert all("水车" in line or "马路" in line for line in second_lines(reader))
        await reader.press("escape")
        await reader.press("slash", *"is:unread", "enter")
        assert all("小镇" not in line for line in second_lines(reader))


def second_lines(reader: Reader) -> list[str]:
    posts = reader.screen.posts
    return [posts.render_line(2 * row + 1).text.strip() for row in range(posts.row_count)]


def marked(reader: Reader) -> list[str]:
    posts = reader.screen.posts
    style = part_style(posts, "rows--match")
    return [
        segment.text
        for row in range(1, posts.row_count)
        for segment in posts.render_line(2 * row + 1)
        if segment.style is not None and segment.style.color == style.color
    ]
