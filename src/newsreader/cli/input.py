"""Read what commands are given to read: a file, a pipe, or standard input."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final, TextIO

from newsreader.cli.errors import CommandError
from newsreader.files import FileTooLargeError, is_file, read_regular
from newsreader.text import literal

STANDARD_INPUT: Final = "-"
"""What names it on the command line."""


def read_input(name: str, limit: int) -> bytes:
    """Read what a word of the command line names, standard input for `-`, whole.

    Raises:
        CommandError: If standard input is closed.
        FileTooLargeError: If there is more than `limit` bytes.
        OSError: If it cannot be read.
    """
    path = Path(name)
    if name != STANDARD_INPUT and is_file(path):
        return read_regular(path, limit).raw
    if name == STANDARD_INPUT:
        raw = read_standard_input(limit + 1)
    else:
        with path.open("rb") as pipe:  # such as the shell's <(command)
            raw = pipe.read(limit + 1)
    if len(raw) > limit:
        raise FileTooLargeError(errno.EFBIG, os.strerror(errno.EFBIG), name)
    return raw


def read_standard_input(limit: int) -> bytes:
    """Read so many bytes of standard input, fewer if it ends before.

    Raises:
        CommandError: If it is closed.
    """
    # Python has no stream if the shell closed it (`<&-`), whatever its types say.
    stream: TextIO | None = sys.stdin
    if stream is None:
        raise CommandError(literal("Standard input is closed."))
    return stream.buffer.read(limit)
