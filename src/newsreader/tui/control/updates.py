"""Update sources while the reader runs: by their commands, then by fetching feeds and scanning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean, clean_line, fill
from newsreader.tui.background import iterate
from newsreader.tui.control.feeds import FeedControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.refresh import RefreshControl
from newsreader.tui.control.screen_parts import ScreenParts


class UpdateProgressLike(Protocol):
    """How far an update is."""

    @property
    def done(self) -> int:
        """Sources whose command has ended."""

    @property
    def total(self) -> int:
        """Sources that have one."""

    @property
    def name(self) -> Clean:
        """The source whose command has ended last."""

    @property
    def problem(self) -> Clean:
        """Why that failed; else empty."""


class UpdateSource(Protocol):
    """The sources that have update commands, as something that runs them."""

    @property
    def minutes(self) -> int:
        """How long to wait between two updates; 0: until the user asks for one."""

    def update(self) -> Iterator[UpdateProgressLike]:
        """Run the commands."""

    def stop(self) -> None:
        """End an update that is going on."""


class UpdateControl:
    """Updates sources when the user asks for it or has set an interval, one update at a time."""

    def __init__(
        self,
        updates: UpdateSource | None,
        screen: ScreenParts,
        messages: MessageControl,
        refresh: RefreshControl,
        feeds: FeedControl,
    ) -> None:
        self._updates = updates
        self._status = screen.status
        self._services = screen.services
        self._messages = messages
        self._refresh = refresh
        self._feeds = feeds
        self._is_updating = False

    def start(self) -> None:
        """Update again and again, if the user has set an interval."""
        if self._updates is not None and self._updates.minutes:
            self._services.every(self._updates.minutes * 60.0, self._update_by_itself)

    def refresh(self) -> None:
        """Update the sources that have a command, fetch the feeds, and look for changed posts."""
        if self._updates is None:
            self._feeds.refresh()
        elif not self._is_updating:
            self._begin(self._updates, asked_for=True)

    def stop(self) -> None:
        """Update no longer."""
        if self._updates is not None:
            self._updates.stop()

    def _update_by_itself(self) -> None:
        if self._updates is not None and not self._is_updating:
            self._begin(self._updates, asked_for=False)

    def _begin(self, updates: UpdateSource, *, asked_for: bool) -> None:
        self._is_updating = True
        self._status.activity = phrase("updating sources …")

        async def work() -> None:
            await self._follow(updates, asked_for=asked_for)

        self._services.start(work, group="update", description="update sources")

    async def _follow(self, updates: UpdateSource, *, asked_for: bool) -> None:
        failed = total = 0
        try:
            async for step in iterate(updates.update):
                total = step.total
                if step.problem:
                    failed += 1
                    self._messages.report(fill("{}: {}", step.name, step.problem))
                self._status.activity = phrase("updating sources {} of {}", step.done, step.total)
        except OSError as error:
            failed += 1
            self._messages.report(clean_line(f"The sources cannot be updated: {error}."))
        finally:
            self._is_updating = False
            self._status.activity = EMPTY
        if asked_for:
            if not failed:
                what = phrase("source" if total == 1 else "sources")
                self._messages.say(phrase("{} {} updated", total, what))
            self._feeds.refresh()
        else:
            self._refresh.scan(tell=False)
