"""The reader in a pseudo-terminal: how it starts, answers keys, fills, and searches."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.newsboat import Newsboat
from benchmarks.terminal import Spread, Terminal, console_script, minimal_app
from newsreader.store import PostStore, Source

LISTED = b" of "
"""What the border of the list shows as soon as there is one: `1 of 10,000`."""

ARTICLE = b" min"
"""The end of the line of facts above an article: so many minutes to read."""

BUSY_QUIET = 0.05
"""Seconds without anything drawn that end a key's frame while progress is drawn now and then."""

TYPED_QUIET = 0.4
"""The same where results are added and counted after the first ones are shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is measured.

    Attributes:
        folder: The posts.
        scratch: A folder for all that is written.
        environment: What the commands see.
    """

    folder: Path
    scratch: Path
    environment: dict[str, str]

    @property
    def command(self) -> list[str]:
        """What starts the reader."""
        return [*console_script(self.scratch, "newsreader.__main__"), str(self.folder)]

    def in_cache(self, name: str) -> Place:
        """The same with another cache and another reading state, which are empty at first."""
        folders = {
            f"XDG_{kind}_HOME": str(self.scratch / name / kind) for kind in ("CACHE", "DATA")
        }
        return Place(self.folder, self.scratch, {**self.environment, **folders})

    def open_store(self) -> PostStore:
        """The reader's own store, in this process."""
        cache, data = (
            Path(self.environment[f"XDG_{kind}_HOME"]) / "newsreader" for kind in ("CACHE", "DATA")
        )
        return PostStore([Source(self.folder)], cache_dir=cache, data_dir=data)

    def index(self) -> None:
        """Index the folder with the installed command."""
        command = [*self.command[:1], "index", "--source", str(self.folder)]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)


@dataclass(frozen=True, slots=True)
class Starts:
    """Seconds from the start of a process: to what is named.

    Attributes:
        minimal: The line of the smallest Textual app.
        lists: The reader's first screen: list, categories, counts.
        article: The article beside them as well.
        newsboat: newsboat's list of feeds; empty where there is no newsboat.
    """

    minimal: Spread
    lists: Spread
    article: Spread
    newsboat: list[float]


def measure_starts(place: Place, newsboat: Newsboat | None, rounds: int) -> Starts:
    """Start each in turn; the first start of each compiles its modules and does not count."""
    smallest = minimal_app(place.scratch)
    minimal, lists, articles, other = [], [], [], []
    for number in range(rounds + 1):
        app = Terminal(smallest, place.environment)
        minimal.append(app.wait_for(b"1 of 1"))
        app.settle()
        app.close(b"\x11")
        reader = Terminal(place.command, place.environment)
        lists.append(reader.wait_for(LISTED))
        articles.append(reader.wait_for(ARTICLE))
        reader.settle(0.5)
        reader.close(b"q")
        if newsboat is not None and number:
            other.append(newsboat.start_once())
    return Starts(Spread.of(minimal[1:]), Spread.of(lists[1:]), Spread.of(articles[1:]), other)


@dataclass(frozen=True, slots=True)
class Keys:
    """Times of keys.

    Attributes:
        by_name: Of each kind of key.
        behind: How far a key held down for 5 seconds at 30 a second was behind at the end.
        silence: The longest time without anything drawn while it was held.
        memory: Megabytes of the process afterwards.
    """

    by_name: dict[str, Spread]
    behind: float
    silence: float
    memory: float

    @property
    def together(self) -> Spread:
        """All of them."""
        return Spread.of([each for spread in self.by_name.values() for each in spread.times])


def measure_keys(place: Place, rounds: int) -> Keys:
    """Keys in the list, the preview of the article included, and from article to article."""
    terminal = Terminal(place.command, place.environment)
    terminal.wait_for(ARTICLE)
    terminal.settle(2.0)  # the scan at the start
    times = {
        name: Spread.of([terminal.key(key) for key in keys])
        for name, keys in {
            "j": [b"j"] * rounds,
            "space": [b" "] * rounds,
            "G, g": [b"G", b"g"] * (rounds // 2),
            "J in the article": [b"\r", *[b"J"] * (rounds - 1)],
            "other views": [b"q", *[b"2", b"1"] * (rounds // 4)],
        }.items()
    }
    terminal.key(b"g")
    behind, silence = terminal.burst(b"j", 30 * 5, 1 / 30)
    memory = terminal.memory()
    terminal.close(b"q")
    return Keys(times, behind, silence, memory)


@dataclass(frozen=True, slots=True)
class NeverSeen:
    """A start on a folder that was never indexed.

    Attributes:
        listed: Seconds to the first posts in the list.
        keys: Keys while the index is made; empty where that was over too soon.
        memory: Megabytes of the process afterwards.
    """

    listed: float
    keys: Spread | None
    memory: float


def measure_never_seen(place: Place, rounds: int) -> NeverSeen:
    """Start without an index, and move in the list while it is made."""
    fresh = place.in_cache("never-seen")
    terminal = Terminal(fresh.command, fresh.environment)
    listed = terminal.wait_for(LISTED, seconds=600)
    times: list[float] = []
    with fresh.open_store() as store:
        for number in range(rounds):
            taken = terminal.key(b" " if number % 5 == 4 else b"j", BUSY_QUIET)
            if not store.scans.progress().running:
                break
            times.append(taken)
    memory = terminal.memory()
    terminal.close(b"q")
    _wait_for_indexers(fresh)
    keys = Spread.of(times)
    return NeverSeen(listed, keys if len(keys.times) >= 10 else None, memory)


def _wait_for_indexers(place: Place) -> None:
    """The indexer outlives its reader: it must not take time from what is measured next."""
    with place.open_store() as store:
        while store.scans.progress().running:
            time.sleep(0.2)


def measure_typing(place: Place, words: Sequence[str]) -> Spread:
    """`/` and a word: from its last character to the results drawn."""
    terminal = Terminal(place.command, place.environment)
    terminal.wait_for(ARTICLE)
    terminal.settle(2.0)
    times = []
    for word in words:
        terminal.key(b"/")
        for character in word[:-1]:
            terminal.key(character.encode(), TYPED_QUIET)
        # The list that bears the word as its title; its count may go on growing.
        times.append(terminal.type_until(word[-1].encode(), f"/ {word}".encode()))
        terminal.settle(TYPED_QUIET)
        terminal.key(b"\x1b", TYPED_QUIET)
        terminal.key(b"\x1b", TYPED_QUIET)
        terminal.key(b"l", TYPED_QUIET)
    terminal.close(b"\x03")
    return Spread.of(times)
