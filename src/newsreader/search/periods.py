"""Read the days that `after:`, `before:` and `on:` name."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from newsreader.frozen import dataclass
from newsreader.patterns import compile_late

_DATE: Final = compile_late(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_AGO: Final = compile_late(r"([0-9]{1,5})([dwmy])")


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row.

    Attributes:
        first: The first.
        end: The day after the last; `None` if the calendar ends before it.
    """

    first: date
    end: date | None


def read_period(text: str, today: date) -> Period | None:
    """Read the days that a text names; `None` if it names none.

    `2022`, `2022-02`, `2022-02-25` (`/` and `.` too), `today`, `yesterday`, and `3d`, `2w`, `1m`,
    `1y`: the one day that lies so many days, weeks, months or years before today. If a month is too
    short for it, it is the month's last day.
    """
    match text:
        case "today":
            return _day(today)
        case "yesterday":
            return _day(_earlier(today, 1)) if today > date.min else None
    if ago := _AGO.fullmatch(text):
        day = _ago(int(ago[1]), ago[2], today)
        return _day(day) if day else None
    if named := _DATE.fullmatch(text):
        year, month, day_of_month = (int(part) if part else None for part in named.groups())
        return _named(year or 0, month, day_of_month)
    return None


def _day(day: date) -> Period:
    return Period(day, day + timedelta(1) if day < date.max else None)


def _earlier(day: date, days: int) -> date:
    return day - timedelta(min(days, (day - date.min).days))


def _ago(number: int, unit: str, today: date) -> date:
    match unit:
        case "d":
            return _earlier(today, number)
        case "w":
            return _earlier(today, 7 * number)
        case _:
            months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
            year, month = divmod(months, 12)
            if year < 1:
                return date.min
            return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _named(year: int, month: int | None, day: int | None) -> Period | None:
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month == 0 or day == 0:
        return None
    if day is not None:
        return _day(first)
    following = (year, month + 1) if month is not None and month < 12 else (year + 1, 1)
    return Period(first, date(*following, 1) if following[0] <= date.max.year else None)
