"""The screen in pictures: compared stroke by stroke with the ones that were looked at and approved.

`pytest tests/tui/test_looks.py --snapshot-update` takes new ones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from newsreader.config.model import Config
from newsreader.messages import use_language
from newsreader.store import PostStore
from newsreader.text import clean_text
from newsreader.tui.app import NewsreaderApp
from tests.tui.driving import Reader

pytestmark = pytest.mark.long

Compare = Callable[..., bool]


@pytest.fixture
def same_picture(
    snap_compare: Compare, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., bool]:
    """Compares the picture after some keys at some size."""
    monkeypatch.setattr("newsreader.tui.clock.now_here", lambda: datetime(2026, 8, 1, tzinfo=UTC))

    def compare(size: tuple[int, int], *keys: str, theme: str = "auto") -> bool:
        app = NewsreaderApp(store, config=Config(theme=theme), scan=False)

        async def press(pilot: Pilot[None]) -> None:
            reader = Reader(app, pilot)
            await reader.settle()
            await reader.press(*keys)
            reader.screen.status.message = clean_text("")  # it goes away after a while
            if isinstance(reader.app.focused, Input | TextArea):
                reader.app.focused.cursor_blink = False

        return snap_compare(app, terminal_size=size, run_before=press)

    return compare


def test_wide(same_picture: Callable[..., bool]) -> None:
    assert same_picture((140, 40), "j", "enter")


def test_medium(same_picture: Callable[..., bool]) -> None:
    assert same_picture((100, 30), "j", "r", "j")


def test_narrow_list(same_picture: Callable[..., bool]) -> None:
    assert same_picture((60, 20), "j", "r", "j")


def test_narrow_article(same_picture: Callable[..., bool]) -> None:
    assert same_picture((60, 20), "enter")


def test_tiny_article(same_picture: Callable[..., bool]) -> None:
    assert same_picture((40, 12), "enter")


def test_tiny_list(same_picture: Callable[..., bool]) -> None:
    assert same_picture((40, 12), "j", theme="newsprint")


def test_light_theme(same_picture: Callable[..., bool]) -> None:
    assert same_picture((80, 24), "j", "m", theme="newsprint")


def test_bookmarks(same_picture: Callable[..., bool]) -> None:
    assert same_picture((140, 40), "m", "j", "j", "m", "3")


def test_help(same_picture: Callable[..., bool]) -> None:
    assert same_picture((80, 24), "question_mark")


def test_chinese_panes(same_picture: Callable[..., bool]) -> None:
    use_language("zh")
    assert same_picture((140, 40), "j", "enter")


def test_chinese_help(same_picture: Callable[..., bool]) -> None:
    use_language("zh")
    assert same_picture((80, 24), "question_mark")


def test_chinese_question(same_picture: Callable[..., bool]) -> None:
    use_language("zh")
    assert same_picture((60, 20), "A")


def test_searching(same_picture: Callable[..., bool]) -> None:
    assert same_picture((100, 30), "slash", *"水车", "enter", "j", "slash", "end", *" (")


def test_finding_in_an_article(same_picture: Callable[..., bool]) -> None:
    keys = ("enter", "slash", *"水声", "enter", "n")
    assert same_picture((80, 24), *keys, theme="textual-light")


def test_sorting(same_picture: Callable[..., bool]) -> None:
    assert same_picture((60, 20), "S", "j")


def test_a_note(same_picture: Callable[..., bool]) -> None:
    assert same_picture((140, 40), "j", "B", *"two")
