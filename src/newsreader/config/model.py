"""The contents of a config file, as values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsreader.problems import Problem


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """A source that the config names; `path` is absolute and may not exist, `name` may be empty."""

    path: Path
    name: str = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that the user gave a name."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Config:
    """The options of the config file, with the default if one is missing or wrong.

    Attributes:
        sources: What to read when the command line names nothing; in order, each path once.
        theme: A name of `THEMES`, or `auto`.
        searches: In order, each name once.
        path: The file; `None` if none was asked for.
        problems: What is wrong with the file, with clean arguments.
    """

    sources: tuple[ConfiguredSource, ...] = ()
    theme: str = "auto"
    searches: tuple[SavedSearch, ...] = ()
    path: Path | None = None
    problems: tuple[Problem, ...] = ()
