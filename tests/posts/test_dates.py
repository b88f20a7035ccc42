"""Rules 3 and 4: every date comparable, or none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.posts.dates import file_date, find_zone, parse_date
from newsreader.posts.model import Site
from newsreader.posts.parse_post import parse_post

SHANGHAI = ZoneInfo("Asia/Shanghai")
SITE = Site(timezone=SHANGHAI)


def read(written: str, path: str = "_posts/slug.md") -> tuple[datetime | None, bool]:
    post = parse_post(f"---\ntitle: x\ndate: {written}\n---\n".encode(), path, SITE)
    return post.date, post.has_time


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-02-25 11:01:44 +0800", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25T11:01:44+01:00", "2022-02-25T11:01:44+01:00"),
        ("2022-02-25t11:01:44-0330", "2022-02-25T11:01:44-03:30"),
        ("2022-02-25T11:01:44.123Z", "2022-02-25T11:01:44.123000+00:00"),
        ("2022-02-25T11:01:44.123456789Z", "2022-02-25T11:01:44.123456+00:00"),
        ("2022-02-25 9:05:00", "2022-02-25T09:05:00+08:00"),
        ("2022-2-5 9:5", "2022-02-05T09:05:00+08:00"),
        ("2022-02-25 11:01 +0000", "2022-02-25T11:01:00+00:00"),
        ("2022-02-25 11:01:44 UTC", "2022-02-25T11:01:44+00:00"),
        ("2022-02-25 11:01:44 GMT+8", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44 +8", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44 PST", "2022-02-25T11:01:44-08:00"),
        ("2022-02-25 11:01:44 CST", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44 +9999", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44 nowhere/else", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44 +0800 CST", "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44 Asia/Tokyo", "2022-02-25T11:01:44+09:00"),
        ("2022/02/25 11:01", "2022-02-25T11:01:00+08:00"),
        ("2022.2.25 11:01", "2022-02-25T11:01:00+08:00"),
        ("20220225T110144Z", "2022-02-25T11:01:44+00:00"),
        ("20220225 11:01", "2022-02-25T11:01:00+08:00"),
        ("2022年2月25日 11:01", "2022-02-25T11:01:00+08:00"),
        ("2022年2月25日11：01", "2022-02-25T11:01:00+08:00"),
        ("Fri, 25 Feb 2022 11:01:44 +0800", "2022-02-25T11:01:44+08:00"),
        ("25 February 2022 11:01 GMT", "2022-02-25T11:01:00+00:00"),
        ("February 25th, 2022 11:01 pm", "2022-02-25T23:01:00+08:00"),
        ("Feb 25, 2022 12:30 AM", "2022-02-25T00:30:00+08:00"),
        ("2022-02-25 12:30 PM +0000", "2022-02-25T12:30:00+00:00"),
        ("2022-02-25 24:00:00", "2022-02-26T00:00:00+08:00"),
        ("2016-12-31 23:59:60 UTC", "2016-12-31T23:59:59+00:00"),
        ('"2022-02-25 11:01:44 +0800"', "2022-02-25T11:01:44+08:00"),
        ("2022-02-25 11:01:44 # noon", "2022-02-25T11:01:44+08:00"),
        ("1969-12-31 23:59:59 UTC", "1969-12-31T23:59:59+00:00"),
    ],
)
def test_rule_4_a_moment_is_read(written: str, iso: str) -> None:
    moment, has_time = read(written)
    assert moment is not None
    assert moment.isoformat() == iso
    assert has_time


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-25",
        "2022-2-25",
        "20220225",
        "2022/02/25",
        "2022年2月25日",
        "25 Feb 2022",
        "Feb 25 2022",
    ],
)
def test_rule_4_a_day_alone_is_midnight_at_the_site(written: str) -> None:
    assert read(written) == (datetime(2022, 2, 25, tzinfo=SHANGHAI), False)


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-30",
        "2022-13-01",
        "2022-00-10",
        "0000-01-01",
        "2022-02-30 11:01:44 +0800",
        "2022-02-25 25:00:00",
        "2022-02-25 24:01:00",
        "2022-02-25 11:60:00",
        "2022-02-25 11:01:61",
        "2022-02-25 13:00 pm",
        "31 Feb 2022",
        "9999-12-31 24:00:00",
        "0001-01-01T00:00:00Z",
    ],
)
def test_rule_4_a_day_or_time_that_does_not_exist_is_no_date(written: str) -> None:
    assert read(written, "_posts/2022-02-25-slug.md") == (None, False)


@pytest.mark.parametrize(
    "written", ["+0800", " +0800", "", "~", "tomorrow", "2022-02", "9:05:00", "[]"]
)
@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("_posts/-202205262391921712.md", date(2022, 5, 26)),
        ("_posts/2022-02-25-slug.md", date(2022, 2, 25)),
        ("_posts/slug.md", None),
    ],
)
def test_rule_3_without_a_day_the_file_name_tells(
    written: str, path: str, day: date | None
) -> None:
    midnight = day and datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    assert read(written, path) == (midnight, False)


def test_rule_3_a_post_without_front_matter_is_dated_by_its_name() -> None:
    post = parse_post(b"text", "2022-02-25-slug.md")
    assert post.date == datetime(2022, 2, 25, tzinfo=UTC)
    assert not post.has_time


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("a/_posts/2022-02-25-202202252289159216.md", date(2022, 2, 25)),
        ("2022-2-5-x.md", date(2022, 2, 5)),
        ("2022-02-25.md", date(2022, 2, 25)),
        ("-202205262391921712.md", date(2022, 5, 26)),
        ("NW202205262391921712.md", date(2022, 5, 26)),
        ("id-20220526.md", date(2022, 5, 26)),
        ("2022-02-30-202205262391921712.md", date(2022, 5, 26)),
        ("99999999-20220526.md", date(2022, 5, 26)),
        ("2022-02-30-x.md", None),
        ("2022-02-251-x.md", None),
        ("19000101.md", None),
        ("21010101.md", None),
        ("12202205.md", None),
        ("2022-02-25/slug.md", None),
        ("slug.md", None),
        ("２０２２-02-25-x.md", None),
        ("", None),
    ],
)
def test_rule_3_the_day_in_a_file_name(path: str, day: date | None) -> None:
    assert file_date(path) == day


@pytest.mark.parametrize(
    ("name", "offset"),
    [
        ("Asia/Shanghai", timedelta(hours=8)),
        ("UTC", timedelta()),
        ("+08:00", timedelta(hours=8)),
        ("-0330", timedelta(hours=-3, minutes=-30)),
        ("UTC+8", timedelta(hours=8)),
        ("Japan", timedelta(hours=9)),
        ("Asia", None),
        ("../UTC", None),
        ("/etc/passwd", None),
        ("no/where", None),
        ("北京", None),
        ("a\0b", None),
        ("+24:00", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_a_zone_is_known_or_none(name: str, offset: timedelta | None) -> None:
    zone = find_zone(name)
    assert (zone and datetime(2022, 1, 1, tzinfo=zone).utcoffset()) == offset


_WRITTEN = st.one_of(
    st.text(st.sampled_from("0123456789-/:.TZ+ 年月日apmPSTUtcFeb"), max_size=40),
    st.builds(
        "{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}{}".format,
        st.sampled_from([0, 1, 2, 1582, 1900, 1970, 2022, 9998, 9999]),
        st.integers(0, 13),
        st.integers(0, 32),
        st.sampled_from([" ", "T"]),
        st.integers(0, 25),
        st.integers(0, 61),
        st.integers(0, 61),
        st.sampled_from(["", "Z", "+14:00", "-1200", "+23:59", "-23:59", " CST", " Asia/Shanghai"]),
    ),
)
_FARTHEST = [timezone(timedelta(hours=23, minutes=59)), timezone(-timedelta(hours=23, minutes=59))]


@given(_WRITTEN, st.sampled_from([UTC, SHANGHAI, ZoneInfo("America/New_York"), *_FARTHEST]))
def test_rule_4_every_date_compares_and_converts(written: str, zone: timezone | ZoneInfo) -> None:
    found = parse_date(written, zone)
    if found is None or found.moment is None:
        return
    now = datetime(2022, 2, 25, tzinfo=UTC)
    assert (found.moment < now) is (found.moment.timestamp() < now.timestamp())
    for far in _FARTHEST:
        assert found.moment.astimezone(far) == found.moment


def test_rule_4_the_ends_of_time_do_not_overflow() -> None:
    for written in ("0001-01-02 15:00:00 +14:00", "9999-12-29 23:59:59 -12:00", "0001-01-03"):
        found = parse_date(written, SHANGHAI)
        assert found is not None
        assert found.moment is not None
        found.moment.timestamp()
        found.moment.astimezone(ZoneInfo("America/New_York"))
