"""The one screen: it alone knows the panes and the store, and carries values between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from newsreader.config.model import SavedSearch
from newsreader.runtime import allow_collection
from newsreader.store import PostStore, StoreError
from newsreader.tui.keys import KEYS, MOVING, Pane
from newsreader.tui.lists import INDEXING_SECONDS, REST
from newsreader.tui.panes.categories import Entry
from newsreader.tui.sessions import SessionScreen
from newsreader.tui.values import Query, View

if TYPE_CHECKING:
    from newsreader.tui.dialogs.palette import Command

POLL_SECONDS = 0.5
"""How often the store is asked whether anything has changed: one cheap question."""

FIRST_POLL_SECONDS = 0.1
"""The same while there is nothing to show yet."""

CALM_SECONDS = 0.3
"""How long after the start a scan begins where there is something to show already."""


class MainScreen(SessionScreen):
    """What the panes show from the store: its beginning, its changes, and the palette."""

    def __init__(
        self,
        store: PostStore,
        *,
        notice: str = "",
        scan: bool = True,
        searches: Sequence[SavedSearch] = (),
    ) -> None:
        super().__init__(store, notice, searches)
        self._scan = scan
        self._asked = False
        self._poll_problem = ""
        self._first_poll: Timer | None = None
        self._list_is_old = False
        self._list_after = 0.0

    def on_mount(self) -> None:
        """Show what the index holds, where it was left, and look for what is new."""
        self.status.message = self._notice
        self._version = self._guard(self._store.data_version, -1)
        self.show_pane(Pane.POSTS)
        selected = self._restore()
        self._filling = self._scan and not self._guard(lambda: self._store.lists.count(Query()), 0)
        self._show_searches()
        self._count_again()
        self._open_list(self._query, select=selected)
        self._restore_pane(selected)
        if self._filling:
            self.call_after_refresh(self._on_shown)
        else:
            self.set_timer(CALM_SECONDS, self._on_shown)

    def _on_shown(self) -> None:
        """The first screen is drawn: do what nobody should have to wait for."""
        allow_collection()
        if self._scan:
            self._guard(self._store.scans.follow, None)
            self.status.progress = -1.0
        self._count_searches()
        self.set_interval(POLL_SECONDS, self._poll)
        if self._filling:
            self._first_poll = self.set_interval(FIRST_POLL_SECONDS, self._poll)

    # What has changed

    def _poll(self) -> None:
        """Look whether the index or the marks have changed, here or in another process."""
        try:
            progress, version = self._store.scans.progress(), self._store.data_version()
        except StoreError as error:
            if str(error) != self._poll_problem:  # once, not twice a second
                self._poll_problem = str(error)
                self._say_problem(error)
            return
        self._poll_problem = ""
        ended = not progress.running and self.status.progress is not None
        if progress.running:
            share = progress.share if progress.share is not None else -1.0
            self.status.stage = progress.stage
            self.status.progress = share
        elif ended:
            self.status.progress = None
        if ended or version != self._version:
            self._version = version
            self._list_is_old = self._counts_are_old = True
        self._bring_up_to_date(indexing=progress.running, at_once=ended)
        if self._first_poll is not None and (ended or self.posts.row_count):
            self._first_poll.stop()
            self._first_poll = None
        if ended:
            self._scan_ended()
        self._save_session_sometimes()

    def _bring_up_to_date(self, *, indexing: bool, at_once: bool) -> None:
        """Show what has changed, but seldom enough that no key waits for it."""
        began = monotonic()
        if self._list_is_old and (at_once or began >= self._list_after):
            if self._query.is_gathered:
                # What is marked shows at once; what is in the list when it was gathered again.
                self._refresh_list()
                self._list_is_old = not self._gather_again()
            else:
                self._refresh_list()
                self._list_is_old = False
            now = monotonic()
            # While there is nothing to show, the first posts must not wait.
            pause = INDEXING_SECONDS if indexing and self.posts.row_count else 0.0
            self._list_after = now + REST * (now - began) + pause
        if self._counts_are_old and (at_once or self._counts_due()):
            self._counts_are_old = False
            self._count_again(soon=False)
            self._count_searches()

    def _start_scan(self) -> None:
        self._guard(self._store.scans.start, None)
        self.status.progress = -1.0

    def _scan_ended(self) -> None:
        """Say what a scan could not read and, if it was asked for, what it found."""
        filled, self._filling = self._filling, False
        asked, self._asked = self._asked, False
        result = self._guard(self._store.scans.last, None)
        if result is None:
            return
        if result.problems:
            first, *more = result.problems
            self._say_problem(f"{first} ({len(more):,} more problems.)" if more else first)
        if result.changed and self._shown is not None:
            self._load_again(self._shown)  # its file may be one of those
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
        from newsreader.tui.dialogs.palette import Command  # noqa: PLC0415  (late: the first screen has none)

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
            name = entry.title if entry.is_search else ""
            self.categories.select(entry.scope, entry.view, name)
            self._open_entry(entry)
            self.show_pane(Pane.POSTS)
