"""Format a post's date for people."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from newsreader.frozen import dataclass
from newsreader.posts.model import NO_ZONE
from newsreader.text import Clean, derive, fill, literal

_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of dates, in some language.

    Attributes:
        undated: Of a post without a date.
        today: The day of the clock.
        yesterday: The day before.
        tomorrow: The day after.
        weekdays: From Monday on.
        future: Marks a date that is still to come.
    """

    undated: Clean
    today: Clean
    yesterday: Clean
    tomorrow: Clean
    weekdays: tuple[Clean, ...]
    future: Clean


ENGLISH: Final = DateWords(
    literal("undated"),
    literal("today"),
    literal("yesterday"),
    literal("tomorrow"),
    (
        literal("Mon"),
        literal("Tue"),
        literal("Wed"),
        literal("Thu"),
        literal("Fri"),
        literal("Sat"),
        literal("Sun"),
    ),
    literal("(future)"),
)


def format_date(date: datetime | None, *, has_time: bool) -> Clean:
    """Format a post's date in its own zone: 16 cells at most; `undated` for none."""
    if date is None:
        return literal("undated")
    day = fill("{:04}-{:02}-{:02}", date.year, date.month, date.day)
    return fill("{} {}", day, _time(date)) if has_time else day


def format_recent(
    date: datetime | None,
    *,
    has_time: bool,
    now: datetime,
    with_year: bool = False,
    words: DateWords = ENGLISH,
) -> Clean:
    """Format a post's date as somebody says it at a moment: `today 11:01`, `Wed 09:30`, `02-25`.

    Args:
        date: In the zone to show it in, whose days count; `None`: undated.
        has_time: Whether to write the time of day.
        now: The moment, in any zone.
        with_year: Whether to write this year as well.
        words: Those of a language.

    Returns:
        `today` and `yesterday`, or the weekday for the five days before; else the date, with its
        year if that is another one than now. A date still to come is marked.
    """
    if date is None:
        return words.undated
    here = _in_zone(now, date.tzinfo)
    ago = (here.date() - date.date()).days
    match ago:
        case 0:
            day = words.today
        case 1:
            day = words.yesterday
        case -1:
            day = words.tomorrow
        case _ if 0 < ago < _WEEK:
            day = words.weekdays[date.weekday()]
        case _:
            day = format_date(date, has_time=False)
            if date.year == here.year and not with_year:
                day = derive(day, day[5:])
    written = fill("{} {}", day, _time(date)) if has_time else day
    is_to_come = ago < 0 or (has_time and date > now)
    return fill("{} {}", written, words.future) if is_to_come else written


def on_site_clock(date: datetime | None, *, has_time: bool, zone: tzinfo) -> datetime | None:
    """Put a post's date on the clock by which it is shown.

    That is the clock of its site if the site names a zone, else this machine's: so posts that were
    written in many zones are listed as they are sorted. A day without a time of day stays that
    day, and so does a date of which no zone is known.

    Args:
        date: As it was written; `None`: undated.
        has_time: Whether a time of day was written.
        zone: That of the site; `NO_ZONE` if it names none.
    """
    if date is None or not has_time:
        return date
    if has_no_zone(zone):
        return date if has_no_zone(date.tzinfo) else _in_zone(date, None)
    return _in_zone(date, zone)


def has_no_zone(zone: tzinfo | None) -> bool:
    """Whether a zone stands for none; there are copies of `NO_ZONE` from other processes."""
    return zone is None or zone.tzname(None) == NO_ZONE.tzname(None)


def _in_zone(date: datetime, zone: tzinfo | None) -> datetime:
    """The same moment in a zone, or that of this machine; unchanged where it has no such year."""
    try:
        return date.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return date


def _time(date: datetime) -> Clean:
    return fill("{:02}:{:02}", date.hour, date.minute)
