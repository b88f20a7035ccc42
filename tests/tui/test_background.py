"""Work in threads that the loop waits for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from newsreader.tui.control.background import (
    MAX_WAIT_SECONDS,
    iterate,
    submit,
    wait_briefly,
    wait_until_done,
)


def test_the_loop_waits_for_short_work_and_not_for_long_work() -> None:
    goes_on = threading.Event()
    short, long = submit(lambda: 7), submit(goes_on.wait)

    assert wait_briefly(short)
    assert short.result() == 7
    assert not wait_briefly(long)
    goes_on.set()
    assert long.result(timeout=10)
    assert MAX_WAIT_SECONDS < 0.02  # longer would be felt


async def test_a_failure_is_left_to_who_asks_for_the_result() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    work = submit(fail)
    await wait_until_done(work)

    assert work.done()
    with pytest.raises(ZeroDivisionError):
        work.result()


async def test_values_come_one_by_one_from_a_thread_of_their_own() -> None:
    threads: set[int] = set()
    goes_on = threading.Event()

    def values() -> Iterator[int]:
        threads.add(threading.get_ident())
        yield 1
        assert goes_on.wait(10)
        yield 2

    found = []
    async for value in iterate(values):
        found.append(value)
        goes_on.set()  # the first value is here before the second is made

    assert found == [1, 2]
    assert threading.get_ident() not in threads


async def test_a_failure_comes_after_the_values_before_it() -> None:
    def values() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    found: list[int] = []

    async def take() -> None:
        async for value in iterate(values):
            found.append(value)  # noqa: PERF401  (those before the failure, too)

    with pytest.raises(ZeroDivisionError):
        await take()
    assert found == [1]


async def test_who_no_longer_waits_leaves_no_failure_behind() -> None:
    stop = threading.Event()
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))

    def values() -> Iterator[int]:
        yield 1
        stop.wait(10)
        raise ZeroDivisionError

    async def take() -> None:
        async for _ in iterate(values):
            pass

    taking = asyncio.ensure_future(take())
    await asyncio.sleep(0.01)
    taking.cancel()
    stop.set()
    with pytest.raises(asyncio.CancelledError):
        await taking
    await asyncio.to_thread(lambda: None)

    assert reported == []
