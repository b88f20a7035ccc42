"""Readers that are killed at random moments, and readers that work at the same time.

`python -m tests.long.crashes --kills 1000` is the long form of the first.
"""

from __future__ import annotations

import json
import os
import random
from contextlib import closing
from pathlib import Path
from typing import TextIO

import pytest

from newsreader.store import PostStore, Query, Source, View
from newsreader.store.state.open_state import open_state, state_alone
from tests.long import crashes
from tests.store.conftest import Library

pytestmark = pytest.mark.long

POSTS = 2000
READERS = 4
ROUNDS = 40


def test_what_was_told_to_be_saved_outlives_a_kill(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(2), "big")
    outcome = crashes.run(tmp_path, kills=40, seed=seed)
    assert outcome.problems == [], f"seed {seed}"
    assert outcome.kills == 40
    assert outcome.actions > 40


def test_a_crash_that_loses_something_would_be_seen(tmp_path: Path) -> None:
    model = crashes.Model(bodies={0: "Text."})
    kept = model.after(crashes.Action("keep", [0]))
    noted = kept.after(crashes.Action("note", [0], "x"))
    assert crashes.expected(model) != crashes.expected(kept) != crashes.expected(noted)
    undone = noted.after(crashes.Action("undo", [0]))
    assert undone.kept == kept.kept
    assert undone.after(crashes.Action("redo", [0])).kept == noted.kept


def test_four_readers_mark_and_bookmark_at_once_and_nothing_is_lost(library: Library) -> None:
    for number in range(POSTS):
        library.write(f"{number:04}.md", title=f"{number}", body=f"Text {number}.")
    library.scanned().close()
    logs = [library.data.parent / f"log{reader}" for reader in range(READERS)]
    children = [_start(library, reader, log) for reader, log in enumerate(logs)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0] * READERS, [log.read_text() for log in logs]
    told = [[json.loads(line) for line in log.read_text().splitlines()] for log in logs]
    read: dict[int, set[bool]] = {}
    kept: dict[int, set[bool]] = {}
    for lines in told:
        # A post of two readers is as one of them was told last; one's own is as it was told.
        last: dict[tuple[str, int], bool] = {}
        for what, posts, value, _ in lines:
            last |= {(what, post): value for post in posts}
        for (what, post), value in last.items():
            (read if what == "read" else kept).setdefault(post, set()).add(value)
    store = library.open()
    for row in store.lists.page(Query(), 0, POSTS):
        post = int(row.title)
        assert row.read in read.get(post, {False}), row
        assert row.bookmarked in kept.get(post, {False}), row
    bookmarks = {row.title for row in store.lists.page(Query(view=View.BOOKMARKS), 0, POSTS)}
    assert {bookmark.title for bookmark in store.bookmarks.all()} == bookmarks
    assert store.lists.overview().everything.bookmarks == len(bookmarks)
    with closing(open_state(library.data)) as state, state_alone(state) as db:
        steps = db.execute("SELECT count(*) FROM state.journal").fetchone()[0]
        assert db.execute("PRAGMA state.foreign_key_check").fetchall() == []
    effective = sum(line[3] for lines in told for line in lines)
    assert min(200, effective) <= steps <= min(200, sum(map(len, told)))
    assert sum(1 for _ in iter(store.marks.undo, None)) == steps


def _start(library: Library, reader: int, log: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        with (
            log.open("w") as told,
            PostStore(
                [Source(library.folder)], cache_dir=library.cache, data_dir=library.data
            ) as store,
        ):
            _work(store, reader, told)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - told to the parent
        log.write_text(repr(error))
    finally:
        os._exit(1)


def _work(store: PostStore, reader: int, told: TextIO) -> None:
    """Mark and bookmark posts, of which some are this reader's own, and write down what."""
    chance = random.Random(reader)
    ids = {int(row.title): row.post_id for row in store.lists.page(Query(), 0, POSTS)}
    read: set[int] = set()
    kept: set[int] = set()
    for turn in range(ROUNDS):
        own = chance.randrange(POSTS // 8) * 8 + reader
        shared = [chance.randrange(POSTS // 8) * 8 + 4 + chance.randrange(4) for _ in range(8)]
        match turn % 4:
            case 0 | 1:
                posts = [own, *shared]
                store.marks.set_read([ids[post] for post in posts], own not in read)
                line = ["read", posts, own not in read, True]
                read ^= {own}
            case 2:
                store.bookmarks.set_bookmarked(ids[own], own not in kept)
                line = ["keep", [own], own not in kept, True]
                kept ^= {own}
            case _:
                value = chance.random() < 0.7
                store.bookmarks.set_bookmarked(ids[shared[0]], value)
                line = ["keep", shared[:1], value, False]
        told.write(json.dumps(line) + "\n")
        told.flush()
