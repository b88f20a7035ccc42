"""The counts beside the categories."""

from __future__ import annotations

import threading

import pytest

from newsreader.text import clean_line
from newsreader.tui.control.counts import COUNTING_SECONDS, INDEXING_SECONDS, CountControl
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.values import Counts, Overview
from tests.tui.control.fakes import FakeClock, FakeScreen, FakeStore, row_of


class CountsOnFakes:
    """A `CountControl` on a fake store and a fake screen."""

    def __init__(self) -> None:
        self.store = FakeStore(row_of(1), row_of(2, read=True))
        self.screen = FakeScreen()
        self.clock = FakeClock()
        messages = MessageControl(self.screen.parts)
        lists = ListControl(self.store, self.screen.parts, messages)
        self.control = CountControl(
            self.store, self.screen.parts, messages, lists, clock=self.clock
        )


async def test_counts_are_shown_at_once_if_they_are_there_in_a_moment() -> None:
    counts = CountsOnFakes()
    counts.control.update()
    assert counts.screen.status.library == "Library"
    assert counts.screen.status.counts == Counts(2, 1, 0)
    assert counts.screen.categories.overview.everything == Counts(2, 1, 0)
    assert counts.screen.posts.title == "All · newest first"


async def test_nobody_waits_for_counts_that_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = CountsOnFakes()
    goes_on = threading.Event()

    def overview() -> Overview:
        goes_on.wait(10)
        return Overview(clean_line("Late"))

    monkeypatch.setattr(counts.store, "overview", overview)
    monkeypatch.setattr("newsreader.tui.background.MAX_WAIT_SECONDS", 0.01)
    counts.control.update()
    assert counts.screen.status.library == ""
    assert not counts.control.is_due
    goes_on.set()
    await counts.screen.services.settle()
    assert counts.screen.status.library == "Late"


async def test_the_loop_waits_for_no_counts_that_nobody_asked_for() -> None:
    counts = CountsOnFakes()
    counts.control.update(wait=False)
    assert counts.screen.services.running("overview")
    await counts.screen.services.settle()
    assert counts.screen.status.library == "Library"


async def test_counts_rest_ten_times_as_long_as_they_took(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = CountsOnFakes()
    overview = counts.store.overview()

    def slow() -> Overview:
        counts.clock.now += 2.0
        return overview

    monkeypatch.setattr(counts.store, "overview", slow)
    for progress, rest in ((None, 20.0), (0.5, 20.0 + INDEXING_SECONDS)):
        counts.screen.status.progress = progress
        counts.control.update(wait=False)
        await counts.screen.services.settle()
        assert not counts.control.is_due
        counts.clock.now += rest - 0.01
        assert not counts.control.is_due
        counts.clock.now += 0.02
        assert counts.control.is_due


async def test_counting_that_never_ends_is_begun_once_more() -> None:
    counts = CountsOnFakes()
    counts.store.failing = {"overview"}
    counts.control.update()
    assert counts.screen.services.notified == ["The index cannot be used (overview)."]
    counts.clock.now += COUNTING_SECONDS - 0.01
    assert not counts.control.is_due
    counts.clock.now += 0.02
    assert counts.control.is_due
