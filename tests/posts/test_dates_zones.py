"""What the letters behind a written time mean, and digits that are none of a date."""

from __future__ import annotations

from datetime import UTC, date, timedelta, timezone

import pytest

from newsreader.posts.dates import file_date, find_zone, parse_date

HERE = timezone(timedelta(hours=8))

# As Ruby's `Date._parse` has them.
HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "CET": 1, "CEST": 2, "MSK": 3, "HKT": 8, "JST": 9,
    "KST": 9, "EST": -5, "EDT": -4, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip


def hours_of(zone: str) -> float | None:
    found = parse_date(f"2022-02-25 11:01:44 {zone}", HERE)
    assert found is not None
    assert found.moment is not None
    offset = found.moment.utcoffset()
    return offset.total_seconds() / 3600 if offset is not None else None


@pytest.mark.parametrize("zone", HOURS)
def test_the_letters_of_a_zone_mean_what_they_mean_to_ruby(zone: str) -> None:
    assert hours_of(zone) == hours_of(zone.lower()) == HOURS[zone]


@pytest.mark.parametrize("zone", ["Japan", "Cuba", "PRC", "Eire", "EST5EDT", "CST", "IST"])
def test_letters_alone_are_never_looked_up_among_the_zones_of_the_system(zone: str) -> None:
    assert hours_of(zone) == 8


@pytest.mark.parametrize("name", ["Z", "z", "UTC", "utc", "Gmt"])
def test_the_time_of_greenwich_needs_no_table_of_zones(name: str) -> None:
    assert find_zone(name) is UTC


@pytest.mark.parametrize(
    "name", ["２０２２０２２５.md", "-２０２２０２２５1.md", "٢٠٢٢-٠٢-٢٥-a.md"]
)
def test_only_plain_digits_are_a_date_in_a_name(name: str) -> None:
    assert file_date(name) is None


def test_an_id_in_a_name_begins_with_its_day_and_not_within_other_digits() -> None:
    assert file_date("a-202202259.md") == date(2022, 2, 25)
    assert file_date("a-9920220225-20230102.md") == date(2023, 1, 2)
