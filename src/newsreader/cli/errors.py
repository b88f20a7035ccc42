"""Explain to the user, in sentences, what goes wrong in a command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsreader.text import Clean, clean_line, fill, literal

WRONG_USAGE: Final = 2
"""The exit code of wrong usage, a wrong search and a wrong config file."""


class CommandError(Exception):
    """A command cannot do what was asked.

    Attributes:
        sentences: What to tell the user.
        code: The exit code.
    """

    def __init__(self, *sentences: Clean, code: int = 1) -> None:
        super().__init__(*sentences)
        self.sentences = sentences
        self.code = code


def explain(error: Exception, arguments: Sequence[str] = ()) -> tuple[Clean, ...]:
    """Find the sentences that tell the user of an error; a surprise is logged and reported.

    Args:
        error: What happened.
        arguments: Those of the process.
    """
    # Late: the store is imported by now if the error is one of its own.
    from newsreader.messages import describe  # noqa: PLC0415
    from newsreader.store import StoreError  # noqa: PLC0415

    match error:
        case CommandError():
            return error.sentences
        case StoreError():
            return (describe(error.problem),)
        case OSError():
            return (explain_os_error(error),)
    # By name, because only the store imports sqlite3.
    what = literal(
        "The index or the reading state cannot be used"
        if type(error).__module__ == "sqlite3"
        else "Something unexpected happened"
    )
    kind = type(error).__name__
    detail = clean_line(f"{kind}: {error}" if str(error) else kind)
    return (fill("{}: {}. {}", what, detail, _log(error)), *_report(error, arguments))


def explain_os_error(error: OSError) -> Clean:
    """Explain an error of the system in a sentence that names the file."""
    reason = error.strerror or str(error) or type(error).__name__
    named = error.filename
    return clean_line(f"{named}: {reason}." if isinstance(named, str) and named else f"{reason}.")


def _log(error: Exception) -> Clean:
    """Write the traceback to the log; returns the sentence that says where that is."""
    # Late: most commands meet no surprise.
    import traceback  # noqa: PLC0415

    from newsreader import __version__, paths  # noqa: PLC0415
    from newsreader.log import open_log, write_log  # noqa: PLC0415

    path = paths.log_file()
    open_log(str(path))  # it may have failed before anything was opened
    trace = "".join(traceback.format_exception(error))
    reason = write_log("error", f"newsreader {__version__}\n{trace}")
    if reason:
        return clean_line(f"The details could not be written to {path}: {reason}.")
    return clean_line(f"The details are in {path}.")


def _report(error: Exception, arguments: Sequence[str]) -> tuple[Clean, ...]:
    """Write a report to send; the sentence that says where it is, or nothing if there is none."""
    from newsreader import paths  # noqa: PLC0415
    from newsreader.cli.crash_report import write_report  # noqa: PLC0415

    folder = paths.log_file().parent
    if not folder.is_absolute():  # there is no home folder
        return ()
    try:
        path = write_report(error, arguments, folder)
    except OSError:
        return ()
    return (clean_line(f"A report of it, without any text of posts, is in {path}."),)
