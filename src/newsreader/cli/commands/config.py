"""`newsreader config`: where the config file is, what it says, whether it is right; change it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import assert_never

from newsreader.cli.checked_config import load_checked_config, with_key_problems
from newsreader.cli.errors import WRONG_USAGE, CommandError
from newsreader.cli.library import config_path
from newsreader.cli.output import complain, is_terminal, print_line, print_path
from newsreader.cli.requests import ConfigRequest
from newsreader.config.commands import command_words
from newsreader.config.load_config import MAX_BYTES, load_config
from newsreader.config.write_config import ConfigError, create_config, set_option
from newsreader.files import read_regular
from newsreader.text import clean_line, clean_text, fill, literal


def run(request: ConfigRequest) -> int:
    """Do what the request asks."""
    path = config_path(request.common)
    try:
        match request.action:
            case "path":
                print_path(str(path))
                return 0
            case "show":
                return _show(path)
            case "check":
                return _check(path)
            case "edit":
                return _edit(path)
            case "set":
                name, *value = request.words
                set_option(path, name, " ".join(value), with_key_problems)
                return 0
            case _:
                assert_never(request.action)
    except ConfigError as error:
        for problem in error.problems:
            complain(problem)
        return WRONG_USAGE


def _show(path: Path) -> int:
    """Print the file as it is."""
    try:
        raw = read_regular(path, MAX_BYTES, truncate=True).raw
    except FileNotFoundError:
        complain(fill("There is no config file yet: {}", clean_line(str(path))))
        return 1
    print_line(clean_text(raw.decode("utf-8-sig", "replace").rstrip("\n")))
    return 0


def _check(path: Path) -> int:
    """Say what is wrong with the file: every mistake with its line."""
    problems = load_checked_config(path).problems
    for problem in problems:
        complain(problem)
    if problems:
        return WRONG_USAGE
    if is_terminal(sys.stdout):
        found = literal("is right")
        if not path.exists():
            found = literal("is not there; the defaults hold")
        print_line(fill("{} {}.", clean_line(str(path)), found))
    return 0


def _edit(path: Path) -> int:
    """Open the file in the person's editor, the example if there is none, and check it."""
    command = load_config(path).editor
    command = command or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    create_config(path)
    try:
        words = command_words(command, str(path))
        if not words:
            raise OSError("a quotation mark is not closed")
        code = subprocess.run(words, check=False).returncode  # noqa: S603 - the user's own
    except (OSError, ValueError) as error:
        raise CommandError(
            fill(
                "The editor {} cannot be started: {}.", clean_line(command), clean_line(str(error))
            )
        ) from error
    if code:
        complain(fill("The editor ended with {}.", code))
        return 1
    for problem in (problems := load_checked_config(path).problems):
        complain(problem)
    return WRONG_USAGE if problems else 0
