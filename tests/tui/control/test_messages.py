"""What is said, and how often."""

from __future__ import annotations

import pytest

from newsreader.store import PostStore, StoreError
from tests.tui.driving import OpenReader


async def test_an_index_that_fails_while_reading_is_said_and_the_screen_stays(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError("The index cannot be used.")

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        monkeypatch.setattr(store.posts, "read", fail)
        for name in ("count", "page", "rank", "locate", "overview", "next_unread"):
            monkeypatch.setattr(store.lists, name, fail)
        await reader.press("2", "n", "h", "j", "l", "1", "j")
        assert set(said) == {"The index cannot be used."}
        monkeypatch.undo()
        await reader.press("1", "g")
        assert reader.title == "水车日记第12篇"


async def test_the_notice_goes_when_a_post_is_opened(open_reader: OpenReader) -> None:
    async with open_reader(notice="These are the sample posts") as reader:
        await reader.press("j")
        assert reader.screen.status.message == "These are the sample posts"
        await reader.press("enter")
        assert reader.screen.status.message == ""


async def test_what_nobody_asked_for_fails_once_and_reading_goes_on(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError("The disk is full.")

    said: list[str] = []
    async with open_reader((140, 20)) as reader:
        monkeypatch.setattr(store.marks, "set_read", fail)
        monkeypatch.setattr(store.places, "save", fail)
        monkeypatch.setattr(store.sessions, "save", fail)
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        await reader.press("enter", "j", "j", "J", "J", "q")
        reader.screen.controls.session.save(at_once=True)
        await reader.settle()
        assert said == ["The disk is full."]
        assert reader.article == "水车日记第10篇"
