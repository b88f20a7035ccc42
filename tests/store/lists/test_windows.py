"""How large the windows are in which a list is collected: by a clock that the test sets."""

from __future__ import annotations

import random
import sqlite3
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from newsreader.store import Everything, PostId, PostStore, Source, View
from newsreader.store.db.connect import Statement, connect
from newsreader.store.db.transactions import reading
from newsreader.store.index.post_ids import BUCKET_BITS, LAST_ID, title_key
from newsreader.store.lists.sql import ResolvedScope, list_walks
from newsreader.store.lists.windows import Bounds, Plan, search_windows, sort_by_title, walk_titles
from tests.store.made_posts import FIRST, MadePost, make_post, put_posts

POSTS = 4000
SOURCES = (1, 2)
BEGINNING = 1000.0
MANY_MATCHES = 1000
SORTED_AT_ONCE = 20_000
"""So many posts are sorted by their titles without going through the index of titles."""

Posts = dict[PostId, MadePost]


class Index:
    """An index of posts made at random, the clock by which it is searched, and what was asked."""

    def __init__(self, db: sqlite3.Connection, posts: Posts) -> None:
        self.db = db
        self.posts = posts
        self.listed = sorted(
            each for each, post in posts.items() if post.listed and post.source in SOURCES
        )
        self.now = BEGINNING
        self.windows: list[Bounds] = []

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with reading(self.db):
            yield self.db

    def plan(
        self, seconds: Callable[[int], float], *, first: int, matches: int = MANY_MATCHES
    ) -> Plan:
        """A plan for all posts, of which each window takes the seconds that its number says."""

        def select(window: Bounds) -> Statement:
            self.now += seconds(len(self.windows))
            self.windows.append(window)
            ids = [each for each in self.listed if window[0] <= each <= window[1]]
            return "SELECT ?, ?", (f"{ids}", matches)

        walks = list_walks(Everything(), View.ALL, ResolvedScope(SOURCES))
        return Plan(select, walks, (0, LAST_ID), first)

    def sizes(self) -> list[int]:
        """How many posts lay in each window."""
        return [sum(low <= each <= high for each in self.listed) for low, high in self.windows]


def make(chance: random.Random, number: int) -> MadePost:
    """A post with a date, a few in a bucket of texts; some are of one title."""
    post = make_post(chance, number)
    date = post.date or FIRST + timedelta(hours=4 * number)
    return replace(
        post,
        date=FIRST + 10 * (date - FIRST),
        title="同" if number % 3 else post.title,
    )


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Posts]]:
    folder = tmp_path_factory.mktemp("windows")
    cache, data = folder / "cache", folder / "data"
    paths = [folder / name for name in ("one", "two", "three")]
    for path in paths:
        path.mkdir()
    PostStore([Source(path) for path in paths], cache_dir=cache, data_dir=data).close()
    chance = random.Random(5)
    with closing(connect(cache / "index.db", data / "state.db")) as db:
        yield db, put_posts(db, [make(chance, number) for number in range(POSTS)])


@pytest.fixture
def index(stored: tuple[sqlite3.Connection, Posts], monkeypatch: pytest.MonkeyPatch) -> Index:
    index = Index(*stored)
    monkeypatch.setattr(time, "perf_counter", lambda: index.now)
    return index


def go_on() -> bool:
    return False


