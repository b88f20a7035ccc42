"""Expect work to be linear, without a clock: what is quadratic takes 16 times as long for 4 times
as much, and no machine is so busy that it hides that in a thread's own processor time.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T", str, bytes)

_RATIO = 10
_ATTEMPTS = 3
# Less is lost in the noise, and so is whatever grows too fast.
_LEAST_SECONDS = 0.1


def expect_linear_in(work: Callable[[T], object], text: T) -> None:
    """Expect `work` on a text to take about four times as long as without its middle."""
    eighth = len(text) // 8
    _expect(lambda: work(text[:eighth] + text[-eighth:]), lambda: work(text))


def expect_linear(work: Callable[[int], object], size: int) -> None:
    """Expect `work` of some size to take about four times as long as that of a quarter of it."""
    _expect(lambda: work(size // 4), lambda: work(size))


def _expect(quarter: Callable[[], object], whole: Callable[[], object]) -> None:
    found: list[tuple[float, float]] = []
    for _ in range(_ATTEMPTS):
        found.append((processor_seconds(quarter), processor_seconds(whole)))
        if found[-1][1] < max(_LEAST_SECONDS, _RATIO * found[-1][0]):
            return
    raise AssertionError(f"a quarter of the work, and all of it, took seconds: {found}")


def processor_seconds(work: Callable[[], object]) -> float:
    """What a piece of work costs the thread, garbage collection aside.

    A full collection takes as long as everything that the tests before have left is large: 0.3 s in
    the whole suite, which a quarter of the work may be spared.
    """
    gc.disable()
    try:
        begun = time.thread_time()
        work()
        return time.thread_time() - begun
    finally:
        gc.enable()
