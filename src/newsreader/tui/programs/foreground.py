"""Run a program on the terminal while the reader has left it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from types import FrameType
from typing import Final

from newsreader.messages import phrase
from newsreader.tui.programs.command import ProgramError, describe_failure

_KEYBOARD_SIGNALS: Final = (signal.SIGINT, signal.SIGQUIT)
_NO_TERMINAL: Final = "This terminal cannot be left to another program"


def run_in_foreground(
    arguments: Sequence[str] | str,
    left: AbstractContextManager[None],
    *,
    given: str | None = None,
    waits: bool = False,
) -> int:
    """Run a program on the terminal, and wait for it.

    Args:
        arguments: Its name and arguments; or a line for the shell.
        left: The terminal is not the reader's within this context.
        given: What stands on its standard input; `None`: the terminal.
        waits: Whether to wait for Enter when it has ended, so that its output can be read.

    Returns:
        Its exit status, as shells have it: 128 and the number of the signal that ended it.

    Raises:
        ProgramError: It cannot be started, or the terminal cannot be left.
    """
    failure: OSError | None = None
    status = 0
    with left, _restored_terminal():
        # Nothing may be raised in here: the terminal would not be taken back.
        try:
            with _left_to_the_program():
                status = _run(arguments, given)
        except OSError as error:
            failure = error
        if waits and failure is None:
            with _left_to_the_program():
                _wait_for_enter(status)
    if failure is not None:
        name = arguments if isinstance(arguments, str) else arguments[0]
        raise describe_failure((name,), failure)
    return status


def _run(arguments: Sequence[str] | str, given: str | None) -> int:
    process = subprocess.Popen(  # noqa: S603  (what the user has typed or named)
        arguments,
        shell=isinstance(arguments, str),
        stdin=None if given is None else subprocess.PIPE,
    )
    # A program may end before it has read all: `communicate` takes no notice of that.
    process.communicate(given.encode("utf-8", "replace") if given is not None else None)
    status = process.returncode
    return 128 - status if status < 0 else status


def _wait_for_enter(status: int) -> None:
    """Let the user read what the program wrote."""
    words = phrase("\n[exit status {} · Enter goes back]", status)
    with suppress(OSError):
        os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, words.encode())
        while (read := os.read(0, 4096)) and not read.endswith(b"\n"):
            pass


@contextmanager
def _left_to_the_program() -> Iterator[None]:
    """Keep keys such as ^C, which go to all programs of the terminal, from ending the reader.

    Handlers that do nothing instead of ignored signals: what is started would ignore them as well.
    """

    def pass_over(_number: int, _: FrameType | None) -> None:
        pass

    before = {each: signal.signal(each, pass_over) for each in _KEYBOARD_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _restored_terminal() -> Iterator[None]:
    """Have the terminal as it was, whatever the program leaves: a killed one leaves it raw."""
    try:
        attributes = termios.tcgetattr(0)
    except termios.error:
        attributes = None
    try:
        yield
    finally:
        with suppress(OSError, termios.error):
            os.set_blocking(2, True)
            if attributes is not None:
                termios.tcsetattr(0, termios.TCSANOW, attributes)


def no_terminal() -> ProgramError:
    """The failure to leave the terminal."""
    return ProgramError(phrase(_NO_TERMINAL))
