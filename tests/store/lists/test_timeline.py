"""When there were how many posts of a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from newsreader.store import CountedPeriod, Labelled, PostStore, Query, Sort, View
from tests.store.conftest import Library, id_of
from tests.store.lists.conftest import find

Titles = Callable[[PostStore, Query], list[str]]


def counts(periods: list[CountedPeriod]) -> dict[str, int]:
    return {str(period.start): period.count for period in periods if period.count}


@pytest.fixture
def year(library: Library) -> Library:
    """Posts of a winter, a day apart or months, and one without a date."""
    days = ("2021-11-30", "2021-12-24", "2021-12-24", "2022-02-01", "2022-02-02", "2022-02-28")
    for number, day in enumerate(days):
        library.write(
            f"{number}.md", title=str(number), date=f"{day} 12:00:00", categories=[f"c{number % 2}"]
        )
    library.write("x.md", title="x", categories=["c0"])
    return library


def test_a_long_list_is_counted_by_months_without_gaps(year: Library) -> None:
    periods = year.scanned().lists.timeline(Query())
    assert [(str(period.start), period.count) for period in periods] == [
        ("2021-11-01", 1),
        ("2021-12-01", 2),
        ("2022-01-01", 0),
        ("2022-02-01", 3),
    ]
    assert periods[-1].end == date(2022, 3, 1)


def test_a_short_list_is_counted_by_days(year: Library) -> None:
    store = year.scanned()
    found = store.lists.timeline(Query(search=find("after:2022-02-01")))
    assert len(found) == 28
    assert counts(found) == {"2022-02-01": 1, "2022-02-02": 1, "2022-02-28": 1}


def test_centuries_are_counted_by_years_back_from_the_newest(library: Library) -> None:
    for number in (1, 1600, 1990, 2022):
        library.write(f"{number}.md", title=str(number), date=f"{number:04}-06-01 12:00:00")
    found = library.scanned().lists.timeline(Query())
    assert counts(found) == {"1990-01-01": 1, "2022-01-01": 1}
    assert len(found) == 200


@pytest.mark.parametrize("date_of_post", ["0001-01-03", "9999-12-29"])
def test_the_ends_of_the_calendar_are_counted(library: Library, date_of_post: str) -> None:
    library.write("a.md", title="a", date=f"{date_of_post} 12:00:00")
    assert sum(period.count for period in library.scanned().lists.timeline(Query())) == 1


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("view", View)
def test_every_list_is_counted(year: Library, sort: Sort, view: View) -> None:
    store = year.scanned()
    store.marks.set_read([id_of(store, "1"), id_of(store, "4")], True)
    store.bookmarks.set_bookmarked(id_of(store, "4"), True)
    store.bookmarks.set_bookmarked(id_of(store, "0"), True)
    for query in (
        Query(view=view, sort=sort),
        Query(Labelled("category", "c0"), view, sort=sort),
        Query(view=view, sort=sort, search=find("is:read OR is:unread")),
    ):
        dated = [row for row in store.lists.page(query, 0, 100) if row.date]
        assert sum(period.count for period in store.lists.timeline(query)) == len(dated)


def test_a_list_without_dates_has_no_timeline(library: Library) -> None:
    store = library.scanned()
    assert store.lists.timeline(Query()) == []
    library.write("x.md", title="x")
    store.scans.run()
    assert store.lists.timeline(Query()) == []
    assert store.lists.timeline(Query(search=find("is:unread"))) == []


@pytest.mark.parametrize(
    ("sort", "titles"), [(Sort.NEWEST, ["0", "2", "5"]), (Sort.OLDEST, ["0", "1", "3"])]
)
def test_the_first_post_of_a_period_is_found(year: Library, sort: Sort, titles: list[str]) -> None:
    store = year.scanned()
    query = Query(sort=sort)
    rows = store.lists.page(query, 0, 100)
    found = [store.lists.locate_day(query, each) for each in store.lists.timeline(query)]
    days = {str(row.title): row.date for row in rows}
    shown = [rows[at].title for at in (found[0], found[1], found[3])]
    # Two posts have one date: which of them comes first their names decide.
    assert [days[title] for title in shown] == [days[title] for title in titles]
