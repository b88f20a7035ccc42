"""The question for the terminal's background, and its answer among keys."""

from __future__ import annotations

import pytest

from newsreader.tui.looks.terminal_background import (
    QUESTION,
    AnswerReader,
    answers,
    guess_is_dark,
    is_dark_colour,
)

DARK = "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\"
LIGHT = "\x1b]11;rgb:fdfd/f6f6/e3e3\x07"


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


@pytest.mark.parametrize(("answer", "is_dark"), [(DARK, True), (LIGHT, False)])
def test_an_answer_is_taken_out_wherever_it_is_cut(answer: str, is_dark: bool) -> None:
    text = f"j{answer}k"
    for first in range(len(text) + 1):
        for second in range(first, len(text) + 1):
            reader = AnswerReader()
            assert reader.ask() == QUESTION
            parts = (text[:first], text[first:second], text[second:])
            assert "".join(map(reader.read, parts)) == "jk"
            assert not reader.is_holding
            assert reader.is_dark is is_dark


def test_the_last_answer_counts() -> None:
    reader = AnswerReader()
    assert reader.read(DARK + LIGHT) == ""
    assert reader.is_dark is False


def test_an_answer_that_is_no_colour_is_taken_out_too() -> None:
    reader = AnswerReader()
    assert reader.read("\x1b]11;?\x1b\\j") == "j"
    assert reader.is_dark is None


def test_keys_pass_as_they_are() -> None:
    reader = AnswerReader()
    reader.ask()
    for keys in ("j", "\x1b[A", "\x1b[27u", "\x1bOP", "\x1b[<0;3;4M", "\x1b]", "中"):
        assert reader.read(keys) + reader.flush() == keys
        assert not reader.is_holding


def test_the_escape_key_waits_only_for_an_answer() -> None:
    reader = AnswerReader()
    assert reader.read("\x1b") == "\x1b"  # nothing was asked
    reader.ask()
    assert reader.read("\x1b") == ""
    assert reader.is_holding
    assert reader.flush() == "\x1b"
    assert reader.read("\x1b") + reader.read("j") == "\x1bj"
    reader.read(DARK)
    assert reader.read("\x1b") == "\x1b"


def test_half_an_answer_is_no_key() -> None:
    reader = AnswerReader()
    reader.ask()
    assert reader.read("j\x1b]11;rgb:1e1e/") == "j"
    assert reader.flush() == ""
    assert reader.is_dark is None


def test_what_never_ends_is_not_held_for_ever() -> None:
    reader = AnswerReader()
    text = "\x1b]11;" + "x" * 100
    assert reader.read(text) == text


def test_a_console_is_not_asked() -> None:
    assert not answers("linux")
    assert answers("xterm-256color")
    assert answers("tmux-256color")
