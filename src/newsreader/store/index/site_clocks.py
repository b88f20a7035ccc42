"""The clocks of sites, by which dates are shown."""

from __future__ import annotations

import sqlite3
from datetime import datetime, tzinfo

from newsreader.posts.format_date import on_site_clock
from newsreader.posts.model import NO_ZONE
from newsreader.store.db.stored_zone import zone_from


class SiteClocks:
    """The zones of the sites of an index; a site that names another zone is another row."""

    def __init__(self) -> None:
        self._zones: dict[int, tzinfo] = {}

    def shown_date(
        self, db: sqlite3.Connection, date: datetime | None, *, has_time: bool, site: int | None
    ) -> datetime | None:
        """Put the date of a post on the clock of its site: see `format_date.on_site_clock`.

        Args:
            db: A connection to the index.
            date: As it was written.
            has_time: Whether a time of day was written.
            site: The id of its site; `None`: not known.
        """
        if date is None or not has_time:
            return date
        return on_site_clock(date, has_time=has_time, zone=self._zone(db, site))

    def _zone(self, db: sqlite3.Connection, site: int | None) -> tzinfo:
        if site is None:
            return NO_ZONE
        zone = self._zones.get(site)
        if zone is None:
            row = db.execute("SELECT timezone FROM sites WHERE id = ?", (site,)).fetchone()
            zone = self._zones[site] = zone_from(row[0]) if row else NO_ZONE
        return zone
