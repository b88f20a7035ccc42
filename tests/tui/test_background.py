"""Work in threads that the loop waits for."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from newsreader.tui.background import (
    MAX_THREADS,
    MAX_WAIT_SECONDS,
    DaemonThreads,
    iterate,
    run,
    submit,
    wait_briefly,
    wait_until_done,
)


def test_the_loop_waits_for_short_work_and_not_for_long_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goes_on = threading.Event()
    short, long = submit(lambda: 7), submit(goes_on.wait)

    with monkeypatch.context() as patch:  # a busy machine takes longer to begin
        patch.setattr("newsreader.tui.background.MAX_WAIT_SECONDS", 60.0)
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

    begun = asyncio.Event()

    async def take() -> None:
        async for _ in iterate(values):
            begun.set()

    taking = asyncio.ensure_future(take())
    await begun.wait()
    taking.cancel()
    stop.set()
    with pytest.raises(asyncio.CancelledError):
        await taking
    await asyncio.to_thread(lambda: None)

    assert reported == []


def test_there_are_no_more_threads_than_work_or_than_allowed() -> None:
    threads = DaemonThreads(MAX_THREADS, "of a test")

    def count() -> int:
        return sum(each.name == "of a test" for each in threading.enumerate())

    for _ in range(20):
        threads.submit(lambda: None).result(30)
    assert count() <= 2  # the first may not have said yet that it is free
    goes_on = threading.Event()
    work = [threads.submit(lambda: goes_on.wait(30)) for _ in range(40)]
    assert count() == MAX_THREADS
    goes_on.set()
    assert all(each.result(30) for each in work)


@pytest.mark.long
def test_the_process_ends_whatever_a_thread_does() -> None:
    program = (
        "import threading; from newsreader.tui.background import submit;"
        "submit(threading.Event().wait)"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0


async def test_work_goes_on_though_nobody_waits_for_it_any_more() -> None:
    goes_on, done = threading.Event(), threading.Event()

    def work() -> None:
        goes_on.wait(30)
        done.set()

    waiting = asyncio.ensure_future(run(work))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    goes_on.set()
    assert done.wait(30)
