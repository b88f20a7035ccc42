"""Dates as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from newsreader.posts.format_date import format_date, format_recent, has_no_zone, on_site_clock
from newsreader.posts.model import NO_ZONE

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 2, 25, 12, 0, tzinfo=CHINA)
"""A Wednesday."""


def at(written: str, zone: tzinfo = CHINA) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("date", "has_time", "shown"),
    [
        (None, False, "undated"),
        (at("2026-02-25 11:01"), True, "today 11:01"),
        (at("2026-02-25 00:00"), False, "today"),
        (at("2026-02-25 00:00"), True, "today 00:00"),
        (at("2026-02-24 23:59"), True, "yesterday 23:59"),
        (at("2026-02-24"), False, "yesterday"),
        (at("2026-02-23 09:30"), True, "Mon 09:30"),
        (at("2026-02-19 09:30"), True, "Thu 09:30"),
        (at("2026-02-18 09:30"), True, "02-18 09:30"),  # the same weekday as today
        (at("2026-01-05"), False, "01-05"),
        (at("2025-12-31 11:01"), True, "2025-12-31 11:01"),
        (at("0007-02-05"), False, "0007-02-05"),
        (at("2026-02-25 12:01"), True, "today 12:01 (future)"),
        (at("2026-02-26"), False, "tomorrow (future)"),
        (at("2026-02-27 08:00"), True, "02-27 08:00 (future)"),
        (at("2031-01-01"), False, "2031-01-01 (future)"),
        # The days of the zone that the date is shown in: there it is still the day before.
        (at("2026-02-23 20:00", timezone(timedelta(hours=-12))), True, "yesterday 20:00"),
        (at("2026-02-24 15:59", timezone(timedelta(hours=-8))), True, "today 15:59"),
        (at("2026-02-25 23:00", timezone(timedelta(hours=14))), True, "today 23:00 (future)"),
        (at("9999-12-30 23:00", UTC), True, "9999-12-30 23:00 (future)"),
        (at("0001-01-02", UTC), False, "0001-01-02"),
    ],
)
def test_a_date_is_written_as_one_says_it(
    date: datetime | None, has_time: bool, shown: str
) -> None:
    if date is not None and "future" not in shown and has_time:
        assert date <= NOW
    assert format_recent(date, has_time=has_time, now=NOW) == shown


def test_a_week_after_new_year_the_days_before_are_weekdays() -> None:
    now = at("2026-01-02 12:00")
    assert format_recent(at("2025-12-30 08:00"), has_time=True, now=now) == "Tue 08:00"
    assert format_recent(at("2025-12-20 08:00"), has_time=True, now=now) == "2025-12-20 08:00"


def test_where_there_is_room_this_year_is_written_too() -> None:
    date = at("2026-01-05 11:01")
    assert format_recent(date, has_time=True, now=NOW, with_year=True) == "2026-01-05 11:01"
    assert format_date(date, has_time=False) == "2026-01-05"


@pytest.mark.parametrize(
    ("date", "has_time", "zone", "shown"),
    [
        ("2026-02-25T11:01+00:00", True, "Asia/Shanghai", "2026-02-25T19:01+08:00"),
        ("2026-02-25T11:01-05:00", True, "Asia/Shanghai", "2026-02-26T00:01+08:00"),
        # A day is that day wherever one is.
        ("2026-02-25T00:00-05:00", False, "Asia/Shanghai", "2026-02-25T00:00-05:00"),
        # A site without a zone: the clock of this machine, unless the date names none either.
        ("2026-02-25T11:01-05:00", True, "", "2026-02-25T21:46+05:45"),
        ("2026-02-25T11:01+00:00", True, "", "2026-02-25T16:46+05:45"),
        ("2026-02-25T11:01", True, "", "2026-02-25T11:01+00:00"),
    ],
)
def test_a_date_is_shown_on_the_clock_of_its_site(
    monkeypatch: pytest.MonkeyPatch, date: str, has_time: bool, zone: str, shown: str
) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    try:
        written = datetime.fromisoformat(date)
        written = written if written.tzinfo else written.replace(tzinfo=NO_ZONE)
        site = ZoneInfo(zone) if zone else NO_ZONE
        found = on_site_clock(written, has_time=has_time, zone=site)
        assert found is not None
        assert found.isoformat(timespec="minutes") == shown
    finally:
        monkeypatch.undo()
        time.tzset()


def test_undated_posts_and_years_that_a_zone_does_not_have_stay_as_they_are() -> None:
    first = datetime(1, 1, 1, tzinfo=UTC)
    zone = timezone(timedelta(hours=-5))
    assert on_site_clock(None, has_time=True, zone=zone) is None
    assert on_site_clock(first, has_time=True, zone=zone) is first


def test_no_zone_is_known_by_a_copy_too() -> None:
    assert has_no_zone(timezone(timedelta(0), ""))
    assert has_no_zone(None)
    assert not has_no_zone(UTC)
    assert not has_no_zone(ZoneInfo("Europe/London"))
