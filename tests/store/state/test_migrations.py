"""A reading state of the first release, brought to today's version."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.article.reading_place import ReadingPlace
from newsreader.messages import describe
from newsreader.store import PostId, PostStore, Query, StateError, View
from newsreader.store.state import migrations, schema
from newsreader.store.state.backups import newest_backup
from newsreader.store.state.open_state import prepare_state
from tests.store.conftest import MARKED, Library, flags, id_of, marked

FIRST = Path(__file__).parent / "fixtures" / "state-1.db"
SOURCE = Path("/home/reader/news")
BOOKMARKS = Query(view=View.BOOKMARKS)


@pytest.fixture
def store(library: Library) -> PostStore:
    """A store on the first release's state; the files of its posts are not there."""
    library.data.mkdir(mode=0o700)
    shutil.copy(FIRST, library.data / "state.db")
    return library.open(SOURCE)


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as db:
        return db.execute(sql).fetchall()


def test_every_bookmark_of_the_first_release_is_there_with_its_bytes(store: PostStore) -> None:
    saved = {
        row[0]: (row[1], row[2])
        for row in rows(
            FIRST, "SELECT title, raw, saved_at FROM bookmarks WHERE removed_by IS NULL"
        )
    }
    assert set(saved) == {"The harbour at dawn", "春茶上市", "老桥重开"}
    listed = {bookmark.title: bookmark for bookmark in store.bookmarks.all()}
    assert listed.keys() == saved.keys()
    for row in store.lists.page(BOOKMARKS, 0, 10):
        raw, saved_at = saved[row.title]
        assert (row.bookmarked, row.gone, row.changed) == (True, True, False)
        assert store.posts.read(row.post_id, saved=True).raw == raw
        assert isinstance(saved_at, float)
        assert listed[row.title].saved == datetime.fromtimestamp(saved_at, UTC)
        assert (listed[row.title].note, listed[row.title].left_out) == ("", ())
        assert store.posts.parse(store.posts.read(row.post_id))[1].title == "我的剪报"


def test_marks_and_places_of_the_first_release_are_there(store: PostStore) -> None:
    tea = id_of_bookmark(store, "春茶上市")
    row = store.lists.row(tea)
    assert row is not None
    assert row.read
    assert store.places.load(tea) == ReadingPlace(12, "")
    assert store.places.load(id_of_bookmark(store, "老桥重开")) is None


def test_steps_of_the_first_release_are_taken_back_and_done_again(store: PostStore) -> None:
    undone = [describe(step.what) for step in iter(store.marks.undo, None)]
    assert undone == [
        "Read again: “短讯之7”.",
        "Unread again: 11 posts.",
        "The bookmark is back: “A map of small roads”.",
        "Unread again: “短讯之6”.",
        "The bookmark is removed again: “A map of small roads”.",
        "The bookmark is removed again: “老桥重开”.",
        "The bookmark is removed again: “春茶上市”.",
        "The bookmark is removed again: “The harbour at dawn”.",
    ]
    assert store.lists.page(BOOKMARKS, 0, 10) == []
    assert len([*iter(store.marks.redo, None)]) == len(undone)
    assert [row.title for row in store.lists.page(BOOKMARKS, 0, 10)] == [
        "老桥重开",
        "春茶上市",
        "The harbour at dawn",
    ]


def test_a_backup_of_the_first_release_stays_beside_its_state(
    store: PostStore, library: Library
) -> None:
    assert store.bookmarks.all()
    state = library.data / "state.db"
    backup = newest_backup(state)
    assert backup is not None
    assert backup.parent == state.parent
    assert backup.stat().st_mode & 0o777 == 0o600
    assert rows(backup, "PRAGMA user_version") == [(1,)]
    for table in ("meta", "marks", "bookmarks", "positions", "journal", "superseded"):
        assert rows(backup, f"SELECT * FROM {table}") == rows(FIRST, f"SELECT * FROM {table}")


