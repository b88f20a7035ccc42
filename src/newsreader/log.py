"""The log: what the program did and what failed, in a file, for whoever looks for the reason.

Nothing of it is imported, and no file is made, until there is something to write.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from newsreader.text import clean_text

if TYPE_CHECKING:
    from logging import Logger, LogRecord

LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]

MAX_LOG_BYTES: Final = 1_000_000
OLDER_LOGS: Final = 3
"""How many full files are kept beside the one that is written."""

_NUMBERS: Final = {"debug": 10, "info": 20, "warning": 30, "error": 40}
_FORMAT: Final = "%(asctime)s %(levelname)s [%(process)d] %(name)s: %(message)s"


class _Log:
    """Where the log is, and from which level on something is written.

    Attributes:
        file: Its path; empty: nothing is written.
        least: The number of the lowest level that is written.
        logger: What writes, once there was something.
    """

    file = ""
    least = _NUMBERS["warning"]
    logger: Logger | None = None


def open_log(file: str, level: LogLevel = "warning") -> None:
    """Say where the log is and what goes into it; nothing is opened yet.

    Args:
        file: Its path; it and its folder are made when something is written.
        level: The lowest level that is written; where it is the log already, that stays as it is.
    """
    if file != _Log.file:
        close_log()
        _Log.file, _Log.least = file, _NUMBERS[level]


def close_log() -> None:
    """Write nothing any more."""
    if _Log.logger is not None:
        for handler in tuple(_Log.logger.handlers):
            _Log.logger.removeHandler(handler)
            handler.close()
    _Log.file, _Log.logger = "", None


def write_log(level: LogLevel, message: str) -> str:
    """Write a message, cleaned: it may quote what others have written. Never raises.

    Returns:
        Why it could not be written; empty if it was, or was not to be.
    """
    if _NUMBERS[level] < _Log.least or not _Log.file:
        return ""
    try:
        _logger().log(_NUMBERS[level], "%s", message)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


@contextmanager
def stray_messages_logged() -> Iterator[None]:
    """Write into the log, while this context lasts, what would go to standard error.

    That is the terminal on which the reader is drawn: warnings of Python and of libraries, and what
    goes wrong in a thread or while an object is thrown away, would stand in the middle of it.
    """
    import logging  # noqa: PLC0415  (asyncio has it)
    import threading  # noqa: PLC0415

    class Forwarding(logging.Handler):
        def emit(self, record: LogRecord) -> None:
            if record.name != "newsreader":
                with suppress(OSError):
                    _forward(record)

    root, handler = logging.getLogger(), Forwarding()
    before = root.level, threading.excepthook, sys.unraisablehook
    root.addHandler(handler)
    root.setLevel(max(_Log.least, _NUMBERS["info"]))
    logging.captureWarnings(True)
    threading.excepthook = lambda failed: _write_failure(
        f"in the thread {failed.thread.name if failed.thread else ''}", failed.exc_value
    )
    sys.unraisablehook = lambda failed: _write_failure(
        failed.err_msg or "while an object was thrown away", failed.exc_value
    )
    try:
        yield
    finally:
        root.removeHandler(handler)
        logging.captureWarnings(False)
        level, threading.excepthook, sys.unraisablehook = before
        root.setLevel(level)


def _write_failure(where: str, error: BaseException | None) -> None:
    import traceback  # noqa: PLC0415  (late: seldom needed)

    trace = "".join(traceback.format_exception(error)) if error is not None else ""
    write_log("error", f"{where}\n{trace}")


def _forward(record: LogRecord) -> None:
    if _Log.file and record.levelno >= _Log.least:
        _logger().handle(record)


def _logger() -> Logger:
    """The one that writes; the first time, the file is opened.

    Raises:
        OSError: It cannot be.
    """
    if _Log.logger is not None:
        return _Log.logger
    import logging.handlers  # noqa: PLC0415  (late: 10 ms)
    from datetime import UTC, datetime  # noqa: PLC0415

    class CleanFormatter(logging.Formatter):
        def formatTime(self, record: LogRecord, _: str | None = None) -> str:  # noqa: N802
            return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

        def format(self, record: LogRecord) -> str:
            return clean_text(super().format(record))

    class RaisingHandler(logging.handlers.RotatingFileHandler):
        def handleError(self, record: LogRecord) -> None:  # noqa: ARG002, N802 - its name there
            error = sys.exc_info()[1]
            if error is not None:
                raise error

    if not os.path.isabs(_Log.file):  # noqa: PTH117 - `pathlib` takes 4 ms to import
        raise FileNotFoundError(2, "There is no home folder", _Log.file)
    os.makedirs(os.path.dirname(_Log.file), exist_ok=True)  # noqa: PTH103, PTH120
    handler = RaisingHandler(
        _Log.file,
        maxBytes=MAX_LOG_BYTES,
        backupCount=OLDER_LOGS,
        encoding="utf-8",
        errors="backslashreplace",
    )
    handler.setFormatter(CleanFormatter(_FORMAT))
    logger = logging.getLogger("newsreader")
    logger.setLevel(_Log.least)
    logger.propagate = False
    logger.addHandler(handler)
    _Log.logger = logger
    return logger
