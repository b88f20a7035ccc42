"""The one screen: it alone knows the panes and the store, and carries values between them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

from textual.timer import Timer

from newsreader.store import PostStore, StoreError
from newsreader.tui.categories import Entry
from newsreader.tui.keys import KEYS, MOVING, Pane
from newsreader.tui.palette import Command
from newsreader.tui.reading import ReadingScreen
from newsreader.tui.values import Query, View

POLL_SECONDS = 0.5
"""How often the store is asked whether anything has changed: one cheap question."""

FIRST_POLL_SECONDS = 0.1
"""The same while there is nothing to show yet."""

CALM_SECONDS = 0.3
"""How long after the start a scan begins where there is something to show already."""


class MainScreen(ReadingScreen):
    """What the panes show from the store: its beginning, its changes, and the palette."""

    def __init__(self, store: PostStore, *, notice: str = "", scan: bool = True) -> None:
        super().__init__(store, notice)
        self._scan = scan
        self._asked = False
        self._poll_problem = ""
        self._first_poll: Timer | None = None

    def on_mount(self) -> None:
        """Show what the index holds and look for what is new."""
        self.status.message = self._notice
        self._version = self._store.data_version()
        self.show_pane(Pane.POSTS)
        self._filling = self._scan and not self._guard(lambda: self._store.count(self._query), 0)
        self._open_list(self._query)
        self._count_again()
        if self._filling:
            self.call_after_refresh(self._on_shown)
        else:
            self.set_timer(CALM_SECONDS, self._on_shown)

    def _on_shown(self) -> None:
        """The first screen is drawn: do what nobody should have to wait for."""
        gc.enable()
        if self._scan:
            self._start_scan()
        self.set_interval(POLL_SECONDS, self._poll)
        if self._filling:
            self._first_poll = self.set_interval(FIRST_POLL_SECONDS, self._poll)

    # What has changed

    def _poll(self) -> None:
        """Look whether the index or the marks have changed, here or in another process."""
        try:
            progress, version = self._store.progress(), self._store.data_version()
        except StoreError as error:
            if str(error) != self._poll_problem:  # once, not twice a second
                self._poll_problem = str(error)
                self._say_problem(error)
            return
        self._poll_problem = ""
        ended = not progress.running and self.status.progress is not None
        if progress.running:
            self.status.progress = -1.0 if progress.share is None else progress.share
        elif ended:
            self.status.progress = None
        if ended or version != self._version:
            self._version = version
            self._refresh_list()
            if self._first_poll is not None and (ended or self.posts.row_count):
                self._first_poll.stop()
                self._first_poll = None
            self._count_again()
        if ended:
            self._scan_ended()

    def _start_scan(self) -> None:
        self._guard(self._store.start_scan, None)
        self.status.progress = -1.0

    def _scan_ended(self) -> None:
        """Say what a scan could not read and, if it was asked for, what it found."""
        filled, self._filling = self._filling, False
        asked, self._asked = self._asked, False
        result = self._guard(self._store.last_scan, None)
        if result is None:
            return
        if result.problems:
            first, *more = result.problems
            self._say_problem(f"{first} ({len(more):,} more problems.)" if more else first)
        if result.changed and self._shown is not None:
            self._load(self._shown)  # its file may be one of those
        if asked or (result.added and not filled and not self.status.message):
            found = {"new": result.added, "changed": result.changed, "removed": result.removed}
            said = ", ".join(f"{number:,} {what}" for what, number in found.items() if number)
            self._say(said or "Nothing new")

    def action_app_refresh(self) -> None:
        """Look for new and changed posts."""
        self._asked = True
        self._start_scan()

    def commands(self) -> Iterator[Command]:
        """What the command palette offers."""
        for key in KEYS:
            if key.section == MOVING or key.id == "app.palette":
                continue
            title = key.help[0].upper() + key.help[1:]
            yield Command(title, f"key {key.shown}", partial(self._run_key, key.action))
        yield Command("Choose a theme", "colours of the screen", self.app.action_change_theme)
        for entry in self.categories.entries:
            if entry.scope is not None:
                help_line = f"{entry.counts.of(entry.view or View.ALL):,} posts"
                yield Command(f"Go to {entry.title}", help_line, partial(self._go_to, entry))

    def _go_to(self, entry: Entry) -> None:
        if entry.scope is not None:
            self.categories.select(entry.scope, entry.view)
            self._open_list(Query(entry.scope, entry.view or self._view))
            self.show_pane(Pane.POSTS)
