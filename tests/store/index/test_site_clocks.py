"""Dates of lists on the clocks of their sites."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.store import PostStore, Query
from tests.store.conftest import Library


def shown(store: PostStore) -> dict[str, str]:
    rows = store.lists.page(Query(), 0, 10)
    return {row.title: f"{row.shown_date:%m-%d %H:%M}" for row in rows if row.shown_date}


def write_posts(library: Library, folder: Path) -> None:
    library.write(str(folder / "_posts/a.md"), title="UTC", date="2026-03-01 20:00:00 +0000")
    library.write(str(folder / "_posts/b.md"), title="New York", date="2026-03-01 20:00:00 -0500")
    library.write(str(folder / "_posts/c.md"), title="None", date="2026-03-01 20:00:00")
    library.write(str(folder / "_posts/2026-03-01-d.md"), title="Day")


def test_lists_show_dates_on_the_clock_that_their_site_names(library: Library) -> None:
    (library.folder / "_config.yml").write_text("timezone: Asia/Tokyo\n", encoding="utf-8")
    write_posts(library, library.folder)
    store = library.scanned()
    assert shown(store) == {
        "New York": "03-02 10:00",
        "UTC": "03-02 05:00",
        "None": "03-01 20:00",
        "Day": "03-01 00:00",
    }
    newest = store.lists.page(Query(), 0, 1)[0]
    assert newest.date == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert newest.date.utcoffset() != newest.shown_date.utcoffset()  # type: ignore[union-attr]


def test_a_site_that_names_another_zone_shows_others(library: Library) -> None:
    config = library.folder / "_config.yml"
    config.write_text("timezone: Asia/Tokyo\n", encoding="utf-8")
    write_posts(library, library.folder)
    store = library.scanned()
    config.write_text("timezone: Europe/Lisbon\n", encoding="utf-8")
    store.scans.run()
    assert shown(store)["UTC"] == "03-01 20:00"
    assert shown(store)["None"] == "03-01 20:00"


def test_without_a_zone_dates_are_on_this_clock_if_they_name_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    try:
        write_posts(library, library.folder)
        assert shown(library.scanned()) == {
            "New York": "03-02 06:45",
            "UTC": "03-02 01:45",
            "None": "03-01 20:00",
            "Day": "03-01 00:00",
        }
    finally:
        monkeypatch.undo()
        time.tzset()
