"""The screen's lists: which posts are shown, in what order, and how many there are."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work

from newsreader.store import PostStore, StoreError
from newsreader.tui.control.background import begin, is_soon_done, until_done
from newsreader.tui.control.list_titles import list_title, order_name, why_empty
from newsreader.tui.keys import Pane
from newsreader.tui.panes.categories import CategoryPane, Entry
from newsreader.tui.saying import SayingScreen
from newsreader.tui.searches import asks_for_marks, both
from newsreader.tui.values import (
    Everything,
    Listing,
    Overview,
    PostId,
    PostRow,
    Query,
    Scope,
    Sort,
    View,
)

if TYPE_CHECKING:
    from newsreader.search.model import Search
    from newsreader.store import Gathered

REST = 10
"""How many times as long as counting took nothing is counted again: it must not slow keys."""

COUNTING_SECONDS = 5.0
"""How long counting may take before it is begun once more."""

INDEXING_SECONDS = 1.0
"""How long lists and counts stay as they are while posts are put into the index."""

GATHER_SECONDS = 3.0
"""How long what was gathered for a list stands at least, before it is gathered again."""


class ListScreen(SayingScreen):
    """Opens lists of the store's posts and keeps them up to date."""

    def __init__(self, store: PostStore) -> None:
        super().__init__(store)
        self._query = Query()
        self._view = View.ALL
        self._sort = Sort.NEWEST
        self._typed: Search | None = None
        self._typed_text = ""
        self._saved: Search | None = None
        self._saved_name = ""
        self._broken = ""
        self._kept: frozenset[PostId] = frozenset()
        self._gathering = threading.Event()
        self._gathered_at = 0.0
        self._count_after = 0.0
        self._counts_are_old = False
        self._overview = Overview()
        self._shown: PostId | None = None
        self._filling = False

    # Lists

    @property
    def _searched(self) -> str:
        """What the list was searched for, as its title says it."""
        return " · ".join(part for part in (self._saved_name, self._typed_text) if part)

    def _query_of(self, scope: Scope, view: View) -> Query:
        """The query of a list with what is searched for, in the order of the user's choice."""
        search = both(self._saved, self._typed)
        return Query(scope, view, search=search, sort=self._sort)

    def _listing(self, query: Query, count: int, *, complete: bool = True) -> Listing:
        def fetch(offset: int, limit: int) -> Sequence[PostRow]:
            return self._guard(lambda: self._store.lists.page(query, offset, limit), [])

        looking = self._filling or self.status.progress is not None
        title = list_title(query, self._overview, self._searched)
        empty = why_empty(query, looking=looking) if complete else "Looking …"
        empty = self._broken or empty
        return Listing(title, count, fetch, empty, query.search, complete)

    def _open_list(
        self, query: Query, select: PostId | None = None, *, from_top: bool = False
    ) -> None:
        """Show another list.

        Args:
            query: What is listed.
            select: The post to select where the list has it; `None`: the one selected now.
            from_top: Select the first post whatever is selected now.
        """
        if select is None and not from_top:
            row = self.posts.selected
            select = row.post_id if row else None
        self._stop_gathering()
        self._query = query
        self._kept = frozenset()
        if self._broken:
            self._show_list(query, self._listing(query, 0), None)
        elif query.is_gathered:
            self._gather(query, select)
        else:
            count = self._guard(lambda: self._store.lists.count(query), 0)
            self._show_list(query, self._listing(query, count), select)

    def _show_list(self, query: Query, listing: Listing, select: PostId | None) -> None:
        at = 0
        if select is not None and listing.count:
            wanted = select
            at = self._guard(lambda: self._store.lists.rank(query, wanted), None) or 0
        self.posts.show(listing, at=at)
        self._list_shown(listing)

    def _list_shown(self, listing: Listing) -> None:
        """A list is shown; where it is empty, so is the article."""
        if not listing.count and listing.complete:
            self._shown = None
            self.reader.show_note("")

    def _refresh_list(self) -> None:
        """Bring the list up to date without moving what the user is looking at."""
        query, row = self._query, self.posts.selected
        if self._broken or (query.is_gathered and not self.posts.listing.complete):
            return  # there is none; or it is being gathered, and what is shown of it is new
        count = self._guard(lambda: self._store.lists.count(query), self.posts.listing.count)
        at = 0
        if row is not None and count:
            at = self._guard(lambda: self._store.lists.locate(query, row.post_id), 0)
        if self._filling and not self.posts.touched and self.pane is Pane.POSTS:
            at = 0  # the list is being made and nobody has chosen anything: the newest is on top
        listing = self._listing(query, count)
        self.posts.show(listing, at=at, keep_place=row is not None)
        self._list_shown(listing)

    # Lists that take a while

    def _stop_gathering(self) -> None:
        """Let what is being gathered be: something else is wanted."""
        self._gathering.set()
        self.workers.cancel_group(self, "gather")

    @work(group="gather", exclusive=True, description="gather posts")
    async def _gather(self, query: Query, select: PostId | None, *, again: bool = False) -> None:
        """Show a list as soon as its first page is known, and its length as it grows.

        Args:
            query: What is listed.
            select: The post to select where the list has it.
            again: The list is shown already and only brought up to date, when that is done.
        """
        stop = self._gathering = threading.Event()
        steps: asyncio.Queue[Gathered | None] = asyncio.Queue()
        gathering = asyncio.ensure_future(
            asyncio.to_thread(self._gather_steps, query, stop, asyncio.get_running_loop(), steps)
        )
        gathering.add_done_callback(lambda done: done.cancelled() or done.exception())
        shown = again
        try:
            while (step := await steps.get()) is not None:
                if again and not step.complete:
                    continue
                if again:
                    self._query = query
                    self._refresh_list()
                elif not shown:
                    shown = True
                    listing = self._listing(query, step.found, complete=step.complete)
                    self._show_list(query, listing, select)
                else:
                    self._grow(query, step, select)
                self._gathered_at = monotonic()
                self._count_changed()
            await gathering
        except StoreError as error:
            self._say_problem(error)
        finally:
            stop.set()

    def _gather_steps(
        self,
        query: Query,
        stop: threading.Event,
        loop: asyncio.AbstractEventLoop,
        steps: asyncio.Queue[Gathered | None],
    ) -> None:
        """Gather in a thread; the loop takes each step from a queue."""
        with suppress(RuntimeError):  # the loop ends with the program, in the midst of gathering
            try:
                for step in self._store.lists.gather(query, stop.is_set):
                    loop.call_soon_threadsafe(steps.put_nowait, step)
            finally:
                loop.call_soon_threadsafe(steps.put_nowait, None)

    def _grow(self, query: Query, step: Gathered, select: PostId | None) -> None:
        """More of a list is known: it does not move but for the post that was looked for."""
        self.posts.grow(self._listing(query, step.found, complete=step.complete))
        if step.complete and select is not None and not self.posts.touched:
            wanted = select
            at = self._guard(lambda: self._store.lists.rank(query, wanted), None)
            if at is not None and at != self.posts.cursor:
                self.posts.show(self.posts.listing, at=at)
        self._list_shown(self.posts.listing)

    def _count_changed(self) -> None:
        """It is known how many posts the list has, or how many at least."""

    def _gather_again(self) -> bool:
        """Bring a gathered list up to date, in the background and not often; whether it does."""
        if self._broken:
            return True
        if not self.posts.listing.complete or monotonic() - self._gathered_at < GATHER_SECONDS:
            return False
        if self._kept and asks_for_marks(self._query.search):
            return True  # what was read here would leave under the reader's eyes
        query = replace(self._query, kept=self._query.kept | self._kept)
        self._gather(query, None, again=True)
        return True

    # Categories and saved searches

    @on(CategoryPane.Selected)
    def _category_selected(self, event: CategoryPane.Selected) -> None:
        if event.entry.scope is not None:
            self._open_entry(event.entry)

    def _open_entry(self, entry: Entry) -> None:
        """Show the list of a category, or of a saved search; what was typed is done with."""
        self._typed, self._typed_text = None, ""
        self._saved_name = entry.title if entry.is_search else ""
        self._saved, self._broken = entry.search, entry.problem
        self.reader.highlight(self._saved)
        self._open_list(self._query_of(entry.scope or Everything(), entry.view or self._view))

    @on(CategoryPane.Chosen)
    def _category_chosen(self) -> None:
        self.show_pane(Pane.POSTS)

    # Counts

    def _counts_due(self) -> bool:
        """Whether counting again would not be felt."""
        return monotonic() >= self._count_after

    def _count_again(self, *, soon: bool = True) -> None:
        """Show new counts: at once where they are soon there.

        Args:
            soon: Whether the loop may wait for them, for a moment.
        """
        began = monotonic()
        self._count_after = began + COUNTING_SECONDS
        counted = begin(self._store.lists.overview)
        if soon and is_soon_done(counted):
            self.workers.cancel_group(self, "overview")
            self._show_counts(counted, began)
        else:
            self._wait_for_counts(counted, began)

    @work(group="overview", exclusive=True, description="count posts")
    async def _wait_for_counts(self, counted: Future[Overview], began: float) -> None:
        await until_done(counted)
        self._show_counts(counted, began)

    def _show_counts(self, counted: Future[Overview], began: float) -> None:
        try:
            overview = counted.result()
        except StoreError as error:
            self._say_problem(error)
            return
        now = monotonic()
        indexing = INDEXING_SECONDS if self.status.progress is not None else 0.0
        self._count_after = now + REST * (now - began) + indexing
        self._overview = overview
        self.categories.show(overview, self._view)
        self.status.library = overview.title
        self.status.counts = overview.everything
        self.posts.show_title(list_title(self._query, self._overview, self._searched))

    # Views and orders

    def _show_view(self, view: View) -> None:
        self._view = view
        entry = self.categories.selected
        scope = entry.scope if entry is not None and entry.scope is not None else Everything()
        if entry is not None and entry.view is not None:
            self.categories.select(scope, None)
        self.categories.show(self._overview, view)
        self._open_list(self._query_of(scope, view))
        if self.pane is Pane.ARTICLE:
            self.show_pane(Pane.POSTS)

    def action_view_all(self) -> None:
        """Show all posts."""
        self._show_view(View.ALL)

    def action_view_unread(self) -> None:
        """Show unread posts only."""
        self._show_view(View.UNREAD)

    def action_view_bookmarks(self) -> None:
        """Show bookmarks only."""
        self._show_view(View.BOOKMARKS)

    def action_list_sort(self) -> None:
        """Let the user choose the order of lists."""

        def chosen(sort: Sort | None) -> None:
            if sort is not None and sort is not self._sort:
                self._sort = sort
                self._open_list(replace(self._query, sort=sort))

        from newsreader.tui.dialogs.sort import SortScreen  # noqa: PLC0415  (late: the first screen has none)

        self.app.push_screen(SortScreen(self._sort, order_name), chosen)
