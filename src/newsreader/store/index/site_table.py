"""The facts of sites, as the databases hold them."""

from __future__ import annotations

import sqlite3

from newsreader.posts.model import Site
from newsreader.store.db.stored_path import storable, to_stored
from newsreader.store.db.stored_zone import zone_name
from newsreader.store.db.transactions import writing


def site_id(db: sqlite3.Connection, root: str, site: Site, *, size: int, mtime_ns: int) -> int:
    """The id of a site as its configuration of this size and time says; written down if new."""
    key = (to_stored(root), size, mtime_ns)
    db.execute(
        "INSERT OR IGNORE INTO sites (root, size, mtime_ns, title, url, timezone)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            *key,
            storable(site.title),
            storable(site.url),
            zone_name(site.timezone),
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
