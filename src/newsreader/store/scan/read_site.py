"""The configuration of a site: its `_config.yml`, as a scan reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from newsreader.files import NotRegularError, read_regular
from newsreader.frozen import dataclass
from newsreader.posts.model import Site
from newsreader.posts.site_files import CONFIG
from newsreader.problems import Problem
from newsreader.store.errors import reason

_LARGEST_CONFIG: Final = 4 << 20
"""Bytes of a `_config.yml`, which people write by hand: those of real sites have 2 KB."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A site, with the size and time of its configuration.

    Attributes:
        site: What the configuration says; the defaults if there is none.
        size: In bytes; -1 if there is none, -2 if it cannot be read.
        mtime_ns: Likewise.
    """

    site: Site
    size: int
    mtime_ns: int


def config_stamp(root: str) -> tuple[int, int] | None:
    """Size and time of the configuration of the site at `root`; `None` if there is none."""
    try:
        status = (Path(root) / CONFIG).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def read_site(root: str) -> SiteConfig:
    """Read the configuration of the site at `root`; never raises."""
    path = Path(root) / CONFIG
    try:
        file = read_regular(path, _LARGEST_CONFIG)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not isinstance(error, NotRegularError):
            return SiteConfig(Site(), -1, -1)
        problem = Problem("path-unreadable", (str(path), reason(error)))
        return SiteConfig(Site(problem=problem), -2, -2)
    from newsreader.posts.site import parse_site  # noqa: PLC0415  (late: it brings YAML)

    return SiteConfig(parse_site(file.raw), file.size, file.mtime_ns)
