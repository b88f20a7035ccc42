"""An index kept up to date scan by scan is the index that one scan would make."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.store import PostRow, PostStore, Query, View
from tests.store.conftest import Library


def change_files(library: Library, chance: random.Random) -> None:
    """Write, edit, move or remove some posts, or change the site."""
    paths = sorted(library.folder.rglob("*.md"))
    for _ in range(chance.randrange(1, 6)):
        path = chance.choice(paths) if paths else None
        match chance.randrange(8):
            case 0 if path is not None and path.exists():
                path.unlink()
            case 1 if path is not None and path.exists():
                target = library.folder / "_posts" / f"moved-{chance.randrange(1000)}.md"
                path.rename(target)
            case 2:
                zone = chance.choice(["UTC", "Asia/Shanghai", "America/New_York"])
                (library.folder / "_config.yml").write_text(f"timezone: {zone}\n")
            case _:
                write_post(library, chance)


def write_post(library: Library, chance: random.Random) -> None:
    day = chance.randrange(1, 29)
    folder = chance.choice(["_posts", "en/_posts", "en/deep/_posts/2020"])
    path = library.write(
        f"{folder}/{chance.randrange(12)}.md",
        title=f"title {chance.randrange(1000)}",
        date=chance.choice([f"2020-01-{day:02} 10:00:00", f"2020-01-{day:02}", ""]),
        categories=chance.sample(["red", "blue"], chance.randrange(3)),
        tags=chance.sample(["rot", "blau"], chance.randrange(3)),
        more=chance.choice(["", "", "", "published: false"]),
    )
    # The clock of a file system may stand still between two writes of one size.
    stamp = chance.randrange(1 << 60)
    os.utime(path, ns=(stamp, stamp))


def mark_some(store: PostStore, chance: random.Random) -> None:
    rows = store.lists.page(Query(), 0, 1000) + store.lists.page(
        Query(view=View.BOOKMARKS), 0, 1000
    )
    for row in chance.sample(rows, min(3, len(rows))):
        match chance.randrange(4):
            case 0:
                store.marks.set_read([row.post_id], not row.read)
            case 1 if not (row.gone and row.bookmarked):
                store.bookmarks.set_bookmarked(row.post_id, not row.bookmarked)
            case 2:
                store.marks.undo()
            case _:
                pass


def content(store: PostStore) -> tuple[object, ...]:
    """All that a store shows."""

    def facts(row: PostRow) -> tuple[object, ...]:
        return (row.title, row.date, row.has_time, row.category, row.read, row.bookmarked, row.gone)

    lists = [
        sorted(map(facts, store.lists.page(Query(view=view), 0, 1000)), key=repr) for view in View
    ]
    return (*lists, store.lists.overview())


@pytest.mark.parametrize("seed", range(4))
def test_scan_by_scan_comes_to_the_same_as_one_scan(
    library: Library, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    store = library.open()
    for number in range(6):
        change_files(library, chance)
        store.scans.run()
        mark_some(store, chance)
        if chance.random() < 0.3:
            library.close()
            store = library.open()
        store.scans.run()
        fresh = Library(library.folder, tmp_path / f"cache {number}", library.data)
        assert content(store) == content(fresh.scanned())
        fresh.close()
        again = store.scans.run()
        assert (again.added, again.changed, again.removed) == (0, 0, 0)
    check_counts(library.cache / "index.db")


def check_counts(index: Path) -> None:
    """The counts that triggers keep are those of the rows, and labels are those of the posts."""
    with closing(sqlite3.connect(index)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert (
            db.execute(
                "SELECT id, total, unread FROM labels WHERE (total, unread) <>"
                " (SELECT count(*), coalesce(sum(1 - read), 0) FROM post_labels WHERE label = id)"
            ).fetchall()
            == []
        )
        assert (
            db.execute(
                "SELECT id, total, unread FROM sources AS s WHERE (total, unread) <>"
                " (SELECT count(*), coalesce(sum(1 - read), 0) FROM posts WHERE shelf = s.id)"
            ).fetchall()
            == []
        )
        assert (
            db.execute(
                "SELECT post, label FROM post_labels EXCEPT SELECT p.id, j.value"
                " FROM posts AS p, json_each(p.labels) AS j WHERE p.shelf IS NOT NULL"
            ).fetchall()
            == []
        )
