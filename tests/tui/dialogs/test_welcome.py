"""What the first start shows."""

from __future__ import annotations

from textual.widgets import Static

from newsreader.config.model import Config
from newsreader.config.values import NamedTexts
from newsreader.store import PostStore
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.dialogs.welcome import WelcomeScreen
from newsreader.tui.keys import Pane
from newsreader.tui.textual_private.events import key_event
from tests.tui.driving import Reader


def shown(reader: Reader) -> str:
    """What the dialog says; empty if there is none."""
    dialog = reader.dialog()
    if dialog is None:
        return ""
    assert isinstance(dialog, WelcomeScreen)
    text = dialog.query_one(Static)
    return "\n".join(text.render_line(y).text for y in range(text.size.height))


async def test_the_first_key_closes_it_and_does_its_own_and_it_does_not_come_again(
    store: PostStore,
) -> None:
    app = NewsreaderApp(store, scan=False, welcome=True)
    async with app.run_test(size=(80, 24)) as pilot:
        reader = Reader(app, pilot)
        await reader.settle()
        assert "newsreader feeds add URL  follows a site" in shown(reader)
        await reader.commit("jj")
        assert (shown(reader), reader.screen.posts.cursor) == ("", 2)
    app = NewsreaderApp(store, scan=False, welcome=True)
    async with app.run_test() as pilot:
        await Reader(app, pilot).settle()
        assert shown(Reader(app, pilot)) == ""


async def test_it_names_keys_as_they_are_bound_and_fits_a_small_screen(store: PostStore) -> None:
    config = Config(keys=(NamedTexts(1, "app.help", ("x",)),))
    app = NewsreaderApp(store, config=config, scan=False, welcome=True)
    async with app.run_test(size=(40, 12)) as pilot:
        reader = Reader(app, pilot)
        await reader.settle()
        lines = shown(reader).splitlines()
        assert len(lines) == 8
        assert [line.split()[0] for line in lines[:5]] == ["j", "Enter", "/", "x", "q"]
        assert "newsreader FOLDER  opens your own" in lines[-1]
        await pilot.click(offset=(3, 5))
        await reader.settle()
        assert shown(reader) == ""
        await reader.press("x")
        assert isinstance(reader.dialog(), HelpScreen)
        assert reader.pane() is Pane.POSTS


async def test_a_key_that_comes_before_it_is_drawn_does_its_own_too(store: PostStore) -> None:
    app = NewsreaderApp(store, scan=False, welcome=True)
    async with app.run_test() as pilot:
        app.post_message(key_event("escape"))
        app.post_message(key_event("j"))
        await Reader(app, pilot).settle()
        assert Reader(app, pilot).screen.posts.cursor == 1
