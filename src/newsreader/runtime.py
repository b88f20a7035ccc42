"""Every switch of the process: garbage collector, frame rate, niceness.

Nothing else touches them.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress
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
    """Collect garbage from now on."""
    gc.enable()


def set_up_screen() -> None:
    """Set what Textual reads when it is imported, and have full collections come seldom."""
    # What is drawn waits for the next of so many moments per second; Textual's own 60 would make a
    # preview, which is the second thing drawn for a key, wait twice as long.
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES_PER_SECOND)
    # A full collection of all the objects that importing makes takes 30 ms, and frees nothing.
    # Later ones come seldom: while a large table is laid out they would hold up the screen.
    gc.set_threshold(10_000, 50, 1_000)


def set_up_worker() -> None:
    """Look for garbage less often: a post makes thousands of objects, and hardly ever a cycle."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def let_others_go_first() -> None:
    """Lower the priority of this process: the reader that shows what is indexed comes first."""
    with suppress(OSError, AttributeError):
        os.nice(_NICENESS)
