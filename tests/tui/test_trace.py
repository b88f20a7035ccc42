"""What held the screen up is written down."""

from __future__ import annotations

import re
import selectors
import time
from pathlib import Path

import pytest

from newsreader.tui.trace import LEAST_SECONDS, traced
from tests.terminal import PATIENCE_SECONDS


def wait_idly(seconds: float) -> None:
    with selectors.SelectSelector() as selector:
        selector.register(0, selectors.EVENT_WRITE)
        selector.unregister(0)
        selector.select(seconds)


def hold_up(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def test_what_held_the_thread_is_written_with_its_time_and_place(tmp_path: Path) -> None:
    file = tmp_path / "trace"
    with traced(file):
        end = time.monotonic() + PATIENCE_SECONDS
        while "hold_up" not in file.read_text(encoding="utf-8") and time.monotonic() < end:
            wait_idly(0.02)
            hold_up(4 * LEAST_SECONDS)
            wait_idly(0.02)
    first, place = file.read_text(encoding="utf-8").splitlines()[:2]
    assert re.fullmatch(r"\d\d:\d\d:\d\d \d{2,} ms", first)
    assert re.fullmatch(r" +\d+% .*tui/test_trace.py:\d+ .*", place)


def test_nothing_is_made_if_no_file_is_named(tmp_path: Path) -> None:
    with traced(None):
        hold_up(2 * LEAST_SECONDS)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"), traced(tmp_path / "missing" / "trace"):
        pass
