"""Read the config file from disk; YAML is imported only if there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from newsreader.config.model import Config
from newsreader.files import NotRegularError, read_regular
from newsreader.problems import Problem
from newsreader.text import clean_line

# PyYAML's Python reader needs about a second for this much. libyaml is faster, but deep nesting
# makes it overrun the stack, which ends the process.
MAX_BYTES: Final = 64 * 1024


def load_config(path: Path) -> Config:
    """Read the config file at `path`; a missing file means the defaults.

    Never raises: what cannot be used is told in `Config.problems`, and the rest is used.
    """
    try:
        raw = read_regular(path, MAX_BYTES + 1, truncate=True).raw
    except (OSError, ValueError) as error:  # a ValueError is a NUL in the path
        if isinstance(error, FileNotFoundError) and not isinstance(error, NotRegularError):
            return Config(path=path)
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return Config(
            path=path, problems=(Problem("config-unreadable", (clean_line(str(path)), reason)),)
        )
    from newsreader.config.read_config import parse_config  # noqa: PLC0415  (late, see above)

    return parse_config(raw, path)
