"""Write files of exports: whole or not at all, and never over a file of something else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from newsreader.files import NotRegularError, read_regular
from newsreader.problems import Problem
from newsreader.store.errors import StoreError, reason
from newsreader.store.values import Exported


def not_written(path: Path, error: OSError) -> StoreError:
    """The error of an export whose files cannot be written."""
    return StoreError(Problem("not-written", (str(path), reason(error))))


def write_whole(path: Path, content: bytes, *, sync: bool = False) -> None:
    """Write a file that is either whole or not there.

    Args:
        path: The file.
        content: What it is to hold.
        sync: Whether to wait until the disk has it.

    Raises:
        OSError: If it cannot be written; a file that was there before is as it was.
    """
    # A name that nobody knows before: what is there already is not ours, and may be a link.
    part = path.with_name(f".newsreader-{secrets.token_hex(8)}.part")
    file = part.open("xb")
    try:
        with file:
            file.write(content)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def replace_export(path: Path, content: bytes, beginning: bytes, posts: int) -> Exported:
    """Write an export into a file, in the place of an earlier one only.

    Args:
        path: The file.
        content: What it is to hold.
        beginning: What every export of this kind begins with.
        posts: How many are in it; one of none takes no place of an earlier one.

    Raises:
        StoreError: If the file is another's, or cannot be written, or would become empty.
    """
    try:
        there = _there(path, len(content) + 1)
        if path.is_symlink() or (there and not there.startswith(beginning)):
            raise StoreError(Problem("file-of-another", (str(path),)))
        if there == content:
            return Exported(posts, 0)
        if there and not posts:
            raise StoreError(Problem("nothing-for-file", (str(path),)))
        write_whole(path, content)
    except OSError as error:
        raise not_written(path, error) from error
    return Exported(posts, 1)


def _there(path: Path, limit: int) -> bytes:
    """The first bytes of the file that is there; none if there is no file.

    Raises:
        OSError: If something else is there, which an export would replace, or it cannot be read.
    """
    try:
        return read_regular(path, limit, truncate=True).raw
    except NotRegularError:
        raise
    except FileNotFoundError:
        return b""
