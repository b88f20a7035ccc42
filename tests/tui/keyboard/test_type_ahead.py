"""What is typed right behind a key that leads elsewhere, or opens something."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.dialogs.note import NoteScreen
from newsreader.tui.keyboard.type_ahead import TypeAhead
from newsreader.tui.keys import Pane
from newsreader.tui.textual_private.events import key_event
from tests.tui.driving import OpenReader, Reader

NAMES = {"\r": "enter", "\x15": "ctrl+u", "\x1b": "escape", "\x10": "ctrl+p"}


async def burst(reader: Reader, keys: str) -> None:
    """Send keys as a terminal does that has them all at once."""
    for key in keys:
        reader.app.post_message(key_event(NAMES.get(key, key)))
    await reader.settle()


def test_only_keys_behind_one_that_may_lead_elsewhere_are_held() -> None:
    ahead: TypeAhead[str] = TypeAhead()
    assert not ahead.begin("j", "j")
    assert not ahead.hold("k")
    assert ahead.begin("/", "slash")
    assert ahead.is_awaited("slash")
    assert [ahead.hold(key) for key in "ab"] == [True, True]
    assert ahead.release() == ["a", "b"]
    assert not ahead.is_holding
    assert ahead.release() == []


async def test_a_search_may_be_typed_in_one_go(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await burst(reader, "/第3天\r")
        assert reader.list_title.startswith("/ 第3天")
        assert reader.title == "水车日记第3篇"


async def test_so_may_what_is_found_in_an_article(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        await burst(reader, "/木头\r")
        assert reader.screen.article.search.count > 1
        assert reader.screen.posts.selected is not None
        assert not reader.screen.posts.selected.bookmarked


async def test_so_may_keys_of_dialogs_and_those_behind_them(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await burst(reader, "?bookmark")
        shown = reader.dialog()
        assert isinstance(shown, HelpScreen)
        await reader.press("escape")
        await burst(reader, "/第3天")
        await burst(reader, "\x15第5天\r")  # what was there is deleted, not what follows
        assert reader.title == "水车日记第5篇"


@pytest.mark.parametrize(
    ("keys", "pane", "places"),
    [
        ("hj", Pane.CATEGORIES, (1, 0, 0)),
        ("\rj", Pane.ARTICLE, (0, 0, 1)),
        ("lj", Pane.ARTICLE, (0, 0, 1)),
        ("lhj", Pane.POSTS, (0, 1, 0)),
        ("\rqj", Pane.POSTS, (0, 1, 0)),  # and the reader goes on
        ("hh\rj", Pane.POSTS, (0, 1, 0)),
        ("\x1bj", Pane.CATEGORIES, (1, 0, 0)),
        ("zhj", Pane.POSTS, (0, 1, 0)),
        ("/水车日记\rhj", Pane.CATEGORIES, (1, 0, 0)),
        ("Sn\rj", Pane.ARTICLE, (0, 0, 1)),
    ],
)
async def test_keys_go_to_the_pane_that_those_before_them_lead_to(
    open_reader: OpenReader, keys: str, pane: Pane, places: tuple[int, int, int]
) -> None:
    async with open_reader((140, 12)) as reader:
        await burst(reader, keys)
        screen = reader.screen
        cursors = screen.categories.cursor, max(screen.posts.cursor, 0)
        assert (reader.pane(), (*cursors, screen.article.top_line)) == (pane, places)


async def test_a_dialog_that_takes_a_moment_gets_the_keys_behind_its_own(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        await burst(reader, "Bword")
        dialog = reader.dialog()
        assert isinstance(dialog, NoteScreen)
        assert dialog.query_one(TextArea).text == "word"
        await reader.press("escape")
        await burst(reader, "\x10jj")  # which no binding of ours answers
        assert reader.dialog() is not None
        assert reader.screen.posts.cursor == 0


async def test_patience_with_one_key_does_not_end_that_with_a_later_one(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        first, second = key_event("/"), key_event(":")
        reader.app._type_ahead.begin(":", second)
        reader.app._type_ahead.hold(key_event("j"))
        await reader.app._let_go(first)
        assert reader.app._type_ahead.is_holding
        await reader.app._let_go(second)
        await reader.settle()
        assert reader.screen.posts.cursor == 1


@pytest.mark.parametrize("keys", ["jj", "jk" * 5 + "jj"])
async def test_all_other_keys_go_on_at_once(open_reader: OpenReader, keys: str) -> None:
    async with open_reader() as reader:
        await burst(reader, keys)
        assert reader.screen.posts.cursor == 2
