"""Write down an error that nobody expected, so that it can be sent to somebody.

A report has versions and the way through the program, but no text of posts: neither values of
variables, nor the messages of exceptions that might quote what was read.
"""

from __future__ import annotations

import importlib.metadata
import locale
import os
import platform
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newsreader import __version__
from newsreader.cli.requests import COMMANDS
from newsreader.text import clean_text

KEPT_REPORTS: Final = 10
PACKAGES: Final = (
    *("textual", "rich", "selectolax", "markdown-it-py", "mdit-py-plugins", "PyYAML"),
    *("html2text", "platformdirs", "argcomplete", "aiohttp", "feedparser", "tzdata"),
)
"""Those that the program is built on, as their distributions are called."""

_NAME: Final = "crash-*.txt"
_TELLING: Final = (AttributeError, NameError, ImportError, TypeError, IndexError, MemoryError)
"""Exceptions whose messages name parts of the program, not what it has read."""
_MOST_CAUSES: Final = 10
_SEPARATOR: Final = "\nwhile this was being dealt with:\n"


def write_report(error: BaseException, arguments: Sequence[str], folder: Path) -> Path:
    """Write the report of an error into a folder, and throw old ones away.

    Args:
        error: What happened.
        arguments: Those of the process.
        folder: Where reports are; made if it is not there.

    Returns:
        The file.

    Raises:
        OSError: It cannot be written.
    """
    now = datetime.now(UTC)
    text = clean_text(report_text(error, arguments, now))
    folder.mkdir(parents=True, exist_ok=True)
    # In the order of their names, so that the oldest can be told.
    path = folder / f"crash-{now:%Y%m%dT%H%M%S.%f}Z.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    with suppress(OSError):
        for old in list_reports(folder)[KEPT_REPORTS:]:
            old.unlink()
    return path


def list_reports(folder: Path) -> list[Path]:
    """Find the reports in a folder, the newest first."""
    return sorted(folder.glob(_NAME), reverse=True)


def report_text(error: BaseException, arguments: Sequence[str], now: datetime) -> str:
    """Describe an error: when, by what, with which versions, and on which way."""
    lines = [
        f"newsreader {__version__} met an error that nobody expected.",
        "No text of posts is in this report, and no message that could quote one.",
        "",
        f"time      {now:%Y-%m-%d %H:%M:%S}Z",
        f"command   {_command(arguments)}",
        f"Python    {platform.python_version()} {platform.python_implementation()}",
        f"system    {platform.system()} {platform.release()} {platform.machine()}",
        f"terminal  {' '.join(os.environ.get(name, '') for name in ('TERM', 'TERM_PROGRAM'))}",
        f"encoding  {sys.stdout.encoding}, {'.'.join(filter(None, locale.getlocale()))}",
        f"packages  {', '.join(_versions())}",
        "",
        *_describe(error),
    ]
    home = os.path.expanduser("~")  # noqa: PTH111 - it stays as it is where there is none
    text = "\n".join(lines)
    return f"{text.replace(home, '~') if len(home) > 1 else text}\n"


def _command(arguments: Sequence[str]) -> str:
    """The command and the names of its options: neither paths nor what was searched for."""
    command = next((word for word in arguments if word in COMMANDS), "the reader")
    ends = arguments.index("--") if "--" in arguments else len(arguments)
    options = [word.partition("=")[0] for word in arguments[:ends] if word.startswith("-")]
    return " ".join([command, *options])


def _versions() -> Iterator[str]:
    for name in PACKAGES:
        try:
            yield f"{name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} missing"


def _describe(error: BaseException) -> Iterator[str]:
    """Yield the lines of a traceback: the error, then what it came from."""
    chain: list[BaseException] = []
    while error not in chain and len(chain) < _MOST_CAUSES:
        chain.append(error)
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is None:
            break
        error = cause
    for each in chain:
        yield f"{type(each).__module__}.{type(each).__qualname__}: {_message(each)}"
        yield "".join(traceback.format_tb(each.__traceback__)).rstrip()
        if isinstance(each, BaseExceptionGroup):
            for inner in each.exceptions[:_MOST_CAUSES]:
                yield "one of them:"
                yield from _describe(inner)
        if each is not chain[-1]:
            yield _SEPARATOR


def _message(error: BaseException) -> str:
    """The message of an error, if it cannot quote a post."""
    if isinstance(error, OSError):
        return f"[{error.errno}] {error.strerror}"
    if isinstance(error, UnicodeError):
        return "a character that this encoding does not have"
    if isinstance(error, _TELLING) or type(error).__module__ == "sqlite3":
        return str(error)
    return f"(a message of {len(str(error))} characters, left out)" if str(error) else ""
