"""The switches of the process, each thrown in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def run(program: str, **environment: str) -> list[str]:
    """The words that a program prints."""
    source = f"import gc, os\nfrom newsreader.runtime import *\n{program}"
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_collection_is_held_and_allowed() -> None:
    # Of 3.12 some objects are exempt from the start.
    state = "print(gc.isenabled(), gc.get_freeze_count() > before)"
    program = f"before = gc.get_freeze_count(); hold_collection(); {state}"
    program += f"; allow_collection(); {state}"

    assert run(program) == ["False", "False", "True", "True"]


def test_nothing_is_exempt_that_was_made_while_collection_was_allowed() -> None:
    program = "before = gc.get_freeze_count(); allow_collection()"
    assert run(f"{program}; print(gc.get_freeze_count() - before)") == ["0"]


@pytest.mark.long
def test_the_screen_has_its_frame_rate_unless_the_user_set_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TEXTUAL_FPS", raising=False)
    program = "set_up_screen(); print(os.environ['TEXTUAL_FPS'], *gc.get_threshold())"

    assert run(program) == ["120", "10000", "5", "2"]
    assert run(program, TEXTUAL_FPS="30")[0] == "30"


def test_a_worker_looks_for_garbage_less_often() -> None:
    program = "set_up_worker(); print(gc.get_freeze_count() > 0, *gc.get_threshold())"

    assert run(program) == ["True", "50000", "20", "20"]


def test_others_go_first() -> None:
    before, after = map(int, run("print(os.nice(0)); let_others_go_first(); print(os.nice(0))"))

    assert after == min(before + 5, 19)
