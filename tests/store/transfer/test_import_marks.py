"""What an import of read marks and reading places changes: it joins what is there."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.reading_place import ReadingPlace
from newsreader.messages import describe
from newsreader.store import ImportPlaces, PostStore, Query, StoreError, View
from newsreader.store.db.stored_path import StoredPath, to_stored
from newsreader.store.state.file_changes import file_digest
from newsreader.store.transfer import import_marks as module
from newsreader.store.transfer.export_marks import mark_lines
from newsreader.store.transfer.import_marks import import_marks
from newsreader.store.transfer.mark_lines import first_line
from newsreader.store.values import ImportedMarks
from tests.store.conftest import Library, id_of
from tests.store.transfer.conftest import alone

Known: TypeAlias = dict[tuple[str, str], tuple[bool, tuple[int, str, int] | None]]
"""What is known of posts, by the name of their source and their path: read, and the place."""

SOURCES = ("~/news", "~/多 spaces", "feeds", os.fsdecode(b"/srv/\xff"))
PATHS = ("_posts/a.md", "芯片.html", os.fsdecode(b"\xfe.md"), "a\n\x1b.md", "x/_posts/a.md")
NAMES = st.tuples(st.sampled_from(SOURCES), st.sampled_from(PATHS))


def known(parity: int) -> st.SearchStrategy[Known]:
    """What a machine knows; no two know anything since the same second."""
    seconds = st.integers(0, 100).map(lambda number: 2 * number + parity)
    place = st.tuples(st.integers(0, 9), st.sampled_from(["", "甲", "乙"]), seconds)
    values = st.tuples(st.booleans(), st.none() | place).filter(any)
    return st.dictionaries(NAMES, values, max_size=12)


class Machine:
    """A reading state of its own, in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.data = home / "data"
        self.places = ImportPlaces({"~": home, "feeds": home / "data/feeds"}, ())

    def _local(self, name: str) -> StoredPath:
        first, slash, rest = name.partition("/")
        folder = self.places.anchors.get(first)
        return to_stored(f"{folder}{slash}{rest}" if folder else name)

    def know(self, known: Known) -> None:
        with alone(self.data) as db:
            for table in ("marks", "positions"):
                db.execute(f"DELETE FROM state.{table}")
            for (source, path), (read, place) in known.items():
                name = (self._local(source), to_stored(path))
                mark = "INSERT INTO state.marks VALUES (?, ?, ?, 0, 1, 0, NULL, NULL)"
                db.execute(mark, (*name, read))
                if place is not None:
                    # The fraction is none of microseconds, as those of clocks are.
                    row = (*name, *place[:2], place[2] + 1 / 3)
                    db.execute("INSERT INTO state.positions VALUES (?, ?, ?, ?, ?)", row)

    def known(self) -> Known:
        names = {(self._local(s), to_stored(p)): (s, p) for s in SOURCES for p in PATHS}
        with alone(self.data) as db:
            read = {(s, p) for s, p in db.execute("SELECT source, path FROM marks WHERE read")}
            places = {
                (source, path): (place, context, int(at))
                for source, path, place, context, at in db.execute("SELECT * FROM positions")
            }
        assert read | places.keys() <= names.keys()
        return {
            names[each]: (each in read, places.get(each))
            for each in sorted(read | places.keys(), key=str)
        }

    def exported(self) -> bytes:
        with alone(self.data) as db:
            lines = mark_lines(db, (), self.places.anchors)
            return "".join(f"{line}\n" for line in lines).encode()

    def take(self, raw: bytes) -> ImportedMarks:
        with alone(self.data) as db:
            return import_marks(db, raw, "file", self.places)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, Machine]:
    return Machine(tmp_path_factory.mktemp("ann")), Machine(tmp_path_factory.mktemp("bea"))