def test_a_state_brought_to_todays_version_is_like_one_made_today(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "state.db", tmp_path / "new" / "state.db"
    for path in (old, new):
        path.parent.mkdir()
    shutil.copy(FIRST, old)
    for path in (old, new):
        prepare_state(path)
        assert rows(path, "PRAGMA user_version") == [(schema.STATE_VERSION,)]
    assert shape(old) == shape(new)
    assert rows(old, "PRAGMA integrity_check") == [("ok",)]


def shape(path: Path) -> dict[object, object]:
    """The columns, indexes and references of every table."""
    tables = rows(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    kinds = ("table_info", "index_list", "foreign_key_list")
    found: dict[object, object] = {}
    for (table,) in tables:
        for kind in kinds:
            facts = rows(path, f"SELECT * FROM pragma_{kind}('{table}')")
            found[table, kind] = sorted(map(repr, facts))
    return found


def id_of_bookmark(store: PostStore, title: str) -> PostId:
    (post_id,) = (row.post_id for row in store.lists.page(BOOKMARKS, 0, 10) if row.title == title)
    return post_id


def test_reading_goes_on_from_the_first_release(library: Library) -> None:
    """Where the files are still there, their marks are found by source and path."""
    library.data.mkdir(mode=0o700)
    state = library.data / "state.db"
    shutil.copy(FIRST, state)
    with closing(sqlite3.connect(state)) as db, db:
        for table in ("marks", "bookmarks", "positions", "journal"):
            db.execute(f"UPDATE {table} SET source = ?", (str(library.folder),))
    library.write("2024-05-07-note.md", title="短讯之7")
    library.write("2024-05-08-note.md", title="短讯之8")
    library.write("2024-05-03-bridge.md", title="老桥重开", body="改了。")
    store = library.scanned()
    assert {row.title: (row.read, row.bookmarked) for row in store.lists.page(Query(), 0, 10)} == {
        "短讯之7": (False, False),
        "短讯之8": (True, False),
        "老桥重开": (False, True),
    }
    assert store.marks.undo() is not None
    row = store.lists.row(id_of(store, "短讯之7"))
    assert row is not None
    assert row.read
    bridge = store.lists.row(id_of(store, "老桥重开"))
    assert bridge is not None
    assert bridge.changed


def step(script: str) -> Callable[[sqlite3.Connection], None]:
    return lambda db: migrations.run_script(db, script)


def test_a_state_is_copied_before_it_is_brought_to_a_new_version(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = marked(library)
    now = schema.STATE_VERSION
    monkeypatch.setattr(schema, "STATE_VERSION", now + 2)
    steps = {
        now: step("CREATE TABLE one (x);"),
        now + 1: step("CREATE TABLE two (x);\nINSERT INTO two VALUES (1);"),
    }
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    assert flags(library.open()) == MARKED
    backup = newest_backup(state)
    assert backup is not None
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    for path, version in ((backup, now), (state, now + 2)):
        db = sqlite3.connect(path)
        assert db.execute("PRAGMA user_version").fetchone() == (version,)
        assert db.execute("SELECT count(*) FROM marks").fetchone() == (2,)
        db.close()


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE one (x);\nINSERT INTO no VALUES (1);",
        "CREATE TABLE one (x);\nINSERT INTO changes VALUES (9, 'a', 'b', 9, 9, '', '');",
    ],
)
def test_a_failed_migration_changes_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    state = marked(library)
    now = schema.STATE_VERSION
    monkeypatch.setattr(schema, "STATE_VERSION", now + 1)
    monkeypatch.setattr(migrations, "MIGRATIONS", {now: step(script)})
    with pytest.raises(StateError):
        library.open()
    assert newest_backup(state) is None
    db = sqlite3.connect(state)
    assert db.execute("PRAGMA user_version").fetchone() == (now,)
    assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'one'").fetchone() == (0,)
    db.close()
