"""The process of a store that indexes its sources: started, asked to scan again, and ended."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsreader.store.values import Source

if TYPE_CHECKING:
    import subprocess

_STOP_SECONDS: Final = 0.3
"""Seconds that the process that follows has to end; it may be starting, which takes longer."""


class ScanProcess:
    """At most one process at a time that scans, or scans and follows, some sources.

    Attributes:
        child: The process that was started last; `None` before the first.
    """

    def __init__(self, sources: Sequence[Source], *, cache_dir: Path, data_dir: Path) -> None:
        """Start nothing yet.

        Args:
            sources: What is to be indexed.
            cache_dir: The folder of `index.db`.
            data_dir: The folder of `state.db`.
        """
        self._sources = sources
        self._cache_dir = cache_dir
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None

    def start(self, *, stays: bool) -> None:
        """Have a scan made by the process that was started before, or else by a new one.

        Args:
            stays: Whether it goes on indexing what changes, until `stop`.
        """
        with self._lock:
            child = self.child
            if child is not None and child.poll() is None:
                if child.stdin is None and not stays:
                    return  # It is just scanning.
                if child.stdin is not None:
                    # If it cannot be told, it has just ended.
                    with suppress(OSError):
                        child.stdin.write(b"scan\n")
                        child.stdin.flush()
                        return
            stays = stays or (child is not None and child.stdin is not None)
            self.child = start_scan_process(
                self._sources, cache_dir=self._cache_dir, data_dir=self._data_dir, stays=stays
            )

    def stop(self) -> None:
        """End the process that follows; one that only scans goes on."""
        with self._lock:
            child = self.child
            if child is None or child.stdin is None:
                return
            import subprocess  # noqa: PLC0415  (late: a list starts no process)

            with suppress(OSError):
                child.stdin.close()
            try:
                child.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()  # whatever it does, the next scan goes on from there
                child.wait()

    def is_running(self) -> bool:
        """Whether the process that was started last has not ended."""
        with self._lock:
            return self.child is not None and self.child.poll() is None

    def has_failed(self) -> bool:
        """Whether its process ended before its time."""
        with self._lock:
            return self.child is not None and self.child.poll() not in {None, 0}


def start_scan_process(
    sources: Sequence[Source], *, cache_dir: Path, data_dir: Path, stays: bool = False
) -> subprocess.Popen[bytes]:
    """Start a process that scans the sources as soon as no other one scans.

    Args:
        sources: What to scan.
        cache_dir: The folder of `index.db`.
        data_dir: The folder of `state.db`.
        stays: Whether it stays, indexes what changes, and scans again for each line that it gets;
            until its standard input ends.
    """
    import subprocess  # noqa: PLC0415  (late, as above)

    # -P: a folder of posts is no place to import modules from.
    command = [sys.executable, "-P", "-m", "newsreader.store.scan"]
    command += [f"--cache={cache_dir}", f"--data={data_dir}"]
    command += ["--follow"] if stays else []
    command += ["--", *(str(source.path) for source in sources)]
    return subprocess.Popen(  # noqa: S603 - our own module, and paths as arguments
        command,
        stdin=subprocess.PIPE if stays else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C in the terminal is not meant for it.
    )
