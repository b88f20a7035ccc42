"""Read the command line into a request.

A command stands where a PATH may stand, which argparse cannot express: so the first word that is
no option decides whether a command's parser or the reader's reads the line.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, NoReturn, cast, get_args

from newsreader import __version__
from newsreader.cli import help_text
from newsreader.cli.action_words import (
    bookmarks_words,
    config_words,
    feeds_words,
    marks_words,
    sources_words,
)
from newsreader.cli.requests import (
    COMMANDS,
    BookmarksFormat,
    BookmarksRequest,
    Color,
    Common,
    CompletionRequest,
    ConfigRequest,
    DoctorRequest,
    FeedsRequest,
    FetchFormat,
    FetchRequest,
    IndexRequest,
    ListFormat,
    ListRequest,
    ListSort,
    MarksRequest,
    ReadRequest,
    Request,
    Shell,
    ShowFormat,
    ShowRequest,
    SourcesRequest,
    UpdateRequest,
)
from newsreader.log import LogLevel
from newsreader.text import clean_line

MIN_WIDTH: Final = 10
MAX_WIDTH: Final = 1_000


class _Parser(argparse.ArgumentParser):
    """A parser with the options of every command, and a help text written by hand."""

    def __init__(self, help_text: str) -> None:
        usage, _, _ = help_text.partition("\n\n")
        super().__init__(
            prog="newsreader",
            usage=usage.removeprefix("Usage: "),
            allow_abbrev=False,
            # It asks the terminal how wide it is, by `shutil`, though all it prints is given.
            formatter_class=partial(argparse.HelpFormatter, width=80),
        )
        self._help_text = help_text
        self.add_argument(
            "--source", metavar="PATH", dest="sources", action="append", type=_path, default=[]
        )
        self.add_argument("--config", metavar="FILE", type=_path)
        self.add_argument("--log-level", choices=get_args(LogLevel), default="warning")
        self.words = self.add_argument("words", nargs="*")
        self.add_argument("-V", "--version", action="version", version=f"newsreader {__version__}")

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
    parser = PARSERS[command]()
    # What follows `--` is taken away first: argparse treats it differently from one Python to
    # the next. Options may stand between the words, as in `show a.md --width 60 b.md`.
    end = rest.index("--") if "--" in rest else len(rest)
    read = parser.parse_intermixed_args(rest[:end])
    words = (*cast("list[str]", read.words), *rest[end + 1 :])
    config = _config(parser, read, must_exist=command != "config")
    level = cast("LogLevel", read.log_level)
    common = Common(tuple(cast("list[Path]", read.sources)), config, level)
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
                pager=not read.no_pager,
            )
        case "list":
            if read.null and read.format not in {None, "paths"}:
                parser.error("--null prints paths, in no other format")
            return ListRequest(
                common,
                cast("ListFormat", read.format or ("paths" if read.null else "table")),
                cast("int | None", read.limit),
                query=" ".join(words),
                sort=cast("ListSort", read.sort),
                is_null_separated=bool(read.null),
            )
        case "index":
            _refuse(parser, command, words)
            return IndexRequest(common, bool(read.rebuild), bool(read.every_file))
        case "bookmarks":
            action, words = bookmarks_words(parser, words)
            return BookmarksRequest(common, action, words, cast("BookmarksFormat", read.format))
        case "marks":
            marks_action, file = marks_words(parser, words)
            return MarksRequest(common, marks_action, file)
        case "feeds":
            feeds_action, words = feeds_words(parser, words)
            return FeedsRequest(
                common,
                feeds_action,
                words,
                cast("BookmarksFormat", read.format),
                cast("str", read.name),
                cast("str", read.category),
                tuple(cast("list[str]", read.tags)),
            )
        case "sources":
            sources_action, words = sources_words(parser, words)
            return SourcesRequest(
                common,
                sources_action,
                words,
                cast("BookmarksFormat", read.format),
                cast("str", read.name),
                cast("str", read.update),
            )
        case "config":
            config_action, words = config_words(parser, words)
            return ConfigRequest(common, config_action, words)
        case "fetch":
            return FetchRequest(common, words, cast("FetchFormat", read.format))
        case "update":
            return UpdateRequest(
                common, words, cast("FetchFormat", read.format), index=not read.no_index
            )
        case "completion":
            if len(words) != 1 or words[0] not in get_args(Shell):
                parser.error("completion needs bash, zsh or fish")
            return CompletionRequest(common, cast("Shell", words[0]))
        case "help":
            return _print_help(parser, words)
        case "doctor":
            restore = bool(read.restore)
            if len(words) > restore:
                parser.error(f"doctor takes no {words[-1]}")
            return DoctorRequest(common, restore, Path(words[0]) if words else None)
        case _:
            if "" in words:
                parser.error("a path cannot be empty")
            trace = cast("Path | None", read.trace)
            return ReadRequest(common, tuple(Path(word) for word in words), trace)


def _split(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command, empty for the reader, and the arguments without it."""
    words = iter(enumerate(arguments))
    for place, word in words:
        if word in {"--source", "--config", "--log-level", "--trace"}:
            next(words, None)
        elif word == "--":
            break
        elif word == "-" or not word.startswith("-"):
            if word in COMMANDS:
                return word, [*arguments[:place], *arguments[place + 1 :]]
            break
    return "", list(arguments)


