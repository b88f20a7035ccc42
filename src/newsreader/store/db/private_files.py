"""Folders and files of the reader's own, for the user alone; and how a damaged one is set aside."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from newsreader.problems import Problem
from newsreader.store.errors import DamageError, RefusedError

_ROOM: Final = 1 << 20
"""The least room for a temporary folder, in bytes."""


def private_folder(path: Path) -> None:
    """Make a folder for the user alone, if there is none.

    Raises:
        OSError: If it cannot be made, or lies in a home folder that the user has not.
    """
    if path.parts[:1] == ("~",):  # Else it would be made below the working folder.
        raise RefusedError(Problem("no-home-folder"))
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file for the user alone, if there is none."""
    if not path.exists():
        path.touch(mode=0o600, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk: a rename may be lost in a power cut until then.

    Where folders cannot be synced (Windows, some network drives), nothing is done.
    """
    with suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def temporary_folder() -> Path:
    """A new folder for the user alone, in a place that has room.

    Raises:
        OSError: If there is none.
    """
    import tempfile  # noqa: PLC0415  (late: seldom needed)

    last: OSError | None = None
    for parent in (None, "/dev/shm"):  # noqa: S108 - mkdtemp makes a folder of its own in it
        try:
            folder = Path(tempfile.mkdtemp(prefix="newsreader-", dir=parent))
        except OSError as error:
            last = error
            continue
        probe = folder / "probe"
        try:
            probe.write_bytes(bytes(_ROOM))
            probe.unlink()
        except OSError as error:
            last = error
            remove_folder(folder)
        else:
            return folder
    raise last or FileNotFoundError("temporary folder")


def remove_folder(folder: Path) -> None:
    """Remove a temporary folder, as far as that can be done."""
    import shutil  # noqa: PLC0415  (late: it brings every kind of compression)

    shutil.rmtree(folder, ignore_errors=True)


def check_size(path: Path) -> None:
    """Raise `sqlite3.DatabaseError` if a cleanly closed database has lost its end."""
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100:
        if header:
            raise sqlite3.DatabaseError("file is not a database")
        return
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    # Both fields as in https://www.sqlite.org/fileformat2.html#the_database_header.
    if path.stat().st_size < (65536 if page_size == 1 else page_size) * pages:
        raise DamageError(Problem("file-cut-off"))


def stamped(path: Path, what: str) -> Path:
    """A name beside a database that says when it got it, and that no file has yet."""
    name = f"{path.name}.{what}-{time.strftime('%Y%m%d-%H%M%S')}"
    free, number = path.with_name(name), 1
    while free.exists():
        number += 1
        free = path.with_name(f"{name}-{number}")
    return free


def set_aside(path: Path) -> Path:
    """Rename a damaged database, with what belongs to it; its new name."""
    aside = stamped(path, "broken")
    path.rename(aside)
    for end in ("-wal", "-shm"):
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))
    return aside
