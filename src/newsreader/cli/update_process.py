"""Updating sources while somebody reads: `newsreader update` as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from newsreader.config.model import ConfiguredSource
from newsreader.frozen import dataclass
from newsreader.text import EMPTY, Clean, clean_line


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """How far an update is.

    Attributes:
        done: Sources whose command has ended.
        total: Sources that have one.
        name: The source whose command has ended last.
        problem: Why that failed, with the last line that it wrote; empty if it did not.
    """

    done: int = 0
    total: int = 0
    name: Clean = EMPTY
    problem: Clean = EMPTY


class UpdateService:
    """The update commands of the sources that are read, run by a process."""

    def __init__(
        self, sources: Sequence[ConfiguredSource], minutes: int, config: Path | None
    ) -> None:
        """Start nothing yet.

        Args:
            sources: Those that are read and have a command.
            minutes: How long to wait between two updates; 0: until the user asks for one.
            config: The config file; `None`: the user's own.
        """
        self._sources = sources
        self.minutes = minutes
        self._config = config
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def update(self) -> Iterator[UpdateProgress]:
        """Run the commands, and yield how far that is until it is done.

        Raises:
            OSError: The process cannot be started.
        """
        command = [sys.executable, "-P", "-m", "newsreader", "update", "--format=json"]
        command += ["--no-index", *([f"--config={self._config}"] if self._config else [])]
        process = subprocess.Popen(  # noqa: S603 - our own module
            [*command, "--", *(str(source.path) for source in self._sources)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl+C in the terminal is not meant for it.
        )
        with self._lock:
            self._process = process
        total = done = 0
        with process:
            for line in process.stdout or ():
                told = _parsed_line(line)
                if isinstance(told.get("updating"), int):
                    total = int(cast("int", told["updating"]))
                    yield UpdateProgress(0, total)
                elif "problem" in told:
                    done += 1
                    name = clean_line(str(told.get("name", "")))
                    yield UpdateProgress(done, total, name, _problem(told))
        if done < max(total, 1):
            raise OSError(f"newsreader update ended with {process.returncode}")

    def stop(self) -> None:
        """End an update that is going on."""
        with self._lock:
            process = self._process
        if process is not None and process.poll() is None:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)


def _parsed_line(line: str) -> dict[str, object]:
    """The object of a line; an empty one if nobody understands it."""
    try:
        told = cast("object", json.loads(line))
    except ValueError:
        return {}
    return cast("dict[str, object]", told) if isinstance(told, dict) else {}


def _problem(told: dict[str, object]) -> Clean:
    if not told["problem"]:
        return EMPTY
    output = told.get("output")
    last = str(output[-1]) if isinstance(output, list) and output else ""
    return clean_line(f"{told['problem']} {last}".strip())
