"""Marking a whole list read: what is asked, and what is marked then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.widgets import Static

from newsreader.store import PostStore, Query, View
from tests.tui.control.fakes import ControlsOnFakes
from tests.tui.driving import OpenReader, Reader


async def test_what_keeps_a_list_from_being_counted_is_said_and_nobody_is_asked() -> None:
    fakes = ControlsOnFakes()
    await fakes.settle()
    fakes.store.failing = {"count"}
    fakes.screen.services.answer = "yes"
    fakes.controls.marks.mark_all_read()
    await fakes.settle()
    assert fakes.screen.services.notified == ["The index cannot be used (count)."]
    assert fakes.screen.services.asked == []
    assert fakes.store.called == []


async def test_only_the_posts_that_were_asked_about_are_marked(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    async with open_reader() as reader:
        await reader.press("A")
        assert "Mark 13 posts" in question(reader)
        post = library / "_posts" / "2026-04-01-later.md"
        post.write_text("---\ntitle: Later\n---\nText.\n", encoding="utf-8")
        store.scans.run()
        await reader.press("y")
        assert reader.screen.status.message == "13 marked read; u undoes"
        unread = Query(view=View.UNREAD)
        assert [row.title for row in store.lists.page(unread, 0, 9)] == ["Later"]
        await reader.press("u")
        assert store.lists.count(unread) == 14


async def test_marks_that_take_long_say_so_meanwhile() -> None:
    fakes = ControlsOnFakes()
    await fakes.settle()
    said: list[str] = []
    services = fakes.screen.services
    change = fakes.store.mark_all_read

    def mark_slowly(post_ids: Sequence[int]) -> int:
        # What the timer would do by now, in the middle of it.
        services.timers[-1].call()
        said.append(fakes.screen.status.message)
        return change(post_ids)

    fakes.store.mark_all_read = mark_slowly  # type: ignore[method-assign]
    services.answer = "yes"
    fakes.controls.marks.mark_all_read()
    await fakes.settle()
    assert [line.split()[0] for line in said] == ["Marking"]
    assert fakes.screen.status.message.endswith("marked read; u undoes")


async def test_bookmarks_that_are_read_are_not_asked_about(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("m", "r", "j", "m", "3", "A")
        assert "Mark 1 post in" in question(reader)


def question(reader: Reader) -> str:
    dialog = reader.dialog()
    assert dialog is not None
    return " ".join(str(each.render()) for each in dialog.query(Static))