@pytest.mark.long
@given(here=known(0), there=known(1))
def test_an_import_is_the_union_and_the_same_again_changes_nothing(
    machines: tuple[Machine, Machine], here: Known, there: Known
) -> None:
    a, b = machines
    a.know(there)
    b.know(here)
    both: Known = {}
    for name in here.keys() | there.keys():
        (ours, our_place), (theirs, their_place) = (
            each.get(name, (False, None)) for each in (here, there)
        )
        newest = max((our_place, their_place), key=lambda place: place[2] if place else -1)
        both[name] = (ours or theirs, newest)

    done, again = b.take(a.exported()), b.take(a.exported())

    assert b.known() == both
    assert (done.left_out, again.left_out) == (0, 0)
    new = [name for name, (read, _) in there.items() if read and not here.get(name, (False,))[0]]
    assert (done.marked, again.marked, again.placed) == (len(new), 0, 0)
    assert done.marked + done.known == sum(read for read, _ in there.values())
    assert done.placed + done.kept == sum(place is not None for _, place in there.values())
    # The way back brings both to the same.
    a.take(b.exported())
    assert a.known() == both


def lines(*posts: dict[str, object]) -> bytes:
    return "".join(f"{each}\n" for each in (first_line(), *map(json.dumps, posts))).encode()


def read_post(source: Path | str, name: str, **more: object) -> dict[str, object]:
    return {"source": str(source), "path": f"_posts/{name}.md", "read": True, **more}


def take(library: Library, raw: bytes, *folders: Path, is_named: bool = False) -> ImportedMarks:
    places = ImportPlaces({"~": library.folder.parent / "home"}, folders, is_named=is_named)
    with alone(library.data) as db:
        return import_marks(db, raw, "marks.jsonl", places)


def unread(store: PostStore) -> set[str]:
    return {row.title for row in store.lists.page(Query(view=View.UNREAD), 0, 100)}


def test_a_mark_counts_as_soon_as_its_post_is_there(library: Library) -> None:
    library.write("a.md", title="a")
    library.write("b.md", title="b")
    store = library.scanned()
    raw = lines(
        read_post(library.folder, "a"),
        read_post(library.folder, "later"),
        {
            **read_post(library.folder, "b"),
            "read": False,
            "place": {"offset": 3, "context": "Text.", "at": "2026-01-01T00:00:00+00:00"},
        },
    )
    assert take(library, raw) == ImportedMarks(marked=2, placed=1)
    store.data_version()  # another process has changed something
    library.write("later.md", title="later")
    library.write("other.md", title="other")
    store.scans.run()
    assert unread(store) == {"b", "other"}
    assert store.places.load(id_of(store, "b")) == ReadingPlace(3, "Text.")


def test_an_import_is_one_step_that_can_be_undone(library: Library) -> None:
    for name in ("a", "b", "c"):
        library.write(f"{name}.md", title=name)
    store = library.scanned()
    store.marks.set_read([id_of(store, "a")], True)
    names = ("a", "b", "gone")
    assert take(library, lines(*(read_post(library.folder, name) for name in names))).marked == 2
    with library.open() as other:
        assert unread(other) == {"c"}
        undone = other.marks.undo()
        assert undone is not None
        assert describe(undone.what) == "Unread again: 2 posts."
        assert unread(other) == {"b", "c"}
        assert other.marks.redo() is not None
        assert unread(other) == {"c"}
        other.marks.undo()
        other.marks.undo()
        assert unread(other) == {"a", "b", "c"}


