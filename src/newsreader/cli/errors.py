"""Explain to the user, in sentences, what goes wrong in a command."""

from __future__ import annotations

from typing import Final

from newsreader import __version__
from newsreader.text import Clean, clean_line, clean_text, fill, literal

WRONG_USAGE: Final = 2
"""The exit code of wrong usage, a wrong search and a wrong config file."""
_MAX_LOG_BYTES: Final = 1_000_000


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


def explain(error: Exception) -> tuple[Clean, ...]:
    """The sentences that tell the user of an error; the traceback of a surprise is logged."""
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
    return (fill("{}: {}. {}", what, detail, _log(error)),)


def explain_os_error(error: OSError) -> Clean:
    """Explain an error of the system in a sentence that names the file."""
    reason = error.strerror or str(error) or type(error).__name__
    named = error.filename
    return clean_line(f"{named}: {reason}." if isinstance(named, str) and named else f"{reason}.")


def _log(error: Exception) -> Clean:
    """Append the traceback to the log file; returns the sentence that says where that is."""
    # Late: most commands meet no surprise.
    import datetime  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    from newsreader import paths  # noqa: PLC0415

    path = paths.log_file()
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    entry = f"{now} newsreader {__version__}\n{''.join(traceback.format_exception(error))}\n"
    try:
        if path.parts[:1] == ("~",):
            raise FileNotFoundError(2, "There is no home folder", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists() or path.stat().st_size > _MAX_LOG_BYTES
        with path.open("w" if fresh else "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(clean_text(entry))  # an error may quote a post
    except OSError as unwritable:
        return clean_line(f"The details could not be written to {path}: {unwritable.strerror}.")
    return clean_line(f"The details are in {path}.")
