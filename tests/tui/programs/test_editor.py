"""The editor that opens files."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.tui.programs.command import ProgramError
from newsreader.tui.programs.editor import editor_arguments

FILE = Path("/posts/a b.md")


@pytest.mark.parametrize(
    ("command", "environment", "arguments"),
    [
        ("", {"EDITOR": "cat"}, ("cat", str(FILE))),
        ("", {"EDITOR": "cat", "VISUAL": "sh -x"}, ("sh", "-x", str(FILE))),
        ("ls -l %s --", {"VISUAL": "sh"}, ("ls", "-l", str(FILE), "--")),
        ("", {"EDITOR": "cat", "VISUAL": " "}, ("cat", str(FILE))),
    ],
)
def test_the_config_comes_first_then_the_environment(
    command: str, environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    assert editor_arguments(command, FILE, environment) == arguments


@pytest.mark.parametrize(
    ("command", "environment", "sentence"),
    [
        ("gone", {}, "editor: there is no program gone"),
        ("", {"VISUAL": "gone -w"}, "$VISUAL: there is no program gone"),
        ("'x", {}, "editor is no command: 'x"),
    ],
)
def test_an_editor_that_is_not_there_is_named(
    command: str, environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ProgramError) as raised:
        editor_arguments(command, FILE, environment)

    assert raised.value.sentence == sentence
