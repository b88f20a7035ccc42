"""The command line -> a request.

A command shares its place with PATH, which argparse cannot express: so the first word that is no
option decides whether a command's parser or the reader's reads the line.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

from newsreader import __version__

ShowFormat: TypeAlias = Literal["text", "markdown", "html", "json"]
ListFormat: TypeAlias = Literal["table", "json", "paths"]
BookmarksFormat: TypeAlias = Literal["table", "json"]
BookmarksAction: TypeAlias = Literal["list", "add", "remove"]
Color: TypeAlias = Literal["auto", "always", "never"]

MIN_WIDTH: Final = 10
MAX_WIDTH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Common:
    """What every command understands.

    Attributes:
        sources: Where to read from instead of the configured sources; empty: those.
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
    """Print a list of posts; `limit` is `None` for all."""

    common: Common
    format: ListFormat
    limit: int | None
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """Look for new and changed posts; `rebuild` reads all of them again."""

    common: Common
    rebuild: bool


@dataclass(frozen=True, slots=True)
class BookmarksRequest:
    """List the bookmarks, or change those of `posts`."""

    common: Common
    action: BookmarksAction
    posts: tuple[str, ...]
    format: BookmarksFormat


Request: TypeAlias = ReadRequest | ShowRequest | ListRequest | IndexRequest | BookmarksRequest

COMMANDS: Final = ("show", "list", "index", "bookmarks")

_HELP: Final = """\
Usage: newsreader [PATH ...]
       newsreader COMMAND ...

Reads folders of Jekyll posts in the terminal. Without a PATH it opens the
sources of the config file, or else the sample posts.

  PATH             a folder of posts, or one post; where it is named like a
                   command, write ./ in front of it: ./list

Commands:
  show POST ...    print posts as text, Markdown, HTML or JSON
  list             list the posts, newest first
  index            look for new and changed posts
  bookmarks        list, add or remove bookmarks

Options, before or after a command:
  --source PATH    read this folder or post; may be given several times
  --config FILE    use this config file
  --version        print the version
  -h, --help       print this page, or the one of a command

In the reader, ? shows the keys.
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose options are not abbreviated, and whose page may be written by hand."""

    def __init__(self, command: str, description: str = "", page: str = "") -> None:
        super().__init__(
            prog=f"newsreader {command}".strip(),
            usage="newsreader [PATH ...]" if page else None,
            description=description,
            allow_abbrev=False,
        )
        self._page = page
        self.add_argument(
            "--source",
            metavar="PATH",
            dest="sources",
            action="append",
            type=_path,
            default=[],
            help="read this folder or post; may be given several times",
        )
        self.add_argument("--config", metavar="FILE", type=_path, help="use this config file")
        self.add_argument(
            "--version",
            action="version",
            version=f"newsreader {__version__}",
            help="print the version",
        )

    def format_help(self) -> str:
        return self._page or super().format_help()


def parse_arguments(arguments: Sequence[str]) -> Request:
    """Reads the arguments that follow the program's name.

    Raises:
        SystemExit: With 0 after printing help or the version, with 2 after wrong usage.
    """
    command, rest = _split(arguments)
    parser = _PARSERS[command]()
    # Options may stand between the words, as in `show a.md --width 60 b.md`.
    read = parser.parse_intermixed_args(rest)
    config = cast("Path | None", read.config)
    if config is not None and not config.exists():
        parser.error(f"there is no config file {config}")
    common = Common(tuple(cast("list[Path]", read.sources)), config)
    match command:
        case "show":
            return ShowRequest(
                common,
                tuple(cast("list[str]", read.posts)),
                cast("int | None", read.width),
                cast("ShowFormat", read.format),
                cast("Color", read.color),
            )
        case "list":
            return ListRequest(
                common, cast("ListFormat", read.format), cast("int | None", read.limit)
            )
        case "index":
            return IndexRequest(common, bool(read.rebuild))
        case "bookmarks":
            return _bookmarks_request(parser, common, read)
        case _:
            return ReadRequest(common, tuple(cast("list[Path]", read.paths)))


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


def _reader_parser() -> _Parser:
    parser = _Parser("", page=_HELP)
    parser.add_argument("paths", metavar="PATH", nargs="*", type=_path)
    return parser


def _show_parser() -> _Parser:
    parser = _Parser("show", "Prints posts. No index is needed.")
    parser.add_argument(
        "posts",
        metavar="POST",
        nargs="+",
        help="a post file, a folder for all its posts, the path of a bookmarked post whose "
        "file is gone, or - for standard input",
    )
    parser.add_argument(
        "--width",
        metavar="N",
        type=_width,
        help="cells in a line; otherwise those of the terminal, at most 84",
    )
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "html", "json"),
        default="text",
        help="text, markdown, html or json (one object a line); otherwise text",
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto, always or never; otherwise auto: on a terminal",
    )
    return parser


def _list_parser() -> _Parser:
    parser = _Parser("list", "Lists the posts, newest first.")
    parser.add_argument(
        "--format",
        choices=("table", "json", "paths"),
        default="table",
        help="table, json (one object a line) or paths; otherwise table",
    )
    parser.add_argument("--limit", metavar="N", type=_limit, help="at most so many; otherwise all")
    return parser


def _index_parser() -> _Parser:
    parser = _Parser("index", "Looks for new, changed and removed posts.")
    parser.add_argument(
        "--rebuild", action="store_true", help="read every post again, also the unchanged ones"
    )
    return parser


def _bookmarks_parser() -> _Parser:
    parser = _Parser("bookmarks", "Lists, adds or removes bookmarks.")
    parser.add_argument("action", choices=("list", "add", "remove"), help="list, add or remove")
    parser.add_argument(
        "posts", metavar="POST", nargs="*", help="the posts to add or to remove, by path"
    )
    parser.add_argument(
        "--format",
        choices=("table", "json"),
        default="table",
        help="how to list them: table or json (one object a line); otherwise table",
    )
    return parser


_PARSERS: Final = {
    "": _reader_parser,
    "show": _show_parser,
    "list": _list_parser,
    "index": _index_parser,
    "bookmarks": _bookmarks_parser,
}


def _bookmarks_request(
    parser: _Parser, common: Common, read: argparse.Namespace
) -> BookmarksRequest:
    action = cast("BookmarksAction", read.action)
    posts = tuple(cast("list[str]", read.posts))
    if action == "list" and posts:
        parser.error("list takes no POST")
    if action != "list" and not posts:
        parser.error(f"{action} needs a POST")
    return BookmarksRequest(common, action, posts, cast("BookmarksFormat", read.format))


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
