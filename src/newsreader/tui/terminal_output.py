"""Write to a terminal that may be gone, or that takes nothing more for a while."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TextIO

from rich.cells import cell_len

RESTORING: Final = (
    "\x18"  # CAN: no more of a sequence that was cut off
    "\x1b]8;;\x1b\\\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Ends a frame that was cut off, and all that `LinuxDriver.stop_application_mode` writes."""

HANGUP_CODE: Final = 129
"""The exit code if the terminal is gone: what SIGHUP would give."""

_ERRORS: Final = "newsreader.screen"


def _replace_cells(error: UnicodeError) -> tuple[str, int]:
    """Replace what the terminal cannot show by as many cells, so that nothing beside it moves."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "?" * cell_len(error.object[error.start : error.end]), error.end


class TerminalOutput:
    """Writes to a terminal, and nowhere once that is gone.

    Textual's thread that writes ends on an error, and the reader would wait for ever for a place in
    its queue.

    Attributes:
        is_writing: Whether the terminal has yet to take something. That thread is the one that
            sets it, the loop's the one that asks.
    """

    def __init__(self, file: TextIO) -> None:
        self.is_writing = False
        self._taken: Callable[[], None] | None = None
        self._file = file
        self._has_ended = False
        self._takes_everything = codecs.lookup(file.encoding).name.startswith("utf")
        codecs.register_error(_ERRORS, _replace_cells)
        os.set_blocking(file.fileno(), True)  # what ran here before may have left it otherwise

    def write(self, text: str) -> None:
        """Write something, or give it to the next flush."""
        self.is_writing = True
        if self._has_ended:
            return
        if not self._takes_everything:
            encoding = self._file.encoding
            text = text.encode(encoding, _ERRORS).decode(encoding)
        try:
            self._file.write(text)
        except OSError:
            self._discard()

    def flush(self) -> None:
        """Write what is left, and wait until the terminal has taken it."""
        try:
            self._file.flush()
        except OSError:
            self._discard()
        self.is_writing = False
        taken, self._taken = self._taken, None
        if taken is not None:
            taken()

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._file.fileno()

    def call_when_taken(self, callback: Callable[[], None] | None) -> None:
        """Have something called, in the thread that writes, at the end of the next flush."""
        self._taken = callback

    def end(self, last: bytes) -> None:
        """Write a last thing, if the terminal takes it, and nothing after it."""
        self._has_ended = True
        with suppress(OSError):
            os.set_blocking(self.fileno(), False)
            os.write(self.fileno(), last)
        os.set_blocking(self.fileno(), True)

    def _discard(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._file.fileno())
        os.close(nowhere)
