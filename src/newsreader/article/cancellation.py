"""Cancel work on an article from another thread: a parse or a layout nobody waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final, TypeVar

T = TypeVar("T")

_ITEMS_PER_CHECK: Final = 64
_SEQUENCES: Final = (list, tuple)


class WorkCancelledError(Exception):
    """Work ended early because its token was cancelled; its partial result is discarded."""


class CancellationToken:
    """A flag that one thread sets and the working thread checks.

    A thread cannot be stopped from outside, and a process waits for its threads when it ends: a
    hostile article of 1 MB takes two seconds, in which the reader would seem to hang after `q`.
    Code that works on an article calls `check` at least every 50 ms: for every block, row and line
    of code. A loop over anything that a post can have a hundred thousand of, and that makes no
    block of each, goes through `each`.
    """

    __slots__ = ("_is_cancelled",)

    def __init__(self) -> None:
        self._is_cancelled = False

    def cancel(self) -> None:
        """Ask the work to end. Safe from any thread, any number of times."""
        self._is_cancelled = True

    def check(self) -> None:
        """Raise an error if the work was cancelled.

        Raises:
            WorkCancelledError: It was.
        """
        if self._is_cancelled:
            raise WorkCancelledError

    def each(self, items: Iterable[T]) -> Iterable[T]:
        """Return some items for a loop that looks at the token every 64 of them.

        They are taken from `items` 64 at a time.

        Raises:
            WorkCancelledError: It was cancelled, now or when the loop has come that far.
        """
        if isinstance(items, _SEQUENCES) and len(items) <= _ITEMS_PER_CHECK:
            if self._is_cancelled:
                raise WorkCancelledError
            return items
        return chain.from_iterable(self._parts(iter(items)))

    def _parts(self, items: Iterator[T]) -> Iterator[tuple[T, ...]]:
        self.check()
        while part := tuple(islice(items, _ITEMS_PER_CHECK)):
            yield part
            self.check()


NEVER = CancellationToken()
"""The token of work that is never cancelled."""
