"""Where the reader's files live. Nothing here creates anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

_APP = "newsreader"
_PACKAGE = Path(__file__).resolve().parent


def config_file() -> Path:
    """The user's `config.yaml`, whether it is there or not."""
    return _folder(platformdirs.user_config_path) / "config.yaml"


def cache_dir() -> Path:
    """The folder of `index.db`, which can be thrown away at any time."""
    return _folder(platformdirs.user_cache_path)


def data_dir() -> Path:
    """The folder of `state.db`: bookmarks, read marks, reading positions."""
    return _folder(platformdirs.user_data_path)


def log_file() -> Path:
    """Where the details of an unexpected error are written."""
    return _folder(platformdirs.user_log_path) / "newsreader.log"


def sample_posts() -> Path:
    """The site of sample posts: the one in the installed package, else the one of the checkout."""
    installed = _PACKAGE / "sample_posts"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "sample_posts"


def _folder(find: Callable[..., Path]) -> Path:
    """A folder of ours; below `~`, which nobody takes for a folder, for a user without a home."""
    try:
        return find(_APP, appauthor=False)
    except RuntimeError:
        return Path("~", f".{_APP}")
