"""The index brought up to date for a command, and the bar meanwhile."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from newsreader.cli import indexing
from newsreader.store import ScanProgress
from tests.cli.conftest import Run


def test_a_list_does_not_wait_for_another_process(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = ScanProgress(running=True)
    monkeypatch.setattr("newsreader.store.scans.Scans.progress", lambda _: running)
    done = run("list", "--source", library)

    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "newsreader: Another process is indexing; not all posts may be there yet.\n"
    )


@pytest.mark.parametrize(("patience", "shown"), [(0, True), (60, False)])
def test_what_takes_a_while_shows_a_bar_on_a_terminal(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch, *, patience: float, shown: bool
) -> None:
    monkeypatch.setattr(indexing, "is_capable_terminal", lambda stream: True)
    monkeypatch.setattr(indexing, "SECONDS_WITHOUT_BAR", patience)
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = run("index", "--source", library)

    assert ("Indexing" in done.err) == shown
    assert ("\x1b" in done.err) == shown
    assert "\x1b" not in done.out


def test_the_bar_says_how_fast_it_goes_and_how_long_it_takes() -> None:
    meter = indexing.SpeedMeter(100.0)
    posts = partial(ScanProgress, total=10_000, running=True)
    text = partial(posts, stage="text")
    assert meter.describe_speed(posts(500, share=0.01), 101.0) == ""
    assert meter.describe_speed(posts(6_000, share=0.1), 103.0) == "2,000 posts/s · 0:27 left"
    assert meter.describe_speed(text(0, share=0.2), 105.0) == "0:20 left"
    assert meter.describe_speed(text(5_000, share=0.6), 110.0) == "1,000 posts/s · 0:07 left"
    assert meter.describe_speed(text(9_000, share=0.05), 400.0) == "31 posts/s · 95:00 left"
