"""What is remembered of lists: enough to be quick, and never more than a little."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from newsreader.store import Query
from newsreader.store.lists.date_list import ListCache
from tests.store.conftest import Library

LISTS = 16
"""So many lists are remembered."""

PLACES = 256
"""Of so many posts of a list the index is remembered."""


def test_of_a_list_that_is_read_for_hours_a_few_hundred_indexes_are_remembered() -> None:
    memory = ListCache()
    for number in range(20 * PLACES):
        memory.note_place(("a list",), number, 1_000_000 - number)
        places = memory.places(("a list",))
        assert len(places) <= PLACES
        assert (number, 1_000_000 - number) in places, "the newest one is the nearest to be read"
    assert places == tuple(sorted(places))
    assert len(places) >= PLACES // 2
    assert places[-1][0] - places[0][0] > 2 * PLACES, "they lie apart"


def test_an_index_that_is_known_is_not_remembered_twice() -> None:
    memory = ListCache()
    for index in (5, 1, 5, 5):
        memory.note_place(("a list",), index, 100 - index)
    assert memory.places(("a list",)) == ((1, 99), (5, 95))


def test_of_many_lists_those_are_remembered_that_were_read_last() -> None:
    memory = ListCache()
    for number in range(LISTS + 4):
        memory.note_total((number,), number)
        memory.note_place((number,), 0, number)
        assert memory.total((0,)) == 0, "it is read again and again"
        assert memory.places((0,)) == ((0, 0),)
    totals = [memory.total((number,)) for number in range(LISTS + 4)]
    assert totals == [0] + [None] * 4 + list(range(5, LISTS + 4))
    assert [bool(memory.places((number,))) for number in range(LISTS + 4)] == [
        total is not None for total in totals
    ]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_a_list_is_right_wherever_it_is_read_and_however_much_was_forgotten(
    library: Library, seed: int
) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    size = PLACES + 100
    for number in range(size):
        date = f"{start + timedelta(hours=number):%F %T}"
        library.write(f"{number}.md", title=f"{number}", date=date)
    store = library.scanned()
    chance = random.Random(seed)
    for _ in range(4 * PLACES):
        offset = chance.randrange(size)
        rows = store.lists.page(Query(), offset, 2)
        titles = [row.title for row in rows]
        numbers = [size - 1 - offset, size - 2 - offset][: len(rows)]
        assert titles == [f"{number}" for number in numbers], f"seed {seed}"
        assert len(rows) == min(2, size - offset)
