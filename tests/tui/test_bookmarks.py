"""Notes, versions, undoing and redoing on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.store import PostStore, StoreError
from newsreader.tui.dialogs.note import NoteScreen
from tests.tui.driving import OpenReader, Reader

NEWEST = "水车日记第12篇"


def drawn(reader: Reader) -> str:
    """What the article pane shows, without the ends of its lines."""
    pane = reader.screen.article
    lines = (pane.render_line(y).text.strip() for y in range(pane.size.height))
    return "".join(lines)


async def test_undo_and_redo(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+r")
        assert reader.screen.status.message == "Nothing to do again"
        await reader.press("m", "u")
        assert store.bookmarks.all() == []
        await reader.press("ctrl+r")
        assert [mark.title for mark in store.bookmarks.all()] == [NEWEST]
        assert reader.screen.status.message.startswith("Done again")


async def test_a_note_is_written_shown_and_taken_back(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("m", "B")
        assert isinstance(reader.dialog(), NoteScreen)
        await reader.press("o", "ideographic_space", *"ne", "ctrl+j", *"two", "enter")
        assert reader.dialog() is None
        row = reader.screen.posts.selected
        assert row is not None
        assert store.bookmarks.note(row.post_id) == "o\u3000ne\ntwo"
        assert "✎ o\u3000ne" in drawn(reader)
        assert "two" in drawn(reader)
        await reader.press("B", *" three", "escape")
        assert store.bookmarks.note(row.post_id) == "o\u3000ne\ntwo"
        await reader.press("u")
        assert store.bookmarks.note(row.post_id) == ""
        assert "✎" not in drawn(reader)


async def test_a_note_bookmarks_its_post(open_reader: OpenReader, store: PostStore) -> None:
    async with open_reader() as reader:
        await reader.press("j", "B", "enter")
        assert store.bookmarks.all() == []
        await reader.press("B", *"why", "enter")
        assert [(mark.title, mark.note) for mark in store.bookmarks.all()] == [
            ("水车日记第11篇", "why")
        ]
        row = reader.screen.posts.selected
        assert row is not None
        assert row.bookmarked


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
        assert "The file has changed since you bookmarked it" in drawn(reader)
        assert "水车停下来了" in drawn(reader)
        await reader.press("v")
        assert "水车转起来了" in drawn(reader)
        assert "version you bookmarked" in drawn(reader)
        await reader.press("v", "U")
        assert "has changed since" not in drawn(reader)
        await reader.press("v")
        assert reader.screen.status.message == "There is only one version of this post"
        await reader.press("u")
        assert "has changed since" in drawn(reader)


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


async def test_a_read_post_that_was_edited_says_so(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    path = library / "_posts" / "2026-03-12-water-12.md"
    async with open_reader() as reader:
        await reader.press("enter", "q")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("水车转起来了", "水车停下来了"), encoding="utf-8")
        store.scans.run()
        reader.screen.controls.refresh.poll(at_once=True)
        await reader.settle()
        assert "edited since" in reader.screen.posts.render_line(1).text
        await reader.press("enter")
        assert "edited" not in reader.screen.posts.render_line(1).text
