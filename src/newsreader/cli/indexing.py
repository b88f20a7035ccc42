"""Bring the index up to date, with a bar on standard error while it takes time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from newsreader.cli.output import complain, complain_of_all, is_capable_terminal
from newsreader.log import write_log
from newsreader.store import PostStore, ScanProgress, Stage
from newsreader.text import literal

ShowProgress: TypeAlias = Callable[[ScanProgress], None]
"""Takes note of how far a scan is."""

_STAGES: Final[dict[Stage, str]] = {"posts": "Indexing posts", "text": "Indexing text"}
SECONDS_WITHOUT_BAR: Final = 1.0
_SECONDS_WITHOUT_SPEED: Final = 2.0
"""A speed measured over less time means nothing."""


def update_index(store: PostStore, *, every_file: bool = False) -> None:
    """Bring the index up to date for a command that reads it, and print what went wrong.

    While another process indexes, what is there by now has to do, and so it has if there are very
    many posts: nobody waits seconds for a list. `newsreader index` looks at every file.
    """
    if store.scans.progress().running:
        complain(literal("Another process is indexing; not all posts may be there yet."))
        return
    with scan_bar() as report:
        scans = store.scans
        result = scans.run(progress=report) if every_file else scans.catch_up(progress=report)
    if result is not None:
        counts = f"{result.added} new, {result.changed} changed, {result.removed} removed"
        write_log("info", f"scanned: {counts}")
        complain_of_all(result.problems)


@contextmanager
def scan_bar() -> Iterator[ShowProgress | None]:
    """Show a bar on standard error if that is a terminal, and yield what moves it.

    A scan that is done within a second shows none.
    """
    if not is_capable_terminal(sys.stderr):
        yield None
        return
    # rich costs time to import, and a pipe never sees the bar.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[speed]}"),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(_STAGES["posts"], total=None, speed="")
    meter = SpeedMeter(time.monotonic())

    def show(progress: ScanProgress) -> None:
        now = time.monotonic()
        if not bar.live.is_started and now - meter.begun >= SECONDS_WITHOUT_BAR:
            bar.start()
        bar.update(
            task,
            description=_STAGES[progress.stage],
            completed=progress.share or 0,
            total=None if progress.share is None else 1,
            speed=meter.describe_speed(progress, now),
        )

    try:
        yield show
    finally:
        bar.stop()


class SpeedMeter:
    """Measures how fast a scan goes, and how long it will take."""

    def __init__(self, begun: float) -> None:
        """Begin to measure.

        Args:
            begun: Now, in seconds of a clock that is not set.
        """
        self.begun = begun
        self._stage_begun = begun
        self._stage: Stage = "posts"
        self._before = 0

    def describe_speed(self, progress: ScanProgress, now: float) -> str:
        """The posts per second of this stage, and the time left for all of them."""
        if progress.stage != self._stage:
            self._stage, self._stage_begun, self._before = progress.stage, now, progress.done
        parts: list[str] = []
        passed = now - self._stage_begun
        if passed >= _SECONDS_WITHOUT_SPEED and progress.done > self._before:
            parts.append(f"{(progress.done - self._before) / passed:,.0f} posts/s")
        passed = now - self.begun
        if passed >= _SECONDS_WITHOUT_SPEED and progress.share:
            left = round(passed * (1 - progress.share) / progress.share)
            parts.append(f"{left // 60}:{left % 60:02} left")
        return " · ".join(parts)
