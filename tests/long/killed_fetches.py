"""Kill fetches at random moments: `python -m tests.long.killed_fetches --kills 200 [--seed N]`.

A child process fetches feeds from a server on loopback and is killed with SIGKILL at a random
moment, once or more often. The fetch after that must end with the same posts, byte for byte, as one
that nobody disturbed, and leave no half file. Which of two feeds has a post that both carry depends
on which of them answered first: of those, name, labels and text must be the same.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.fetch import FetchEnded, FetchStarted, fetch_feeds
from newsreader.feeds.library import open_feed_library
from newsreader.posts.parse_post import parse_post
from tests.feeds.made_feeds import rss
from tests.feeds.server import serve

FEEDS: Final = 8
ENTRIES: Final = 25
SHARED: Final = "Shared"
_NOW: Final = datetime(2022, 3, 1, 12, tzinfo=UTC)
_PNG: Final = b"\x89PNG\r\n\x1a\n" + bytes(3000)
_MOST_KILLS: Final = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """What a library holds: files by path, and the posts that two feeds carry."""

    files: dict[str, bytes]
    shared: set[tuple[str, tuple[str, ...], str]]


def feed(number: int, root: str) -> str:
    """A feed whose entries share a title, a link, a date or an image with others."""
    items = [
        (
            "One title" if place % 5 == 0 else f"新闻 {number}.{place}",
            f"{root}/posts/{number}/{place}",
            f'<p>{"words " * 200}{number}.{place}</p><img src="{root}/{place % 3}.png">',
        )
        for place in range(ENTRIES)
    ]
    pair = number // 2
    items.append((f"{SHARED} {pair}", f"{root}/shared/{pair}", f"<p>shared {pair}</p>"))
    text = rss(f"Feed {number}", items)
    undated = "".join(
        f"<item><title>Undated {number}.{place}</title><description>x</description></item>"
        for place in range(3)
    )
    return text.replace("</channel>", f"{undated}</channel>")


def _serve(told: Connection) -> None:
    with serve() as server:
        for place in range(3):
            server.put(f"/{place}.png", _PNG + bytes([place]))
        told.send(
            [server.put(f"/{n}", feed(n, server.root), validates=n % 2 == 0) for n in range(FEEDS)]
        )
        signal.pause()


@contextmanager
def served_feeds() -> Iterator[list[ConfiguredFeed]]:
    """Feeds that a process serves while the context lasts."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    urls: list[str] = here.recv()
    try:
        yield [
            ConfiguredFeed(url, tags=(f"t{number}",), images=number == 0)
            for number, url in enumerate(urls)
        ]
    finally:
        server.kill()
        server.join()


def _ignore(_: FetchStarted | FetchEnded) -> None:
    pass


def fetch(root: Path, feeds: Sequence[ConfiguredFeed]) -> list[FetchEnded]:
    """Fetch all feeds at a time that stands still."""
    with open_feed_library(root) as library:
        return fetch_feeds(feeds, library, _ignore, clock=lambda: _NOW)


def kept(root: Path) -> Kept:
    """Everything in a library but what is remembered for the next fetch."""
    kept = Kept({}, set())
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or name.startswith(".fetch/"):
            continue
        raw = path.read_bytes()
        post = parse_post(raw, name)
        if "/_posts/" in name and post.title.startswith(SHARED):
            labels = tuple(sorted((*post.categories[1:], *post.tags)))
            kept.shared.add((path.name, labels, post.body))
        else:
            kept.files[name] = raw
    return kept


def difference(expected: Kept, found: Kept) -> list[str]:
    """What is missing, what is too much, and which files differ."""
    names = sorted(expected.files.keys() ^ found.files.keys())
    both = expected.files.keys() & found.files.keys()
    names += sorted(name for name in both if expected.files[name] != found.files[name])
    return [*names, *map(str, expected.shared ^ found.shared)]


def _child(root: Path, feeds: Sequence[ConfiguredFeed]) -> int:
    """Start a fetch; its process number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            fetch(root, feeds)
            code = 0
        finally:
            os._exit(code)
    return child


def kill_fetches(folder: Path, kills: int, seed: int) -> int:
    """Kill so many fetches; how many were killed before they had ended by themselves.

    Raises:
        AssertionError: A fetch after that ended with other posts.
    """
    chance = random.Random(seed)
    struck = done = 0
    with served_feeds() as feeds:
        began = time.monotonic()
        whole = fetch(folder / "whole", feeds)
        longest = time.monotonic() - began
        assert all(ended.problem is None for ended in whole), whole
        expected = kept(folder / "whole")
        assert len(expected.shared) == FEEDS // 2
        while done < kills:
            root = folder / "killed"
            for _ in range(min(chance.randint(1, _MOST_KILLS), kills - done)):
                child = _child(root, feeds)
                time.sleep(chance.uniform(0, longest))
                os.kill(child, signal.SIGKILL)
                _, status = os.waitpid(child, 0)
                struck += os.WIFSIGNALED(status)
                done += 1
            again = fetch(root, feeds)
            assert all(ended.problem is None for ended in again), again
            found = difference(expected, kept(root))
            assert not found, f"seed {seed}, kill {done}: {found}"
            shutil.rmtree(root)
    return struck


def main() -> int:
    """Kill fetches, and say how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        struck = kill_fetches(Path(folder), options.kills, options.seed)
    print(f"{options.kills} kills, {struck} of them in the midst of a fetch: no entry was lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
