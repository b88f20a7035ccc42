"""Where the reader's files live. Nothing here creates anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

_APP = "newsreader"
_PLATFORM: str = sys.platform
_PACKAGE = Path(__file__).resolve().parent


def config_file() -> Path:
    """The user's `config.yaml`, whether it is there or not."""
    return _with(_folder("config"), "config.yaml") / "config.yaml"


def cache_dir() -> Path:
    """The folder of `index.db`, which can be thrown away at any time."""
    return _folder("cache")


def data_dir() -> Path:
    """The folder of `state.db`: bookmarks, read marks, reading positions."""
    return _with(_folder("data"), "state.db")


def choices_file() -> Path:
    """Where a theme is kept that was chosen in the reader, if the config cannot be written."""
    return data_dir() / "choices.json"


def feeds_dir() -> Path:
    """The folder that posts of feeds are kept in: a site for each feed."""
    return data_dir() / "feeds"


def log_file() -> Path:
    """Where the details of an unexpected error are written."""
    return _folder("log") / "newsreader.log"


def sample_posts() -> Path:
    """The site of sample posts: the one in the installed package, else the one of the checkout."""
    installed = _PACKAGE / "sample_posts"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "sample_posts"


def _with(folder: Path, name: str) -> Path:
    """The folder that has a file of ours: on macOS perhaps the one of earlier versions.

    Since 4.6, `platformdirs` follows `XDG_DATA_HOME` and its like on macOS too. Bookmarks made
    before stand where it would be without these variables.
    """
    if _PLATFORM != "darwin" or (folder / name).exists():
        return folder
    earlier = Path("~/Library/Application Support").expanduser() / _APP
    return earlier if (earlier / name).exists() else folder


def _folder(kind: Literal["config", "cache", "data", "log"]) -> Path:
    """A folder of ours; below `~`, which nobody takes for a folder, for a user without a home."""
    import platformdirs  # noqa: PLC0415  (late: `--version` asks for no folder)

    find = {
        "config": platformdirs.user_config_path,
        "cache": platformdirs.user_cache_path,
        "data": platformdirs.user_data_path,
        "log": platformdirs.user_log_path,
    }
    try:
        return find[kind](_APP, appauthor=False)
    except RuntimeError:
        return Path("~", f".{_APP}")
