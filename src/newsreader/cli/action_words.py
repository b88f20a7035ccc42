"""Check the words behind a command that begin with what it is to do: `bookmarks add POST`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import cast, get_args

from newsreader.cli.requests import (
    BookmarksAction,
    ConfigAction,
    FeedsAction,
    MarksAction,
    SourcesAction,
)


def bookmarks_words(
    parser: ArgumentParser, words: Sequence[str]
) -> tuple[BookmarksAction, tuple[str, ...]]:
    """Return what `bookmarks` is to do, and with what."""
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


def marks_words(parser: ArgumentParser, words: Sequence[str]) -> tuple[MarksAction, str]:
    """Return what `marks` is to do, and the file to do it with."""
    action, *rest = words or ("",)
    if action not in get_args(MarksAction):
        parser.error("say export or import")
    if action == "export" and not rest:
        rest = ["-"]
    if len(rest) != 1 or not rest[0]:
        parser.error(f"{action} needs one FILE")
    return cast("MarksAction", action), rest[0]


def feeds_words(
    parser: ArgumentParser, words: Sequence[str]
) -> tuple[FeedsAction, tuple[str, ...]]:
    """Return what `feeds` is to do, and with what."""
    action, *rest = words or ("",)
    known = get_args(FeedsAction)
    if action not in known:
        parser.error(f"say {', '.join(known[:-1])} or {known[-1]}")
    match action:
        case "list" | "export":
            if rest:
                parser.error(f"{action} takes no {rest[0]}")
        case "import":
            if len(rest) != 1 or not rest[0]:
                parser.error("import needs one FILE")
        case _:
            if not rest or "" in rest:
                parser.error(f"{action} needs {'a URL' if action == 'add' else 'a NAME'}")
    return cast("FeedsAction", action), tuple(rest)


def sources_words(
    parser: ArgumentParser, words: Sequence[str]
) -> tuple[SourcesAction, tuple[str, ...]]:
    """Return what `sources` is to do, and with what."""
    action, *rest = words or ("",)
    known = get_args(SourcesAction)
    if action not in known:
        parser.error(f"say {', '.join(known[:-1])} or {known[-1]}")
    match action:
        case "list":
            if rest:
                parser.error(f"list takes no {rest[0]}")
        case "move":
            if len(rest) != 2 or "" in rest:
                parser.error("move needs a SOURCE and its new FOLDER")
        case _:
            if not rest or "" in rest:
                parser.error(f"{action} needs a {'FOLDER' if action == 'add' else 'SOURCE'}")
    return cast("SourcesAction", action), tuple(rest)


def config_words(
    parser: ArgumentParser, words: Sequence[str]
) -> tuple[ConfigAction, tuple[str, ...]]:
    """Return what `config` is to do, and with what."""
    action, *rest = words or ("",)
    known = get_args(ConfigAction)
    if action not in known:
        parser.error(f"say {', '.join(known[:-1])} or {known[-1]}")
    if action == "set":
        if len(rest) != 2 or not rest[0]:
            parser.error('set needs an OPTION and its VALUE, "" to take it away')
    elif rest:
        parser.error(f"{action} takes no {rest[0]}")
    return cast("ConfigAction", action), tuple(rest)
