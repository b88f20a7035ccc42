"""The question for the terminal's background, and its answer among keys."""

from __future__ import annotations

import pytest

from newsreader.tui.looks.terminal_background import (
    answers,
    guess_is_dark,
    is_dark_colour,
)


@pytest.mark.parametrize(
    ("written", "is_dark"),
    [
        ("rgb:0000/0000/0000", True),
        ("rgb:ffff/ffff/ffff", False),
        ("rgb:00/2b/36", True),
        ("rgb:f/f/d", False),
        ("rgb:fdf/f6f/e3e", False),
        ("RGB:FDFD/F6F6/E3E3", False),
        ("rgba:1e1e/1e1e/1e1e/cccc", True),
        ("#fff", False),
        ("#1e1e2e", True),
        ("#ffffffffffff", False),
        ("rgb:8080/8080/8080", False),
        ("rgb:0000/0000/ffff", True),
    ],
)
def test_a_colour_is_dark_or_light(written: str, is_dark: bool) -> None:
    assert is_dark_colour(written, None) is is_dark


@pytest.mark.parametrize("written", ["", "?", "red", "#12", "#12345", "rgb:1/2", "rgb:12345/1/1"])
def test_what_is_no_colour_says_nothing(written: str) -> None:
    assert is_dark_colour(written, None) is None
    assert is_dark_colour(written, True) is True


@pytest.mark.parametrize(
    ("written", "is_dark"),
    [
        ("15;0", True),
        ("0;15", False),
        ("15;default;0", True),
        ("0;default;7", False),
        ("7;8", True),
        ("12;8", True),
        ("default;default", None),
        ("", None),
        ("0;²", None),
        ("0;123456", None),
    ],
)
def test_the_environment_gives_a_guess(written: str, is_dark: bool | None) -> None:
    assert guess_is_dark({"COLORFGBG": written}) is is_dark


def test_without_the_variable_there_is_no_guess() -> None:
    assert guess_is_dark({}) is None


def test_a_console_is_not_asked() -> None:
    assert not answers("linux")
    assert answers("xterm-256color")
    assert answers("tmux-256color")
