"""The contents of a config file, as values."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias

from newsreader.frozen import dataclass
from newsreader.problems import Problem

LayoutName: TypeAlias = Literal["auto", "wide", "medium", "narrow"]


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """A source that the config names; `path` is absolute and may not exist, `name` may be empty."""

    path: Path
    name: str = ""


@dataclass(frozen=True, slots=True)
class ConfiguredFeed:
    """A feed to fetch posts from.

    Attributes:
        url: Its address, as written.
        name: What to call it; empty: what the feed calls itself.
        category: What to list its posts under; empty: its name.
        tags: Tags for its posts.
        every: How long to wait before asking again: a number and m, h, d or w; empty: no time.
        keep: How many of its posts to keep, or for how long: a number, with d, w or y or without;
            empty: all, for good.
        images: Whether to keep the images of new posts.
    """

    url: str
    name: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    every: str = ""
    keep: str = ""
    images: bool = False


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
        feeds: What `fetch` asks, in order, each address once.
        theme: A name of `THEMES`, or `auto`.
        layout: The arrangement of the panes; `auto` goes by the width of the terminal.
        text_width: Most cells of the column that an article is set in.
        searches: In order, each name once.
        path: The file; `None` if none was asked for.
        problems: What is wrong with the file, with clean arguments.
    """

    sources: tuple[ConfiguredSource, ...] = ()
    feeds: tuple[ConfiguredFeed, ...] = ()
    theme: str = "auto"
    layout: LayoutName = "auto"
    text_width: int = 84
    searches: tuple[SavedSearch, ...] = ()
    path: Path | None = None
    problems: tuple[Problem, ...] = ()


DEFAULTS: Final = Config()
"""What holds where no file says anything."""
