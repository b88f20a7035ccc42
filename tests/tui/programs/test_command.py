"""Commands as users write them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsreader.text import literal
from newsreader.tui.programs.command import ProgramError, describe_failure, find_program

NAME = literal("browser")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("sh", ("sh",)),
        ("sh -c 'echo a b' \"c d\"", ("sh", "-c", "echo a b", "c d")),
        (f"{sys.executable} %s", (sys.executable, "%s")),
    ],
)
def test_a_command_is_split_as_a_shell_does(command: str, words: tuple[str, ...]) -> None:
    assert find_program(command, name=NAME) == words


def test_a_program_below_the_users_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "show").write_text("#!/bin/sh\n")
    (tmp_path / "show").chmod(0o755)

    assert find_program("~/show -x", name=NAME) == (str(tmp_path / "show"), "-x")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("", "browser is no command: "),
        ("  ", "browser is no command: "),
        ("'sh", "browser is no command: 'sh"),
        ("no-such-program -x", "browser: there is no program no-such-program"),
        ("~nobody-here/x", "browser: there is no program ~nobody-here/x"),
        ("/dev/null", "browser: there is no program /dev/null"),
    ],
)
def test_what_is_no_command_gets_a_sentence(command: str, sentence: str) -> None:
    with pytest.raises(ProgramError) as raised:
        find_program(command, name=NAME)

    assert raised.value.sentence == sentence.strip() or raised.value.sentence == sentence


def test_a_program_that_cannot_be_run_gets_its_reason() -> None:
    error = describe_failure(("x\x1b[2J",), PermissionError(13, "Permission denied"))

    assert error.sentence == "x[2J cannot be run: Permission denied"
