"""The screen's lists: which posts are shown, in what order, and how many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from textual import on, work

from newsreader.store import PostStore, StoreError
from newsreader.tui.categories import CategoryPane
from newsreader.tui.keys import Pane
from newsreader.tui.listing import list_title, why_empty
from newsreader.tui.panes import PaneScreen
from newsreader.tui.soon import begin, is_soon_done
from newsreader.tui.values import (
    Everything,
    Listing,
    Overview,
    PostId,
    PostRow,
    Query,
    View,
)

MESSAGE_SECONDS = 5.0
"""How long the line above the panes says what has just happened."""

Result = TypeVar("Result")


class ListScreen(PaneScreen):
    """Opens lists of the store's posts and keeps them up to date."""

    def __init__(self, store: PostStore) -> None:
        super().__init__()
        self._store = store
        self._query = Query()
        self._view = View.ALL
        self._overview = Overview()
        self._shown: PostId | None = None
        self._filling = False

    # The store, and what is said

    def _guard(self, work: Callable[[], Result], otherwise: Result) -> Result:
        """Do something with the store on the loop; a failure becomes a message."""
        try:
            return work()
        except StoreError as error:
            self._say_problem(error)
            return otherwise

    def _say_problem(self, error: StoreError | str) -> None:
        self.notify(str(error), severity="error", timeout=10, markup=False)

    def _say(self, message: str) -> None:
        self.status.message = message

        def clear() -> None:
            if self.status.message == message:
                self.status.message = ""

        self.set_timer(MESSAGE_SECONDS, clear)

    # Lists

    def _listing(self, query: Query, count: int) -> Listing:
        def fetch(offset: int, limit: int) -> Sequence[PostRow]:
            return self._guard(lambda: self._store.page(query, offset, limit), [])

        looking = self._filling or self.status.progress is not None
        title, empty = list_title(query, self._overview), why_empty(query, looking=looking)
        return Listing(title, count, fetch, empty)

    def _open_list(self, query: Query, select: PostId | None = None) -> None:
        """Show another list; the selected post stays selected where the list has it."""
        if select is None:
            row = self.posts.selected
            select = row.post_id if row else None
        self._query = query
        count = self._guard(lambda: self._store.count(query), 0)
        at = 0
        if select is not None and count:
            wanted = select
            at = self._guard(lambda: self._store.rank(query, wanted), None) or 0
        self.posts.show(self._listing(query, count), at=at)
        if not count:
            self._shown = None
            self.reader.show_note("")

    def _refresh_list(self) -> None:
        """Bring the list up to date without moving what the user is looking at."""
        query, row = self._query, self.posts.selected
        count = self._guard(lambda: self._store.count(query), self.posts.listing.count)
        at = 0
        if row is not None and count:
            at = self._guard(lambda: self._store.locate(query, row.post_id), 0)
        if self._filling and not self.posts.touched and self.pane is Pane.POSTS:
            at = 0  # the list is being made and nobody has chosen anything: the newest is on top
        self.posts.show(self._listing(query, count), at=at, keep_place=row is not None)
        if not count:
            self._shown = None
            self.reader.show_note("")

    @on(CategoryPane.Selected)
    def _category_selected(self, event: CategoryPane.Selected) -> None:
        entry = event.entry
        if entry.scope is not None:
            self._open_list(Query(entry.scope, entry.view or self._view))

    @on(CategoryPane.Chosen)
    def _category_chosen(self) -> None:
        self.show_pane(Pane.POSTS)

    # Counts

    def _count_again(self) -> None:
        """Show new counts: at once where they are soon there."""
        counted = begin(self._store.overview)
        if is_soon_done(counted):
            self.workers.cancel_group(self, "overview")
            self._show_counts(counted)
        else:
            self._wait_for_counts(counted)

    @work(group="overview", exclusive=True, description="count posts")
    async def _wait_for_counts(self, counted: Future[Overview]) -> None:
        await asyncio.wait([asyncio.wrap_future(counted)])
        self._show_counts(counted)

    def _show_counts(self, counted: Future[Overview]) -> None:
        try:
            overview = counted.result()
        except StoreError as error:
            self._say_problem(error)
            return
        self._overview = overview
        self.categories.show(overview, self._view)
        self.status.library = overview.title
        self.status.counts = overview.everything
        self.posts.show_title(list_title(self._query, self._overview))

    # Views

    def _show_view(self, view: View) -> None:
        self._view = view
        entry = self.categories.selected
        scope = entry.scope if entry is not None and entry.scope is not None else Everything()
        if entry is not None and entry.view is not None:
            self.categories.select(scope, None)
        self.categories.show(self._overview, view)
        self._open_list(Query(scope, view))
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
