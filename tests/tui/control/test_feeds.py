"""Feeds are fetched while the reader runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from newsreader.feeds.fetch_process import FetchProgress
from newsreader.problems import Problem
from newsreader.text import literal
from newsreader.tui.control.feeds import CHECK_SECONDS
from newsreader.tui.values import CategoryEntry
from tests.tui.control.fakes import ControlsOnFakes

STEPS = (FetchProgress(total=2), FetchProgress(1, 2, 3), FetchProgress(2, 2, 5, failed=1))


class FakeFeeds:
    """Fetches nothing; `asked` lists what for, `shown` what the screen said meanwhile."""

    def __init__(self, steps: Sequence[FetchProgress] = STEPS, due: Sequence[str] = ()) -> None:
        self.steps = steps
        self.has_interval = bool(due)
        self.time_has_come = list(due)
        self.broken: dict[str, Problem] = {}
        self.asked: list[Sequence[str]] = []
        self.fails = False
        self.stopped = 0

    def due(self) -> Sequence[str]:
        return self.time_has_come

    def failing(self) -> Mapping[str, Problem]:
        return self.broken

    def fetch(self, urls: Sequence[str] = ()) -> Iterator[FetchProgress]:
        self.asked.append(urls)
        if self.fails:
            raise OSError("no processes left")
        yield from self.steps

    def stop(self) -> None:
        self.stopped += 1


async def test_without_feeds_only_posts_are_looked_for() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.feeds.start()
    fakes.controls.feeds.refresh()
    fakes.controls.feeds.stop()

    assert "start" in fakes.store.called
    assert fakes.screen.status.activity == ""
    assert fakes.screen.services.timers == []


async def test_feeds_are_fetched_and_their_posts_looked_for() -> None:
    feeds = FakeFeeds()
    fakes = ControlsOnFakes(feeds=feeds)
    fakes.controls.feeds.start()
    assert feeds.asked == []
    fakes.controls.feeds.refresh()
    assert fakes.screen.status.activity == "fetching feeds …"
    assert "start" not in fakes.store.called
    fakes.controls.feeds.refresh()  # it is going on
    await fakes.settle()

    assert feeds.asked == [()]
    assert fakes.screen.status.activity == ""
    assert fakes.screen.status.message == "5 new, 1 of 2 feeds failed"
    assert "start" in fakes.store.called


async def test_a_fetch_that_finds_nothing_says_so_only_if_it_was_asked_for() -> None:
    feeds = FakeFeeds([FetchProgress(1, 1)], due=["u"])
    fakes = ControlsOnFakes(feeds=feeds)
    fakes.controls.feeds.start()
    await fakes.settle()
    assert (feeds.asked, fakes.screen.status.message) == ([["u"]], "")
    fakes.controls.feeds.refresh()
    await fakes.settle()
    assert fakes.screen.status.message == "Nothing new"


async def test_feeds_with_an_interval_are_fetched_when_their_time_comes() -> None:
    feeds = FakeFeeds(due=["u"])
    fakes = ControlsOnFakes(feeds=feeds)
    fakes.controls.feeds.start()
    await fakes.settle()
    (timer,) = (each for each in fakes.screen.services.timers if each.seconds == CHECK_SECONDS)
    feeds.time_has_come = []
    timer.call()
    await fakes.settle()
    feeds.time_has_come = ["v"]
    timer.call()
    await fakes.settle()

    assert feeds.asked == [["u"], ["v"]]


async def test_what_hinders_a_fetch_is_reported() -> None:
    feeds = FakeFeeds([FetchProgress(hindrance="Another process is fetching.")])
    fakes = ControlsOnFakes(feeds=feeds)
    fakes.controls.feeds.refresh()
    await fakes.settle()
    feeds.fails = True
    fakes.controls.feeds.refresh()
    await fakes.settle()

    assert fakes.screen.services.notified == [
        "Another process is fetching.",
        "The feeds cannot be fetched: no processes left.",
    ]
    assert fakes.screen.status.activity == ""


async def test_feeds_that_fail_for_a_day_are_marked_and_say_why() -> None:
    feeds = FakeFeeds()
    feeds.broken = {"新闻": Problem("feed-not-found", ("a.example",))}
    fakes = ControlsOnFakes(feeds=feeds)
    fakes.controls.feeds.start()
    warning = fakes.screen.categories.warnings["新闻"]
    fakes.controls.feeds.tell(CategoryEntry(literal("All")))
    assert fakes.screen.status.message == ""
    fakes.controls.feeds.tell(CategoryEntry(literal("News"), warning=warning))
    assert fakes.screen.status.message == "新闻: a.example has no such page (404)."
    feeds.broken = {}
    fakes.controls.feeds.refresh()
    await fakes.settle()
    assert fakes.screen.categories.warnings == {}


async def test_the_end_of_the_reader_ends_a_fetch() -> None:
    feeds = FakeFeeds()
    fakes = ControlsOnFakes(feeds=feeds)
    fakes.controls.end()

    assert feeds.stopped == 1
