"""Read the config file and check all of it: keys by what the screen has to say of them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from newsreader.config.load_config import load_config
from newsreader.config.model import Config
from newsreader.messages import choose_language, use_language
from newsreader.problems import Problem
from newsreader.text import clean_line


def load_checked_config(path: Path) -> Config:
    """Read the config file at `path`, with all that is wrong in it; never raises.

    From then on everything is said in the language that it names.
    """
    config = load_config(path)
    use_language(choose_language(config.language, os.environ))
    return with_key_problems(config)


def with_key_problems(config: Config) -> Config:
    """Add what is wrong with the keys of a config to its problems, in the order of their lines."""
    if not config.keys or config.path is None:
        return config
    # Late: hardly anybody binds keys, and nothing else of the command line knows the screen's.
    from newsreader.tui.keyboard.rebinding import read_keymap  # noqa: PLC0415

    file = clean_line(str(config.path))
    found = [
        Problem("config-line", (file, line, problem))
        for line, problem in read_keymap(config.keys)[1]
    ]
    return replace(config, problems=tuple(sorted([*config.problems, *found], key=_line)))


def _line(problem: Problem) -> int:
    """The line of a problem; what is said of the rest of the file comes last."""
    line = problem.arguments[1] if problem.code == "config-line" else None
    return line if isinstance(line, int) else 1_000_000