def _config(parser: _Parser, read: argparse.Namespace, *, must_exist: bool) -> Path | None:
    """The config file that is asked for; a missing one is wrong usage."""
    named = os.environ.get("NEWSREADER_CONFIG", "")
    config = cast("Path | None", read.config) or (Path(named) if named else None)
    try:
        if must_exist and config is not None and not config.exists():
            parser.error(f"there is no config file {config}")
    except OSError as error:
        parser.error(f"the config file {config} cannot be read: {error.strerror}")
    return config


def _refuse(parser: _Parser, command: str, words: Sequence[str]) -> None:
    if words:
        parser.error(f"{command} takes no {words[0]}; a folder is named by --source")


def _print_help(parser: _Parser, words: Sequence[str]) -> NoReturn:
    """Print the page of the program, or of a command."""
    command = words[0] if words else ""
    if len(words) > 1 or (command and command not in COMMANDS):
        parser.error(f"there is no command {words[-1]}")
    PARSERS[command]().print_help()
    parser.exit()


def _reader_parser() -> _Parser:
    parser = _Parser(help_text.READER)
    # For developers: CONTRIBUTING.md says what it does.
    parser.add_argument("--trace", metavar="FILE", type=_path, help=argparse.SUPPRESS)
    return parser


def _show_parser() -> _Parser:
    parser = _Parser(help_text.SHOW)
    parser.add_argument("--width", metavar="N", type=_width)
    _add_format(parser, get_args(ShowFormat))
    parser.add_argument("--color", choices=get_args(Color), default="auto")
    parser.add_argument("--no-pager", action="store_true")
    return parser


def _list_parser() -> _Parser:
    parser = _Parser(help_text.LIST)
    _add_format(parser, get_args(ListFormat))
    parser.set_defaults(format=None)
    parser.add_argument("-0", "--null", action="store_true")
    parser.add_argument("-n", "--limit", metavar="N", type=_limit)
    parser.add_argument("--sort", choices=get_args(ListSort), default="newest")
    return parser


def _index_parser() -> _Parser:
    parser = _Parser(help_text.INDEX)
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--every-file", action="store_true")
    return parser


def _bookmarks_parser() -> _Parser:
    parser = _Parser(help_text.BOOKMARKS)
    _add_format(parser, get_args(BookmarksFormat))
    return parser


def _feeds_parser() -> _Parser:
    parser = _Parser(help_text.FEEDS)
    _add_format(parser, get_args(BookmarksFormat))
    parser.add_argument("--name", metavar="NAME", default="")
    parser.add_argument("--category", metavar="NAME", default="")
    parser.add_argument("--tag", metavar="TAG", dest="tags", action="append", default=[])
    return parser


def _sources_parser() -> _Parser:
    parser = _Parser(help_text.SOURCES)
    _add_format(parser, get_args(BookmarksFormat))
    parser.add_argument("--name", metavar="NAME", default="")
    parser.add_argument("--update", metavar="COMMAND", default="")
    return parser


def _fetch_parser() -> _Parser:
    parser = _Parser(help_text.FETCH)
    _add_format(parser, get_args(FetchFormat))
    return parser


def _update_parser() -> _Parser:
    parser = _Parser(help_text.UPDATE)
    _add_format(parser, get_args(FetchFormat))
    parser.add_argument("--no-index", action="store_true")
    return parser


def _doctor_parser() -> _Parser:
    parser = _Parser(help_text.DOCTOR)
    parser.add_argument("--restore", action="store_true")
    return parser


PARSERS: Final = {
    "": _reader_parser,
    "show": _show_parser,
    "list": _list_parser,
    "index": _index_parser,
    "bookmarks": _bookmarks_parser,
    "marks": lambda: _Parser(help_text.MARKS),
    "feeds": _feeds_parser,
    "fetch": _fetch_parser,
    "sources": _sources_parser,
    "update": _update_parser,
    "config": lambda: _Parser(help_text.CONFIG),
    "completion": lambda: _Parser(help_text.COMPLETION),
    "doctor": _doctor_parser,
    "help": _reader_parser,
}


def _add_format(parser: _Parser, formats: Sequence[str]) -> None:
    """Let a command print in several formats, the first one if none is named."""
    parser.add_argument("--format", choices=formats, default=formats[0])
    parser.add_argument("--json", action="store_const", const="json", dest="format")


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
