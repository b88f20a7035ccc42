"""`newsreader index`: looks for new, changed and removed posts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, TypeAlias

from newsreader.cli.arguments import IndexRequest
from newsreader.cli.library import SAMPLES_NOTICE, open_library, open_store
from newsreader.cli.output import complain, is_capable_terminal
from newsreader.store import PostStore, ScanProgress, ScanResult, Stage

Report: TypeAlias = Callable[[ScanProgress], None]

_WAITING: Final = "Another process is indexing; waiting until it is done."
_STAGES: Final[dict[Stage, str]] = {"posts": "Indexing posts", "text": "Indexing text"}
_MAX_PROBLEMS: Final = 20
_PAUSE: Final = 0.2
_PATIENCE: Final = 1.0
_MEASURED: Final = 2.0
"""Seconds before a speed says anything."""


def run(request: IndexRequest) -> int:
    """Scans the sources and prints one line about it."""
    library = open_library(request.common)
    if library.samples:
        complain(SAMPLES_NOTICE)
    with open_store(library.sources) as store, _bar() as report:
        told = store.progress().running
        if told:
            complain(_WAITING)
            _wait(store, report)
        result = store.scan(
            rebuild=request.rebuild,
            progress=report,
            # It may be other posts that are being indexed.
            waiting=None if told else partial(complain, _WAITING),
        )
    _print_problems(result)
    print(summarise(result))
    return 1 if result.problems else 0


def update(store: PostStore) -> None:
    """Brings the index up to date for a command that reads it, and prints what went wrong.

    While another process indexes, what is there by now has to do.
    """
    if store.progress().running:
        complain("Another process is indexing; not all posts may be there yet.")
        return
    with _bar() as report:
        result = store.scan(progress=report)
    _print_problems(result)


def summarise(result: ScanResult) -> str:
    """One line about a scan: how many posts there are, what has changed, how long it took."""
    posts = "1 post" if result.found == 1 else f"{result.found:,} posts"
    return (
        f"{posts}: {result.added:,} added, {result.changed:,} changed, "
        f"{result.removed:,} removed, in {result.seconds:.1f} s."
    )


def _wait(store: PostStore, report: Report | None) -> None:
    """Waits for the other process in small steps, because SQLite's own wait ignores Ctrl+C."""
    while (progress := store.progress()).running:
        if report is not None:
            report(progress)
        time.sleep(_PAUSE)


def _print_problems(result: ScanResult) -> None:
    for problem in result.problems[:_MAX_PROBLEMS]:
        complain(problem)
    if len(result.problems) > _MAX_PROBLEMS:
        complain(f"{len(result.problems) - _MAX_PROBLEMS} more problems.")


@contextmanager
def _bar() -> Iterator[Report | None]:
    """Shows a bar on standard error, where that is a terminal, and yields what moves it.

    What is done in a moment shows none.
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
        if not bar.live.is_started and now - meter.begun >= _PATIENCE:
            bar.start()
        bar.update(
            task,
            description=_STAGES[progress.stage],
            completed=progress.share or 0,
            total=None if progress.share is None else 1,
            speed=meter.describe(progress, now),
        )

    try:
        yield show
    finally:
        bar.stop()


class SpeedMeter:
    """How fast a scan goes, and how long it will take."""

    def __init__(self, begun: float) -> None:
        """Begin to measure.

        Args:
            begun: Now, in seconds of a clock that is not set.
        """
        self.begun = begun
        self._stage_begun = begun
        self._stage: Stage = "posts"
        self._before = 0

    def describe(self, progress: ScanProgress, now: float) -> str:
        """The posts a second of this stage, and the time left for all of them."""
        if progress.stage != self._stage:
            self._stage, self._stage_begun, self._before = progress.stage, now, progress.done
        parts: list[str] = []
        passed = now - self._stage_begun
        if passed >= _MEASURED and progress.done > self._before:
            parts.append(f"{(progress.done - self._before) / passed:,.0f} posts/s")
        passed = now - self.begun
        if passed >= _MEASURED and progress.share:
            left = round(passed * (1 - progress.share) / progress.share)
            parts.append(f"{left // 60}:{left % 60:02} left")
        return " · ".join(parts)
