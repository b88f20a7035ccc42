"""Ids that sort by date, and file names that are no text."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from newsreader.store.db.stored_path import from_stored, storable, to_stored
from newsreader.store.index.post_ids import (
    BUCKET_BITS,
    CROWDED,
    LAST_ID,
    LOW_MASK,
    TEXT_BITS,
    TITLE_KEY_BYTES,
    crowded_text,
    date_of,
    first_choice,
    ids_between,
    next_choice,
    text_ranges,
    text_rows,
    title_key,
    utc_offset,
)
from newsreader.store.query import PostId

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DATES = st.datetimes(timezones=ZONES).map(lambda date: date.replace(microsecond=0))
# Before these, an id would have to be negative in some zones.
LATER = st.datetimes(min_value=datetime(1, 1, 3), timezones=ZONES)  # noqa: DTZ001 - zones follow


@given(LATER)
def test_an_id_and_an_offset_hold_the_date_to_the_second(date: datetime) -> None:
    found = date_of(first_choice(date, "/source", "a.md"), utc_offset(date))
    assert found == date.replace(microsecond=0)
    assert found.utcoffset() == date.utcoffset()


@given(DATES, DATES)
def test_ids_sort_by_date_and_fit_sqlite(one: datetime, other: datetime) -> None:
    first, second = (first_choice(date, "/source", "a.md") for date in (one, other))
    assert (first < second) == (one < other) or max(one, other) < datetime(1, 1, 3, tzinfo=UTC)
    assert first_choice(None, "/source", "b.md") <= LOW_MASK < first <= LAST_ID


@given(DATES)
def test_a_date_at_the_very_start_of_the_calendar_is_near_enough(date: datetime) -> None:
    found = date_of(first_choice(date, "s", "p"), utc_offset(date))
    assert found is not None
    assert abs(found.replace(tzinfo=None) - date.replace(tzinfo=None)) <= timedelta(days=1)


@given(st.integers(0, LAST_ID))
def test_the_next_choice_keeps_the_date_and_comes_round(post_id: int) -> None:
    chosen = first_choice(datetime(2020, 1, 1, tzinfo=UTC), "s", str(post_id))
    following = next_choice(chosen)
    assert following >> 24 == chosen >> 24
    assert following != chosen
    last = type(chosen)(chosen | LOW_MASK)
    assert next_choice(last) == chosen & ~LOW_MASK


@given(DATES)
def test_ids_between_are_those_of_the_dates_between(date: datetime) -> None:
    if date.year >= 9999 or date.year == 1:
        return
    low, high = ids_between(date, date + timedelta(hours=1))
    assert low <= first_choice(date, "s", "p") <= high
    assert low <= first_choice(date + timedelta(minutes=59), "s", "p") <= high
    assert not low <= first_choice(date + timedelta(hours=1), "s", "p") <= high
    assert not low <= first_choice(date - timedelta(seconds=1), "s", "p") <= high


@given(st.binary(min_size=1, max_size=20).filter(lambda raw: b"\0" not in raw))
def test_any_file_name_comes_back_as_it_was(raw: bytes) -> None:
    name = os.fsdecode(raw)
    assert from_stored(to_stored(name)) == name
    storable(name).encode()


def test_titles_sort_by_letter_and_chinese_by_sound() -> None:
    titles = ["北京", "Zebra", "安全", "上海", "apple", "ｂｅｔａ", "3 things", ""]
    expected = ["", "3 things", "apple", "ｂｅｔａ", "Zebra", "安全", "北京", "上海"]
    assert sorted(titles, key=title_key) == expected


@given(st.text())
def test_every_title_has_a_short_key(title: str) -> None:
    assert len(title_key(title)) <= TITLE_KEY_BYTES
    assert title_key(title.upper().lower()) == title_key(title.upper().lower().casefold())


@given(DATES, DATES)
def test_texts_sort_by_date_as_ids_do(one: datetime, other: datetime) -> None:
    ids = sorted(first_choice(date, "s", "p") for date in (one, other))
    usual, crowded = list(map(text_rows, ids)), list(map(crowded_text, ids))

    assert usual[0] == usual[1] or usual[0][1] < usual[1][0]
    assert crowded == sorted(crowded)
    assert usual[-1][1] < CROWDED <= crowded[0]
    assert crowded[-1] <= LAST_ID


@given(DATES)
def test_the_text_of_a_post_lies_in_the_range_of_its_bucket(date: datetime) -> None:
    post_id = first_choice(date, "s", "p")
    (low, high), (crowded_low, crowded_high) = text_ranges(post_id, post_id)

    assert (low, high) == text_rows(post_id)
    assert high - low == (1 << TEXT_BITS) - 1
    assert {low >> TEXT_BITS, high >> TEXT_BITS} == {post_id >> BUCKET_BITS}
    for chosen in map(PostId, (post_id, post_id & ~LOW_MASK, post_id | LOW_MASK)):
        assert crowded_low <= crowded_text(chosen) <= crowded_high
    assert text_ranges(0, LAST_ID)[0][1] < CROWDED
    assert text_ranges(0, LAST_ID)[1][1] == LAST_ID