def test_what_cannot_be_read_is_left_out_named_and_counted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NAMED", 3)
    good = read_post(library.folder, "a")
    raw = lines(good, {**good, "path": "../a.md"}, {**good, "source": "nowhere"})
    raw += (
        b"\n" + lines({**good, "path": "b.md"}) + b"half of a l\n\x1b[31m" + b"x" * 70_000 + b"\n"
    )
    raw += json.dumps({**good, "path": "c.md", "more": "x" * 70_000}).encode()
    done = take(library, raw)
    assert (done.marked, done.left_out) == (2, 5)
    said = [describe(problem) for problem in done.problems]
    assert said[:2] == [
        "Not imported: line 3 (path) of marks.jsonl.",
        "Not imported: line 4 (source) of marks.jsonl.",
    ]
    assert len(said) == 3
    assert said[2].startswith("Not imported: line 8 (")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "not-marks"),
        (b"{}\n", "not-marks"),
        (b"SQLite format 3\0", "not-marks"),
        (b'{"format": "newsreader marks"}\n', "not-marks"),
        (b'{"format": "newsreader marks", "version": 2}\n', "manifest-newer"),
        (lines() + b'{"format": "newsreader marks", "version": 2}\n', "manifest-newer"),
    ],
)
def test_something_else_changes_nothing(library: Library, raw: bytes, problem: str) -> None:
    with pytest.raises(StoreError, match=problem):
        take(library, raw + json.dumps(read_post(library.folder, "a")).encode())
    with alone(library.data) as db:
        assert db.execute("SELECT count(*) FROM state.marks").fetchone() == (0,)


def test_a_state_that_cannot_be_written_is_as_it_was(library: Library) -> None:
    library.write("a.md", title="a")
    with library.scanned():
        pass
    with alone(library.data) as db:
        db.execute("PRAGMA state.query_only = 1")
        with pytest.raises(sqlite3.OperationalError):
            import_marks(db, lines(read_post("/a", "a")), "file", ImportPlaces({}, ()))
    with closing(sqlite3.connect(library.data / "state.db")) as db:
        assert db.execute("SELECT count(*) FROM marks").fetchone() == (0,)


def digested(path: Path) -> str:
    return file_digest(path.read_bytes()).hex()


@pytest.mark.parametrize("same", [True, False])
def test_a_source_with_another_path_here_is_found_by_its_posts(
    library: Library, same: bool
) -> None:
    decoy = library.folder.parent / "decoy"
    for name in ("a", "b", "c", "d"):
        library.write(f"{name}.md", title=name)
        library.write(f"{name}.md", title=f"other {name}", folder=decoy)
    posts = [
        read_post("~/gone", name, digest=digested(library.folder / f"_posts/{name}.md"))
        for name in ("a", "b", "c")
    ]
    if not same:  # of three that were opened one is another here, which may be an edit, or two
        posts[0]["digest"] = posts[1]["digest"] = "00"
    done = take(library, lines(*posts, read_post("~/gone", "d")), decoy, library.folder)
    with library.scanned() as store:
        assert unread(store) == (set() if same else {"a", "b", "c", "d"})
    gone = library.folder.parent / "home/gone"
    assert [describe(notice) for notice in done.notices] == [
        f"~/gone is {library.folder} here: what is known of its posts counts there."
        if same
        else f"There is no {gone} here: what is known of its posts counts once it is there. "
        "If it is elsewhere, --source says where."
    ]
    gone.mkdir(parents=True)
    assert take(library, lines(*posts), decoy, library.folder).notices == ()


def test_the_one_source_that_is_named_is_meant(library: Library) -> None:
    library.write("a.md", title="a")
    raw = lines(read_post("/nowhere/else", "a"))
    other = library.folder.parent / "other"
    assert take(library, raw, library.folder, other, is_named=True).notices[0].code == (
        "source-not-here"
    )
    assert take(library, raw, library.folder, is_named=True).marked == 1
    with library.scanned() as store:
        assert unread(store) == set()


def test_a_post_that_is_named_twice_counts_once_with_its_newest_place(library: Library) -> None:
    place = {"offset": 1, "context": "", "at": "2026-01-02T00:00:00Z"}
    post = read_post(library.folder, "a", place=place)
    older = {**post, "read": False, "place": {**place, "offset": 2, "at": "2026-01-01T00:00:00Z"}}
    assert take(library, lines(post, older) + lines(post)) == ImportedMarks(marked=1, placed=1)
    with alone(library.data) as db:
        assert db.execute("SELECT place FROM state.positions").fetchall() == [(1,)]
