"""Writing notes."""

from __future__ import annotations

import pytest

from newsreader.problems import Problem
from newsreader.store import PostStore, UnsavedError
from newsreader.tui.dialogs.note import NoteScreen
from tests.tui.driving import OpenReader

pytestmark = pytest.mark.long


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
        assert "✎ o\u3000ne" in reader.article_text
        assert "two" in reader.article_text
        await reader.press("B", *" three", "escape")
        assert store.bookmarks.note(row.post_id) == "o\u3000ne\ntwo"
        await reader.press("u")
        assert store.bookmarks.note(row.post_id) == ""
        assert "✎" not in reader.article_text


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


async def test_a_note_that_could_not_be_saved_is_in_the_dialog_again(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise UnsavedError(Problem("nothing-saved", ("/x", "y")), Problem("disk-full"))

    async with open_reader((60, 20)) as reader:
        await reader.press("m")
        with monkeypatch.context() as full:
            full.setattr(store.bookmarks, "set_note", fail)
            await reader.press("B", *"why", "enter")
        assert len(reader.notifications()) == 1
        await reader.press("B", "enter")
        row = reader.screen.posts.selected
        assert row is not None
        assert store.bookmarks.note(row.post_id) == "why"
