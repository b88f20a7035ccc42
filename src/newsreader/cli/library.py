"""Find the sources that a command works on, and open the store on them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from newsreader import paths
from newsreader.cli.checked_config import load_checked_config
from newsreader.cli.errors import WRONG_USAGE, CommandError
from newsreader.cli.output import complain
from newsreader.cli.requests import COMMANDS, Common
from newsreader.config.model import Config
from newsreader.frozen import dataclass
from newsreader.messages import describe, phrase
from newsreader.problems import Problem
from newsreader.store import (
    PATIENT,
    Patience,
    PostStore,
    Source,
    SourceError,
    StateFiles,
    check_source,
)
from newsreader.text import EMPTY, Clean, clean_line, fill, literal

_FEEDS: Final = "Feeds"
"""The name of the source that posts of feeds are in."""


@dataclass(frozen=True, slots=True)
class Library:
    """The sources and the config that a command works on.

    Attributes:
        sources: At least one; every one of them holds posts.
        config: The config file's options.
        problems: What the user must know of the config and of its sources; printed already.
        samples: Whether these are the sample posts, because nothing else was named.
    """

    sources: tuple[Source, ...]
    config: Config
    problems: tuple[Clean, ...] = ()
    samples: bool = False


def samples_notice() -> Clean:
    """Say that these are the sample posts, and how to open one's own."""
    return phrase(
        "These are the sample posts; `newsreader FOLDER` opens your own,"
        " `newsreader feeds add URL` follows a site."
    )


def config_path(common: Common) -> Path:
    """The config file: the one that the command line names, or the user's own."""
    return common.config or paths.config_file()


def read_config(common: Common) -> Config:
    """Read the config file and print what is wrong with it."""
    config = load_checked_config(config_path(common))
    for problem in config.problems:
        complain(problem)
    return config


def open_library(common: Common, named: Sequence[Path] = ()) -> Library:
    """Find what to read: what the command line names, else config and feeds, else samples.

    A configured source that cannot be read is reported, and the others are used.

    Raises:
        CommandError: Something is wrong with what the command line names, nothing can be read at
            all, or the config file is wrong and names no source.
    """
    config = read_config(common)
    described = tuple(map(describe, config.problems))
    asked = [*named, *common.sources]
    if asked:
        sources, problems = _check(_named(asked, config))
        if problems:
            raise CommandError(*problems)
        return Library(sources, config, described)
    feeds = _feeds(config)
    if config.sources or feeds:
        sources, problems = _check(_configured(config))
        if not sources and not feeds:
            raise CommandError(*problems, literal("None of the configured sources can be read."))
        for problem in problems:
            complain(problem)
        # Not checked: before the first fetch there is nothing in it.
        return Library(_once([*sources, *feeds]), config, (*described, *problems))
    if described:
        # The sources may stand in what could not be read: sample posts would hide that.
        raise CommandError(
            literal("No source is left in the config file; `newsreader config edit` opens it."),
            code=WRONG_USAGE,
        )
    sources, problems = _check([Source(paths.sample_posts())])
    if problems:
        raise CommandError(*problems, literal("Name a folder of posts: `newsreader FOLDER`."))
    return Library(sources, config, described, samples=True)


def known_sources(common: Common, config: Config) -> tuple[Source, ...]:
    """The sources to look for one post in, whether they can be read now or not."""
    if common.sources:
        return _once(_named(common.sources, config))
    return _once([*_configured(config), *_feeds(config)] or [Source(paths.sample_posts())])


def open_store(
    sources: Sequence[Source],
    index_problem: Problem | None = None,
    patience: Patience = PATIENT,
) -> PostStore:
    """Open the index and the reading state, and print what had to be repaired.

    Args:
        sources: What to read.
        index_problem: Why the index is not to be used, but a temporary one; `None`: it is.
        patience: How long to wait for the locks of other processes.

    Raises:
        StoreError: They cannot be opened.
    """
    store = PostStore(
        sources,
        cache_dir=paths.cache_dir(),
        data_dir=paths.data_dir(),
        index_problem=index_problem,
        patience=patience,
    )
    for notice in store.notices:
        complain(notice)
    return store


@contextmanager
def open_state_files(*, must_save: bool) -> Iterator[StateFiles]:
    """Open the reading state without an index, and print what the user should know of it.

    Args:
        must_save: Whether something is to be written into it.

    Raises:
        StateError: If it cannot be read, or not be written though it has to be.
    """
    with closing(StateFiles(paths.data_dir(), must_save=must_save)) as files:
        for notice in files.notices:
            complain(notice)
        yield files


def resolve(path: Path) -> Path:
    """The path as a source has it: absolute, links resolved."""
    return Path(os.path.realpath(path))


def post_path(source: Path, path: str) -> str:
    """Find the path of a stored post in the file system, or what it was before its file went."""
    if path == source.name and not source.is_dir():
        return str(source)
    return str(source / path)


def _named(asked: Iterable[Path], config: Config) -> list[Source]:
    """Find the sources that the command line names, under the names that the config gives them."""
    known = {resolve(source.path): source for source in _configured(config)}
    return [_at(path, known.get(resolve(path), Source(path))) for path in asked]


def _configured(config: Config) -> list[Source]:
    return [
        Source(source.path, source.name, source.labels, source.hidden) for source in config.sources
    ]


def _feeds(config: Config) -> list[Source]:
    """The folder of posts of feeds, if there are feeds, or were: it is made for the first fetch."""
    folder = paths.feeds_dir()
    if config.feeds:
        try:
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(exist_ok=True)
        except OSError:
            return []  # `fetch` says why
    return [Source(folder, _FEEDS)] if folder.is_dir() else []


def _at(path: Path, source: Source) -> Source:
    """The source with its path written in another way."""
    return Source(path, source.name, source.labels, source.hidden)


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources with their paths resolved, each place once."""
    found: dict[Path, Source] = {}
    for source in sources:
        path = resolve(source.path)
        found.setdefault(path, _at(path, source))
    return tuple(found.values())


def _check(sources: Sequence[Source]) -> tuple[tuple[Source, ...], tuple[Clean, ...]]:
    """Separate the sources that can be read from the others, which get sentences instead."""
    good: list[Source] = []
    problems: list[Clean] = []
    for source in sources:
        try:
            # Checked as it was written, so that the sentence names what the user knows.
            check_source(source.path)
        except SourceError as error:
            problems.append(fill("{}{}", describe(error.problem), _command_hint(source.path)))
        else:
            good.append(source)
    return _once(good), tuple(problems)


def _command_hint(path: Path) -> Clean:
    """Ask whether a command was meant, if the path is a misspelt one."""
    if len(path.parts) != 1 or path.exists():
        return EMPTY
    import difflib  # noqa: PLC0415  (late: most paths are there)

    close = difflib.get_close_matches(path.name, COMMANDS, n=1)
    return fill(" Did you mean the command `{}`?", clean_line(close[0])) if close else EMPTY
