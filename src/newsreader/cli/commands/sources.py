"""`newsreader sources`: list, add, remove and move the sources of the config file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from newsreader.cli.errors import CommandError
from newsreader.cli.library import config_path, open_store, read_config, resolve
from newsreader.cli.output import complain, print_json, print_line, print_row
from newsreader.cli.requests import SourcesRequest
from newsreader.config.model import Config, ConfiguredSource
from newsreader.config.read_config import source_path
from newsreader.config.values import ConfigValues
from newsreader.config.write_config import (
    ConfigError,
    add_record,
    change_record,
    remove_record,
)
from newsreader.messages import describe
from newsreader.problems import Problem
from newsreader.store import SourceError, check_source
from newsreader.text import EMPTY, Clean, clean_line, fill, literal


def run(request: SourcesRequest) -> int:
    """Do what the request asks; 1 if something of it could not be done."""
    config = read_config(request.common)
    try:
        match request.action:
            case "list":
                return _list(request, config)
            case "add":
                return max(_add(request, config, word) for word in request.words)
            case "remove":
                return max(_remove(request, config, word) for word in request.words)
            case "move":
                return _move(request, config, *request.words)
            case _:
                assert_never(request.action)
    except ConfigError as error:
        raise CommandError(*map(describe, error.problems)) from error


def _list(request: SourcesRequest, config: Config) -> int:
    if not config.sources and request.format == "table":
        print_line(literal("There are no sources yet; `newsreader sources add FOLDER` adds one."))
    for source in config.sources:
        problem = _problem(source.path)
        if request.format == "json":
            print_json({"path": str(source.path), "name": source.name, "problem": problem or None})
            continue
        name = fill("  ({})", clean_line(source.name)) if source.name else EMPTY
        mark = literal("!" if problem else " ")
        print_row(fill("{} {}{}", mark, clean_line(str(source.path)), name))
        if problem:
            print_row(fill("    {}", problem))
    return 0


def _problem(path: Path) -> Clean:
    try:
        check_source(path)
    except SourceError as error:
        return describe(error.problem)
    return EMPTY


def _add(request: SourcesRequest, config: Config, word: str) -> int:
    path = _absolute(word)
    try:
        check_source(path)
    except SourceError as error:
        complain(error.problem)
        return 1
    if _find(config, path) is not None:
        complain(fill("This source is there already: {}", clean_line(str(path))))
        return 1
    file = config_path(request.common)
    add_record(file, "sources", {"path": str(path), "name": request.name, "update": request.update})
    print_line(fill("Added: {}", clean_line(str(path))))
    return 0


def _remove(request: SourcesRequest, config: Config, word: str) -> int:
    source = find_source(config, word)
    if source is None:
        return 1
    remove_record(config_path(request.common), "sources", _has_path(request, source.path))
    print_line(
        fill("Removed: {}. Its files, marks and bookmarks stay.", clean_line(str(source.path)))
    )
    return 0


def _move(request: SourcesRequest, config: Config, word: str, to: str) -> int:
    """Name the new place of a source; what was done with its posts goes along."""
    source = find_source(config, word)
    if source is None:
        return 1
    new = _absolute(to)
    try:
        check_source(new)
    except SourceError as error:
        complain(error.problem)
        return 1
    if _find(config, new) is not None:
        complain(fill("This is a source already: {}", clean_line(str(new))))
        return 1
    with open_store(()) as store:
        count = store.marks.move_source(resolve(source.path), resolve(new))
    change_record(
        config_path(request.common),
        "sources",
        _has_path(request, source.path),
        {"path": str(new)},
    )
    print_line(
        fill("Moved to {}, with what was done with {:,} posts.", clean_line(str(new)), count)
    )
    return 0


def find_source(config: Config, word: str) -> ConfiguredSource | None:
    """Find the source of a name or a path; complain if there is none."""
    named = [source for source in config.sources if source.name and source.name == word]
    found = named[0] if named else _find(config, _absolute(word))
    if found is None:
        complain(fill("There is no source {}.", clean_line(word)))
    return found


def _absolute(word: str) -> Path:
    try:
        return source_path(word, Path.cwd())
    except RuntimeError:
        problem = Problem("config-no-such-user", (clean_line(word),))
        raise CommandError(describe(problem)) from None


def _find(config: Config, path: Path) -> ConfiguredSource | None:
    wanted = resolve(path)
    return next((each for each in config.sources if resolve(each.path) == wanted), None)


def _has_path(request: SourcesRequest, path: Path) -> Callable[[ConfigValues], bool]:
    """Tell the entry of the config file that means a path."""
    folder = config_path(request.common).absolute().parent

    def is_meant(values: ConfigValues) -> bool:
        try:
            return source_path(values.texts["path"], folder) == path
        except RuntimeError:
            return False

    return is_meant
