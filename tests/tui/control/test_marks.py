"""Marks, bookmarks and taking them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.problems import Problem
from newsreader.store import PostStore, StoreError, UnsavedError
from newsreader.text import clean_line
from newsreader.tui.control.active_search import ActiveSearch
from newsreader.tui.control.marks import MarkControl
from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId, PostRow, View
from tests.tui.control.fakes import ControlsOnFakes, FakeStore, row_of
from tests.tui.driving import NEWEST, SECOND, OpenReader


async def test_a_mark_that_cannot_be_written_is_said_and_reading_goes_on(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError(Problem("index-unusable", ("disk full [/x]",)))

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(store.bookmarks, "set_bookmarked", fail)
        for name in ("set_read", "mark_all_read", "undo"):
            monkeypatch.setattr(store.marks, name, fail)
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        await reader.press("m", "r", "u", "A", "y", "enter", "J")
        # Each time for what was asked for; what nobody asked for was said with it.
        assert said == ["The index cannot be used (disk full [/x])."] * 4
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


async def test_an_opened_post_is_marked_read_once_and_cannot_be_undone() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.marks.mark_opened(PostId(1))
    await fakes.settle()
    assert fakes.store.called == ["mark_opened"]
    fakes.controls.marks.mark_opened(PostId(1))
    await fakes.settle()
    assert fakes.store.called == ["mark_opened"]
    fakes.store.rows[PostId(1)] = replace(fakes.store.rows[PostId(1)], edited=True)
    fakes.controls.lists.refresh()
    fakes.controls.marks.mark_opened(PostId(1))
    await fakes.settle()
    assert fakes.store.called == ["mark_opened", "mark_opened"]


async def test_a_mark_shows_in_list_and_counts_and_is_said() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.marks.toggle_read()
    await fakes.settle()
    assert fakes.store.rows[PostId(1)].read
    assert fakes.screen.posts.rows[0].read
    assert fakes.screen.status.counts.unread == 2
    assert fakes.screen.status.message == "Marked read"
    assert fakes.controls.writer.version == fakes.store.version
    fakes.controls.marks.toggle_read()
    await fakes.settle()
    assert fakes.screen.status.message == "Marked unread"


async def test_a_mark_concerns_the_article_that_is_shown() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.article.load(PostId(3))
    fakes.controls.marks.toggle_bookmark()
    await fakes.settle()
    assert [row.post_id for row in fakes.store.rows.values() if row.bookmarked] == [3]


@pytest.mark.parametrize(("answer", "called"), [(None, []), ("yes", ["mark_all_read"])])
async def test_all_are_marked_after_asking(answer: str | None, called: list[str]) -> None:
    fakes = ControlsOnFakes()
    fakes.screen.services.answer = answer
    fakes.controls.marks.mark_all_read()
    await fakes.settle()
    assert fakes.screen.services.asked == ["Mark 3 posts in “All” read?"]
    assert fakes.store.called == called
    if answer:
        assert fakes.screen.status.message == "3 marked read; u undoes"
        fakes.controls.marks.mark_all_read()
        await fakes.settle()
        assert fakes.screen.status.message == "Nothing is unread here"


async def test_one_post_is_asked_for_in_the_singular() -> None:
    fakes = ControlsOnFakes(row_of(1), row_of(2, read=True))
    fakes.controls.marks.mark_all_read()
    await fakes.settle()
    assert fakes.screen.services.asked == ["Mark 1 post in “All” read?"]


async def test_posts_that_are_held_in_the_list_are_not_marked_with_it() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.lists.show_view(View.UNREAD)
    fakes.controls.lists.pin(PostId(2), read=False)
    fakes.store.set_read([PostId(2)], read=True)
    fakes.controls.marks.mark_all_read()
    await fakes.settle()
    assert fakes.screen.services.asked == ["Mark 2 posts in “Unread” read?"]


async def test_there_is_nothing_to_mark_in_a_search_that_is_wrong() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.lists.search = ActiveSearch(problem=clean_line("It is wrong."))
    fakes.controls.marks.mark_all_read()
    await fakes.settle()
    assert fakes.screen.status.message == "There is no list to mark"
    assert fakes.screen.services.asked == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (row_of(1), "This post is not bookmarked"),
        (
            replace(row_of(1, bookmarked=True), gone=True),
            "Its file is gone; the bookmark is all there is",
        ),
        (row_of(1, bookmarked=True), "The bookmark is as the file is"),
        (
            replace(row_of(1, bookmarked=True), changed=True),
            "Bookmark updated; u brings the old version back",
        ),
    ],
)
async def test_a_bookmark_is_updated_if_it_can_be(row: PostRow, message: str) -> None:
    fakes = ControlsOnFakes(row)
    fakes.controls.marks.update_bookmark()
    await fakes.settle()
    assert fakes.screen.status.message == message


async def test_a_note_that_did_not_change_changes_nothing() -> None:
    fakes = ControlsOnFakes(row_of(1, bookmarked=True))
    fakes.store.notes[PostId(1)] = fakes.screen.services.answer = "why"
    fakes.controls.marks.write_note()
    await fakes.settle()
    assert fakes.screen.services.asked == ["why"]
    assert fakes.store.called == []


@pytest.mark.parametrize(
    ("is_bookmarked", "note", "called", "message"),
    [
        (True, "why", ["set_note"], "Note saved"),
        (True, "", ["set_note"], "Note removed; u brings it back"),
        (False, "why", ["set_bookmarked", "set_note"], "★ Bookmarked, with a note"),
    ],
)
async def test_a_note_is_written(
    is_bookmarked: bool, note: str, called: list[str], message: str
) -> None:
    fakes = ControlsOnFakes(row_of(1, bookmarked=is_bookmarked))
    if is_bookmarked:
        fakes.store.notes[PostId(1)] = "before"
    fakes.screen.services.answer = note
    fakes.controls.marks.write_note()
    await fakes.settle()
    assert fakes.store.called == called
    assert fakes.store.notes[PostId(1)] == note
    assert fakes.screen.status.message == message


async def test_what_fails_is_reported_and_nothing_is_said_of_the_mark_before() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.marks.toggle_bookmark()
    await fakes.settle()
    fakes.store.failing = {"set_bookmarked", "set_read", "mark_opened", "note"}
    for mark in (fakes.controls.marks.toggle_bookmark, fakes.controls.marks.toggle_bookmark):
        mark()
        await fakes.settle()
        assert fakes.screen.status.message == ""
    fakes.controls.marks.write_note()
    await fakes.settle()
    fakes.controls.marks.mark_opened(PostId(1))
    fakes.controls.marks.mark_opened(PostId(1))
    await fakes.settle()
    assert fakes.screen.services.notified == [
        "The index cannot be used (set_bookmarked).",
        "The index cannot be used (set_bookmarked).",
        "The index cannot be used (note).",
        "The index cannot be used (mark_opened).",
    ]


async def test_without_a_post_there_is_nothing_to_mark() -> None:
    fakes = ControlsOnFakes(FakeStore())
    marks = fakes.controls.marks
    for mark in (marks.toggle_read, marks.toggle_bookmark, marks.update_bookmark, marks.write_note):
        mark()
    await fakes.settle()
    assert fakes.store.called == []


async def test_the_other_version_is_that_of_a_bookmark_whose_file_has_changed() -> None:
    fakes = ControlsOnFakes(replace(row_of(1, bookmarked=True), changed=True))
    fakes.controls.article.load(PostId(1))
    for message in ("The version you bookmarked", "The file as it is now"):
        fakes.controls.marks.show_other_version()
        await fakes.settle()
        assert fakes.screen.status.message == message


FULL = UnsavedError(Problem("state-not-written", ("/data/state.db", "x")), Problem("disk-full"))


def store_that_fails(*rows: PostRow, at_start: bool) -> FakeStore:
    """A store on a full disk: it was full when it was opened, or has become so since."""
    store = FakeStore(*rows)
    store.failing = {"set_bookmarked", "update", "set_note"}
    store.error = FULL
    if at_start:
        store.unsaved = FULL
    else:
        store.failing |= {"set_read", "mark_opened", "mark_all_read", "undo", "redo"}
    return store


@pytest.mark.parametrize("at_start", [True, False])
@pytest.mark.parametrize(
    ("row", "act", "said"),
    [
        (row_of(1), MarkControl.toggle_bookmark, "Not bookmarked: the disk is full."),
        (
            row_of(1, bookmarked=True),
            MarkControl.toggle_bookmark,
            "The bookmark was not removed: the disk is full.",
        ),
        (
            replace(row_of(1, bookmarked=True), changed=True),
            MarkControl.update_bookmark,
            "The bookmark was not updated: the disk is full.",
        ),
    ],
)
async def test_a_bookmark_that_cannot_be_saved_is_named_before_the_reason(
    at_start: bool, row: PostRow, act: Callable[[MarkControl], None], said: str
) -> None:
    fakes = ControlsOnFakes(store_that_fails(row, at_start=at_start))
    act(fakes.controls.marks)
    await fakes.settle()
    assert fakes.screen.services.notified == [said]
    assert fakes.screen.status.message == ""


async def test_a_mark_that_cannot_be_saved_is_named_before_the_reason() -> None:
    fakes = ControlsOnFakes(store_that_fails(row_of(1), at_start=False))
    fakes.screen.services.answer = "yes"
    marks = fakes.controls.marks
    for act in (marks.toggle_read, marks.undo, marks.redo, marks.mark_all_read):
        act()
        await fakes.settle()
    assert fakes.screen.services.notified == [
        "Not marked: the disk is full.",
        "Not undone: the disk is full.",
        "Not done again: the disk is full.",
        "Not marked: the disk is full.",
    ]
    assert not fakes.store.rows[PostId(1)].read


async def test_marks_that_do_not_last_say_so() -> None:
    fakes = ControlsOnFakes(store_that_fails(row_of(1), row_of(2), at_start=True))
    fakes.screen.services.answer = "yes"
    marks, said = fakes.controls.marks, []
    for act in (marks.toggle_read, marks.toggle_read, marks.mark_all_read):
        act()
        await fakes.settle()
        said.append(fakes.screen.status.message)
    assert said == [
        "Marked read until you quit",
        "Marked unread until you quit",
        "2 marked read until you quit; u undoes",
    ]
    assert fakes.screen.services.hints == ["It lasts until you quit; u takes it back."]
    assert fakes.store.rows[PostId(1)].read
    assert fakes.screen.services.notified == []


async def test_the_first_post_that_is_opened_where_no_mark_lasts_says_so_once() -> None:
    fakes = ControlsOnFakes(store_that_fails(row_of(1), row_of(2), at_start=True))
    fakes.controls.marks.mark_opened(PostId(1))
    await fakes.settle()
    assert fakes.screen.status.message == "Marked read until you quit: nothing is saved"
    fakes.controls.messages.clear()
    fakes.controls.marks.mark_opened(PostId(2))
    await fakes.settle()
    assert fakes.screen.status.message == ""
    assert fakes.store.rows[PostId(2)].read


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (MarkControl.write_note, "No note can be written: the disk is full."),
        (MarkControl.mark_all_read, "Not marked: the disk is full."),
    ],
)
async def test_nobody_is_asked_for_what_cannot_be_saved(
    ask: Callable[[MarkControl], None], said: str
) -> None:
    fakes = ControlsOnFakes(store_that_fails(row_of(1), at_start=False))
    fakes.store.failing.add("check_writable")
    fakes.screen.services.answer = "why"
    ask(fakes.controls.marks)
    await fakes.settle()
    assert fakes.screen.services.asked == []
    assert fakes.screen.services.notified == [said]


async def test_a_note_that_could_not_be_saved_is_offered_again_until_it_is() -> None:
    fakes = ControlsOnFakes(store_that_fails(row_of(1, bookmarked=True), at_start=False))
    services = fakes.screen.services
    fakes.store.notes[PostId(1)] = "before"
    services.answer = "a long thought"
    fakes.controls.marks.write_note()
    await fakes.settle()
    assert services.notified == [
        "The note was not saved: the disk is full. Its text is there when you open the note again."
    ]
    fakes.controls.marks.write_note()
    await fakes.settle()
    fakes.store.failing.clear()
    fakes.controls.marks.write_note()
    await fakes.settle()
    fakes.controls.marks.write_note()
    await fakes.settle()
    assert services.asked == ["before", *["a long thought"] * 3]
    assert fakes.store.notes[PostId(1)] == "a long thought"
    assert fakes.screen.status.message == "Note saved"


async def test_what_is_not_remembered_is_said_once() -> None:
    fakes = ControlsOnFakes(store_that_fails(row_of(1), row_of(2), at_start=False))
    fakes.store.failing |= {"save_session", "save_place"}
    fakes.controls.navigation.open_post(PostId(1))
    fakes.controls.navigation.step(1)
    fakes.controls.session.save(at_once=True)
    await fakes.settle()
    assert fakes.screen.services.notified == ["What you read is not remembered: the disk is full."]


async def test_an_accidental_enter_is_taken_back(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("j", "m", "enter", "q")
        posts = reader.screen.posts
        assert posts.selected is not None
        assert posts.selected.read
        await reader.press("u")
        assert reader.screen.status.message == f"Undone (^r redoes): Unread again: “{SECOND}”."
        assert (posts.selected.read, posts.selected.bookmarked) == (False, True)
        await reader.press("ctrl+r")
        assert posts.selected.read
        await reader.press("u", "u")
        assert not posts.selected.bookmarked


async def test_what_is_taken_back_in_the_article_stays_so(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "J", "u")
        assert reader.pane() is Pane.ARTICLE
        assert reader.article == SECOND
        rows = [reader.screen.posts.row_at(row) for row in range(2)]
        assert [row.read for row in rows if row] == [True, False]
        await reader.press("u")
        rows = [reader.screen.posts.row_at(row) for row in range(2)]
        assert [row.read for row in rows if row] == [False, False]
