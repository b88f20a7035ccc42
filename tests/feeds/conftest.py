"""A server of feeds, and a library to fetch them into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.download import Limits
from newsreader.feeds.fetch import FetchEnded, FetchStarted, fetch_feeds
from newsreader.feeds.library import open_feed_library
from newsreader.posts.model import Post
from newsreader.posts.parse_post import parse_post
from tests.feeds.server import FeedServer, serve

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)
QUICK = Limits(seconds=2, idle_seconds=1)


class Library:
    """A folder of feeds, and what the last fetch into it told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.events: list[FetchStarted | FetchEnded] = []

    def fetch(
        self,
        *feeds: ConfiguredFeed | str,
        now: datetime = NOW,
        limits: Limits = QUICK,
    ) -> list[FetchEnded]:
        self.events = []
        asked = [ConfiguredFeed(each) if isinstance(each, str) else each for each in feeds]
        with open_feed_library(self.root) as library:
            return fetch_feeds(asked, library, self.events.append, limits=limits, clock=lambda: now)

    def files(self) -> dict[str, bytes]:
        """What people read: everything but what is remembered for the next fetch."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".fetch" not in path.parts
        }

    def posts(self) -> list[Post]:
        return [
            parse_post(raw, path.partition("/")[2])
            for path, raw in self.files().items()
            if "/_posts/" in path
        ]

    def post(self, title: str) -> Post:
        (found,) = (post for post in self.posts() if post.title == title)
        return found


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serve() as server:
        yield server


def problem_codes(ended: Sequence[FetchEnded]) -> list[str]:
    return [each.problem.code if each.problem else "" for each in ended]
