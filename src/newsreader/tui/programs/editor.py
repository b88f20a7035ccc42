"""The editor that opens files: that of the config, or of the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from newsreader.config.commands import command_words
from newsreader.text import clean_line, literal
from newsreader.tui.programs.command import find_program


def editor_arguments(command: str, file: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Write what opens a file.

    Args:
        command: That of the config; empty: none.
        file: The file.
        environment: Names an editor if the config does not.

    Raises:
        ProgramError: It is no command, or there is no such program.
    """
    chosen = literal("vi"), "vi"
    for name, value in (
        ("editor", command),
        ("$VISUAL", environment.get("VISUAL", "")),
        ("$EDITOR", environment.get("EDITOR", "")),
    ):
        if value.strip():
            chosen = clean_line(name), value
            break
    name, value = chosen
    program, *_ = find_program(value, name=name)
    _, *arguments = command_words(value, str(file))
    return (program, *arguments)
