"""Run work in threads, so that the event loop waits for it a moment at most.

What a key asks for should be drawn together with what the key itself changes: to hand the work to a
thread and to draw when it comes back costs a second frame, which is more than most of the work
takes. So the loop waits, but no longer than nobody notices, whatever the disk does.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, TypeVar

MAX_WAIT_SECONDS = 0.012
"""The most seconds that the loop waits: an article of usual length takes 2 to 9 ms."""

Result = TypeVar("Result")

MAX_THREADS: Final = 6
"""Threads of all work but writing: a list is collected, another one counted, an article read and
laid out and searched at once, with one to spare."""


class DaemonThreads:
    """A few threads that take work in its order, and that the process does not wait for at its end.

    The pools of `concurrent.futures` and of asyncio have threads that it does wait for: 20 seconds
    if one of them waits for a database that another process has locked.
    """

    def __init__(self, most: int, name: str) -> None:
        """Start no thread yet.

        Args:
            most: How many threads there are at most.
            name: What they are called.
        """
        self._most = most
        self._name = name
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._started = 0

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Have some work done as soon as a thread is free."""
        future: Future[Result] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001  (raised again for the caller that waits)
                future.set_exception(error)
            else:
                future.set_result(result)

        self._work.put(run)
        with self._lock:
            if not self._idle.acquire(blocking=False) and self._started < self._most:
                self._started += 1
                threading.Thread(target=self._run, name=self._name, daemon=True).start()
        return future

    def _run(self) -> None:
        while True:
            try:
                work = self._work.get_nowait()
            except Empty:
                self._idle.release()
                work = self._work.get()
            work()
            del work  # it holds an article, or what else it was about


_threads = DaemonThreads(MAX_THREADS, "background")


def submit(work: Callable[[], Result]) -> Future[Result]:
    """Start some work in a thread."""
    return _threads.submit(work)


async def run(work: Callable[[], Result]) -> Result:
    """Do some work in a thread; cancelling the wait does not stop it.

    Raises:
        Exception: Whatever the work raised.
    """
    future = submit(work)
    await wait_until_done(future)
    return future.result()


def wait_briefly(work: Future[Result], seconds: float = MAX_WAIT_SECONDS) -> bool:
    """Wait for some work, `MAX_WAIT_SECONDS` or less; return whether it is done."""
    return bool(wait([work], max(0.0, seconds)).done)


async def wait_until_done(work: Future[Result]) -> None:
    """Wait off the loop until some work is done; errors are raised to the reader of its result."""
    waiting = asyncio.wrap_future(work)
    # Else asyncio would write on the screen what nobody asked this future for.
    waiting.add_done_callback(lambda done: done.cancelled() or done.exception())
    await asyncio.wait([waiting])


async def iterate(start: Callable[[], Iterator[Result]]) -> AsyncIterator[Result]:
    """Run an iterator in a thread of its own and yield its values on the loop.

    Who stops early has to make the iterator stop as well: the thread goes on until then.

    Args:
        start: Makes the iterator, in that thread.

    Raises:
        Exception: Whatever the iterator raised, after the values before it.
    """
    loop = asyncio.get_running_loop()
    values: asyncio.Queue[tuple[Result] | None] = asyncio.Queue()

    def fill() -> None:
        with suppress(RuntimeError):  # the loop ends with the program, in the midst of this
            try:
                for value in start():
                    loop.call_soon_threadsafe(values.put_nowait, (value,))
            finally:
                loop.call_soon_threadsafe(values.put_nowait, None)

    running = submit(fill)
    while (item := await values.get()) is not None:
        yield item[0]
    await wait_until_done(running)
    running.result()
