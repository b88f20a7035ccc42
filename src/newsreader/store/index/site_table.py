"""The facts of sites, as read from their `_config.yml` and as the databases hold them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Final

from newsreader.posts.model import Site
from newsreader.store.db.files import NotRegularError, read_regular
from newsreader.store.errors import reason
from newsreader.store.index.post_ids import storable, to_stored
from newsreader.store.scan.find_files import CONFIG

_LARGEST_CONFIG: Final = 4 << 20
"""Bytes of a `_config.yml`, which people write by hand: those of real sites have 2 KB."""


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


def read_site(root: str) -> tuple[Site, tuple[int, int]]:
    """The site at `root`, and the size and time of its `_config.yml`; -1 where it has none."""
    from newsreader.posts.site import parse_site  # noqa: PLC0415  (late: no list needs it)

    path = Path(root) / CONFIG
    try:
        file = read_regular(path, _LARGEST_CONFIG)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not isinstance(error, NotRegularError):
            return Site(), (-1, -1)
        return Site(problem=f"{path} cannot be read ({reason(error)})."), (-2, -2)
    return parse_site(file.raw), (file.size, file.mtime_ns)


def stored_site(db: sqlite3.Connection, root: str) -> tuple[int, Site]:
    """The id and the facts of the site at `root` as it is now; written down where it is new."""
    site, (size, mtime_ns) = read_site(root)
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
    site_id: int = row[0]
    return site_id, site
