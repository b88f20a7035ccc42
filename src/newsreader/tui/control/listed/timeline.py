"""When there were how many posts of a list: in its border, and to go to one of the times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from newsreader.messages import phrase
from newsreader.store import StoreError
from newsreader.text import EMPTY, Clean, fill, join, literal
from newsreader.tui.background import run
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import ListStore
from newsreader.tui.keys import Pane
from newsreader.tui.values import ChoiceEntry, CountedPeriod, PostListing, Query, Sort

NO_DATES: Final = "No post of this list has a date"
NO_ORDER: Final = "A list by title has no order in time; {} sorts it"

_COLUMNS: Final = 16
"""Cells of the sparkline in the border."""

_FEWEST: Final = 8
"""The least posts of a search that a sparkline is drawn for."""

_BAR: Final = 24
"""Cells of the longest bar."""

_NO_COLUMN: Final = literal(" ")
_COLUMN: Final = (
    literal("▁"),
    literal("▂"),
    literal("▃"),
    literal("▄"),
    literal("▅"),
    literal("▆"),
    literal("▇"),
    literal("█"),
)
_BLOCK: Final = literal("█")
_PART: Final = (
    EMPTY,
    literal("▏"),
    literal("▎"),
    literal("▍"),
    literal("▌"),
    literal("▋"),
    literal("▊"),
    literal("▉"),
)


class TimelineControl:
    """Counts the posts of the list by time, in a thread."""

    def __init__(
        self, store: ListStore, screen: ScreenParts, messages: MessageControl, lists: ListControl
    ) -> None:
        self._store = store
        self._posts = screen.posts
        self._layout = screen.layout
        self._services = screen.services
        self._messages = messages
        self._lists = lists
        self._keymap = screen.keys.keymap
        self._drawn: tuple[Query, int] | None = None

    def list_shown(self, listing: PostListing) -> None:
        """Draw when there were how many of the posts that a search has found."""
        query = self._lists.query
        if query.search is None or not listing.complete or listing.count < _FEWEST:
            if self._drawn is not None:
                self._drawn = None
                self._posts.show_sparkline(EMPTY, EMPTY)
            return
        if self._drawn != (query, listing.count):
            self._drawn = (query, listing.count)
            self._services.start(
                partial(self._draw, query), group="sparkline", description="count posts by time"
            )

    async def _draw(self, query: Query) -> None:
        try:
            periods = await run(partial(self._store.timeline, query))
        except StoreError:
            return  # the list itself says what is wrong
        if self._drawn is not None and self._drawn[0] == query:
            columns, labelled = sparkline(periods), EMPTY
            if columns:
                first, last = period_name(periods[0]), period_name(periods[-1])
                labelled = fill("{} {} {}", first, columns, last)
            self._posts.show_sparkline(columns, labelled)

    def show(self) -> None:
        """Let the user choose a time, and go to the first post of it."""
        self._services.start(self._ask, group="timeline", description="count posts by time")

    async def _ask(self) -> None:
        query = self._lists.query
        if query.sort is Sort.TITLE:
            self._messages.say(phrase(NO_ORDER, self._keymap.name("list.sort")))
            return
        try:
            periods = await run(partial(self._store.timeline, query))
        except StoreError as error:
            self._messages.report(error)
            return
        if not periods:
            self._messages.say(phrase(NO_DATES))
            return
        shown = list(periods if query.sort is Sort.OLDEST else reversed(periods))
        most = max(period.count for period in shown)

        def chosen(at: int) -> None:
            if self._lists.query == query:  # nothing else has been opened meanwhile
                row = self._messages.guard(
                    lambda: self._store.locate_day(query, shown[at]), self._posts.cursor
                )
                self._layout.show_pane(Pane.POSTS)
                self._posts.move_to(row)

        self._services.choose(
            phrase("Timeline · {}", self._lists.name),
            [ChoiceEntry(_entry(period, most)) for period in shown],
            chosen,
            at=self._period_of_selected(shown),
        )

    def _period_of_selected(self, shown: Sequence[CountedPeriod]) -> int:
        row = self._posts.selected
        if row is None or row.date is None:
            return 0
        day = row.date.date()
        return next((at for at, each in enumerate(shown) if each.start <= day < each.end), 0)


def sparkline(periods: Sequence[CountedPeriod]) -> Clean:
    """Draw counts as columns, 16 at most; empty if there is one time only."""
    if len(periods) < 2:
        return EMPTY
    size = -(-len(periods) // _COLUMNS)  # the periods of one column
    counts = [
        sum(period.count for period in periods[at : at + size])
        for at in range(0, len(periods), size)
    ]
    most = max(counts)
    heights = (_COLUMN[count * 8 // (most + 1)] if count else _NO_COLUMN for count in counts)
    return join("", heights)


def period_name(period: CountedPeriod) -> Clean:
    """Name a day, month or year: `2026-03-01`, `2026-03`, `2026`."""
    start, days = period.start, (period.end - period.start).days
    if days <= 1:
        return fill("{:04}-{:02}-{:02}", start.year, start.month, start.day)
    if days <= timedelta(days=31).days:
        return fill("{:04}-{:02}", start.year, start.month)
    return fill("{:04}", start.year)


def _entry(period: CountedPeriod, most: int) -> Clean:
    eighths = 0 if not period.count else max(1, period.count * _BAR * 8 // most)
    bar = join("", (*[_BLOCK] * (eighths // 8), _PART[eighths % 8]))
    return fill("{}  {:>6,}  {}", period_name(period), period.count, bar)
