"""End in good order when a signal asks the process to end."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_NAMES: Final = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGALRM")
ENDING_SIGNALS: Final = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Those that end a process which does not handle them, and that it can handle."""

GRACE_SECONDS: Final = 3.0
"""How long the end may take after a signal, whatever the process waits for: a terminal that takes
no more output, a disk that does not answer."""


@contextmanager
def handle_signals(end: Callable[[int], None], give_up: Callable[[], None]) -> Iterator[None]:
    """Have signals end the reader as `q` does, while this context lasts.

    A process that a signal ends by default leaves the terminal in the alternate screen, with the
    mouse reported and without an echo.

    Args:
        end: Is called in the main thread with the exit code: 128 and the number of the signal, as
            shells have it.
        give_up: Is called in another thread if the process still runs `GRACE_SECONDS` after that;
            then it ends at once.
    """

    def handle(number: int, _: FrameType | None) -> None:
        code = 128 + number
        if not watchdogs:
            watchdog = threading.Timer(GRACE_SECONDS, _end_at_once, (give_up, code))
            watchdog.daemon = True
            watchdog.start()
            watchdogs.append(watchdog)
        end(code)

    watchdogs: list[threading.Timer] = []
    before = {each: signal.signal(each, handle) for each in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_at_once(give_up: Callable[[], None], code: int) -> None:
    try:
        give_up()
    finally:
        os._exit(code)
