"""The facts of sites, as the databases hold them."""

from __future__ import annotations

import json
import sqlite3
from operator import attrgetter
from typing import Final

from newsreader.posts.model import KramdownOptions, Site
from newsreader.store.db.stored_path import storable, to_stored
from newsreader.store.db.stored_zone import zone_from, zone_name
from newsreader.store.db.transactions import writing
from newsreader.text import clean_line

_OPTIONS: Final = attrgetter(
    "parse_block_html", "parse_span_html", "hard_wrap", "gfm", "paragraph_end", "typography"
)


def known_site(
    db: sqlite3.Connection, root: str, *, size: int, mtime_ns: int
) -> tuple[int, Site] | None:
    """The id and the facts of a site whose configuration of this size and time was read before.

    `None` if it was not, or if something of it could not be read: that has to be told again.
    """
    row = db.execute(
        "SELECT id, title, url, timezone, kramdown FROM sites"
        " WHERE root = ? AND size = ? AND mtime_ns = ? AND kramdown IS NOT NULL",
        (to_stored(root), size, mtime_ns),
    ).fetchone()
    if row is None:
        return None
    number, title, url, zone, options = row
    try:
        *switches, written = json.loads(options)
        switches.append(tuple((mark, shown) for mark, shown in written))
        kramdown = KramdownOptions(*switches)
    except (TypeError, ValueError):  # what a damaged disk has made of it
        return None
    return number, Site(clean_line(title), url, zone_from(zone), kramdown)


def site_id(db: sqlite3.Connection, root: str, site: Site, *, size: int, mtime_ns: int) -> int:
    """The id of a site as its configuration of this size and time says; written down if new."""
    key = (to_stored(root), size, mtime_ns)
    db.execute(
        "INSERT OR IGNORE INTO sites (root, size, mtime_ns, title, url, timezone, kramdown)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *key,
            storable(site.title),
            storable(site.url),
            zone_name(site.timezone),
            json.dumps(_OPTIONS(site.kramdown)) if site.problem is None else None,
        ),
    )
    row = db.execute(
        "SELECT id FROM sites WHERE root = ? AND size = ? AND mtime_ns = ?", key
    ).fetchone()
    number: int = row[0]
    return number


def forget_old_sites(db: sqlite3.Connection, sites: set[int]) -> None:
    """Forget what sites were like before, now that all their posts were read again."""
    old = [
        row
        for site in sites
        for row in db.execute(
            "SELECT old.id FROM sites AS old JOIN sites AS now USING (root)"
            " WHERE now.id = ? AND old.id <> now.id",
            (site,),
        )
    ]
    if old:
        with writing(db, "main"):
            db.executemany("DELETE FROM sites WHERE id = ?", old)
