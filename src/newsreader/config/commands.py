"""Commands that the config file names, as the words that start them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

from newsreader.patterns import compile_late

PLACEHOLDER: Final = "%s"
"""Stands in a command for what it is to work on."""

_FOR_A_SHELL: Final = compile_late(r"[|&;<>()$`*?\[\]#~{}\n]|^\w+=")
"""What only a shell understands; quotation marks and backslashes are understood here as well."""


def split_command(command: str) -> tuple[str, ...] | None:
    """Split a command into words as a shell would; None if a quotation mark is missing."""
    try:
        return tuple(shlex.split(command))
    except ValueError:
        return None


def command_words(command: str, *operands: str) -> list[str]:
    """The words that start a command of the user on something: an address, a file.

    No shell reads them, so whatever stands in an address stays a part of it.

    Args:
        command: As the user wrote it.
        operands: What it works on: in the place of `PLACEHOLDER`, else at the end.

    Returns:
        Nothing if the command is none.
    """
    words = split_command(command) or ()
    if not words:
        return []
    if not any(PLACEHOLDER in word for word in words):
        return [*words, *operands]
    given = " ".join(operands)
    found: list[str] = []
    for word in words:
        found += operands if word == PLACEHOLDER else [word.replace(PLACEHOLDER, given)]
    return found


def shell_words(command: str) -> Sequence[str]:
    """The words that start a command that stands for itself.

    As git does with its `core.editor` and its like: a shell is asked only if there is something in
    it that needs one, such as `&&`, `$HOME` or `*`.
    """
    if _FOR_A_SHELL.search(command.strip()):
        return ("/bin/sh", "-c", command)
    return split_command(command) or ()
