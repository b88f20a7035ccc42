"""Every hostile post and bookmark in a terminal, and every key in every pane."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.conftest import Hostile
from tests.hostile.make_hostile import make_export, make_posts
from tests.hostile.test_screen import (
    ARTICLE,
    CATEGORIES,
    NAMES,
    POSTS,
    press_keys,
    read_bookmarks,
    read_posts,
)
from tests.terminal import StartCommand


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """All that attacks."""
    top = tmp_path_factory.mktemp("hostile")
    return Hostile(top, make_posts(top / "posts"), make_export(top / "export"))


def test_every_post_is_read_and_none_gets_through(hostile: Hostile, start: StartCommand) -> None:
    read_posts(hostile, start)


def test_every_bookmark_is_read_and_none_gets_through(
    hostile: Hostile, start: StartCommand
) -> None:
    read_bookmarks(hostile, start)


@pytest.mark.parametrize("pane", [CATEGORIES, POSTS, ARTICLE])
def test_every_key_writes_only_what_is_on_the_list(
    hostile: Hostile, start: StartCommand, tmp_path: Path, pane: str
) -> None:
    press_keys(hostile, start, tmp_path, (pane + name for name in NAMES))
