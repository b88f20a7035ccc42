"""Files of posts as a scan reads them: whether one has changed, and its bytes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import Final, TypeAlias

from newsreader.posts import has_front_matter

_START: Final = 4096
_MOST_BYTES: Final = 32 << 20
"""Of a larger file the rest is not looked at: it could say nothing that a list shows."""

# What was listed as a file may have become a pipe, which must not stop the scan.
_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)

# What the index holds of a file: its id, size, mtime_ns and site.
Known: TypeAlias = tuple[int, int, int, int | None]


@dataclass(frozen=True, slots=True)
class PostFile:
    """The bytes of a file, and by what it is known whether it has changed."""

    raw: bytes
    size: int
    mtime_ns: int


def is_unchanged(path: str, site: int, before: Known) -> bool:
    """Whether the index holds a file, and its site, as they are."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path a file costs as much again
    except OSError:
        return False
    _, size, mtime_ns, site_before = before
    return status.st_mtime_ns == mtime_ns and status.st_size == size and site == site_before


def read_file(path: str, *, certain: bool) -> PostFile | None:
    """A file; `None` for one that is no post.

    Args:
        path: Where it is.
        certain: Whether it is a post whatever is in it.

    Raises:
        OSError: Where it cannot be read.
    """
    descriptor = os.open(path, _READ)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        start = os.read(descriptor, min(status.st_size, _MOST_BYTES) + 1 if certain else _START)
        if not certain and not has_front_matter(start):
            return None
        parts, size = [start], len(start)
        while size < min(status.st_size, _MOST_BYTES) and (part := os.read(descriptor, 1 << 20)):
            parts.append(part)
            size += len(part)
    finally:
        os.close(descriptor)
    return PostFile(b"".join(parts), status.st_size, status.st_mtime_ns)