@pytest.mark.parametrize("oldest_first", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_every_post_is_found_once_and_in_order_whatever_the_windows_are(
    index: Index, oldest_first: bool, seed: int
) -> None:
    chance = random.Random(seed)
    plan = index.plan(lambda _: chance.choice([0.0, 0.001, 0.1]), first=chance.randint(1, 50))
    found = [*search_windows(index.reading, plan, oldest_first=oldest_first, stop=go_on)]
    ids = [each for part in found for each in part]
    assert ids == sorted(index.listed, reverse=not oldest_first), f"seed {seed}"
    assert len(index.windows) > 5


def test_windows_of_no_time_grow_fourfold(index: Index) -> None:
    plan = index.plan(lambda _: 0.0, first=5)
    assert all(search_windows(index.reading, plan, oldest_first=True, stop=go_on))
    sizes = index.sizes()[:4]
    # Posts of one bucket stay together, so a window may hold a few more than it is to.
    for size, wanted in zip(sizes, (5, 20, 80, 320), strict=True):
        assert wanted <= size <= wanted + 10


@pytest.mark.parametrize(
    ("matches", "third"),
    [(MANY_MATCHES, 16), (0, 82)],
    ids=["it is slow as there is much", "it is slow as nothing is found"],
)
def test_a_window_that_took_too_long_is_followed_by_a_smaller_one(
    index: Index, matches: int, third: int
) -> None:
    # 40 ms are the goal: four times the quickest window. A quarter of a second is too long; where
    # next to nothing is found, each window costs what all before it did, so they get larger.
    plan = index.plan(lambda number: (0.01, 0.4)[min(number, 1)], first=40, matches=matches)
    steps = search_windows(index.reading, plan, oldest_first=True, stop=go_on)
    for _ in range(3):
        next(steps)
    first, second, last = index.sizes()
    assert 40 <= first <= 50
    assert 160 <= second <= 170
    assert third <= last <= third + 10


def test_what_is_quick_for_a_few_is_given_up_if_it_would_take_too_long_for_all(
    index: Index,
) -> None:
    instead = index.plan(lambda _: 0.0, first=100)
    few = replace(index.plan(lambda _: 0.01, first=2), most=1000, instead=instead)
    steps = search_windows(index.reading, few, oldest_first=False, stop=go_on)
    found = [each for part in steps for each in part]
    assert found == index.listed[::-1], "the rest is found by the other way"
    # 10 ms for two are five seconds for a thousand.
    assert [size >= 100 for size in index.sizes()[:2]] == [False, True]


def test_what_is_quick_for_all_is_not_given_up(index: Index) -> None:
    def fail(_: Bounds) -> Statement:
        raise AssertionError

    instead = replace(index.plan(lambda _: 0.0, first=100), select=fail)
    few = replace(index.plan(lambda _: 0.0009, first=2), most=1000, instead=instead)
    steps = search_windows(index.reading, few, oldest_first=False, stop=go_on)
    assert [each for part in steps for each in part] == index.listed[::-1]


@pytest.mark.parametrize("oldest_first", [False, True])
def test_posts_of_one_bucket_are_in_one_window(index: Index, oldest_first: bool) -> None:
    plan = index.plan(lambda number: 1.0 if number else 0.001, first=1)
    assert [*search_windows(index.reading, plan, oldest_first=oldest_first, stop=go_on)]
    windows = index.windows if oldest_first else index.windows[::-1]
    assert len(windows) > 100
    for (_, high), (low, _) in pairwise(windows):
        assert high + 1 == low
        assert high >> BUCKET_BITS != low >> BUCKET_BITS


def test_collecting_stops_between_two_windows(index: Index) -> None:
    plan = index.plan(lambda _: 0.0, first=1)
    steps = search_windows(
        index.reading, plan, oldest_first=False, stop=lambda: index.now > BEGINNING
    )
    assert next(steps)
    index.now += 1.0
    assert [*steps] == []
    assert len(index.windows) == 1


def by_title(index: Index, ids: list[PostId]) -> list[PostId]:
    return sorted(ids, key=lambda each: (title_key(index.posts[each].title), each))


def others(ids: list[PostId], count: int) -> array[int]:
    """These ids among so many that the index does not hold."""
    missing = {2 * number + 1 for number in range(count)} - set(ids)
    return array("q", sorted([*ids, *missing]))


@pytest.mark.parametrize("count", [0, SORTED_AT_ONCE], ids=["few", "many"])
def test_posts_are_sorted_by_title_however_many_they_are(index: Index, count: int) -> None:
    wanted = index.listed[::3]
    steps = sort_by_title(index.reading, SOURCES, others(wanted, count), go_on)
    assert [each for part in steps for each in part] == by_title(index, wanted)


def test_bookmarks_on_no_shelf_come_at_the_end_of_many_posts(index: Index) -> None:
    gone = [each for each, post in index.posts.items() if post.bookmarked and not post.listed]
    assert gone
    wanted = index.listed[::3]
    ids = others([*wanted, *gone], SORTED_AT_ONCE)
    steps = sort_by_title(index.reading, SOURCES, ids, go_on)
    found = [each for part in steps for each in part]
    assert found == by_title(index, wanted) + by_title(index, gone)


@pytest.mark.parametrize("count", [0, SORTED_AT_ONCE], ids=["few", "many"])
def test_sorting_by_title_can_be_stopped(index: Index, count: int) -> None:
    ids = others(index.listed, count)
    assert [*sort_by_title(index.reading, SOURCES, ids, lambda: True)] == []


def test_all_posts_are_gone_through_by_title_also_where_titles_are_the_same(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each part takes a second, so the next one is as small as it may be.
    clock = iter(range(1_000_000))
    monkeypatch.setattr(time, "perf_counter", lambda: float(next(clock)))
    parts = [*walk_titles(index.reading, SOURCES, go_on)]
    assert [each for part in parts for each in part] == by_title(index, index.listed)
    assert [len(part) for part in parts][:3] == [2000, 500, 500]
