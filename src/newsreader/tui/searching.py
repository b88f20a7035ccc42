"""The screen's searches: in the lists as one types, in the article, and those of the config."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work

from newsreader.messages import describe
from newsreader.store import StoreError
from newsreader.tui.keys import Pane
from newsreader.tui.panes.article import ReaderPane
from newsreader.tui.panes.categories import Entry
from newsreader.tui.panes.search_bar import SearchBar
from newsreader.tui.reading import ReadingScreen
from newsreader.tui.values import Counts, Everything, PostId, Query, View

if TYPE_CHECKING:
    from newsreader.search.model import Search

PAUSE_SECONDS = 0.06
"""How long nothing must be typed before a search begins."""

WRONG_SECONDS = 0.4
"""The same before it is said what is wrong: what is still being typed is mostly not wrong."""

SEARCH, FIND = "Search", "Find"

PLACEHOLDERS = {
    SEARCH: 'words  "a phrase"  -without  title:  tag:  is:unread  after:2w',
    FIND: "in this article",
}


@dataclass(frozen=True, slots=True)
class _Before:
    """The list that was there before something was typed."""

    query: Query
    selected: PostId | None
    typed: Search | None
    text: str


class SearchScreen(ReadingScreen):
    """Searches lists and articles."""

    _before: _Before | None = None
    _kind = SEARCH
    _saved_entries: Sequence[Entry] = ()

    # Typing

    def action_search(self) -> None:
        """Search the list, or find something in the article."""
        if self.pane is Pane.ARTICLE:
            if self.reader.article is not None:
                self._kind = FIND
                self.search_bar.open(FIND, PLACEHOLDERS[FIND])
            return
        if self.pane is not Pane.POSTS:
            self.show_pane(Pane.POSTS)
        self._kind = SEARCH
        row = self.posts.selected
        self._before = _Before(
            self._query, row.post_id if row else None, self._typed, self._typed_text
        )
        self.search_bar.open(SEARCH, PLACEHOLDERS[SEARCH], self._typed_text)

    @on(SearchBar.Changed)
    def _search_changed(self, event: SearchBar.Changed) -> None:
        if self._kind == FIND:
            self.reader.find(event.text)
            return
        self._search_soon(event.text)

    @work(group="search", exclusive=True, description="search as one types")
    async def _search_soon(self, text: str) -> None:
        await asyncio.sleep(PAUSE_SECONDS)
        if self._search_for(text, tell=self.search_bar.is_wrong):
            return
        await asyncio.sleep(WRONG_SECONDS)
        self._search_for(text)

    @on(SearchBar.Accepted)
    def _search_accepted(self, event: SearchBar.Accepted) -> None:
        self.workers.cancel_group(self, "search")
        if self._kind == SEARCH and not self._search_for(event.text):
            if not self.search_bar.input.has_focus:
                self._search_cancelled()  # the mouse went elsewhere: nobody will put it right
            return
        if self._kind == FIND and self.reader.found_nothing:
            self.reader.stop_finding(go_back=True)
            self._say("Not found in this article")
        self._close_bar()

    @on(SearchBar.Cancelled)
    def _search_cancelled(self) -> None:
        self.workers.cancel_group(self, "search")
        if self._kind == FIND:
            self.reader.stop_finding(go_back=True)
        elif self._before is not None:
            before = self._before
            changed = self._query != before.query
            self._typed, self._typed_text = before.typed, before.text
            self.reader.highlight(before.query.search)
            if changed:
                self._open_list(before.query, select=before.selected)
        self._close_bar()

    def _close_bar(self) -> None:
        self._before = None
        self.search_bar.close()
        self._pane_widget(self.pane).focus(scroll_visible=False)

    def _search_for(self, text: str, *, tell: bool = True) -> bool:
        """Show the posts of the list that match.

        Args:
            text: What was typed.
            tell: Whether to say what is wrong with it.

        Returns:
            Whether it can be understood.
        """
        from newsreader.search.model import QueryError  # noqa: PLC0415  (when needed)
        from newsreader.search.parse_query import parse_query  # noqa: PLC0415  (when needed)

        try:
            typed = parse_query(text, datetime.now().astimezone())
        except QueryError as error:
            if tell:
                self.search_bar.tell_problem(describe(error.problem), (error.start, error.end))
            return False
        self.search_bar.tell("")
        text = " ".join(text.split())
        if typed == self._typed and text == self._typed_text:
            self._count_changed()
            return True
        self._typed, self._typed_text = typed, text if typed is not None else ""
        query = self._query_of(self._query.scope, self._query.view)
        self.reader.highlight(query.search)
        if typed is None and self._before is not None:
            self._open_list(query, select=self._before.selected)
        else:
            self._open_list(query, from_top=True)
        return True

    def _count_changed(self) -> None:
        bar, listing = self.search_bar, self.posts.listing
        if bar.is_open and not bar.is_wrong and self._kind == SEARCH and self._typed is not None:
            posts = "post" if listing.count == 1 and listing.complete else "posts"
            more = "" if listing.complete else "+"
            bar.tell(f"{listing.count:,}{more} {posts}")

    # Saved searches

    def _show_searches(self, unread: dict[str, int] | None = None) -> None:
        """Show the searches of the config in the category pane, by name with their counts."""
        if not self._searches:
            return  # what reads them takes as long to import as the first screen to draw
        from newsreader.search.model import QueryError  # noqa: PLC0415  (when needed)
        from newsreader.search.parse_query import parse_query  # noqa: PLC0415  (when needed)

        entries: list[Entry] = []
        now = datetime.now().astimezone()
        for saved in self._searches:
            search, problem = None, ""
            try:
                search = parse_query(saved.query, now)
            except QueryError as error:
                problem = describe(error.problem)
            else:
                problem = "" if search is not None else "This search is empty."
            counts = Counts(unread=(unread or {}).get(saved.name, 0))
            entries.append(Entry(saved.name, counts, Everything(), None, True, search, problem))
        self._saved_entries = entries
        self.categories.show_searches(entries)

    @work(group="search counts", exclusive=True, description="count saved searches")
    async def _count_searches(self) -> None:
        """Count the unread posts of saved searches, with pauses as long as the work."""
        unread: dict[str, int] = {}
        for entry in self._saved_entries:
            if entry.search is None:
                continue
            query = Query(view=View.UNREAD, search=entry.search)
            began = monotonic()
            stop = threading.Event()
            try:
                count = await asyncio.to_thread(self._store.lists.tally, query, stop.is_set)
            except StoreError as error:
                self._say_once(error)
                return
            finally:
                stop.set()
            unread[entry.title] = count or 0
            await asyncio.sleep(monotonic() - began)
        if unread:
            self._show_searches(unread)

    # Back

    def action_app_back(self, quits: bool) -> None:
        """One step back: a search ends first."""
        if self.pane is Pane.ARTICLE and self.reader.finding:
            self.reader.stop_finding()
        elif self.pane is not Pane.ARTICLE and self._typed is not None:
            self._end_search()
        else:
            super().action_app_back(quits)

    def _end_search(self) -> None:
        """Show the whole list again; the selected post stays selected."""
        self._typed, self._typed_text = None, ""
        query = self._query_of(self._query.scope, self._query.view)
        row = self.posts.selected
        if row is not None and query.view is not View.ALL:
            # It may have been read since, and stays nevertheless.
            query = replace(query, kept=frozenset({row.post_id}))
        self.reader.highlight(query.search)
        self._open_list(query)

    # In the article

    @on(ReaderPane.MatchesFound)
    def _matches_found(self) -> None:
        self.key_bar.matching = self.reader.match_count > 0
        if self.search_bar.is_open and self._kind == FIND:
            self.search_bar.tell(self.reader.found if self.reader.finding else "")

    def action_post_next_unread(self) -> None:
        """The next match in the article where something is looked for, else the next unread."""
        if self.pane is Pane.ARTICLE and (self.reader.match_count or self.reader.finding):
            self.reader.go_to_match(1)
        else:
            super().action_post_next_unread()

    def action_article_previous_match(self) -> None:
        """The match before in the article."""
        if self.reader.match_count:
            self.reader.go_to_match(-1)
