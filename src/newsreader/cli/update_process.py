"""Updating sources while somebody reads: `newsreader update` as a process of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from newsreader.config.model import ConfiguredSource
from newsreader.frozen import dataclass
from newsreader.own_process import OwnProcess
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
        self._paths = [str(source.path) for source in sources]
        self.minutes = minutes
        self._process = OwnProcess("update", config, "--no-index")

    def update(self) -> Iterator[UpdateProgress]:
        """Run the commands, and yield how far that is until it is done.

        Raises:
            OSError: The process cannot be started, or ended before its time.
        """
        total = done = 0
        for told in self._process.run(self._paths):
            if isinstance(told.get("updating"), int):
                total = int(cast("int", told["updating"]))
                yield UpdateProgress(0, total)
            elif "problem" in told:
                done += 1
                name = clean_line(str(told.get("name", "")))
                yield UpdateProgress(done, total, name, _problem(told))
        if done < max(total, 1):
            told_why = self._process.complaint or f"exit code {self._process.code}"
            raise OSError(f"newsreader update: {told_why}")

    def stop(self) -> None:
        """End an update that is going on."""
        self._process.stop()


def _problem(told: Mapping[str, object]) -> Clean:
    if not told["problem"]:
        return EMPTY
    output = told.get("output")
    last = str(output[-1]) if isinstance(output, list) and output else ""
    return clean_line(f"{told['problem']} {last}".strip())
