"""Run the commands that bring sources up to date, such as `git pull`."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from typing import Final

from newsreader.config.commands import shell_words
from newsreader.config.model import ConfiguredSource
from newsreader.frozen import dataclass
from newsreader.text import EMPTY, Clean, clean_line, clean_text, fill

UPDATE_SECONDS: Final = 300.0
"""How long a command may take: one that waits for a network that is not there never ends."""

_TAIL_LINES: Final = 20
_TAIL_BYTES: Final = 65_536
_PIECE_BYTES: Final = 4096
_PATIENCE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of the update of a source.

    Attributes:
        name: What the source is called.
        seconds: How long it took.
        problem: Why it failed, as a sentence; empty if it did not.
        output: The last lines that the command wrote.
    """

    name: Clean
    seconds: float
    problem: Clean = EMPTY
    output: tuple[Clean, ...] = ()


def source_name(source: ConfiguredSource) -> Clean:
    """What to call a source that may have no name."""
    return clean_line(source.name or source.path.name or str(source.path))


def update_source(source: ConfiguredSource, seconds: float = UPDATE_SECONDS) -> Updated:
    """Run the update command of a source in its folder, without a terminal; never raises.

    Args:
        source: It has a command.
        seconds: How long it may take; then it is ended, with all that it has started.
    """
    began = time.monotonic()
    folder = source.path if source.path.is_dir() else source.path.parent
    name = source_name(source)

    def ended(problem: Clean = EMPTY, tail: bytes = b"") -> Updated:
        lines = clean_text(tail.decode("utf-8", "replace").replace("\r", "\n")).splitlines()
        kept = tuple(clean_line(line) for line in lines if line.strip())[-_TAIL_LINES:]
        return Updated(name, time.monotonic() - began, problem, kept)

    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own command
            shell_words(source.update),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Nobody is there to be asked for a password, and the screen is somebody else's.
            env={"GIT_TERMINAL_PROMPT": "0", **os.environ},
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return ended(
            fill("{} cannot be started: {}.", clean_line(source.update), clean_line(reason))
        )
    tail = bytearray()
    reader = threading.Thread(target=_read, args=(process, tail), name="output", daemon=True)
    reader.start()
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        reader.join(_PATIENCE_SECONDS)
        late = fill("{} did not end within {:.0f} s.", clean_line(source.update), seconds)
        return ended(late, bytes(tail))
    except BaseException:
        _end(process)
        raise
    reader.join(_PATIENCE_SECONDS)  # no longer: what it has left behind may hold the pipe
    if code == 0:
        return ended(EMPTY, bytes(tail))
    how = fill("signal {}", -code) if code < 0 else fill("exit code {}", code)
    return ended(fill("{} ended with {}.", clean_line(source.update), how), bytes(tail))


def _read(process: subprocess.Popen[bytes], tail: bytearray) -> None:
    """Read what a command writes, and keep its end."""
    pipe = process.stdout
    with suppress(OSError, ValueError):
        while pipe is not None and (piece := os.read(pipe.fileno(), _PIECE_BYTES)):
            tail += piece
            del tail[:-_TAIL_BYTES]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and all that it has started: first politely, as git leaves locks behind."""
    _signal(process, "SIGTERM")
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal(process, "SIGKILL")
        process.kill()
        process.wait()
    else:
        _signal(process, "SIGKILL")  # the rest of its group


def _signal(process: subprocess.Popen[bytes], name: str) -> None:
    number = getattr(signal, name, None)
    with suppress(OSError):
        if number is not None and hasattr(os, "killpg"):
            os.killpg(process.pid, number)
        else:
            process.terminate()
