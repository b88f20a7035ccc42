"""Cancel work on an article from another thread: a parse or a layout nobody waits for."""

from __future__ import annotations


class WorkCancelledError(Exception):
    """Work ended early because its token was cancelled; its partial result is discarded."""


class CancellationToken:
    """A flag that one thread sets and the working thread checks.

    A thread cannot be stopped from outside, and a process waits for its threads when it ends: a
    hostile article of 1 MB takes two seconds, in which the reader would seem to hang after `q`.
    Code that works on an article calls `check` at least every 50 ms: for every block, row, line of
    code, and hundred lines of a paragraph.
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


NEVER = CancellationToken()
"""The token of work that is never cancelled."""
