"""Lists against the same lists made by hand, and what reading them costs."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsreader.files import FileContent
from newsreader.store import (
    Counts,
    Everything,
    Labelled,
    OneSource,
    PostId,
    PostStore,
    Query,
    Scope,
    Source,
    Today,
    View,
)
from newsreader.store.db.connect import connect
from newsreader.store.db.transactions import writing
from newsreader.store.index.writer import IndexEntry, IndexWriter
from newsreader.store.lists.sql import ResolvedScope, list_walks, select_ids
from tests.store.conftest import Library

TODAY = datetime(2022, 3, 1, 12, tzinfo=UTC).astimezone().replace(tzinfo=None)


@dataclass(frozen=True)
class Known:
    """A post as the test knows it."""

    source: int
    path: str
    title: str
    date: datetime | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    listed: bool


def make(chance: random.Random, number: int) -> Known:
    date = datetime(2022, 3, 1, 12, tzinfo=UTC) + timedelta(hours=chance.randrange(-90, 90))
    category = chance.choice(["red", "green", "blue", ""])
    tag = {"red": "rot", "green": chance.choice(["grün", "lind"]), "blue": "blau"}.get(category)
    return Known(
        source=chance.randrange(2),
        path=f"{number}.md",
        title=f"post {number}",
        date=date if chance.random() < 0.8 else None,
        categories=(category,) if category else (),
        tags=(tag,) if tag else (),
        listed=chance.random() < 0.9,
    )


@pytest.fixture
def stored(library: Library, tmp_path: Path) -> Iterator[tuple[PostStore, list[Known]]]:
    """Sixty random posts in two sources, and ten in one that is not opened."""
    chance = random.Random(7)
    folders = [tmp_path / name for name in ("one", "two", "other")]
    for folder in folders:
        folder.mkdir()
    posts = [make(chance, number) for number in range(60)]
    elsewhere = [replace(make(chance, number), source=2) for number in range(60, 70)]
    library.open(*folders).close()
    db = connect(library.cache / "index.db", library.data / "state.db")
    put_posts(db, posts + elsewhere)
    db.close()
    sources = [Source(folder) for folder in folders[:2]]
    with PostStore(
        sources, cache_dir=library.cache, data_dir=library.data, now=lambda: TODAY
    ) as store:
        yield store, posts


def put_posts(db: sqlite3.Connection, posts: list[Known]) -> None:
    writer = IndexWriter(db)
    with writing(db, "main"):
        for post in posts:
            writer.put(
                IndexEntry(
                    source=post.source + 1,
                    path=post.path,
                    site=None,
                    size=1,
                    mtime_ns=1,
                    title=post.title,
                    date=post.date,
                    has_time=True,
                    categories=post.categories,
                    tags=post.tags,
                    listed=post.listed,
                    gone=False,
                    problem=None,
                )
            )
        writer.touch()


SCOPES: tuple[Scope, ...] = (
    Everything(),
    Today(),
    Labelled("category", "red"),
    Labelled("category", "green"),
    Labelled("tag", "lind"),
    Labelled("tag", "none of these"),
)


class Model:
    """The posts, their ids, and what was marked: the truth in plain Python."""

    def __init__(self, store: PostStore, posts: list[Known]) -> None:
        self.ids: dict[PostId, Known] = {}
        for row in store.lists.page(Query(), 0, 1000):
            (post,) = [post for post in posts if post.title == row.title]
            self.ids[row.post_id] = post
        self.read: set[PostId] = set()
        self.bookmarked: set[PostId] = set()

    def list(self, query: Query) -> list[PostId]:
        found = [
            post_id
            for post_id, post in self.ids.items()
            if post_id in query.pinned
            or (self._in_scope(post, query.scope) and self._in_view(post_id, query.view))
        ]
        return sorted(found, reverse=True)

    def _in_scope(self, post: Known, scope: Scope) -> bool:
        match scope:
            case Everything():
                return True
            case Today():
                day = post.date.astimezone().date() if post.date else None
                return day == TODAY.date()
            case OneSource(path):
                return post.source == ("one", "two").index(path.name)
            case Labelled("category", name):
                return name in post.categories
            case Labelled(_, name):
                return name in post.tags

    def _in_view(self, post_id: PostId, view: View) -> bool:
        match view:
            case View.ALL:
                return True
            case View.UNREAD:
                return post_id not in self.read
            case View.BOOKMARKS:
                return post_id in self.bookmarked

    def counts(self, scope: Scope) -> Counts:
        return Counts(*(len(self.list(Query(scope, view))) for view in View))


def test_a_list_holds_the_listed_posts_newest_first_and_undated_ones_last(
    stored: tuple[PostStore, list[Known]],
) -> None:
    store, posts = stored
    rows = store.lists.page(Query(), 0, 1000)
    assert {row.title for row in rows} == {post.title for post in posts if post.listed}
    dates = [row.date for row in rows]
    dated = [date for date in dates if date is not None]
    assert dates == sorted(dated, reverse=True) + [None] * (len(dates) - len(dated))
    by_title = {post.title: post.date for post in posts}
    assert all(row.date == by_title[row.title] for row in rows)


@pytest.mark.parametrize("seed", range(4))
def test_every_list_is_what_it_is_by_hand_whatever_is_marked(
    stored: tuple[PostStore, list[Known]], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, posts = stored
    # Bookmarks copy files; here only the flag matters.
    content = FileContent(b"---\n---\n", 8, 1)
    monkeypatch.setattr("newsreader.store.post_reader.read_regular", lambda *_, **__: content)
    chance = random.Random(seed)
    model = Model(store, posts)
    everything = sorted(model.ids)
    history: list[tuple[set[PostId], set[PostId]]] = []
    for _ in range(40):
        before = set(model.read), set(model.bookmarked)
        post_id = chance.choice(everything)
        match chance.randrange(5):
            case 0:
                chosen = set(chance.sample(everything, 5))
                read = chance.random() < 0.6
                store.marks.set_read(chosen, read)
                model.read = model.read | chosen if read else model.read - chosen
            case 1:
                bookmarked = chance.random() < 0.7
                store.bookmarks.set_bookmarked(post_id, bookmarked)
                (model.bookmarked.add if bookmarked else model.bookmarked.discard)(post_id)
            case 2 if chance.random() < 0.3:
                query = Query(chance.choice(SCOPES), chance.choice(list(View)))
                unread = [post for post in model.list(query) if post not in model.read]
                assert store.marks.mark_all_read(store.lists.unread_ids(query)) == len(unread)
                model.read |= set(unread)
            case 3 if history:
                undone = store.marks.undo()
                assert undone is not None
                model.read, model.bookmarked = history.pop()
                continue
            case _:
                continue
        if (model.read, model.bookmarked) != before:
            history.append(before)
        check(store, model, chance)
    while history:
        assert store.marks.undo() is not None
        model.read, model.bookmarked = history.pop()
        check(store, model, chance)
    assert store.marks.undo() is None


def check(store: PostStore, model: Model, chance: random.Random) -> None:
    """Compare some lists, whole and in parts."""
    ids = sorted(model.ids)
    for _ in range(4):
        kept = frozenset(chance.sample(ids, chance.choice([0, 0, 3])))
        query = Query(chance.choice(SCOPES), chance.choice(list(View)), kept)
        expected = model.list(query)
        assert store.lists.count(query) == len(expected)
        offset, limit = chance.randrange(len(expected) + 3), chance.randrange(1, 30)
        rows = store.lists.page(query, offset, limit)
        assert [row.post_id for row in rows] == expected[offset : offset + limit]
        assert all(row.read == (row.post_id in model.read) for row in rows)
        assert all(row.bookmarked == (row.post_id in model.bookmarked) for row in rows)
        post_id = chance.choice(ids)
        rank = expected.index(post_id) if post_id in expected else None
        assert store.lists.rank(query, post_id) == rank
        above = sum(other > post_id for other in expected)
        assert store.lists.locate(query, post_id) == max(0, min(above, len(expected) - 1))
    overview = store.lists.overview()
    assert overview.everything == model.counts(Everything())
    assert overview.today == model.counts(Today())
    assert [source.title for source in overview.sources] == ["one", "two"]
    for label in (*overview.categories, *overview.tags):
        assert label.counts == model.counts(label.scope)
    for source in overview.sources:
        assert source.counts == model.counts(source.scope)


def test_next_unread_goes_down_the_scope_then_through_all_then_from_the_top(
    stored: tuple[PostStore, list[Known]],
) -> None:
    store, posts = stored
    model = Model(store, posts)
    red = Query(Labelled("category", "red"))
    ids, reds = model.list(Query()), model.list(red)
    assert store.lists.next_unread(None, query=red) == reds[0]
    assert store.lists.next_unread(reds[0], query=red) == reds[1]
    assert store.lists.next_unread(reds[1], query=red, backwards=True) == reds[0]
    after_last_red = [post_id for post_id in ids if post_id < reds[-1]]
    assert store.lists.next_unread(reds[-1], query=red) == (after_last_red or ids)[0]
    assert store.lists.next_unread(ids[-1], query=Query()) == ids[0]
    assert store.lists.next_unread(ids[0], query=Query(), backwards=True) == ids[-1]
    store.marks.set_read(ids[1:], True)
    assert store.lists.next_unread(ids[5], query=red) == ids[0]
    assert store.lists.next_unread(ids[0], query=red) is None
    store.marks.set_read(ids, True)
    assert store.lists.next_unread(ids[0], query=red) is None
    assert store.lists.next_unread(None, query=red) is None


def all_queries() -> Iterator[tuple[Scope, View]]:
    for scope in (Everything(), Today(), Labelled("category", "red")):
        for view in View:
            yield scope, view


@pytest.mark.parametrize(("scope", "view"), list(all_queries()))
def test_no_list_is_sorted_or_scanned(
    stored: tuple[PostStore, list[Known]], library: Library, scope: Scope, view: View
) -> None:
    resolved = ResolvedScope((1, 2), labels=(1, 2), day=(5, 1 << 60))
    sql, values = select_ids(list_walks(scope, view, resolved))
    db = connect(library.cache / "index.db", library.data / "state.db")
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", (*values, 10, 0))]
    db.close()
    assert not [step for step in plan if "TEMP B-TREE" in step]
    assert not [step for step in plan if "SCAN" in step and "json_each" not in step], plan


@pytest.mark.long
def test_a_page_costs_the_same_in_a_long_list_as_in_a_short_one(library: Library) -> None:
    steps = {}
    for size in (1_000, 10_000):
        folder = library.folder / str(size)
        folder.mkdir()
        library.open(folder).close()
        db = connect(library.cache / "index.db", library.data / "state.db")
        (number,) = db.execute("SELECT id FROM sources WHERE path = ?", (str(folder),)).fetchone()
        start = datetime(2020, 1, 1, tzinfo=UTC)
        put_posts(
            db,
            [
                Known(number - 1, f"{n}.md", "t", start + timedelta(n), ("c",), ("t",), True)
                for n in range(size)
            ],
        )
        db.close()
        store = library.open(folder)
        steps[size] = cost_of(store, size)
    assert steps[10_000] < steps[1_000] * 1.3


def cost_of(store: PostStore, size: int) -> int:
    """Instructions of SQLite's machine for the lists that one looks at first."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    with store.databases.connection() as db:
        db.set_progress_handler(tick, 50)
    label = Labelled("category", "c")
    for query in (Query(), Query(view=View.UNREAD), Query(label), Query(label, View.UNREAD)):
        assert len(store.lists.page(query, 0, 20)) == 20
        assert store.lists.count(query) == size
        last = store.lists.page(query, size - 20, 20)
        assert len(last) == 20
        # From the end, upwards: as `k` does after `G`.
        assert len(store.lists.page(query, size - 40, 20)) == 20
        assert store.lists.locate(query, last[0].post_id) == size - 20
    store.lists.overview()
    db.set_progress_handler(None, 0)
    return count


def test_a_category_of_one_tag_goes_by_its_name_and_the_tag_is_not_listed_twice(
    stored: tuple[PostStore, list[Known]],
) -> None:
    store, _ = stored
    overview = store.lists.overview()
    titles = {label.scope.name: label.title for label in overview.categories}
    assert titles == {"red": "rot", "green": "green", "blue": "blau"}
    assert {label.title for label in overview.tags} == {"grün", "lind"}
    shown = {row.category for row in store.lists.page(Query(), 0, 1000)}
    assert shown == {"rot", "green", "blau", ""}
    totals = [label.counts.total for label in overview.categories]
    assert totals == sorted(totals, reverse=True)


def test_a_folder_with_an_escape_sequence_in_its_name_does_not_reach_the_screen(
    library: Library,
) -> None:
    folder = library.folder.parent / "x\x1b]0;y\x07"
    (folder / "_posts").mkdir(parents=True)
    (folder / "_posts/a.md").write_text("---\ntitle: a\n---\n")
    assert library.scanned(folder).lists.overview().title == "x]0;y"
