"""The app: themes, and what nobody expected."""

from __future__ import annotations

from functools import partialmethod

import pytest

from newsreader import tui
from newsreader.config.model import Config
from newsreader.config.options import THEMES
from newsreader.store import PostStore
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.main_screen import MainScreen


def test_the_config_knows_the_themes_that_textual_ships(store: PostStore) -> None:
    assert set(THEMES) == set(NewsreaderApp(store).available_themes)


def test_an_unknown_theme_is_said_and_the_reader_starts(store: PostStore) -> None:
    app = NewsreaderApp(store, theme="mauve")
    assert "mauve" in app.notice
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
