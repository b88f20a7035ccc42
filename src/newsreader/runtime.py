"""Every switch of the process: garbage collector, frame rate, niceness.

Nothing else touches them.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_FRAMES_PER_SECOND: Final = "120"
_NICENESS: Final = 5


def hold_collection() -> None:
    """Collect no garbage until `allow_collection`.

    Importing makes objects that stay: to look through them again and again for what could be
    thrown away takes a tenth of the start.
    """
    gc.disable()


def allow_collection() -> None:
    """Collect garbage from now on, but never look through what importing has made."""
    if not gc.isenabled():
        gc.freeze()
    gc.enable()


def set_up_screen() -> None:
    """Set what Textual reads when it is imported, and how often garbage is collected."""
    # What is drawn waits for the next of so many moments per second; Textual's own 60 would make a
    # preview, which is the second thing drawn for a key, wait twice as long.
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES_PER_SECOND)
    # A key leaves 90 objects that only a full collection frees, a dialog 1,300: 10 KB and 100 KB.
    # One for every 100,000 new objects takes 1 ms after 60 keys; with one for 500 million, 10,000
    # keys took 130 MB. While a large table is laid out they come seldom, as Python waits until a
    # quarter of all objects is new: two for 500 KB, the longer one of 67 ms.
    gc.set_threshold(10_000, 5, 2)


def set_up_worker() -> None:
    """Look for garbage less often: a post makes thousands of objects, and hardly ever a cycle."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def let_others_go_first() -> None:
    """Lower the priority of this process: the reader that shows what is indexed comes first."""
    with suppress(OSError, AttributeError):
        os.nice(_NICENESS)


@contextmanager
def only_when_idle() -> Iterator[None]:
    """Let all that is done inside run only while no other process wants the processor (Linux)."""
    changed = False
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        changed = True
    try:
        yield
    finally:
        if changed:
            with suppress(OSError):
                os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def give_memory_back() -> None:
    """Give the system what was freed, which the C library would keep (Linux with glibc).

    Where a million files were listed, that is most of what a process holds.
    """
    gc.collect()
    with suppress(OSError, AttributeError):
        import ctypes  # noqa: PLC0415  (late: whoever calls this watches folders with it)

        ctypes.CDLL(None).malloc_trim(0)
