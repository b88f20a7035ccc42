"""Reading files that others write: posts, configurations, images, manifests.

What was a file when a folder was listed may be a pipe, a folder or a socket by now. None of them
may stop the reader, be taken for a post, or cost a descriptor. And one of 3 GB, which takes no room
on a disk if it is sparse, may not fill the memory: whoever reads says how much it can use.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Final

from newsreader.frozen import dataclass

# Without O_NONBLOCK, opening a pipe waits for somebody to write into it. Without O_NOCTTY, a scan,
# which leads a session of its own, would take over a terminal that it opens.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_PIECE: Final = 1 << 20

LARGEST_POST: Final = 32 << 20
"""Bytes of a post file that are looked at: ten thousand pages. An article shows less than that."""


class NotRegularError(FileNotFoundError):
    """There is something at a path, but no file with bytes: a folder, a pipe, a socket, a device.

    A kind of `FileNotFoundError`, because that is what it means to whoever wants the file.
    """


class FileTooLargeError(OSError):
    """A file holds more bytes than the caller wants to have in memory."""


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file, with its size and time from just before they were read."""

    raw: bytes = field(repr=False)
    size: int
    mtime_ns: int


def read_regular(
    path: str | Path, limit: int | None = None, *, truncate: bool = False
) -> FileContent:
    """Read a file; never waits, whatever is at its path.

    Args:
        path: Where it is; links are followed.
        limit: The most bytes that are read; `None` for all.
        truncate: Whether of a larger file the first `limit` bytes are wanted.

    Raises:
        NotRegularError: If something else is there.
        FileTooLargeError: If it has more than `limit` bytes, and `truncate` is not set.
        OSError: If it cannot be read for another reason.
    """
    with open_regular(path) as (descriptor, status):
        if limit is None:
            raw = read_bytes(descriptor)
        elif truncate:
            raw = read_bytes(descriptor, limit)
        else:
            # It may grow meanwhile, and some file systems say 0 of every file.
            raw = read_bytes(descriptor, limit + 1) if status.st_size <= limit else b""
            if max(len(raw), status.st_size) > limit:
                raise FileTooLargeError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return FileContent(raw, status.st_size, status.st_mtime_ns)


@contextmanager
def open_regular(path: str | Path) -> Iterator[tuple[int, os.stat_result]]:
    """Open a file for reading: its descriptor, which is closed in the end, and how it is now.

    Raises:
        NotRegularError: If something else is there.
        OSError: If it cannot be opened for another reason.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ENXIO:  # A socket.
            raise _not_regular(path) from error
        raise
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise NotRegularError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(status.st_mode):
            raise _not_regular(path)
        yield descriptor, status
    finally:
        os.close(descriptor)


def read_bytes(descriptor: int, count: int | None = None) -> bytes:
    """Read on in a file: so many bytes, fewer only at its end; all that are left for `None`."""
    parts: list[bytes] = []
    got = 0
    while count is None or got < count:
        part = os.read(descriptor, _PIECE if count is None else min(count - got, _PIECE))
        if not part:
            break
        parts.append(part)
        got += len(part)
    return b"".join(parts)


def is_file(path: Path) -> bool:
    """Whether there is a file; False, too, if the system does not tell."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_gone(path: Path) -> bool:
    """Whether there is nothing at `path`, as far as the system tells."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _not_regular(path: str | Path) -> NotRegularError:
    return NotRegularError(errno.ENXIO, "Not a regular file", str(path))
