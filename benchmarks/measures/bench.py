"""What is measured: a folder of posts, where to write, how often."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep

from benchmarks.articles import Sample, read_samples
from benchmarks.newsboat import Newsboat, is_here
from benchmarks.processes import run
from benchmarks.terminal import Terminal, console_script, minimal_app
from newsreader.store import PostStore, Source

LISTED = b" of "
"""What the border of the list shows as soon as there is one: `1 of 10,000`."""

ARTICLE = b" min"
"""The end of the line of facts above an article: so many minutes to read."""

AT_REST = 2.0
"""Seconds after the start without anything drawn, after which a reader has nothing left to do."""

LONG_SECONDS = 60.0
"""What has taken so long is not done again."""


@dataclass(frozen=True)
class Bench:
    """A folder to measure.

    Attributes:
        folder: The posts.
        scratch: A folder for all that is written.
        environment: What the commands see.
        runs: How often each thing is measured.
        keys: How often a key is pressed in a run.
        articles: How many posts are parsed and laid out.
    """

    folder: Path
    scratch: Path
    environment: dict[str, str]
    runs: int
    keys: int = 30
    articles: int = 40

    @cached_property
    def script(self) -> str:
        """The installed command, as an installer makes it."""
        return console_script(self.scratch, "newsreader.__main__")[0]

    @cached_property
    def minimal(self) -> list[str]:
        """What starts the smallest Textual app."""
        return minimal_app(self.scratch)

    @cached_property
    def newsboat(self) -> Newsboat | None:
        """newsboat with the same posts in its cache; `None` where it is not installed."""
        if not is_here():
            return None
        other = Newsboat(self.scratch / "newsboat", self.environment)
        other.fill(self.folder)
        return other

    @cached_property
    def samples(self) -> list[Sample]:
        """Some of the posts, whichever; the same each time."""
        everything = list(read_samples([self.folder]))
        return random.Random(1).sample(everything, min(len(everything), self.articles))

    @cached_property
    def count(self) -> int:
        """How many posts the index has."""
        with self.open_store() as store:
            return store.lists.overview().everything.total

    def command(self, *words: str) -> list[str]:
        """A command of the reader on the folder."""
        return [self.script, *words, "--source", str(self.folder)]

    def in_cache(self, name: str) -> Bench:
        """The same with another cache and another reading state, which are empty at first."""
        folders = {
            f"XDG_{kind}_HOME": str(self.scratch / name / kind) for kind in ("CACHE", "DATA")
        }
        return replace(self, environment={**self.environment, **folders})

    @property
    def cache(self) -> Path:
        """Where the index lies."""
        return Path(self.environment["XDG_CACHE_HOME"]) / "newsreader"

    def open_store(self) -> PostStore:
        """The reader's own store, in this process."""
        data = Path(self.environment["XDG_DATA_HOME"]) / "newsreader"
        return PostStore([Source(self.folder)], cache_dir=self.cache, data_dir=data)

    def index(self) -> None:
        """Index the folder, if it is not yet."""
        if not (self.cache / "index.db").exists():
            run(self.command("index"), self.environment)

    def open_reader(self) -> Terminal:
        """The reader in a terminal, with nothing left to do."""
        terminal = Terminal(self.command(), self.environment)
        terminal.wait_for(ARTICLE)
        terminal.settle(AT_REST)
        return terminal

    def open_minimal(self) -> Terminal:
        """The smallest app in a terminal."""
        terminal = Terminal(self.minimal, self.environment)
        terminal.wait_for(b"1 of 1")
        terminal.settle(AT_REST)
        return terminal

    def wait_for_indexers(self) -> None:
        """An indexer outlives its reader: it must not take time from what is measured next."""
        with self.open_store() as store:
            while store.scans.progress().running:
                sleep(0.2)

    def repeated(self, action: Callable[[], float]) -> tuple[float, ...]:
        """What an action comes to in every run; in fewer where they are long."""

        def each() -> Iterator[float]:
            begun = monotonic()
            for _ in range(self.runs):
                yield action()
                if monotonic() - begun > LONG_SECONDS:
                    return

        return tuple(each())
