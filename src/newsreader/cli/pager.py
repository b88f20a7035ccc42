"""Show what is printed on a terminal page by page, in the program that the user has for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from newsreader.cli.output import is_capable_terminal, pipe_to

if TYPE_CHECKING:
    from subprocess import Popen

_DEFAULT: Final = "less"
_NO_PAGERS: Final = ((), ("cat",))
_VARIABLES: Final = {"LESS": "FRX", "LV": "-c"}
"""What is set where the user has set nothing, as git does: less shows colours, leaves the text on
the screen, and ends at once where it fits."""


@contextmanager
def paged(*, wanted: bool) -> Iterator[bool]:
    """Send what is printed through `$PAGER`, or `less`, as long as this context lasts.

    It goes straight to standard output if that is no terminal that can move its cursor, if
    `$PAGER` is empty or `cat`, or if there is no such program. That the user has seen enough and
    quits it is no error; an interrupt is its business while it runs.

    Args:
        wanted: Whether the user wants any.

    Yields:
        Whether there is a pager, which has the terminal to itself then.
    """
    pager = _start() if wanted and is_capable_terminal(sys.stdout) else None
    if pager is None or pager.stdin is None:
        yield False
        return
    before, sys.stdout = sys.stdout, pipe_to(pager.stdin)
    try:
        with suppress(BrokenPipeError):
            yield True
            sys.stdout.flush()
    finally:
        pipe, sys.stdout = sys.stdout, before
        with suppress(BrokenPipeError):
            pipe.close()
        while pager.returncode is None:
            with suppress(KeyboardInterrupt):
                pager.wait()


def _start() -> Popen[bytes] | None:
    """Start the pager; None if none is wanted, or there is none."""
    # Late: a pipe needs none of it.
    import subprocess  # noqa: PLC0415

    from newsreader.config.commands import shell_words  # noqa: PLC0415

    words: Sequence[str] = tuple(shell_words(os.environ.get("PAGER", _DEFAULT)))
    if words in _NO_PAGERS:
        return None
    variables = {name: value for name, value in _VARIABLES.items() if name not in os.environ}
    if (sys.stdout.encoding or "").lower().replace("-", "") == "utf8":
        variables["LESSCHARSET"] = os.environ.get("LESSCHARSET", "utf-8")
    try:
        return subprocess.Popen(  # noqa: S603 - the user's own
            words, stdin=subprocess.PIPE, env={**os.environ, **variables}
        )
    except (OSError, ValueError):
        return None
