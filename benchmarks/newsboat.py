"""newsboat, to compare with: the same posts in its own cache, made from an RSS file of them.

Everything it writes lies in a folder of its own. Where it is not installed, nothing is measured.
"""

from __future__ import annotations

import shutil
import statistics
from dataclasses import dataclass
from email.utils import format_datetime
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.processes import run
from benchmarks.terminal import Spread, Terminal
from newsreader.posts.parse_post import parse_post

MOST = 100_000
"""Posts that are given to it at most: its list of them takes longer than linear time to open."""

MOST_BYTES = 300_000_000
"""And bytes: it reads its file of them into memory."""

TITLE = "made-posts"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of it.

    Attributes:
        moves: `j` in its list of posts to the painted screen.
        move_bytes: Bytes that it draws for one, the median.
        articles: `J` in an article to the next one's painted screen.
        article_bytes: Bytes that it draws for one, the median.
    """

    moves: Spread
    move_bytes: float
    articles: Spread
    article_bytes: float


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
            if file.tell() > MOST_BYTES:
                break
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

    def fill(self, folder: Path) -> int:
        """Fill the cache with the posts of a folder; how many."""
        count = write_feed(folder, self.place / "feed.xml")
        run([*self.command, "-x", "reload"], self.environment)
        return count

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

    def measure_keys(self, rounds: int) -> Measured:
        """Move in the list of posts, and from article to article."""
        terminal, _ = self.start()
        terminal.settle()
        terminal.key_until(b"\r", b"Articles in feed")
        moves, move_bytes = _press(terminal, b"j", rounds)
        terminal.key(b"\r")
        articles, article_bytes = _press(terminal, b"J", rounds)
        terminal.close(b"Q")
        return Measured(moves, move_bytes, articles, article_bytes)

    def measure_search(self, word: str, rounds: int) -> Spread:
        """From Enter behind a word to its results."""
        terminal, _ = self.start()
        terminal.settle()
        times = []
        for _ in range(rounds):
            terminal.key(b"/")
            terminal.key(word.encode())
            times.append(terminal.key_until(b"\r", b"Search result", b"No matches"))
            terminal.key(b"q")
        terminal.close(b"Q")
        return Spread.of(times)


def _press(terminal: Terminal, key: bytes, rounds: int) -> tuple[Spread, float]:
    times, sizes = [], []
    for _ in range(rounds):
        before = terminal.drawn
        times.append(terminal.key(key))
        sizes.append(terminal.drawn - before)
    return Spread.of(times), statistics.median(sizes)
