"""Change the config file, and nothing in it but what is asked for.

Before a changed text takes the file's place it is read again: all else must say what it said.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from newsreader.config.edit_yaml import (
    OtherShapeError,
    Record,
    add_entry,
    change_entry,
    remove_entry,
    remove_key,
    set_key,
)
from newsreader.config.example import example_config
from newsreader.config.load_config import MAX_BYTES
from newsreader.config.model import Config
from newsreader.config.options import OPTIONS, NamedTextsKind, Option, Records
from newsreader.config.read_config import parse_config
from newsreader.config.read_values import ProblemList, closest, quote, read_config_values
from newsreader.config.values import ConfigValues
from newsreader.files import NotRegularError, read_regular
from newsreader.problems import Problem
from newsreader.text import clean_line

_MODE: Final = 0o600


class ConfigError(Exception):
    """The config file was not changed; `problems` say why, at least one."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _File:
    """What the config file holds: its text, what it says, and what is wrong with it."""

    text: str
    values: ConfigValues
    config: Config

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file, without lines."""
        return tuple(map(_without_line, self.config.problems))


def _unchanged(config: Config) -> Config:
    return config


def create_config(path: Path) -> None:
    """Write the example config, which changes nothing, unless there is a file.

    Raises:
        ConfigError: It cannot be written.
    """
    if not os.path.lexists(path):
        _replace(path, example_config())


def set_option(
    path: Path, name: str, value: str, check: Callable[[Config], Config] = _unchanged
) -> None:
    """Set an option that has a single value, or one name of a mapping.

    Args:
        path: The config file; made if it is not there.
        name: The option; for a mapping, a point and one of its names follow: `keys.app.quit`.
        value: What it is set to; empty: it is taken away, and the default holds.
        check: Adds to the problems of a config those that only its caller can know.

    Raises:
        ConfigError: The option is unknown or a list of records, the value is wrong, or the file
            cannot be changed.
    """
    known = {each.name: each for each in OPTIONS}
    option, point, inner = name.partition(".")
    if option not in known:
        meant = closest(option, tuple(known))
        raise ConfigError(Problem("config-key-unknown", ("", quote(option), meant, *known)))
    is_mapping = isinstance(known[option].kind, NamedTextsKind)
    if isinstance(known[option].kind, Records) or is_mapping is not bool(point and inner):
        raise ConfigError(Problem("config-not-one-value", (option, int(is_mapping))))
    keys = (option, inner) if is_mapping else (option,)
    typed = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else value
    change = (lambda text: set_key(text, keys, typed)) if value else None
    _edit(path, known[option], change or (lambda text: remove_key(text, keys)), check)


def add_record(path: Path, option: str, *records: Record) -> None:
    """Add entries, at least one, at the end of a list: sources, feeds or searches.

    All at once, because the file is read and written as often as this is called.

    Raises:
        ConfigError: One is there already or is wrong, or the file cannot be changed.
    """
    _edit(path, _option(option), lambda text: add_entry(text, option, *records))


def change_record(
    path: Path, option: str, is_wanted: Callable[[ConfigValues], bool], record: Record
) -> bool:
    """Set keys of the first entry of a list that is wanted; empty ones are taken away.

    Returns:
        Whether there was one.

    Raises:
        ConfigError: The new values are wrong, or the file cannot be changed.
    """
    number = _number(path, option, is_wanted)
    if number is None:
        return False
    kind = _option(option).kind
    first = kind.fields[0].name if isinstance(kind, Records) else ""
    _edit(path, _option(option), lambda text: change_entry(text, option, number, first, record))
    return True


def remove_record(path: Path, option: str, is_wanted: Callable[[ConfigValues], bool]) -> bool:
    """Remove the first entry of a list that is wanted; return whether there was one.

    Raises:
        ConfigError: The file cannot be changed.
    """
    number = _number(path, option, is_wanted)
    if number is None:
        return False
    _edit(path, _option(option), lambda text: remove_entry(text, option, number))
    return True


def _option(name: str) -> Option:
    return next(option for option in OPTIONS if option.name == name)


def _number(path: Path, option: str, is_wanted: Callable[[ConfigValues], bool]) -> int | None:
    records = _read(path).values.records.get(option, ())
    return next((record.number for record in records if is_wanted(record)), None)


def _edit(
    path: Path,
    option: Option,
    change: Callable[[str], str],
    check: Callable[[Config], Config] = _unchanged,
) -> None:
    """Change the text of the file; what it says of other options must stay."""
    before = _read(path)
    try:
        text = change(before.text)
    except (OtherShapeError, yaml.YAMLError, IndexError, ValueError):
        raise _not_changed(path, option) from None
    after = _parse(text, path)
    known, found = (
        [_without_line(problem) for problem in check(file.config).problems]
        for file in (before, after)
    )
    there = {(problem.code, *problem.arguments[:1]) for problem in known}
    new = [each for each in found if (each.code, *each.arguments[:1]) not in there]
    if new:
        raise ConfigError(*new)
    if any(
        before.values.value(other.name) != after.values.value(other.name)
        for other in OPTIONS
        if other.name != option.name
    ):
        raise _not_changed(path, option)
    _replace(path, text)


def _not_changed(path: Path, option: Option) -> ConfigError:
    return ConfigError(Problem("config-not-changed", (clean_line(str(path)), option.name)))


def _read(path: Path) -> _File:
    """Read the file; a missing one is empty."""
    try:
        raw = read_regular(path, MAX_BYTES + 1, truncate=True).raw
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and not isinstance(error, NotRegularError):
            return _parse("", path)
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ConfigError(
            Problem("config-unreadable", (clean_line(str(path)), clean_line(reason)))
        ) from None
    try:
        file = _parse(raw.decode("utf-8-sig"), path)
        yaml.compose(file.text, Loader=yaml.SafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError, OverflowError):
        problems = ProblemList(path)
        read_config_values(raw, OPTIONS, problems)
        raise ConfigError(*problems.in_order()) from None
    return file


def _parse(text: str, path: Path) -> _File:
    raw = text.encode()
    values = read_config_values(raw, OPTIONS, ProblemList(path))
    return _File(text, values, parse_config(raw, path))


def _without_line(problem: Problem) -> Problem:
    inner = problem.arguments[-1]
    return inner if isinstance(inner, Problem) else problem


def _replace(path: Path, text: str) -> None:
    """Write the file whole or not at all; where it is a link, the file that it leads to."""
    target = Path(os.path.realpath(path))
    part = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            os.fchmod(file.fileno(), target.stat().st_mode & 0o777 if target.exists() else _MODE)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(target)
    except OSError as error:
        if part:
            with suppress(OSError):
                Path(part).unlink()
        reason = clean_line(error.strerror or str(error))
        raise ConfigError(Problem("config-not-written", (clean_line(str(path)), reason))) from error
