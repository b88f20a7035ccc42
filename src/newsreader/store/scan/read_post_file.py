"""Files of posts as a scan reads them."""

from __future__ import annotations

import os
import time
from typing import Final

from newsreader.files import LARGEST_POST, open_regular, read_bytes
from newsreader.frozen import dataclass
from newsreader.posts.front_matter_start import has_front_matter

_START: Final = 4096

# A file system keeps times in steps. What is written twice within one step has the same time after
# each, so a file is read only when the step of its time has passed: of two seconds if its time
# is one of whole seconds, as some keep them, else of the kernel's clock.
_COARSE_STEP: Final = 2_000_000_000
_FINE_STEP: Final = 20_000_000

_READINGS: Final = 4
"""The most times that a file is read anew because it is being written."""


@dataclass(frozen=True, slots=True)
class PostFile:
    """The bytes of a file, and by what it is known whether it has changed."""

    raw: bytes
    size: int
    mtime_ns: int


def read_post_file(path: str, *, certain: bool) -> PostFile | None:
    """A file; `None` for one that is no post.

    A file that is written meanwhile is read again; if that does not end, its size and time are
    those from before it was read, by which it is known later that it has changed.

    Args:
        path: Where it is.
        certain: Whether it is a post whatever is in it.

    Raises:
        NotRegularError: If there is no file, but something else.
        OSError: If it cannot be read for another reason.
    """
    with open_regular(path) as (descriptor, status):
        before = status
        for left in reversed(range(_READINGS)):
            before = _settle(descriptor, before)
            raw = _read(descriptor, before.st_size, certain=certain)
            after = os.fstat(descriptor)
            if _facts(after) == _facts(before) or not left:
                break
            before = after
            os.lseek(descriptor, 0, os.SEEK_SET)
    if raw is None:
        return None
    return PostFile(raw, before.st_size, before.st_mtime_ns)


def _facts(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _settle(descriptor: int, status: os.stat_result) -> os.stat_result:
    """Wait until a change of the file would change its time; how it is then."""
    step = _FINE_STEP if status.st_mtime_ns % 1_000_000_000 else _COARSE_STEP
    age = time.time_ns() - status.st_mtime_ns
    # By a clock that is ahead of ours it cannot be said.
    if not 0 <= age < step:
        return status
    time.sleep((step - age) / 1e9)
    return os.fstat(descriptor)


def _read(descriptor: int, size: int, *, certain: bool) -> bytes | None:
    wanted = min(size, LARGEST_POST)
    if certain:
        return read_bytes(descriptor, wanted)
    start = read_bytes(descriptor, _START)
    return start + read_bytes(descriptor, wanted - len(start)) if has_front_matter(start) else None
