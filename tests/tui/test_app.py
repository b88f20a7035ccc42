"""The app: themes, and what nobody expected."""

from __future__ import annotations

from functools import partialmethod

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from newsreader import tui
from newsreader.config.model import Config
from newsreader.config.options import THEMES
from newsreader.store import Appearance, PostStore
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.looks.terminal_answers import BackgroundTold
from newsreader.tui.main_screen import MainScreen
from tests.tui.driving import OpenReader


def test_the_config_knows_all_themes_that_there_are(store: PostStore) -> None:
    assert set(THEMES) == set(NewsreaderApp(store).available_themes)


def test_an_unknown_theme_is_said_and_the_reader_starts(store: PostStore) -> None:
    app = NewsreaderApp(store, config=Config(theme="mauve"))
    assert "mauve" in app.notices[0]
    assert app.theme in app.available_themes


def test_what_nobody_expected_ends_the_screen_and_is_raised_without_a_traceback(
    store: PostStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_screen: MainScreen) -> None:
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setattr(MainScreen, "on_mount", fail)
    monkeypatch.setattr(NewsreaderApp, "run", partialmethod(NewsreaderApp.run, headless=True))
    with pytest.raises(ZeroDivisionError, match="nobody expected this"):
        tui.run(store, Config())
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err


@pytest.mark.parametrize("key", ["slash", "B", "question_mark"])
async def test_what_is_pasted_cannot_command_the_terminal(
    open_reader: OpenReader, key: str
) -> None:
    async with open_reader((100, 30)) as reader:
        await reader.press(key)
        reader.app.post_message(Paste("a\x1b]0;x\x07\x9b2J\u202eb"))
        await reader.settle()
        pasted = reader.app.screen.focused
        assert isinstance(pasted, Input | TextArea)
        written = pasted.value if isinstance(pasted, Input) else pasted.text
        assert written == "a]0;x2Jb"


async def test_the_automatic_theme_follows_what_the_terminal_says(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        assert reader.app.theme == "inkwell"
        for is_dark, theme in ((False, "newsprint"), (True, "inkwell")):
            reader.app.post_message(BackgroundTold(is_dark))
            await reader.settle()
            assert reader.app.theme == theme


async def test_a_theme_that_was_chosen_stays(open_reader: OpenReader) -> None:
    async with open_reader(config=Config(theme="nord")) as reader:
        reader.app.post_message(BackgroundTold(is_dark=False))
        await reader.settle()
        assert reader.app.theme == "nord"
    async with open_reader() as reader:
        assert reader.app.theme == "newsprint"  # what was said last is the guess
        reader.app.theme = "dracula"
        reader.app.post_message(BackgroundTold(is_dark=True))
        await reader.settle()
        assert reader.app.theme == "dracula"


def test_the_environment_counts_for_more_than_what_is_remembered(
    store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.sessions.save_appearance(Appearance(is_dark=True))
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert NewsreaderApp(store).theme == "newsprint"
