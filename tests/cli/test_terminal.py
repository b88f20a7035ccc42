"""Questions to the terminal."""

from __future__ import annotations

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsreader.cli.terminal import WidthQuestion, measure_width
from newsreader.text import literal

QUOTE = literal("“")


@contextmanager
def terminal() -> Iterator[int]:
    """The other end of a terminal that is standard input and output meanwhile."""
    ours, theirs = os.openpty()
    with (
        os.fdopen(theirs, encoding="utf-8") as reading,
        os.fdopen(os.dup(theirs), "w", encoding="utf-8") as writing,
        pytest.MonkeyPatch.context() as patch,
    ):
        # Not by a fixture: pytest changes them between that and the test.
        patch.setattr("sys.stdin", reading)
        patch.setattr("sys.stdout", writing)
        yield ours
    os.close(ours)


def flags(other: int) -> int:
    flags: int = termios.tcgetattr(other)[3] & (termios.ICANON | termios.ECHO)
    return flags


@pytest.mark.parametrize(
    ("sent", "cells", "typed"),
    [
        (b"\x1b[7;2R", 1, b""),
        (b"\x1b[1;3R", 2, b""),
        (b"j\x1b[A\x1b[24;2R/", 1, b"j\x1b[A/"),
        (b"jk", None, b"jk"),
        (b"", None, b""),
    ],
)
def test_the_answer_is_taken_out_of_what_is_typed(
    sent: bytes, cells: int | None, typed: bytes
) -> None:
    with terminal() as other:
        before = flags(other)
        question = WidthQuestion(QUOTE)
        assert question.is_asked
        assert flags(other) == 0
        os.write(other, sent)
        assert question.finish(0.05) == cells
        assert question.typed == typed
        assert (question.is_asked, flags(other)) == (False, before)
        assert question.finish() is None
        assert os.read(other, 100).decode() == "\r“\x1b[6n\r\x1b[2K"


def test_what_was_typed_before_the_question_is_kept() -> None:
    with terminal() as other:
        os.write(other, b"q\x1b[1;3R")
        question = WidthQuestion(QUOTE)
        assert (question.finish(5), question.typed) == (2, b"q")


def test_a_text_is_measured() -> None:
    with terminal() as other:
        os.write(other, b"\x1b[1;9R")
        assert measure_width(literal("中文，。")) == 8


def test_without_a_terminal_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        question = WidthQuestion(QUOTE)
    assert not question.is_asked
    assert (question.finish(), question.typed) == (None, b"")
