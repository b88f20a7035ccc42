"""What the terminal answers, among keys."""

from __future__ import annotations

import pytest

from newsreader.tui.looks.terminal_answers import AnswerReader, AttributesTold, BackgroundTold
from newsreader.tui.looks.terminal_background import QUESTION

DARK = "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\"
LIGHT = "\x1b]11;rgb:fdfd/f6f6/e3e3\x07"


def said(reader: AnswerReader) -> list[bool | frozenset[str]]:
    """What was answered."""
    told = reader.told()
    assert reader.told() == []
    return [
        each.is_dark if isinstance(each, BackgroundTold) else each.attributes
        for each in told
        if isinstance(each, BackgroundTold | AttributesTold)
    ]


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
            assert said(reader) == [is_dark]


def test_answers_are_told_once_in_their_order() -> None:
    reader = AnswerReader()
    assert reader.read(DARK + LIGHT) == ""
    assert said(reader) == [True, False]


def test_an_answer_that_is_no_colour_is_taken_out_too() -> None:
    reader = AnswerReader()
    assert reader.read("\x1b]11;?\x1b\\j") == "j"
    assert said(reader) == []


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
    assert said(reader) == []


def test_what_never_ends_is_not_held_for_ever() -> None:
    reader = AnswerReader()
    text = "\x1b]11;" + "x" * 100
    assert reader.read(text) == text


def test_attributes_are_taken_out_wherever_they_are_cut() -> None:
    text = "j\x1b[?62;4;22ck"
    for cut in range(len(text) + 1):
        reader = AnswerReader()
        reader.ask()
        assert reader.read(text[:cut]) + reader.read(text[cut:]) == "jk"
        assert said(reader) == [frozenset({"62", "4", "22"})]


def test_a_position_that_comes_late_is_taken_out_once() -> None:
    text = "j\x1b[24;2Rk"
    for cut in range(2, len(text) + 1):  # an escape alone is a key
        reader = AnswerReader(late_position=True)
        assert reader.read(text[:cut]) + reader.read(text[cut:]) == ("jk" if cut != 2 else text)
    reader = AnswerReader(late_position=True)
    reader.read(text)
    assert reader.read("\x1b[1;2R") == "\x1b[1;2R"  # Shift and F3
    assert AnswerReader().read("\x1b[1;2R") == "\x1b[1;2R"
