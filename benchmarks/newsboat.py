"""newsboat, to compare with: the same posts in its own cache, made from an RSS file of them.

Everything it writes lies in a folder of its own. Where it is not installed, nothing is measured.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.terminal import Spread, Terminal
from newsreader.posts.parse_post import parse_post

MOST = 100_000
"""Posts that are given to it at most: its list of them takes longer than linear time to open."""

TITLE = "made-posts"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of it.

    Attributes:
        count: Posts in its cache.
        filling: Seconds that filling the cache took.
        opening: From Enter to the list of posts.
        keys: A key in that list to the painted screen.
        searches: From Enter behind a word to its results, by the word.
    """

    count: int
    filling: float
    opening: Spread
    keys: Spread
    searches: dict[str, Spread]


def is_here() -> bool:
    """Whether it is installed."""
    return shutil.which("newsboat") is not None


def write_feed(folder: Path, feed: Path, most: int = MOST) -> int:
    """Write the newest posts of a folder as RSS; how many."""
    files = sorted((folder / "_posts").iterdir(), reverse=True)
    count = 0
    with feed.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{TITLE}</title><link>http://x.example</link><description/>\n"
        )
        for path in islice(files, most):
            file.write(_item(path))
            count += 1
        file.write("</channel></rss>\n")
    return count


def _item(path: Path) -> str:
    post = parse_post(path.read_bytes(), f"_posts/{path.name}")
    date = f"<pubDate>{format_datetime(post.date)}</pubDate>" if post.date else ""
    return (
        f"<item><title>{escape(post.title)}</title><link>http://x.example/{path.name}</link>"
        f"<guid>{path.name}</guid>{date}<description>{escape(post.body)}</description></item>\n"
    )


class Newsboat:
    """newsboat with a cache of its own in a folder."""

    def __init__(self, place: Path, environment: dict[str, str]) -> None:
        self.place = place
        self.environment = environment
        place.mkdir()
        (place / "config").write_text("auto-reload no\nrefresh-on-startup no\n")
        (place / "urls").write_text(f"file://{place / 'feed.xml'}\n")
        options = [f"-{option}" for option in ("u", "c", "C")]
        files = [str(place / name) for name in ("urls", "cache.db", "config")]
        program = shutil.which("newsboat") or "newsboat"
        self.command = [
            program,
            *(word for pair in zip(options, files, strict=True) for word in pair),
        ]

    def fill(self, folder: Path) -> tuple[int, float]:
        """Fill the cache with the posts of a folder; how many, and how many seconds it took."""
        count = write_feed(folder, self.place / "feed.xml")
        begun = time.perf_counter()
        subprocess.run(
            [*self.command, "-x", "reload"], env=self.environment, check=True, capture_output=True
        )
        return count, time.perf_counter() - begun

    def start(self) -> tuple[Terminal, float]:
        """Start it; and the seconds until its list of feeds is drawn."""
        terminal = Terminal(self.command, self.environment)
        return terminal, terminal.wait_for(TITLE.encode(), seconds=300)

    def start_once(self) -> float:
        """Seconds from the start to the list of feeds."""
        terminal, seconds = self.start()
        terminal.settle()
        terminal.close(b"q")
        return seconds

    def measure(self, filled: tuple[int, float], words: list[str], rounds: int) -> Measured:
        """Open the list, move in it and search."""
        terminal, _ = self.start()
        terminal.settle()
        opening = []
        for last in (False, False, True):
            opening.append(terminal.key_until(b"\r", b"Articles in feed"))
            if not last:
                terminal.key(b"q")
        keys = [terminal.key(key) for key in _moves(rounds)]
        searches = {}
        for word in words:
            times = []
            for _ in range(3):
                terminal.key(b"/")
                terminal.key(word.encode())
                times.append(terminal.key_until(b"\r", b"Search result", b"No matches"))
                terminal.key(b"q")
            searches[word] = Spread.of(times)
        terminal.close(b"Q")
        count, filling = filled
        return Measured(count, filling, Spread.of(opening), Spread.of(keys), searches)


def _moves(rounds: int) -> Iterator[bytes]:
    """Down, a page down, to the end and to the beginning: what is measured of the reader too."""
    yield from [b"j"] * rounds
    yield from [b"\x1b[6~"] * rounds  # page down
    yield from [b"\x1b[F", b"\x1b[H"] * (rounds // 2)
