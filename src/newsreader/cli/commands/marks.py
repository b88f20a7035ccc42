"""`newsreader marks`: export read marks and reading places, and import those of another machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, assert_never

from newsreader import paths
from newsreader.cli.errors import CommandError
from newsreader.cli.input import STANDARD_INPUT, read_input
from newsreader.cli.library import known_sources, open_state_files, read_config, resolve
from newsreader.cli.output import (
    complain,
    complain_of_all,
    is_terminal,
    print_line,
    write_utf8,
)
from newsreader.cli.requests import MarksRequest
from newsreader.problems import Problem
from newsreader.store import Anchors, ImportPlaces, UnsavedError, name_loss
from newsreader.text import Clean, clean_line, fill, join, literal

LARGEST_MARKS: Final = 512 << 20
"""Bytes of an import: a post takes 100 to 250 of them."""


def run(request: MarksRequest) -> int:
    """Do what the request asks; 1 if something of it could not be done."""
    match request.action:
        case "export":
            return _export(request)
        case "import":
            return _import(request)
        case _:
            assert_never(request.action)


def _export(request: MarksRequest) -> int:
    """Export from the reading state alone: no index is needed, and no config."""
    folders = [resolve(path) for path in request.common.sources]
    with open_state_files(must_save=False) as files:
        if request.file == STANDARD_INPUT:
            if not is_terminal(sys.stdout):
                write_utf8()
            posts = -1  # the first line is none
            for line in files.mark_lines(folders, _anchors()):
                print_line(line)
                posts += 1
        else:
            target = Path(request.file)
            done = files.export_marks(target, folders, _anchors())
            posts = done.posts
            there = fill("{} in {}", _count(posts, "post"), clean_line(str(target)))
            wrote = literal("1 file written" if done.written else "nothing new written")
            print_line(fill("{}; {}.", there, wrote))
    if folders and not posts:
        named = ", ".join(map(str, request.common.sources))
        raise CommandError(clean_line(f"Nothing is known of posts of {named}."))
    return 0


def _import(request: MarksRequest) -> int:
    raw = read_input(request.file, LARGEST_MARKS)
    sources = known_sources(request.common, read_config(request.common))
    places = ImportPlaces(
        _anchors(), [source.path for source in sources], is_named=bool(request.common.sources)
    )
    try:
        with open_state_files(must_save=True) as files:
            done = files.import_marks(raw, request.file, places)
    except UnsavedError as error:
        complain(name_loss(error, Problem("nothing-imported")))
        return 1
    complain_of_all(done.problems, done.left_out)
    complain_of_all(done.notices)
    marked = [fill("{} marked read", _count(done.marked, "post"))]
    marked += [fill("{:,} were read already", done.known)] if done.known else []
    placed = [fill("{} taken", _count(done.placed, "reading place"))]
    placed += [fill("{:,} kept as here", done.kept)] if done.kept else []
    print_line(fill("{}; {}.", join(", ", marked), join(", ", placed)))
    return 1 if done.left_out else 0


def _count(number: int, what: str) -> Clean:
    return clean_line(f"{number:,} {what}" if number == 1 else f"{number:,} {what}s")


def _anchors() -> Anchors:
    """Folders that lie elsewhere on another machine: the home folder, and that of feeds."""
    anchors = {"feeds": resolve(paths.feeds_dir())}
    home = os.path.expanduser("~")  # noqa: PTH111 - it takes a user without a home as well
    if os.path.isabs(home):  # noqa: PTH117 - as above
        anchors["~"] = resolve(Path(home))
    return anchors
