"""Marks, bookmarks and taking them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.store import PostStore, StoreError
from newsreader.tui.keys import Pane
from tests.tui.driving import NEWEST, OpenReader


async def test_a_mark_that_cannot_be_written_is_said_and_reading_goes_on(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError("The disk is full [/x].")

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(store.bookmarks, "set_bookmarked", fail)
        for name in ("set_read", "mark_all_read", "undo"):
            monkeypatch.setattr(store.marks, name, fail)
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        await reader.press("m", "r", "u", "A", "y", "enter", "J")
        # Each time for what was asked for; what nobody asked for was said with it.
        assert said == ["The disk is full [/x]."] * 4
        assert reader.article == reader.title == "水车日记第11篇"
        assert reader.pane() is Pane.ARTICLE
        assert reader.screen.status.message == ""
        monkeypatch.undo()
        monkeypatch.setattr(store.bookmarks, "set_bookmarked", fail)
        monkeypatch.setattr(store.marks, "set_read", fail)
        await reader.press("m", "r", "m")
        assert len(reader.notifications()) == 1  # more of them would cover the screen


async def test_undo_and_redo(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+r")
        assert reader.screen.status.message == "Nothing to do again"
        await reader.press("m", "u")
        assert store.bookmarks.all() == []
        await reader.press("ctrl+r")
        assert [mark.title for mark in store.bookmarks.all()] == [NEWEST]
        assert reader.screen.status.message.startswith("Done again")


async def test_a_bookmark_whose_file_has_changed(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    path = library / "_posts" / "2026-03-12-water-12.md"
    async with open_reader((140, 60)) as reader:
        await reader.press("v")
        assert reader.screen.status.message == "There is only one version of this post"
        await reader.press("m", "U")
        assert reader.screen.status.message == "The bookmark is as the file is"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("水车转起来了", "水车停下来了"), encoding="utf-8")
        store.scans.run()
    async with open_reader((140, 60)) as reader:
        lines = [reader.screen.posts.render_line(y).text for y in range(2)]
        assert "file changed" in lines[1]
        assert "The file has changed since you bookmarked it" in reader.article_text
        assert "水车停下来了" in reader.article_text
        await reader.press("v")
        assert "水车转起来了" in reader.article_text
        assert "version you bookmarked" in reader.article_text
        await reader.press("v", "U")
        assert "has changed since" not in reader.article_text
        await reader.press("v")
        assert reader.screen.status.message == "There is only one version of this post"
        await reader.press("u")
        assert "has changed since" in reader.article_text
