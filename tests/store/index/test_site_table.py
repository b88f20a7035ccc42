"""Sites as the index remembers them: what was read once is not read again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from newsreader.posts.model import Site
from newsreader.posts.site import parse_site
from newsreader.store.index.schema import INDEX_TABLES
from newsreader.store.index.site_table import known_site, site_id

CONFIGS = [
    "",
    "title: 水车日报 &amp; more\nurl: https://a.example/\n",
    "timezone: Asia/Shanghai\n",
    "timezone: +03:30\n",
    "timezone: UTC\n",
    "kramdown: {input: markdown, parse_block_html: true, hard_wrap: true}\n",
    "kramdown: {typographic_symbols: {hellip: ..., mdash: --}}\n",
    "markdown: redcarpet\nredcarpet: {extensions: [hard_wrap]}\n",
]


@pytest.fixture
def db() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(INDEX_TABLES)
    return connection


@pytest.mark.parametrize("config", CONFIGS)
def test_a_site_is_known_as_it_was_read(db: sqlite3.Connection, config: str) -> None:
    site = parse_site(config.encode())
    assert site.problem is None
    number = site_id(db, "/site", site, size=9, mtime_ns=8)
    known = known_site(db, "/site", size=9, mtime_ns=8)
    assert known is not None
    assert known[0] == number
    assert replace(known[1], timezone=site.timezone) == site
    assert str(known[1].timezone) == str(site.timezone)
    for size, mtime_ns, root in ((8, 8, "/site"), (9, 9, "/site"), (9, 8, "/other")):
        assert known_site(db, root, size=size, mtime_ns=mtime_ns) is None


@pytest.mark.parametrize(
    "config", [b"a: b: c: [", b"timezone: Nowhere/Land", b"title: \xff\xfe\xfa"]
)
def test_a_site_with_a_problem_is_read_again_to_tell_it(
    db: sqlite3.Connection, config: bytes
) -> None:
    site = parse_site(config)
    assert site.problem is not None
    site_id(db, "/site", site, size=9, mtime_ns=8)
    assert known_site(db, "/site", size=9, mtime_ns=8) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", "3", "[true, false]", "[1,2,3,4,5,[6]]"])
def test_what_a_damaged_disk_left_is_read_again(db: sqlite3.Connection, damage: str) -> None:
    site_id(db, "/site", Site(), size=9, mtime_ns=8)
    db.execute("UPDATE sites SET kramdown = ?", (damage,))
    assert known_site(db, "/site", size=9, mtime_ns=8) is None
