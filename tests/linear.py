"""Expect work to be linear, without a clock: four times as much takes fourfold, 16 times as long if
it is quadratic, and no machine is so busy that it hides that in a thread's own processor time.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T", str, bytes)

MOST_GROWTH = 7.0
"""What is linear grows fourfold, what is quadratic sixteenfold."""
NOISE = 0.0002
"""Seconds that a cold cache may cost each time."""
TRIES = 12
"""A measurement that seems to grow too fast is made again: other processes share the caches."""
SECONDS_OF_TRIES = 10.0
"""What they may cost in all: what grows too fast is found soon."""

share = 4
"""The part of each size that is measured: a quarter; all of it by `tests/long/test_linear.py`.

What is linear takes a quarter of the time, and what is quadratic shows by its ratio as well: of a
megabyte of characters there is enough for copies of what is left, one a character, to outweigh a
microsecond of work for each.
"""


def growth(quarter: Callable[[], object], whole: Callable[[], object]) -> float:
    """How much more a whole costs than its quarter: the least of some measurements."""
    costs: list[float] = []
    found: list[float] = []
    for _ in range(TRIES):
        costs.append(processor_seconds(quarter) + NOISE)
        found.append(processor_seconds(whole))
        if min(found) < MOST_GROWTH * min(costs) or sum(costs + found) > SECONDS_OF_TRIES:
            break
    return min(found) / min(costs)


def expect_linear_in(work: Callable[[T], object], text: T) -> None:
    """Expect `work` on a text to take about four times as long as without its middle."""
    whole = _without_middle(text, share)
    quarter = _without_middle(text, 4 * share)
    assert growth(lambda: work(quarter), lambda: work(whole)) < MOST_GROWTH


def expect_linear(work: Callable[[int], object], size: int) -> None:
    """Expect `work` of some size to take about four times as long as that of a quarter of it."""
    whole = size // share
    assert growth(lambda: work(whole // 4), lambda: work(whole)) < MOST_GROWTH


def _without_middle(text: T, parts: int) -> T:
    """One of so many parts of a text, half from its beginning and half from its end."""
    if parts == 1:
        return text
    half = len(text) // (2 * parts)
    return text[:half] + text[-half:]


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
