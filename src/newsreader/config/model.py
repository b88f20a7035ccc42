"""The contents of a config file, as values."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias

from newsreader.config.values import NamedTexts
from newsreader.frozen import dataclass
from newsreader.problems import Problem

LayoutName: TypeAlias = Literal["auto", "wide", "medium", "narrow"]
GlyphName: TypeAlias = Literal["auto", "ascii", "unicode"]
WidthName: TypeAlias = Literal["auto", "narrow", "wide"]
DensityName: TypeAlias = Literal["auto", "compact", "comfortable"]
MarkRead: TypeAlias = Literal["open", "end", "never"]


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """A source that the config names.

    Attributes:
        path: Absolute; it may not exist.
        name: What to call it; empty: what its site is called.
        update: The command that brings it up to date; empty: there is none.
        labels: Pairs of a category and what to call it.
        hidden: Categories that are not listed beside the posts.
    """

    path: Path
    name: str = ""
    update: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()


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
        language: That of the program, or `auto` for that of the environment.
        layout: The arrangement of the panes; `auto` goes by the width of the terminal.
        density: Whether a post takes one line of a list or two; `auto` goes by the room.
        glyphs: What lines and marks are drawn by; `auto` goes by the terminal.
        ambiguous_width: How wide characters are of which terminals take one cell or two.
        text_width: Most cells of the column that an article is set in.
        mark_read: When a post counts as read.
        fold: Whether lists show posts that tell the same story as one.
        update_interval: Minutes between two runs of the update commands; 0: only when asked.
        browser: The command that opens links; empty: what the system has.
        editor: The command that opens files; empty: what the environment names.
        clipboard: The command that takes copied text; empty: the terminal does.
        searches: In order, each name once.
        keys: The keys of actions, as they are written; which there are, the screen knows.
        path: The file; `None` if none was asked for.
        problems: What is wrong with the file, with clean arguments.
    """

    sources: tuple[ConfiguredSource, ...] = ()
    feeds: tuple[ConfiguredFeed, ...] = ()
    theme: str = "auto"
    language: str = "auto"
    layout: LayoutName = "auto"
    density: DensityName = "auto"
    glyphs: GlyphName = "auto"
    ambiguous_width: WidthName = "auto"
    text_width: int = 84
    mark_read: MarkRead = "open"
    fold: bool = False
    update_interval: int = 0
    browser: str = ""
    editor: str = ""
    clipboard: str = ""
    searches: tuple[SavedSearch, ...] = ()
    keys: tuple[NamedTexts, ...] = ()
    path: Path | None = None
    problems: tuple[Problem, ...] = ()


DEFAULTS: Final = Config()
"""What holds where no file says anything."""
