"""Work off the loop that the loop waits for, for a moment.

What a key asks for should be drawn together with what the key itself changes: to hand the work to a
thread and to draw when it comes back costs a second frame, which is more than most of the work
takes. So the loop waits, but no longer than nobody notices, whatever the disk does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

PATIENCE = 0.012
"""Seconds that the loop waits at most: an article of usual length takes 3 to 5 ms."""

Result = TypeVar("Result")

_threads = ThreadPoolExecutor(thread_name_prefix="soon")


def begin(work: Callable[[], Result]) -> Future[Result]:
    """Start some work in a thread."""
    return _threads.submit(work)


def is_soon_done(work: Future[Result]) -> bool:
    """Wait for some work, for `PATIENCE` seconds at most; whether it is done then."""
    return bool(wait([work], PATIENCE).done)


async def until_done(work: Future[Result]) -> None:
    """Wait off the loop until some work is done; whatever it raised is for who asks for it."""
    waiting = asyncio.wrap_future(work)
    # Else asyncio would write on the screen what nobody asked this future for.
    waiting.add_done_callback(lambda done: done.cancelled() or done.exception())
    await asyncio.wait([waiting])
