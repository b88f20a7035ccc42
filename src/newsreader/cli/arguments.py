"""Read the command line into a request.

A command stands where a PATH may stand, which argparse cannot express: so the first word that is
no option decides whether a command's parser or the reader's reads the line.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NoReturn, TypeAlias, cast, get_args

from newsreader import __version__
from newsreader.cli import help_text
from newsreader.text import clean_line

ShowFormat: TypeAlias = Literal["text", "markdown", "html", "json"]
ListFormat: TypeAlias = Literal["table", "json", "paths"]
ListSort: TypeAlias = Literal["newest", "oldest", "title", "unread-first"]
BookmarksFormat: TypeAlias = Literal["table", "json"]
BookmarksAction: TypeAlias = Literal["list", "add", "remove", "update", "note", "export", "import"]
Color: TypeAlias = Literal["auto", "always", "never"]

MIN_WIDTH: Final = 10
MAX_WIDTH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Common:
    """The options that every command understands.

    Attributes:
        sources: Where to read from instead of the configured sources; if empty, those.
        config: The config file to use; `None`: the user's own.
    """

    sources: tuple[Path, ...] = ()
    config: Path | None = None


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Open the reader on `paths`."""

    common: Common
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Print posts; `width` in cells, `None` for one that fits."""

    common: Common
    posts: tuple[str, ...]
    width: int | None
    format: ShowFormat
    color: Color


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Print a list of posts.

    Attributes:
        common: What every command understands.
        format: How to print them.
        limit: At most so many; `None`: all.
        paths: What to read them from, as the reader is given it.
        query: What to search for; empty: nothing.
        sort: In which order.
    """

    common: Common
    format: ListFormat
    limit: int | None
    paths: tuple[Path, ...] = ()
    query: str = ""
    sort: ListSort = "newest"


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """Look for new and changed posts; `rebuild` reads all of them again."""

    common: Common
    rebuild: bool


@dataclass(frozen=True, slots=True)
class BookmarksRequest:
    """List, change, export or import bookmarks.

    Attributes:
        common: What every command understands.
        action: What to do.
        words: Posts; of `note`, one and perhaps a note; else a folder or a file.
        format: How to print a list.
    """

    common: Common
    action: BookmarksAction
    words: tuple[str, ...]
    format: BookmarksFormat


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """Check the installation and its data, or restore a backup.

    Attributes:
        common: What every command understands.
        restore: Whether to put a backup in the place of the reading state.
        backup: Which one; `None`: the newest.
    """

    common: Common
    restore: bool
    backup: Path | None = None


Request: TypeAlias = (
    ReadRequest | ShowRequest | ListRequest | IndexRequest | BookmarksRequest | DoctorRequest
)

COMMANDS: Final = ("show", "list", "index", "bookmarks", "doctor")


class _Parser(argparse.ArgumentParser):
    """A parser with the options of every command, and a help text written by hand."""

    def __init__(self, help_text: str) -> None:
        usage, _, _ = help_text.partition("\n\n")
        super().__init__(prog="newsreader", usage=usage.removeprefix("Usage: "), allow_abbrev=False)
        self._help_text = help_text
        self.add_argument(
            "--source", metavar="PATH", dest="sources", action="append", type=_path, default=[]
        )
        self.add_argument("--config", metavar="FILE", type=_path)
        self.add_argument("words", nargs="*")
        self.add_argument("--version", action="version", version=f"newsreader {__version__}")

    def format_help(self) -> str:
        return self._help_text

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, in which arguments stand that others may have made, and exit."""
        super().error(clean_line(message))


def parse_arguments(arguments: Sequence[str]) -> Request:
    """Read the arguments that follow the program's name.

    Raises:
        SystemExit: With 0 after printing help or the version, with 2 after wrong usage.
    """
    command, rest = _split(arguments)
    parser = _PARSERS[command]()
    # What follows `--` is taken away first: argparse treats it differently from one Python to
    # the next. Options may stand between the words, as in `show a.md --width 60 b.md`.
    end = rest.index("--") if "--" in rest else len(rest)
    read = parser.parse_intermixed_args(rest[:end])
    words = (*cast("list[str]", read.words), *rest[end + 1 :])
    common = Common(tuple(cast("list[Path]", read.sources)), _config(parser, read))
    match command:
        case "show":
            if not words:
                parser.error("show needs a POST")
            return ShowRequest(
                common,
                words,
                cast("int | None", read.width),
                cast("ShowFormat", read.format),
                cast("Color", read.color),
            )
        case "list":
            return ListRequest(
                common,
                cast("ListFormat", read.format),
                cast("int | None", read.limit),
                query=" ".join(words),
                sort=cast("ListSort", read.sort),
            )
        case "index":
            _refuse(parser, command, words)
            return IndexRequest(common, bool(read.rebuild))
        case "bookmarks":
            action, words = _bookmarks_words(parser, words)
            return BookmarksRequest(common, action, words, cast("BookmarksFormat", read.format))
        case "doctor":
            restore = bool(read.restore)
            if len(words) > restore:
                parser.error(f"doctor takes no {words[-1]}")
            return DoctorRequest(common, restore, Path(words[0]) if words else None)
        case _:
            if "" in words:
                parser.error("a path cannot be empty")
            return ReadRequest(common, tuple(Path(word) for word in words))


def _split(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command, empty for the reader, and the arguments without it."""
    words = iter(enumerate(arguments))
    for place, word in words:
        if word in {"--source", "--config"}:
            next(words, None)
        elif word == "--":
            break
        elif word == "-" or not word.startswith("-"):
            if word in COMMANDS:
                return word, [*arguments[:place], *arguments[place + 1 :]]
            break
    return "", list(arguments)


