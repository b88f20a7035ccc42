"""The facts of sites, as the databases hold them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, timedelta, timezone, tzinfo

from newsreader.posts.model import Site
from newsreader.store.db.stored_path import storable, to_stored


def zone_name(zone: tzinfo) -> str:
    """A zone as text: its name, or its offset in seconds."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (late: no list needs it)

    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    offset = zone.utcoffset(None)
    return str(offset // timedelta(seconds=1)) if offset is not None else "UTC"


def zone_from(name: str) -> tzinfo:
    """The zone that `zone_name` named; UTC where this machine does not know it."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (late: no list needs it)

    try:
        return timezone(timedelta(seconds=int(name)))
    except (ValueError, OverflowError):
        pass  # A name, then, or what a damaged disk has made of one.
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError.
        return UTC


def site_id(db: sqlite3.Connection, root: str, site: Site, *, size: int, mtime_ns: int) -> int:
    """The id of a site as its configuration of this size and time says; written down if new."""
    key = (to_stored(root), size, mtime_ns)
    db.execute(
        "INSERT OR IGNORE INTO sites (root, size, mtime_ns, title, url, timezone, problem)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *key,
            storable(site.title),
            storable(site.url),
            zone_name(site.timezone),
            storable(site.problem),
        ),
    )
    row = db.execute(
        "SELECT id FROM sites WHERE root = ? AND size = ? AND mtime_ns = ?", key
    ).fetchone()
    number: int = row[0]
    return number
