"""Find out what held the screen up: `newsreader --trace FILE`, for developers.

A thread looks at the main thread's stack every few milliseconds. While that waits for events it
is idle; whatever lies between two such looks and takes too long is written, with the places that
were seen most. Nothing is changed in the main thread, so what is measured is what everybody has.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final, TextIO

LEAST_SECONDS: Final = 0.03
"""What is done sooner is not felt."""

_INTERVAL_SECONDS: Final = 0.003
_MOST_PLACES: Final = 5
_OWN: Final = f"{Path(__file__).parents[1]}/"


@contextmanager
def traced(file: Path | None) -> Iterator[None]:
    """Write what holds the calling thread up, to the end of a file; `None`: do nothing.

    Raises:
        OSError: The file cannot be written.
    """
    if file is None:
        yield
        return
    ended = threading.Event()
    watched = threading.get_ident()
    with file.open("a", encoding="utf-8", buffering=1) as target:
        watcher = threading.Thread(
            target=_watch, args=(watched, target, ended), name="trace", daemon=True
        )
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()


def _watch(watched: int, target: TextIO, ended: threading.Event) -> None:
    idle_since = time.monotonic()
    places: Counter[str] = Counter()
    while not ended.wait(_INTERVAL_SECONDS):
        frame = sys._current_frames().get(watched)
        now = time.monotonic()
        if frame is not None and not _is_idle(frame):
            places[_place(frame)] += 1
            continue
        if places and now - idle_since >= LEAST_SECONDS:
            _write(target, now - idle_since, places)
        idle_since = now
        places.clear()


def _is_idle(frame: FrameType) -> bool:
    return frame.f_code.co_filename.endswith("selectors.py")


def _place(frame: FrameType) -> str:
    """Where a thread is: the innermost place of ours, and what that has called."""
    inner, own = frame, frame
    while not own.f_code.co_filename.startswith(_OWN) and own.f_back is not None:
        own = own.f_back
    if not own.f_code.co_filename.startswith(_OWN):
        return _name(inner)
    return _name(own) + (f" > {_name(inner)}" if inner is not own else "")


def _name(frame: FrameType) -> str:
    path = frame.f_code.co_filename
    return f"{'/'.join(Path(path).parts[-2:])}:{frame.f_lineno} {frame.f_code.co_name}"


def _write(target: TextIO, seconds: float, places: Counter[str]) -> None:
    target.write(f"{time.strftime('%H:%M:%S')} {seconds * 1e3:.0f} ms\n")
    target.writelines(
        f"  {times / places.total():4.0%} {place}\n"
        for place, times in places.most_common(_MOST_PLACES)
    )