def _config(parser: _Parser, read: argparse.Namespace) -> Path | None:
    """The config file that is asked for; a missing one is wrong usage."""
    config = cast("Path | None", read.config)
    try:
        if config is not None and not config.exists():
            parser.error(f"there is no config file {config}")
    except OSError as error:
        parser.error(f"the config file {config} cannot be read: {error.strerror}")
    return config


def _refuse(parser: _Parser, command: str, words: Sequence[str]) -> None:
    if words:
        parser.error(f"{command} takes no {words[0]}; a folder is named by --source")


def _bookmarks_words(
    parser: _Parser, words: Sequence[str]
) -> tuple[BookmarksAction, tuple[str, ...]]:
    action, *rest = words or ("",)
    known = get_args(BookmarksAction)
    if action not in known:
        parser.error(f"say {', '.join(known[:-1])} or {known[-1]}")
    match action:
        case "list":
            if rest:
                parser.error("list takes no POST")
        case "export" | "import":
            if len(rest) != 1 or not rest[0]:
                wanted = "FOLDER or FILE" if action == "export" else "FOLDER"
                parser.error(f"{action} needs one {wanted}")
        case "note":
            if not 1 <= len(rest) <= 2:
                parser.error("note needs a POST, and the note in quotes to write one")
        case _:
            if not rest:
                parser.error(f"{action} needs a POST")
    return cast("BookmarksAction", action), tuple(rest)


def _reader_parser() -> _Parser:
    return _Parser(help_text.READER)


def _show_parser() -> _Parser:
    parser = _Parser(help_text.SHOW)
    parser.add_argument("--width", metavar="N", type=_width)
    parser.add_argument("--format", choices=get_args(ShowFormat), default="text")
    parser.add_argument("--color", choices=get_args(Color), default="auto")
    return parser


def _list_parser() -> _Parser:
    parser = _Parser(help_text.LIST)
    parser.add_argument("--format", choices=get_args(ListFormat), default="table")
    parser.add_argument("--limit", metavar="N", type=_limit)
    parser.add_argument("--sort", choices=get_args(ListSort), default="newest")
    return parser


def _index_parser() -> _Parser:
    parser = _Parser(help_text.INDEX)
    parser.add_argument("--rebuild", action="store_true")
    return parser


def _bookmarks_parser() -> _Parser:
    parser = _Parser(help_text.BOOKMARKS)
    parser.add_argument("--format", choices=get_args(BookmarksFormat), default="table")
    return parser


def _doctor_parser() -> _Parser:
    parser = _Parser(help_text.DOCTOR)
    parser.add_argument("--restore", action="store_true")
    return parser


_PARSERS: Final = {
    "": _reader_parser,
    "show": _show_parser,
    "list": _list_parser,
    "index": _index_parser,
    "bookmarks": _bookmarks_parser,
    "doctor": _doctor_parser,
}


def _path(text: str) -> Path:
    if not text:
        message = "a path cannot be empty"
        raise argparse.ArgumentTypeError(message)
    return Path(text)


def _width(text: str) -> int:
    return _number(text, MIN_WIDTH, MAX_WIDTH)


def _limit(text: str) -> int:
    return _number(text, 0, 10**9)


def _number(text: str, least: int, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
    if not least <= number <= most:
        message = f"{text} is not a number from {least} to {most}"
        raise argparse.ArgumentTypeError(message)
    return number
