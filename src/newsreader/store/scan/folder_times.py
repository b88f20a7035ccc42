"""Remember when folders were changed, so that those that have not changed need not be listed.

A file that is made, renamed or removed changes the time of its folder. So a folder that has the
time it had when it was listed holds the same files, and one `stat` tells so of all of them: of a
million in no time, not in six seconds. A file that was rewritten in place tells its folder
nothing: to find it takes a look at every file, or a watcher.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.store.db.stored_path import from_stored, to_stored
from newsreader.store.db.transactions import writing
from newsreader.store.errors import reason

_SETTLED_NS: Final = 2_000_000_000
"""A folder changed so short a time before it was listed may change again without a new time: file
systems write times down in steps, of two seconds at most (FAT)."""

_MOST_FOLDERS: Final = 5_000
"""As many are looked at in 30 ms."""

_COUNT: Final = (
    "SELECT count(*) FROM posts WHERE source = ? AND path >= ? AND path < ?"
    " AND instr(substr(path, ?), '/') = 0 AND size <> -1"
)


class FolderErrors:
    """The folders that could not be listed.

    Attributes:
        folders: Prefixes below the source (see `FoundFolder.prefix`) that are not known.
        problems: What to tell the user of them.
    """

    def __init__(self) -> None:
        self.folders: list[str] = []
        self.problems: list[Problem] = []

    def add(self, prefix: str, path: str, error: OSError) -> None:
        """Note that the folder at `path` could not be listed."""
        self.folders.append(prefix)
        self.problems.append(Problem("folder-unreadable", (path, reason(error))))


@dataclass(frozen=True, slots=True)
class FolderTime:
    """A folder as it was listed last.

    Attributes:
        mtime_ns: When it was changed; -1 if it has to be listed every time.
        has_config: Whether it is the root of a site.
        posts: How many of its files the index holds.
        site: The id of its site; `None` where no file may be a post.
    """

    mtime_ns: int
    has_config: bool = False
    posts: int = 0
    site: int | None = None


class FolderTimes:
    """The folders of one source: as they were listed last, and as they are seen to be now.

    Attributes:
        known: By prefix below the source; empty if all have to be listed.
        seen: Those that were visited this time.
        kept: Prefixes of those that were not listed, as nothing has changed in them.
    """

    def __init__(self, known: Mapping[str, FolderTime] | None = None) -> None:
        """See no folder yet."""
        self.known = known or {}
        self.seen: dict[str, FolderTime] = {}
        self.kept: set[str] = set()
        self._children: dict[str, list[str]] = {}
        for prefix in self.known:
            if prefix:
                above = prefix[: prefix[:-1].rfind("/") + 1]
                self._children.setdefault(above, []).append(prefix[len(above) : -1])

    def unchanged(self, prefix: str, mtime_ns: int) -> FolderTime | None:
        """Return what is known of a folder that has this time; None if it has to be listed."""
        known = self.known.get(prefix)
        if known is None or known.mtime_ns != mtime_ns or mtime_ns < 0:
            return None
        self.kept.add(prefix)
        self.seen[prefix] = known
        return known

    def children(self, prefix: str) -> list[str]:
        """Return the names of the folders in a folder that were visited."""
        return self._children.get(prefix, [])

    def lost(self, found: Collection[str]) -> list[str] | None:
        """Return the folders that may have had files and have none; None if no folder is known.

        Args:
            found: The prefixes of those with files.
        """
        if not self.known:
            return None
        gone = [prefix for prefix in self.known if prefix not in self.seen]
        return gone + [
            prefix for prefix in self.seen if prefix not in found and prefix not in self.kept
        ]

    def note(
        self, prefix: str, mtime_ns: int, now_ns: int, *, has_config: bool, has_links: bool
    ) -> None:
        """Note a folder that was listed after it was seen, at `now_ns`, to have this time."""
        settled = 0 <= mtime_ns <= now_ns - _SETTLED_NS
        # What a link leads to changes without its folder.
        self.seen[prefix] = FolderTime(
            mtime_ns if settled and not has_links else -1, has_config=has_config
        )


def load_times(db: sqlite3.Connection, source: int) -> FolderTimes:
    """Read what the folders of a source were like after its last scan."""
    return FolderTimes(
        {
            from_stored(prefix): FolderTime(mtime_ns, bool(has_config), posts, site)
            for prefix, mtime_ns, has_config, posts, site in db.execute(
                "SELECT prefix, mtime_ns, has_config, posts, site FROM folders WHERE source = ?",
                (source,),
            )
        }
    )


def count_changed(db: sqlite3.Connection, source: int, path: Path) -> int | None:
    """Count the posts in folders of a source that have changed or that are listed every time.

    Returns:
        None if it is not known: it was never scanned so far, or has very many folders.
    """
    times = load_times(db, source)
    if not times.known or len(times.known) > _MOST_FOLDERS:
        return None
    count = 0
    for prefix, known in times.known.items():
        try:
            same = (path / prefix).stat().st_mtime_ns == known.mtime_ns
        except OSError:
            same = False
        count += 0 if same else 1 + known.posts
    return count


def forget_times(db: sqlite3.Connection, source: int) -> None:
    """Have all folders of a source listed by its next scan; inside a transaction."""
    db.execute("DELETE FROM folders WHERE source = ?", (source,))


def save_times(
    db: sqlite3.Connection,
    source: int,
    times: FolderTimes,
    sites: dict[str, int],
    unread: Iterable[str],
) -> None:
    """Write down what the folders of a source are like, now that the index holds their files.

    Args:
        db: The index.
        source: The id of the source.
        times: Its folders.
        sites: The ids of the sites of those with files, by prefix.
        unread: Prefixes of folders with files that could not be read, which are tried again.
    """
    # Names that are no UTF-8 are in no count, and in no range of texts.
    odd = db.execute("SELECT path FROM posts WHERE source = ? AND path >= x''", (source,))
    listed_always = {*unread, *(_above(from_stored(path)) for (path,) in odd)}
    for prefix in times.seen:
        if prefix in listed_always or not isinstance(to_stored(prefix), str):
            times.kept.discard(prefix)
            times.seen[prefix] = replace(times.seen[prefix], mtime_ns=-1)
    now = {
        prefix: each
        if prefix in times.kept
        else FolderTime(
            each.mtime_ns, each.has_config, _count(db, source, prefix), sites.get(prefix)
        )
        for prefix, each in times.seen.items()
    }
    before = times.known
    if now == before:
        return
    changed = [prefix for prefix, each in now.items() if before.get(prefix) != each]
    with writing(db, "main"):
        db.executemany(
            "DELETE FROM folders WHERE source = ? AND prefix = ?",
            [(source, to_stored(prefix)) for prefix in before if prefix not in now],
        )
        db.executemany(
            "INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?, ?, ?)",
            [
                (source, to_stored(prefix), each.mtime_ns, each.has_config, each.posts, each.site)
                for prefix, each in ((prefix, now[prefix]) for prefix in changed)
            ],
        )


def _count(db: sqlite3.Connection, source: int, prefix: str) -> int:
    """Count the posts of a folder whose files were read, those in folders below it not."""
    end = to_stored(f"{prefix[:-1]}0") if prefix else b""
    row = db.execute(_COUNT, (source, to_stored(prefix), end, len(prefix) + 1)).fetchone()
    number: int = row[0]
    return number


def _above(path: str) -> str:
    return path[: path.rfind("/") + 1]
