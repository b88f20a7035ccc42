"""Count the posts of a list by day, month or year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from newsreader.store.index.post_ids import LAST_ID, LOW_BITS, date_bits, date_of
from newsreader.store.values import CountedPeriod

if TYPE_CHECKING:
    from newsreader.store.lists.orders import OrderedList

_MOST_DAYS: Final = 62
"""The longest time that is counted by days."""

_MOST_MONTHS: Final = 180
_MOST_YEARS: Final = 200
"""The most years that are counted, back from the newest post: a date may be anything."""


def count_by_period(posts: OrderedList) -> list[CountedPeriod]:
    """Count the posts of a list by days of the local calendar, or months or years if it is long.

    Returns:
        One period after the other, without gaps, from that of the oldest post to that of the
        newest; none if no post has a date.
    """
    span = posts.dated_span()
    if span is None:
        return []
    first, last = (_local_day(post_id) for post_id in span)
    starts = _starts(first, last)
    edges = [midnight_id(start) for start in starts]
    counts = posts.counts(edges)
    return [
        CountedPeriod(start, end, found)
        for (start, end), found in zip(pairwise(starts), counts, strict=True)
    ]


def midnight_id(day: date) -> int:
    """The lowest id of a post of a day of the local calendar."""
    if day is date.max:
        return LAST_ID
    naive = datetime.combine(day, time())
    try:
        # `astimezone` takes a naive time as local.
        start = naive.astimezone()
    except (OverflowError, ValueError, OSError):
        # The first and the last day of the calendar have no place in some zones.
        start = naive.replace(tzinfo=UTC)
    return date_bits(start) << LOW_BITS


def _local_day(post_id: int) -> date:
    moment = date_of(post_id, 0)
    assert moment is not None  # the span is that of dated posts
    try:
        return moment.astimezone().date()
    except (OverflowError, ValueError, OSError):
        return moment.date()


def _starts(first: date, last: date) -> list[date]:
    """The first days of all periods, and of the one after the last."""
    days = (last - first).days + 1
    if days <= _MOST_DAYS:
        return [_later(first, each) for each in range(days + 1)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= _MOST_MONTHS:
        begun = first.year * 12 + first.month - 1
        return [_month(begun + each) for each in range(months + 1)]
    oldest = max(first.year, last.year - _MOST_YEARS + 1)
    return [_month(year * 12) for year in range(oldest, last.year + 2)]


def _later(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else date.max


def _month(number: int) -> date:
    """The first day of a month, counted from the year 0."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1) if year <= date.max.year else date.max
