"""Sources inside one another: each post is of the innermost alone."""

from __future__ import annotations

import os
from collections.abc import Sequence

from newsreader.posts.site_files import POSTS
from newsreader.store.values import Source


def inner_sources(source: Source, sources: Sequence[Source]) -> frozenset[str]:
    """The paths of those of some sources that lie inside one of them."""
    return frozenset(
        str(other.path)
        for other in sources
        if other.path != source.path and other.path.is_relative_to(source.path)
    )


def is_inside_any(path: str, inner: frozenset[str]) -> bool:
    """Whether a folder, links resolved, is one of the inner sources or inside one."""
    return any(path == each or path.startswith(f"{each.rstrip('/')}/") for each in inner)


def names_without(path: str, facts: list[str], inner: frozenset[str], part: str) -> list[str]:
    """The lines of those files of a folder that are no sources; their names end at `part`."""
    top = path.rstrip("/")
    return [line for line in facts if f"{top}/{line.partition(part)[0]}" not in inner]


def holds_posts_folder(path: str) -> bool:
    """Whether a source that is passed over has a folder of posts, or is inside one.

    It counts when it is decided what a post is around it: a page of a site is none, whoever has the
    posts of the site.
    """
    return POSTS in path.split("/") or os.path.isdir(f"{path}/{POSTS}")  # noqa: PTH112 - a string
