"""Read the command line, run the command, and turn whatever happens into an exit code."""

from __future__ import annotations

# Each command is imported only when it is asked for, and so is what reads the command line: for
# the version, which other programs ask for, half of that would be too much.
# ruff: noqa: PLC0415
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, assert_never

from newsreader import __version__
from newsreader.cli.output import complain, discard_output, prepare_streams, print_line
from newsreader.messages import choose_language, use_language
from newsreader.runtime import allow_collection
from newsreader.text import clean_line, literal

if TYPE_CHECKING:
    from newsreader.log import LogLevel

_INTERRUPTED: Final = 130
_NO_WINDOWS: Final = literal(
    "Windows itself has no terminal that this program could use. It runs there in WSL, the Windows"
    " Subsystem for Linux (type: wsl --install)."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `newsreader`.

    Args:
        arguments: Those after its name; `None`: the process's own.

    Returns:
        The exit code: 0 for done, 1 if something was not found or failed, 2 for wrong usage, 128
        and the number of the signal if one ended it: 130 if the user interrupted.

    Never raises.
    """
    prepare_streams()
    use_language(choose_language("auto", os.environ))
    try:
        words = sys.argv[1:] if arguments is None else arguments
        code = _answer(words)
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        # The program that read the output has seen enough, as `head` does.
        discard_output()
        return 0
    except OSError as error:
        # The disk of the output is full: it may come up as late as here.
        from newsreader.cli.errors import explain_os_error

        complain(explain_os_error(error))
        discard_output()
        return 1
    except KeyboardInterrupt:
        discard_output()
        return _INTERRUPTED
    return code


def _answer(arguments: Sequence[str]) -> int:
    try:
        return _run(arguments)
    except SystemExit as stop:
        # argparse has printed help or what is wrong with the usage.
        return stop.code if isinstance(stop.code, int) else 0
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the border: no traceback reaches the user
        from newsreader.cli.errors import CommandError, explain

        for sentence in explain(error, arguments):
            complain(sentence)
        return error.code if isinstance(error, CommandError) else 1


def _open_log(level: LogLevel, arguments: Sequence[str]) -> None:
    """Log more than usual, or less; an unexpected error opens the log itself."""
    import platform

    from newsreader import paths
    from newsreader.log import open_log, write_log

    file = paths.log_file()
    open_log(str(file), level)
    about = f"newsreader {__version__}, Python {platform.python_version()}: {' '.join(arguments)}"
    if reason := write_log("info", about):
        complain(clean_line(f"The log {file} cannot be written: {reason}."))


def _run(arguments: Sequence[str]) -> int:
    if list(arguments) in (["--version"], ["-V"]):
        print_line(clean_line(f"newsreader {__version__}"))
        return 0
    from newsreader.cli.arguments import parse_arguments
    from newsreader.cli.requests import (
        BookmarksRequest,
        CompletionRequest,
        ConfigRequest,
        DoctorRequest,
        FeedsRequest,
        FetchRequest,
        IndexRequest,
        ListRequest,
        MarksRequest,
        ReadRequest,
        ShowRequest,
        SourcesRequest,
        UpdateRequest,
    )

    request = parse_arguments(arguments)
    if os.name == "nt":  # no termios, no owners of files, no `select` on pipes
        complain(_NO_WINDOWS)
        return 1
    if "_ARGCOMPLETE" in os.environ:
        from newsreader.cli.completion import complete

        complete()
    if request.common.log_level != "warning":
        _open_log(request.common.log_level, arguments)
    if not isinstance(request, ReadRequest):
        allow_collection()  # the screen does that later, when it has been drawn
    match request:
        case ReadRequest():
            from newsreader.cli.commands import read

            return read.run(request)
        case ShowRequest():
            from newsreader.cli.commands import show

            return show.run(request)
        case ListRequest():
            from newsreader.cli.commands import list as list_command

            return list_command.run(request)
        case IndexRequest():
            from newsreader.cli.commands import index

            return index.run(request)
        case BookmarksRequest():
            from newsreader.cli.commands import bookmarks

            return bookmarks.run(request)
        case MarksRequest():
            from newsreader.cli.commands import marks

            return marks.run(request)
        case FeedsRequest():
            from newsreader.cli.commands import feeds

            return feeds.run(request)
        case FetchRequest():
            from newsreader.cli.commands import fetch

            return fetch.run(request)
        case SourcesRequest():
            from newsreader.cli.commands import sources

            return sources.run(request)
        case UpdateRequest():
            from newsreader.cli.commands import update

            return update.run(request)
        case ConfigRequest():
            from newsreader.cli.commands import config

            return config.run(request)
        case CompletionRequest():
            from newsreader.cli.commands import completion

            return completion.run(request)
        case DoctorRequest():
            from newsreader.cli.commands import doctor

            return doctor.run(request)
        case _:
            assert_never(request)
