"""Work off the loop that the loop waits for, but only for a moment.

What a key asks for should be drawn together with what the key itself changes: to hand the work to a
thread and to draw when it comes back costs a second frame, which is more than most of the work
takes. So the loop waits, but no longer than nobody notices, whatever the disk does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TypeVar

MAX_WAIT_SECONDS = 0.012
"""How long the loop waits at most: an article of usual length takes 3 to 5 ms."""

Result = TypeVar("Result")

_threads = ThreadPoolExecutor(thread_name_prefix="background")


def submit(work: Callable[[], Result]) -> Future[Result]:
    """Start some work in a thread."""
    return _threads.submit(work)


def wait_briefly(work: Future[Result]) -> bool:
    """Wait for some work, `MAX_WAIT_SECONDS` at most; return whether it is done."""
    return bool(wait([work], MAX_WAIT_SECONDS).done)


async def wait_until_done(work: Future[Result]) -> None:
    """Wait off the loop until some work is done; what it raised is left to who reads its result."""
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

    def run() -> None:
        with suppress(RuntimeError):  # the loop ends with the program, in the midst of this
            try:
                for value in start():
                    loop.call_soon_threadsafe(values.put_nowait, (value,))
            finally:
                loop.call_soon_threadsafe(values.put_nowait, None)

    running = asyncio.ensure_future(asyncio.to_thread(run))
    running.add_done_callback(lambda done: done.cancelled() or done.exception())
    while (item := await values.get()) is not None:
        yield item[0]
    await running
