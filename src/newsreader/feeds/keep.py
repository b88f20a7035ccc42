"""Forget the oldest posts of a feed, if its user wants that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final

from newsreader.feeds.images import IMAGES
from newsreader.feeds.library import FeedLibrary, posts_folder
from newsreader.feeds.subscriptions import read_duration
from newsreader.patterns import compile_late
from newsreader.posts.dates import file_date

_COPY: Final = compile_late(rb"/images/([0-9a-f]{16}\.[a-z]{3,4})")


def forget_posts(
    library: FeedLibrary, folder: str, keep: str, now: datetime, may_go: Callable[[str], bool]
) -> int:
    """Remove posts that are too many or too old, with the images that no other post shows.

    Args:
        library: Where they are.
        folder: The folder of the feed.
        keep: How many to keep (`500`), or for how long (`1y`).
        now: The time of day.
        may_go: Whether a post, by its path below the library, is neither unread nor bookmarked.

    Returns:
        How many were removed. They do not come back: their entries are still known.
    """
    names = sorted(library.names_in(posts_folder(folder)), reverse=True)
    paths = [f"{posts_folder(folder)}/{name}" for name in names if file_date(name)]
    gone = [path for path in _too_old(paths, keep, now.date()) if may_go(path)]
    copies: set[bytes] = set()
    for path in gone:
        copies.update(_COPY.findall(library.read_post(path) or b""))
        library.remove(path)
    if copies:
        for path in set(paths) - set(gone):
            copies.difference_update(_COPY.findall(library.read_post(path) or b""))
        for name in copies:
            library.remove(f"{folder}/{IMAGES}/{name.decode()}")
    return len(gone)


def _too_old(paths: list[str], keep: str, today: date) -> Iterator[str]:
    """The posts beyond a number or an age, of some that are sorted by their dates, newest first."""
    if keep.isdigit():
        yield from paths[int(keep) :]
        return
    age = read_duration(keep)
    for path in paths:
        day = file_date(path)
        if age is not None and day is not None and today - day > age:
            yield path
