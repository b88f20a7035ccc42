"""Save a text as a file that was not there before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from newsreader.messages import phrase
from newsreader.text import clean_line
from newsreader.tui.programs.command import ProgramError

MOST_NUMBERS: Final = 9_999
"""Names that are tried."""

_TOO_MANY: Final = "There are too many files of that name already"


def folders(home: Path, last: str) -> str:
    """Choose the folder to offer: the last one, the one for downloads, or the current one."""
    downloads = home / "Downloads"
    return last or str(downloads if downloads.is_dir() else Path.cwd())


def save_new(place: str, name: Callable[[int], str], text: str) -> Path:
    """Write a text to a file that was not there. Slow: called in a thread.

    Args:
        place: A folder, or a file that ends in `.md`; `~` is the user's own folder.
        name: Gives the first, second ... name for a file in that folder.
        text: What to write.

    Returns:
        The file.

    Raises:
        ProgramError: It cannot be written; it says why.
    """
    try:
        folder = Path(place.strip()).expanduser()
    except RuntimeError:
        raise ProgramError(phrase("{}: there is no such user", clean_line(place))) from None
    if folder.suffix.lower() in {".md", ".markdown"} and not folder.is_dir():
        stem, suffix, folder = folder.stem, folder.suffix, folder.parent
        return _save(folder, lambda n: f"{stem}{f' {n}' if n > 1 else ''}{suffix}", text)
    return _save(folder, name, text)


def _save(folder: Path, name: Callable[[int], str], text: str) -> Path:
    for number in range(1, MOST_NUMBERS + 1):
        path = folder / name(number)
        try:
            with path.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
                _write(path, file.fileno(), text)
        except FileExistsError:
            continue
        except (OSError, ValueError) as error:
            raise _unwritten(folder, error) from None
        return path
    raise ProgramError(phrase(_TOO_MANY))


def _write(path: Path, descriptor: int, text: str) -> None:
    """Write all, or leave no file."""
    try:
        left = memoryview(text.encode("utf-8", "replace"))
        while left:
            left = left[os.write(descriptor, left) :]
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _unwritten(folder: Path, error: OSError | ValueError) -> ProgramError:
    shown = clean_line(str(folder))
    if isinstance(error, FileNotFoundError):
        return ProgramError(phrase("There is no folder {}", shown))
    if isinstance(error, NotADirectoryError):
        return ProgramError(phrase("{} is no folder", shown))
    reason = clean_line((isinstance(error, OSError) and error.strerror) or str(error))
    return ProgramError(phrase("Not saved: {}: {}", reason, shown))
