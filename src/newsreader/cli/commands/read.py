"""`newsreader [PATH ...]`: the reader itself, or a list if there is no screen for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsreader import paths
from newsreader.cli.library import (
    Library,
    open_library,
    open_store,
    resolve,
)
from newsreader.cli.output import INCAPABLE, complain, is_terminal
from newsreader.cli.requests import ListRequest, ReadRequest
from newsreader.cli.terminal import WidthQuestion
from newsreader.config.choices import ChoiceFile
from newsreader.config.model import Config
from newsreader.log import open_log, stray_messages_logged
from newsreader.messages import describe, phrase
from newsreader.problems import Problem
from newsreader.runtime import allow_collection
from newsreader.store import INTERACTIVE
from newsreader.text import EMPTY, Clean, clean_line, derive, fill, literal

if TYPE_CHECKING:
    from newsreader.cli.update_process import UpdateService
    from newsreader.feeds.fetch_process import FeedService


def run(request: ReadRequest) -> int:
    """Open the reader on what the request names."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return _list(request)
    hindrance = _hindrance()
    if hindrance:
        complain(fill("{} Here is the list instead.", hindrance))
        return _list(request)
    library = open_library(request.common, request.paths)
    open_log(str(paths.log_file()))
    with (
        _asked_width(library.config) as width,
        open_store(library.sources, patience=INTERACTIVE) as store,
    ):
        # Only now: textual takes a third of a second to import.
        from newsreader import tui  # noqa: PLC0415

        feeds = _feeds(library)
        notices = _notices(library, store.notices, is_first_fetch=bool(feeds and feeds.is_new))
        choices = ChoiceFile(library.config, paths.choices_file())
        with stray_messages_logged():
            return tui.run(
                store,
                choices.config,
                notices,
                feeds=feeds,
                choices=choices,
                updates=_updates(library),
                welcome=library.samples,
                trace=request.trace,
                width=width,
            )


@contextmanager
def _asked_width(config: Config) -> Iterator[WidthQuestion | None]:
    """Ask the terminal how wide characters of ambiguous width are, if it decides that."""
    if config.ambiguous_width != "auto" or (sys.stdout.encoding or "").lower() != "utf-8":
        yield None
        return
    question = WidthQuestion(literal("“"))
    try:
        yield question
    finally:
        question.finish()  # gives the terminal back, if the reader has not come so far


def _feeds(library: Library) -> FeedService | None:
    """What fetches the feeds, if there are any and their posts are read."""
    root = paths.feeds_dir()
    if not library.config.feeds or resolve(root) not in {each.path for each in library.sources}:
        return None
    from newsreader.feeds.fetch_process import FeedService  # noqa: PLC0415  (late: few have any)

    return FeedService(library.config.feeds, root, library.config.path)


def _updates(library: Library) -> UpdateService | None:
    """What runs the update commands of the sources that are read, if there are any."""
    read = {each.path for each in library.sources}
    wanted = [each for each in library.config.sources if each.update and resolve(each.path) in read]
    if not wanted:
        return None
    from newsreader.cli.update_process import UpdateService  # noqa: PLC0415  (late: few have any)

    return UpdateService(wanted, library.config.update_interval, library.config.path)


def _list(request: ReadRequest) -> int:
    allow_collection()
    from newsreader.cli.commands import list as list_command  # noqa: PLC0415  (late: the screen does not need it)

    return list_command.run(ListRequest(request.common, "table", None, request.paths))


def _hindrance() -> Clean:
    """Explain as a sentence why this terminal cannot show the reader; empty if it can."""
    if os.environ.get("TERM") in INCAPABLE:
        return literal("This terminal cannot move its cursor (see TERM).")
    if not is_terminal(sys.stderr):
        return literal("The reader draws on standard error, which is not the terminal here.")
    return EMPTY


def _shortened(problem: Clean, library: Library) -> Clean:
    """Shorten a problem of the config: the file's name without its folders."""
    path = library.config.path
    if path is None:
        return problem
    return derive(problem, problem.removeprefix(clean_line(f"{path.parent}{os.sep}")))


def _without_path(problem: Problem) -> Problem:
    """Shorten a problem of the reading state to fit the line above the panes."""
    if problem.code == "nothing-saved":
        return Problem("nothing-saved-because", (problem.arguments[1],))
    return problem


def _notices(
    library: Library, repairs: tuple[Problem, ...], *, is_first_fetch: bool
) -> Sequence[Clean]:
    """Choose the messages that the screen opens with."""
    problems = [
        *(describe(_without_path(problem)) for problem in repairs),
        *(_shortened(problem, library) for problem in library.problems),
    ]
    if library.samples:
        problems.append(phrase("These are the sample posts; `newsreader FOLDER` opens your own"))
    elif is_first_fetch:
        from newsreader.tui.keyboard.keymap import keymap_of  # noqa: PLC0415  (few start so)

        key = keymap_of(library.config.keys).name("app.refresh")
        problems.append(phrase("{} fetches your feeds.", key))
    return problems
