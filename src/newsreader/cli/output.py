"""Write to standard output and standard error safely, whatever they are."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from typing import IO, TYPE_CHECKING, Final, TextIO, TypeAlias, cast

from newsreader.log import write_log
from newsreader.text import Clean, clean_line, derive, escape_json, fill, literal

if TYPE_CHECKING:
    from newsreader.problems import Problem

JsonValue: TypeAlias = "str | int | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"

MAX_COLUMN: Final = 84
MAX_PROBLEMS: Final = 20
"""Problems that are named: an exported folder can have a hundred thousand bad entries."""
INCAPABLE: Final = frozenset({"dumb", "unknown"})
"""The values of TERM for terminals that cannot move the cursor."""

_NO_TERMINAL_WIDTH: Final = 80
_NOT_FORCED: Final = frozenset({"", "0", "false"})
"""The values of FORCE_COLOR that force nothing."""
_ERRORS: Final = "newsreader.output"


def prepare_streams() -> None:
    """Make both streams usable: open, though `>&-` closes them, and able to write any string."""
    codecs.register_error(_ERRORS, _encode_anyhow)
    if sys.stdout is None:
        sys.stdout = _open_nowhere()
    if sys.stderr is None:
        sys.stderr = _open_nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def write_utf8() -> None:
    """Write standard output in UTF-8, whatever the locale: a file that is read elsewhere is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors=_ERRORS)


def discard_output() -> None:
    """Discard what is still to be written, because nobody reads it or it cannot be written.

    Python writes what is left in its buffers when it ends: it would complain then, or wait for a
    reader for ever.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        # A stream that is a buffer in memory has no number, and cannot break.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def pipe_to(stream: IO[bytes]) -> TextIO:
    """Make a stream of text of the way into another program: it takes any string."""
    return io.TextIOWrapper(
        cast("io.BufferedWriter", stream),
        encoding=sys.stdout.encoding or "utf-8",
        errors=_ERRORS,
        newline="\n",
    )


def print_line(line: Clean, file: TextIO | None = None) -> None:
    """Print a line, or a text of several; to standard output unless another file is named.

    Nothing else in this package prints, so what is printed was cleaned.
    """
    print(line, file=file)


def complain(what: Clean | Problem) -> None:
    """Tell the user something on standard error, as one clean line."""
    if not isinstance(what, str):
        from newsreader.messages import describe  # noqa: PLC0415  (late: seldom needed)

        what = describe(what)
    print_line(fill("newsreader: {}", what), sys.stderr)
    write_log("info", what)


def complain_of_all(problems: Sequence[Problem], count: int | None = None) -> None:
    """Tell the user of the first `MAX_PROBLEMS` problems, and how many more there are.

    Args:
        problems: The problems, or the first of them.
        count: How many there are; `None`: these.
    """
    named = problems[:MAX_PROBLEMS]
    for problem in named:
        complain(problem)
    more = (len(problems) if count is None else count) - len(named)
    if more > 0:
        complain(fill("{:,} more problems.", more) if more > 1 else literal("One more problem."))


def print_json(record: Mapping[str, JsonValue]) -> None:
    """Print one object as one line of JSON, readable if the output can hold its characters."""
    import json  # noqa: PLC0415  (late: few commands print any)

    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8", "surrogatepass")
    except (UnicodeEncodeError, LookupError):
        line = json.dumps(record)
    print_line(escape_json(line))


def print_path(path: str, end: str = "\n") -> None:
    """Print a path: exactly into a pipe or a file, cleaned on a terminal."""
    print(clean_line(path) if is_terminal(sys.stdout) else path, end=end)


def print_row(row: Clean) -> None:
    """Print a row of a table: on a terminal no wider than that, elsewhere whole."""
    if is_terminal(sys.stdout):
        # Late, because it brings rich, and a pipe needs none.
        from newsreader.cells import cut  # noqa: PLC0415

        row = cut(row, terminal_width())
    print_line(derive(row, row.rstrip()))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is at the other end; not if the stream was closed (`<&-`)."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def takes_colours(stream: TextIO) -> bool:
    """Whether colours are written there unasked: on a terminal, or if `FORCE_COLOR` says so.

    `NO_COLOR` leaves a terminal the styles that are no colours, and takes all from anything else.
    """
    forced = os.environ.get("FORCE_COLOR", "") not in _NOT_FORCED
    return is_capable_terminal(stream) or (forced and not os.environ.get("NO_COLOR"))


def is_capable_terminal(stream: TextIO) -> bool:
    """Whether escape sequences may be written there."""
    return is_terminal(stream) and os.environ.get("TERM") not in INCAPABLE


def terminal_width() -> int:
    """The columns of the terminal that is standard output; 80 if it is none."""
    if not is_terminal(sys.stdout):
        return _NO_TERMINAL_WIDTH
    import shutil  # noqa: PLC0415  (late: it brings every kind of compression)

    return max(1, shutil.get_terminal_size((_NO_TERMINAL_WIDTH, 24)).columns)


def _open_nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - `pathlib` takes 4 ms to import


def _encode_anyhow(error: UnicodeError) -> tuple[str | bytes, int]:
    r"""An encoding error handler: bytes of file names as they were, all else as `\u4e2d`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    piece = error.object[error.start : error.end]
    if all("\udc80" <= character <= "\udcff" for character in piece):
        return bytes(ord(character) - 0xDC00 for character in piece), error.end
    return codecs.backslashreplace_errors(error)
