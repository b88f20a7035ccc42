"""Show the searches of the config beside the categories, each with its unread posts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from time import monotonic
from types import MappingProxyType

from newsreader.config.model import SavedSearch
from newsreader.messages import describe
from newsreader.store import StoreError
from newsreader.text import EMPTY, clean_line, literal
from newsreader.tui.background import run
from newsreader.tui.control.active_search import parse_search
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
    ) -> None:
        self.searches = tuple(searches)
        self._store = store
        self._categories = screen.categories
        self._workers = screen.services
        self._messages = messages
        self._entries: tuple[CategoryEntry, ...] = ()

    def show(self, unread: Mapping[str, int] = MappingProxyType({})) -> None:
        """Show the searches in the category pane.

        Args:
            unread: How many unread posts each has, by its name.
        """
        if self.searches:  # what parses them takes as long to import as the first screen to draw
            self._entries = tuple(_entry(each, unread.get(each.name, 0)) for each in self.searches)
            self._categories.show_searches(self._entries)

    def count(self) -> None:
        """Count their unread posts in the background."""
        if self._entries:
            self._workers.start(
                self._count_unread, group="search counts", description="count saved searches"
            )

    async def _count_unread(self) -> None:
        """Count unread posts, with pauses as long as the work."""
        unread: dict[str, int] = {}
        for entry in self._entries:
            if entry.search is None:
                continue
            query = Query(view=View.UNREAD, search=entry.search)
            began = monotonic()
            stop = threading.Event()
            try:
                count = await run(partial(self._store.tally, query, stop.is_set))
            except StoreError as error:
                self._messages.report_once(error)
                return
            finally:
                stop.set()
            unread[entry.title] = count or 0
            await asyncio.sleep(monotonic() - began)
        if unread:
            self.show(unread)


def _entry(saved: SavedSearch, unread: int) -> CategoryEntry:
    from newsreader.search.model import QueryError  # noqa: PLC0415  (when it is needed)

    search, problem = None, EMPTY
    try:
        search = parse_search(saved.query)
    except QueryError as error:
        problem = describe(error.problem)
    else:
        problem = literal("" if search is not None else "This search is empty.")
    return CategoryEntry(
        clean_line(saved.name), Counts(unread=unread), Everything(), None, True, search, problem
    )
