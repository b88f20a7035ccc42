"""Complete a command line in the person's shell, which asks by way of argcomplete.

No start imports this: only a shell that completes sets `_ARGCOMPLETE`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn, Protocol, cast, get_args

import argcomplete
from argcomplete.completers import FilesCompleter
from argcomplete.lexers import split_line
from argcomplete.shell_integration import shellcode

from newsreader import paths
from newsreader.cli.arguments import PARSERS
from newsreader.cli.library import config_path, known_sources
from newsreader.cli.requests import (
    COMMANDS,
    BookmarksAction,
    Common,
    ConfigAction,
    FeedsAction,
    MarksAction,
    Shell,
    SourcesAction,
)
from newsreader.config.load_config import load_config
from newsreader.config.options import OPTIONS, Choice, Flag
from newsreader.search.parse_query import FIELDS, MARKS
from newsreader.store import PostStore, StoreError

_ACTIONS: Final[dict[str, Sequence[str]]] = {
    "bookmarks": get_args(BookmarksAction),
    "marks": get_args(MarksAction),
    "sources": get_args(SourcesAction),
    "feeds": get_args(FeedsAction),
    "config": get_args(ConfigAction),
    "completion": get_args(Shell),
    "help": COMMANDS,
}
# What follows these actions is no file.
_WITHOUT_FILES: Final = frozenset({"list", "path", "show", "check", "edit", "set"})


class _Completed(Protocol):
    """What argcomplete makes of an argument: it is asked for what may stand in its place."""

    completer: _WordCompleter


def complete() -> NoReturn:
    """Answer the shell that asks, and end the process."""
    line, point = os.environ.get("COMP_LINE", ""), os.environ.get("COMP_POINT", "")
    _, _, _, words, _ = split_line(line, int(point) if point.isdigit() else len(line))
    command = next((word for word in words[1:] if word in COMMANDS), "")
    before = [word for word in words[1:] if word != command and not word.startswith("-")]
    parser = PARSERS[command]()
    cast("_Completed", parser.words).completer = _WordCompleter(command, before)
    argcomplete.autocomplete(parser, always_complete_options="long")
    raise SystemExit(1)


def shell_code(shell: str) -> str:
    """Make the lines that a shell reads to complete this command."""
    return str(shellcode(["newsreader"], shell=shell))


class _WordCompleter:
    """Says which words may stand where a command takes words."""

    def __init__(self, command: str, before: Sequence[str]) -> None:
        self._command = command
        self._before = before

    def __call__(self, prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
        """Return what begins with a prefix."""
        source = cast("list[Path]", getattr(parsed_args, "sources", []))
        common = Common(tuple(source), cast("Path | None", getattr(parsed_args, "config", None)))
        found = [word for word in self._known(prefix, common) if word.startswith(prefix)]
        if self._takes_files():
            found += [str(name) for name in FilesCompleter()(prefix)]
        return found

    def _takes_files(self) -> bool:
        match self._command:
            case "list" | "index" | "help" | "completion" | "fetch" | "update":
                return False
            case "" | "show" | "doctor":
                return True
            case _:
                return bool(self._before) and self._before[0] not in _WITHOUT_FILES

    def _known(self, prefix: str, common: Common) -> Iterator[str]:
        if self._command == "":
            yield from () if self._before else COMMANDS
        elif self._command == "list":
            yield from _query_words(prefix, common)
        elif self._command == "update":
            yield from (each.name for each in load_config(config_path(common)).sources)
        elif not self._before:
            yield from _ACTIONS.get(self._command, ())
        elif self._before[0] == "set" and self._command == "config":
            yield from _option_words(self._before[1:])
        elif self._command == "sources":
            yield from (each.name for each in load_config(config_path(common)).sources)
        elif self._command == "feeds" and self._before[0] == "remove":
            yield from (each.name or each.url for each in load_config(config_path(common)).feeds)


def _option_words(before: Sequence[str]) -> Iterator[str]:
    if not before:
        yield from (option.name for option in OPTIONS)
        return
    for option in OPTIONS:
        if option.name == before[0] and len(before) == 1:
            match option.kind:
                case Choice(allowed):
                    yield from allowed
                case Flag():
                    yield from ("yes", "no")
                case _:
                    pass


def _query_words(prefix: str, common: Common) -> Iterator[str]:
    """Yield fields, marks, and the labels that the index knows."""
    yield from (f"{field}:" for field in FIELDS)
    yield from (f"is:{mark}" for mark in MARKS)
    field, colon, _ = prefix.partition(":")
    if not colon or field not in ("category", "tag") or not (paths.cache_dir()).exists():
        return
    config = load_config(config_path(common))
    try:
        with PostStore(
            known_sources(common, config), cache_dir=paths.cache_dir(), data_dir=paths.data_dir()
        ) as store:
            overview = store.lists.overview()
    except StoreError:
        return
    if field == "category":
        names = [label.scope.name for label in overview.categories]
    else:
        # A tag that all posts of a category carry is only the title of the category.
        names = [label.title for label in (*overview.tags, *overview.categories)]
    for name in names:
        yield f"{field}:{name}" if " " not in name else f'{field}:"{name}"'
