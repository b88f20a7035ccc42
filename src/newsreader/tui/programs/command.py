"""Commands as users write them, and what went wrong with one as a sentence."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsreader.config.commands import split_command
from newsreader.messages import phrase
from newsreader.text import Clean, clean_line


class ProgramError(Exception):
    """A program cannot be started, or failed.

    Attributes:
        sentence: What the user is told.
    """

    def __init__(self, sentence: Clean) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Program:
    """A program and what it is called with.

    Attributes:
        arguments: Its name, and its arguments.
        takes_terminal: Whether it draws on the terminal, which the reader has to leave to it.
    """

    arguments: tuple[str, ...]
    takes_terminal: bool = False


def find_program(command: str, *, name: Clean) -> tuple[str, ...]:
    """Split a command into words, as a shell does; the first is found in `PATH`.

    Args:
        command: As the config or a variable has it.
        name: Where it is from, for the sentence.

    Raises:
        ProgramError: It is no command, or there is no such program.
    """
    words = list(split_command(command) or ())
    if not words:
        raise ProgramError(phrase("{} is no command: {}", name, clean_line(command)))
    with suppress(RuntimeError):  # `~name` of somebody whom this machine does not know
        words[0] = str(Path(words[0]).expanduser()) if words[0].startswith("~") else words[0]
    if shutil.which(words[0]) is None:
        raise ProgramError(phrase("{}: there is no program {}", name, clean_line(words[0])))
    return tuple(words)


def failed_with(arguments: tuple[str, ...], status: int) -> ProgramError:
    """Say that a program failed."""
    name = clean_line(Path(arguments[0]).name)
    return ProgramError(phrase("{} failed with status {}", name, status))


def describe_status(command: str, status: int) -> Clean:
    """Say how a program ended."""
    name = clean_line(command)
    return phrase("{} is done", name) if not status else phrase("{}: exit status {}", name, status)


def describe_failure(arguments: tuple[str, ...], error: OSError) -> ProgramError:
    """Say why a program could not be started."""
    reason = clean_line(error.strerror or type(error).__name__)
    return ProgramError(phrase("{} cannot be run: {}", clean_line(arguments[0]), reason))
