"""Old posts are forgotten, if the user wants that."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.keep import forget_posts
from newsreader.feeds.library import Batch, open_feed_library

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)
IMAGE = "0123456789abcdef.png"
SHARED = "fedcba9876543210.png"


@pytest.mark.parametrize(
    ("keep", "left"),
    [("2", [3, 4]), ("9", [0, 1, 2, 3, 4]), ("0", []), ("10d", [2, 3, 4]), ("1y", [0, 1, 2, 3, 4])],
)
def test_the_oldest_posts_go(tmp_path: Path, keep: str, left: list[int]) -> None:
    days = ["2022-02-01", "2022-02-18", "2022-02-20", "2022-02-28", "2022-03-01"]
    paths = [f"a/_posts/{day}-p.html" for day in days]
    with open_feed_library(tmp_path) as library:
        library.commit(Batch("a", tuple((path, "x") for path in paths)), "u", FeedState("a"))
        count = forget_posts(library, "a", keep, NOW, lambda path: True)
        there = [number for number, path in enumerate(paths) if library.has_post(path)]

    assert there == left
    assert count == len(paths) - len(left)


def test_what_is_unread_or_bookmarked_stays(tmp_path: Path) -> None:
    paths = [f"a/_posts/2022-02-0{day}-p.html" for day in range(1, 5)]
    with open_feed_library(tmp_path) as library:
        library.commit(Batch("a", tuple((path, "x") for path in paths)), "u", FeedState("a"))
        forget_posts(library, "a", "1", NOW, lambda path: path != paths[1])
        there = [path for path in paths if library.has_post(path)]

    assert there == [paths[1], paths[3]]


def test_images_go_with_the_last_post_that_shows_them(tmp_path: Path) -> None:
    posts = (
        ("a/_posts/2022-01-01-p.html", f'<img src="/images/{IMAGE}"><img src="/images/{SHARED}">'),
        ("a/_posts/2022-02-01-p.html", f'<img src="/images/{SHARED}">'),
        (f"a/images/{IMAGE}", ""),
        (f"a/images/{SHARED}", ""),
    )
    with open_feed_library(tmp_path) as library:
        library.commit(Batch("a", posts), "u", FeedState("a"))
        forget_posts(library, "a", "1", NOW, lambda path: True)
        assert library.names_in("a/images") == {SHARED}
