"""Sources are updated while the reader runs."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.cli.update_process import UpdateProgress
from newsreader.text import literal
from tests.tui.control.fakes import ControlsOnFakes
from tests.tui.control.test_feeds import FakeFeeds

BOTH = (
    UpdateProgress(0, 2),
    UpdateProgress(1, 2, literal("News")),
    UpdateProgress(2, 2, literal("Finance"), literal("git pull ended with exit code 1. fatal: x")),
)


class FakeUpdates:
    """Runs no command; `updated` counts how often it was asked to."""

    def __init__(self, *steps: UpdateProgress, minutes: int = 0, fails: bool = False) -> None:
        self.steps = steps
        self.minutes = minutes
        self.fails = fails
        self.updated = 0
        self.stopped = 0

    def update(self) -> Iterator[UpdateProgress]:
        self.updated += 1
        if self.fails:
            raise OSError("no processes left")
        yield from self.steps

    def stop(self) -> None:
        self.stopped += 1


async def test_sources_are_updated_then_feeds_fetched_then_posts_looked_for() -> None:
    updates, feeds = FakeUpdates(*BOTH[:1], UpdateProgress(1, 2)), FakeFeeds()
    fakes = ControlsOnFakes(updates=updates, feeds=feeds)
    fakes.controls.updates.refresh()
    assert fakes.screen.status.activity == "updating sources …"
    fakes.controls.updates.refresh()  # it is going on
    await fakes.settle()

    assert (updates.updated, feeds.asked) == (1, [()])
    assert fakes.screen.status.activity == ""
    assert "start" in fakes.store.called
    assert fakes.screen.services.notified == []


async def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    fakes = ControlsOnFakes(updates=FakeUpdates(*BOTH))
    fakes.controls.updates.refresh()
    await fakes.settle()

    assert fakes.screen.services.notified == ["Finance: git pull ended with exit code 1. fatal: x"]
    assert "start" in fakes.store.called


async def test_a_process_that_cannot_be_started_is_told() -> None:
    fakes = ControlsOnFakes(updates=FakeUpdates(fails=True))
    fakes.controls.updates.refresh()
    await fakes.settle()

    assert fakes.screen.services.notified == ["The sources cannot be updated: no processes left."]
    assert "start" in fakes.store.called
    fakes.controls.updates.refresh()  # it can be tried again
    await fakes.settle()


async def test_nothing_is_updated_by_itself_unless_the_user_wants_that() -> None:
    quiet = ControlsOnFakes(updates=FakeUpdates(*BOTH))
    quiet.controls.updates.start()
    assert quiet.screen.services.timers == []

    updates = FakeUpdates(UpdateProgress(1, 1, literal("News")), minutes=30)
    fakes = ControlsOnFakes(updates=updates)
    fakes.controls.updates.start()
    (timer,) = fakes.screen.services.timers
    assert (timer.seconds, updates.updated) == (1800.0, 0)
    timer.call()
    await fakes.settle()
    assert updates.updated == 1
    assert fakes.screen.status.message == ""
    assert "start" in fakes.store.called


async def test_without_commands_feeds_are_fetched() -> None:
    feeds = FakeFeeds()
    fakes = ControlsOnFakes(feeds=feeds)
    fakes.controls.updates.refresh()
    await fakes.settle()
    assert feeds.asked == [()]
    fakes.controls.updates.stop()


async def test_an_update_ends_with_the_reader() -> None:
    updates = FakeUpdates()
    fakes = ControlsOnFakes(updates=updates)
    fakes.controls.end()
    assert updates.stopped == 1
