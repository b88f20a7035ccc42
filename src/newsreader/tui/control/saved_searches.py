"""Show the searches of the config beside the categories, each with the posts of the view."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from time import monotonic

from newsreader.config.model import SavedSearch
from newsreader.messages import describe, phrase
from newsreader.store import StoreError
from newsreader.text import EMPTY, clean_line
from newsreader.tui.background import run
from newsreader.tui.control.active_search import parse_search
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import ListStore
from newsreader.tui.values import CategoryEntry, Counts, Everything, Query, View


class SavedSearchControl:
    """Shows and counts saved searches.

    Attributes:
        searches: As they stand in the config.
    """

    def __init__(
        self,
        store: ListStore,
        screen: ScreenParts,
        messages: MessageControl,
        searches: Sequence[SavedSearch],
        lists: ListControl,
    ) -> None:
        self.searches = tuple(searches)
        self._store = store
        self._categories = screen.categories
        self._workers = screen.services
        self._messages = messages
        self._lists = lists
        self._entries: tuple[CategoryEntry, ...] = ()
        self._counts: dict[str, Mapping[View, int]] = {}

    def show(self) -> None:
        """Show the searches in the category pane."""
        if self.searches:  # what parses them takes as long to import as the first screen to draw
            self._entries = tuple(
                _entry(each, self._counts.get(clean_line(each.name), {})) for each in self.searches
            )
            self._categories.show_searches(self._entries)

    def count(self) -> None:
        """Count in the background what they find in the view that was chosen."""
        if self._entries:
            self._workers.start(self._count, group="search counts", description="count searches")

    async def _count(self) -> None:
        """Count unread posts, and those of the view, with pauses as long as the work."""
        for entry in self._entries:
            if entry.search is None:
                continue
            counts: dict[View, int] = {}
            for view in {View.UNREAD: None, self._lists.view: None}:
                query = Query(view=view, search=entry.search)
                began = monotonic()
                stop = threading.Event()
                try:
                    count = await run(partial(self._store.tally, query, stop.is_set))
                except StoreError as error:
                    self._messages.report_once(error)
                    return
                finally:
                    stop.set()
                counts[view] = count or 0
                await asyncio.sleep(monotonic() - began)
            self._counts[entry.title] = counts
        self.show()


def _entry(saved: SavedSearch, counts: Mapping[View, int]) -> CategoryEntry:
    from newsreader.search.model import QueryError  # noqa: PLC0415  (when it is needed)

    search, problem = None, EMPTY
    try:
        search = parse_search(saved.query)
    except QueryError as error:
        problem = describe(error.problem)
    else:
        problem = phrase("" if search is not None else "This search is empty.")
    known = Counts(*(counts.get(view, 0) for view in (View.ALL, View.UNREAD, View.BOOKMARKS)))
    return CategoryEntry(clean_line(saved.name), known, Everything(), None, True, search, problem)
