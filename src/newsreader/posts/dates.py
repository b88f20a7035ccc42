"""Read dates as front matter writes them and as file names hold them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsreader.frozen import dataclass
from newsreader.patterns import compile_late
from newsreader.posts.model import Site

# The instants that every zone can show: `astimezone` must not leave the years 1 to 9999.
_EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)
_LATEST: Final = datetime(9999, 12, 30, 23, 59, 59, tzinfo=UTC)

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YEAR_FIRST: Final = compile_late(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)日?", re.ASCII
)
_COMPACT: Final = compile_late(r"(\d{4})(\d\d)(\d\d)(?=\D|\Z)", re.ASCII)
_DAY_FIRST: Final = compile_late(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\b"
)
_MONTH_FIRST: Final = compile_late(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"
)
_TIME: Final = compile_late(
    r"(?:[Tt]|,?\s+|)(\d{1,2})[:：](\d{1,2})(?:[:：](\d{1,2})(?:[.,](\d+))?)?\s*([AaPp]\.?[Mm]\b\.?)?",
    re.ASCII,
)
_COMPACT_TIME: Final = compile_late(r"[Tt](\d\d)(\d\d)(\d\d)?(?!\d)()()", re.ASCII)
_OFFSET: Final = compile_late(
    r"\s*(?:UTC|GMT)?\s*([-+\u2212])(\d{1,2})(?::?([0-5]\d))?(?!\d)", re.ASCII
)
_ZONE_NAME: Final = compile_late(r"\s*([A-Za-z][A-Za-z0-9_+/-]*)", re.ASCII)
_ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "CET": 1, "CEST": 2, "MSK": 3, "HKT": 8, "JST": 9,
    "KST": 9, "EST": -5, "EDT": -4, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip

_NAME_DATE: Final = compile_late(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
_NAME_ID: Final = compile_late(r"(?<!\d)(\d{4})(\d\d)(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PostDate:
    """The date of a post.

    Attributes:
        moment: With its zone; `None` if the post is undated.
        has_time: Whether a time of day was written; if not, `moment` is midnight.
    """

    moment: datetime | None
    has_time: bool


UNDATED: Final = PostDate(None, has_time=False)


def find_date(written: str | None, path: str, site: Site) -> PostDate:
    """Find the date of a post: the written one, or that of its file name if no day is written.

    A written day that does not exist makes the post undated.
    """
    if written and (found := parse_date(written, site.timezone)):
        return found
    day = file_date(path)
    if day is None:
        return UNDATED
    return _at(day.year, day.month, day.day, None, site.timezone)


def parse_date(written: str, zone: tzinfo) -> PostDate | None:
    """Parse the date that a text begins with; `None` if it names no day.

    Takes what Jekyll, that is Ruby's `Time.parse`, takes of years first (`2022-02-25`, `2022/2/25`,
    `20220225`, `2022年2月25日`) and of English months (`Fri, 25 Feb 2022`, `Feb 25, 2022`), with a
    time behind it, a fraction, and a zone: `Z`, `+0800`, `+08:00`, `UTC+8`, `PST`, `Asia/Tokyo`.
    Without a zone, or with one that is unknown or ambiguous (`CST`), `zone` counts. A day or a
    time that does not exist gives an undated `PostDate`. Never raises.
    """
    written = written.strip()
    parts = _find_day(written)
    if parts is None:
        return None
    year, month, day, end = parts
    time = _TIME.match(written, end) or _COMPACT_TIME.match(written, end)
    if time is None:
        return _at(year, month, day, None, zone)
    return _at(year, month, day, time, _find_zone(written, time.end(), zone))


def _find_day(written: str) -> tuple[int, int, int, int] | None:
    """Find year, month, day (which may not exist), and the offset of their end."""
    if match := _YEAR_FIRST.match(written) or _COMPACT.match(written):
        return int(match[1]), int(match[2]), int(match[3]), match.end()
    if match := _DAY_FIRST.match(written):
        month = _MONTHS.get(match[2][:3].lower())
        if month:
            return int(match[3]), month, int(match[1]), match.end()
    if match := _MONTH_FIRST.match(written):
        month = _MONTHS.get(match[1][:3].lower())
        if month:
            return int(match[3]), month, int(match[2]), match.end()
    return None


def _find_zone(written: str, start: int, default: tzinfo) -> tzinfo:
    if offset := _OFFSET.match(written, start):
        return _fixed_zone(offset) or default
    if name := _ZONE_NAME.match(written, start):
        hours = _ZONES.get(name[1].upper())
        if hours is not None:
            return timezone(timedelta(hours=hours))
        # Letters alone are never looked up as a file: `CST` may be anyone's.
        return (find_zone(name[1]) if "/" in name[1] else None) or default
    return default


def _fixed_zone(offset: re.Match[str]) -> tzinfo | None:
    hours, minutes = int(offset[2]), int(offset[3] or 0)
    if hours > 23:
        return None
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(distance if offset[1] == "+" else -distance)


@lru_cache(maxsize=64)
def find_zone(name: str) -> tzinfo | None:
    """Find the zone of a name: `Asia/Shanghai`, `UTC`, `+08:00`, `UTC+8`; `None`: unknown."""
    if name.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    if offset := _OFFSET.fullmatch(name):
        return _fixed_zone(offset)
    if not name.isascii():
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _at(year: int, month: int, day: int, time: re.Match[str] | None, zone: tzinfo) -> PostDate:
    """Make a date; undated if there is no such day or time."""
    hour, minute, second, micro = (0, 0, 0, 0) if time is None else _time_parts(time)
    # Ruby takes 24:00:00 for the midnight after, and 60 for a leap second.
    midnight_after = (hour, minute, second) == (24, 0, 0)
    try:
        moment = datetime(
            year, month, day, 0 if midnight_after else hour, minute, min(second, 59), micro, zone
        )
        moment += timedelta(days=midnight_after)
        showable = _EARLIEST <= moment <= _LATEST
    except (ValueError, OverflowError):
        return UNDATED
    if second > 60 or not showable:
        return UNDATED
    return PostDate(moment, has_time=time is not None)


def _time_parts(time: re.Match[str]) -> tuple[int, int, int, int]:
    hour = int(time[1])
    if time[5]:
        hour = hour % 12 + (12 if time[5][0] in "Pp" else 0) if 1 <= hour <= 12 else 99
    return hour, int(time[2]), int(time[3] or 0), int((time[4] or "")[:6].ljust(6, "0"))


def file_date(path: str) -> date | None:
    """Find the day that a file name, or an id inside it, begins with.

    `2022-02-25-title.md`, `-202205262391921712.md`. An id counts if its first eight digits are
    a day of the years 1970 to 2100. `None` if there is neither.
    """
    name = path.rpartition("/")[2]
    begin = _NAME_DATE.match(name)
    if begin and (day := _day(begin)):
        return day
    for found in _NAME_ID.finditer(name):
        day = _day(found)
        if day and 1970 <= day.year <= 2100:
            return day
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
