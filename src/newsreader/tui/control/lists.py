"""The list on the screen: which posts it has, in what order, and when it is rebuilt."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from newsreader.messages import phrase
from newsreader.store import CollectProgress, StoreError
from newsreader.text import EMPTY, Clean
from newsreader.tui.background import iterate
from newsreader.tui.control.active_search import ActiveSearch, asks_for_marks
from newsreader.tui.control.list_titles import (
    list_name,
    list_title,
    newest_on_top,
    order_name,
    why_empty,
)
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import ListStore
from newsreader.tui.keys import Pane
from newsreader.tui.values import (
    CategoryEntry,
    Everything,
    Overview,
    PostId,
    PostListing,
    PostRow,
    Query,
    Scope,
    Sort,
    View,
)

if TYPE_CHECKING:
    from newsreader.search.excerpts import Excerpt
    from newsreader.search.model import Search

REBUILD_SECONDS = 3.0
"""The least seconds before a list that has to be built is built again."""


class ListControl:
    """Opens lists of the store's posts and keeps them up to date.

    A list that no index holds in order (see `Query.needs_snapshot`) is built: its first page is
    shown at once, its length grows, and later changes show when it is built again.

    Attributes:
        query: What is listed.
        view: The view of the user's choice; a category may have one of its own.
        sort: The order of the user's choice.
        search: What the list was searched for.
        fold: Whether lists show of each story one post for all that tell it.
        overview: The counts that were shown last; it has the names of categories.
        is_filling: Whether the index was empty at the start and its first posts are coming in.
        on_shown: Is called when a list is shown, or more of it.
        excerpt: Gives the piece of a post's text that a search found; `None` if there is none yet.
        on_view: Is called when the user has chosen another view.
        on_count: Is called when it is known how many posts a list has, or how many at least.
    """

    def __init__(
        self,
        store: ListStore,
        screen: ScreenParts,
        messages: MessageControl,
        *,
        fold: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.query = Query(fold=fold)
        self.view = View.ALL
        self.sort = Sort.NEWEST
        self.search = ActiveSearch()
        self.fold = fold
        self.overview = Overview()
        self.is_filling = False
        self.on_shown: Callable[[PostListing], None] = lambda _: None
        self.excerpt: Callable[[Search, PostRow], Excerpt | None] = lambda _search, _row: None
        self.on_view: Callable[[], None] = lambda: None
        self.on_count: Callable[[], None] = lambda: None
        self._store = store
        self._screen = screen
        self._posts = screen.posts
        self._messages = messages
        self._clock = clock
        self._stop_build = threading.Event()
        self._built_at = 0.0
        self._next_query = self.query
        self._total: int | None = None

    # What is listed

    @property
    def name(self) -> Clean:
        """The name of the list, without its order."""
        return list_name(self.query, self.overview, self.search.title)

    def query_of(self, scope: Scope, view: View) -> Query:
        """The query of a list with what is searched for, in the order of the user's choice."""
        return Query(scope, view, search=self.search.combined, sort=self.sort, fold=self.fold)

    def use_search(self, search: ActiveSearch) -> Query:
        """Search for something else from now on, also in the article.

        Returns:
            The query of the present list with it, to be opened.
        """
        self.search = search
        query = self.query_of(self.query.scope, self.query.view)
        self._screen.article.search.highlight(query.search)
        return query

    def show_overview(self, overview: Overview) -> None:
        """Take new names of categories, and counts, for titles."""
        self.overview = overview
        self._screen.categories.show(overview, self.view)
        self._posts.show_title(list_title(self.query, overview, self.search.title))

    # Opening lists

    def open(self, query: Query, select: PostId | None = None, *, from_top: bool = False) -> None:
        """Show another list.

        Args:
            query: What is listed.
            select: The post to select if the list has it; None: the one selected now.
            from_top: Select the first post whatever is selected now.
        """
        if select is None and not from_top:
            row = self._posts.selected
            select = row.post_id if row else None
        self.stop_build()
        self.query = query
        self._next_query = query
        self._total = None
        self._point_at(query)
        if self.search.problem:
            self._show(query, self._listing(query, 0), None)
        elif query.needs_snapshot:
            self._build(partial(self._show_steps, query, select))
        else:
            count = self._messages.guard(lambda: self._store.count(query), 0)
            self._show(query, self._listing(query, count), select)

    def open_entry(self, entry: CategoryEntry) -> None:
        """Show the list of a category, or of a saved search; what was typed is done with."""
        name = entry.title if entry.is_search else EMPTY
        self.use_search(ActiveSearch(saved=entry.search, saved_name=name, problem=entry.problem))
        self.open(self.query_of(entry.scope or Everything(), entry.view or self.view))

    def open_all(self, select: PostId, view: View | None = None) -> None:
        """Show all posts in the view that was chosen, or in that of unread ones, with one of them.

        Args:
            select: A post of the view; an unread one if none is named.
            view: Which posts are listed; None: those of the user's choice, if it has unread ones.
        """
        self.view = view or (View.ALL if self.view is View.BOOKMARKS else self.view)
        self._screen.categories.select(Everything(), None)
        self.use_search(ActiveSearch())
        self.open(self.query_of(Everything(), self.view), select)

    def show_view(self, view: View) -> None:
        """Show other posts of the category: all, unread ones or bookmarks."""
        self.view = view
        entry = self._screen.categories.selected
        scope = entry.scope if entry is not None and entry.scope is not None else self.query.scope
        if entry is not None and entry.view is not None:
            self._screen.categories.select(scope, None)
        self._screen.categories.show(self.overview, view)
        self.on_view()
        self.open(self.query_of(scope, view))
        if self._screen.layout.pane is Pane.ARTICLE:
            self._screen.layout.show_pane(Pane.POSTS)

    def choose_sort(self) -> None:
        """Let the user choose the order of lists."""
        self._screen.services.choose_sort(self.sort, order_name, self.use_sort)

    def use_sort(self, sort: Sort) -> None:
        """Show the list, and those after it, in another order; in the same, as it is now."""
        if sort is self.sort:
            self.open_anew()
        else:
            self.sort = sort
            self.open(replace(self.query.without_pins, sort=sort))

    def open_anew(self) -> None:
        """Show the list as it would be if it were opened now.

        What was read meanwhile leaves its place. If the selected post does, the next unread one
        below it is selected: nobody wants to follow it to the end of the list.
        """
        row, query, kept = self._posts.selected, self.query.without_pins, self._next_query
        if row is not None and row.post_id in kept.pinned | kept.settled:
            select = self._messages.guard(
                lambda: self._store.next_unread(row.post_id, query=query), None
            )
            self.open(query, select, from_top=select is None)
            return
        self.query = self._next_query = query
        if query.needs_snapshot and not self.search.problem:
            self.stop_build()
            self._build(partial(self._show_last_step, query))
        else:
            self.refresh()

    def rank(self, post_id: PostId) -> int | None:
        """The row of a post in the list; None if it is not there."""
        if self.search.problem:
            return None
        return self._messages.guard(lambda: self._store.rank(self.query, post_id), None)

    def pin(self, post_id: PostId, *, read: bool) -> None:
        """Let a post stay where it is in the list although it is about to leave the view.

        Args:
            post_id: Which post.
            read: Whether it is read now: then it stays among those, if the unread ones come first.
        """
        query = self._next_query
        if post_id in query.pinned | query.settled:
            return
        if query.parts_read and query.view is not View.UNREAD and read:
            query = replace(query, settled=query.settled | {post_id})
        elif query.parts_read or query.needs_snapshot or query.view is not View.ALL:
            query = replace(query, pinned=query.pinned | {post_id})
        self._next_query = query
        if not query.needs_snapshot:
            self.query = query  # else the list stays as it is until it is built again

    def with_pins(self, query: Query) -> Query:
        """Another list, in which what the one shown keeps in its place is kept as well."""
        if query.view is View.ALL and not query.parts_read:
            return query
        kept = self._next_query
        return replace(query, pinned=kept.pinned, settled=kept.settled)

    # Keeping up to date

    def refresh(self) -> None:
        """Bring the list up to date without moving what the user is looking at."""
        query, row = self.query, self._posts.selected
        if self.search.problem or (query.needs_snapshot and not self._posts.listing.complete):
            return  # there is none; or it is being built, and what is shown of it is new
        count = self._messages.guard(lambda: self._store.count(query), self._posts.listing.count)
        arrived = self._arrived(count)
        at = 0
        if row is not None and count:
            at = self._messages.guard(lambda: self._store.locate(query, row.post_id), 0)
        if self.is_filling and not self._posts.touched and self._screen.layout.pane is Pane.POSTS:
            at = 0  # the list is being made and nobody has chosen anything: the newest is on top
        listing = self._listing(query, count)
        self._posts.show(listing, at=at, keep_place=row is not None, arrived=arrived)
        self.on_shown(listing)

    def show_new(self) -> None:
        """Go to where the newest posts of the list stand."""
        if not self._posts.arrived:
            self._messages.say(phrase("No new posts have come since the list was opened"))
        elif self._posts.listing.newest_on_top is None:
            key = self._screen.keys.keymap.name("list.sort")
            self._messages.say(phrase("They stand among the others; {} sorts them by date", key))
        else:
            self._screen.layout.show_pane(Pane.POSTS)
            on_top = self._posts.listing.newest_on_top
            self._posts.move_to(0 if on_top else self._posts.row_count - 1)

    def rebuild(self) -> bool:
        """Build the list again in the background, but not often.

        Returns:
            Whether it is done with: False if it is too early.
        """
        if self.search.problem:
            return True
        if not self._posts.listing.complete or self._clock() - self._built_at < REBUILD_SECONDS:
            return False
        query = self._next_query
        if query != self.query and asks_for_marks(self.query.search):
            return True  # what was read here would leave under the reader's eyes
        self._build(partial(self._show_last_step, query))
        return True

    def stop_build(self) -> None:
        """Stop building the list: something else is wanted."""
        self._stop_build.set()
        self._screen.services.cancel("build list")

    # Inner workings

    def _point_at(self, query: Query) -> None:
        """Put the cursor of the categories where the list is, if it stands elsewhere."""
        entry, name = self._screen.categories.selected, self.search.saved_name
        is_there = entry is not None and (
            entry.scope == query.scope
            and (entry.view or self.view) is query.view
            and (entry.title if entry.is_search else EMPTY) == name
        )
        if not is_there:
            own_view = query.view if query.view is not self.view else None
            self._screen.categories.select(query.scope, own_view, name)

    def _listing(self, query: Query, count: int, *, complete: bool = True) -> PostListing:
        def fetch(offset: int, limit: int) -> Sequence[PostRow]:
            return self._messages.guard(lambda: self._store.page(query, offset, limit), [])

        looking = self.is_filling or self._screen.status.progress is not None
        title = list_title(query, self.overview, self.search.title)
        empty = (
            why_empty(query, self._screen.keys.keymap, looking=looking)
            if complete
            else phrase("Looking …")
        )
        empty = self.search.problem or empty
        excerpt = partial(self.excerpt, query.search) if query.search is not None else None
        return PostListing(
            title, count, fetch, empty, query.search, complete, newest_on_top(query), excerpt
        )

    def _arrived(self, count: int) -> int:
        """Count the posts that have come into the list since the last time.

        Args:
            count: How many there are in the list now.
        """
        before, self._total = self._total, self._library_size()
        if before is None or self._total is None or self.is_filling:
            return 0
        # A list may grow by marks that are taken back, but then the library does not.
        return max(0, min(count - self._posts.listing.count, self._total - before))

    def _library_size(self) -> int | None:
        try:
            return self._store.count(Query())
        except StoreError:
            return None  # reading the list says so, too

    def _show(self, query: Query, listing: PostListing, select: PostId | None) -> None:
        at = 0
        if select is not None and listing.count:
            at = self._messages.guard(lambda: self._store.rank(query, select), None) or 0
        self._posts.show(listing, at=at)
        self._total = self._library_size()
        self.on_shown(listing)

    def _build(self, show_steps: Callable[[threading.Event], Awaitable[None]]) -> None:
        stop = self._stop_build = threading.Event()
        work = partial(show_steps, stop)
        self._screen.services.start(work, group="build list", description="build a list")

    async def _show_steps(self, query: Query, select: PostId | None, stop: threading.Event) -> None:
        """Show a list as soon as its first page is known, and its length as it grows."""
        is_first = True
        async for step in self._steps(query, stop):
            if is_first:
                is_first = False
                listing = self._listing(query, step.found, complete=step.complete)
                self._show(query, listing, select)
            else:
                self._grow(query, step, select)

    async def _show_last_step(self, query: Query, stop: threading.Event) -> None:
        """Show a list that is shown already as it is now, when all of it is known."""
        async for step in self._steps(query, stop):
            if step.complete:
                self.query = query
                self.refresh()

    async def _steps(self, query: Query, stop: threading.Event) -> AsyncIterator[CollectProgress]:
        try:
            async for step in iterate(lambda: self._store.collect(query, stop.is_set)):
                yield step
                self._built_at = self._clock()
                self.on_count()
        except StoreError as error:
            self._messages.report(error)
        finally:
            stop.set()

    def _grow(self, query: Query, step: CollectProgress, select: PostId | None) -> None:
        """Show more of a list: it does not move but to show the post that is to be selected."""
        self._posts.grow(self._listing(query, step.found, complete=step.complete))
        if step.complete and select is not None and not self._posts.touched:
            at = self._messages.guard(lambda: self._store.rank(query, select), None)
            if at is not None and at != self._posts.cursor:
                self._posts.show(self._posts.listing, at=at)
        self.on_shown(self._posts.listing)
