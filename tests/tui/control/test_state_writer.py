"""Changes of the reading state, one after the other."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from newsreader.store import StoreError
from newsreader.tui.control.state_writer import StateWriter
from tests.tui.control.fakes import FakeStore


async def test_changes_are_made_in_a_thread_and_in_their_order() -> None:
    writer = StateWriter(FakeStore().data_version)
    made: list[tuple[int, bool]] = []
    main = threading.get_ident()

    def change(number: int) -> None:
        made.append((number, threading.get_ident() == main))

    await asyncio.gather(*(writer.write(partial(change, number)) for number in range(5)))

    assert made == [(number, False) for number in range(5)]


async def test_no_two_changes_are_made_at_once() -> None:
    writer = StateWriter(FakeStore().data_version)
    at_once: list[int] = []
    lock = threading.Lock()

    def change() -> None:
        at_once.append(int(not lock.acquire(blocking=False)))
        threading.Event().wait(0.005)
        lock.release()

    await asyncio.gather(*(writer.write(change) for _ in range(4)))

    assert at_once == [0, 0, 0, 0]


async def test_what_was_changed_here_need_not_be_read_again() -> None:
    store = FakeStore()
    writer = StateWriter(store.data_version)

    assert await writer.write(store.undo) is None
    assert writer.version == store.version


async def test_a_change_that_fails_is_told_and_the_version_stays() -> None:
    store = FakeStore()
    store.failing = {"undo"}
    writer = StateWriter(store.data_version)

    with pytest.raises(StoreError, match="index-unusable undo"):
        await writer.write(store.undo)
    assert writer.version == -1


async def test_a_version_that_cannot_be_read_is_no_failure_of_the_change() -> None:
    store = FakeStore()
    store.failing = {"data_version"}
    writer = StateWriter(store.data_version)

    await writer.write(lambda: None)
    assert writer.version == -1


async def test_what_was_submitted_is_written_though_nobody_waits_any_more() -> None:
    writer = StateWriter(FakeStore().data_version)
    goes_on = threading.Event()
    made: list[int] = []
    writer.submit(lambda: goes_on.wait(30))
    writes = [asyncio.ensure_future(writer.write(partial(made.append, each))) for each in range(3)]
    await asyncio.sleep(0)
    for each in writes:
        each.cancel()
    await asyncio.sleep(0)
    assert not writer.finish(0.01)
    goes_on.set()

    assert writer.finish(30)
    assert made == [0, 1, 2]
