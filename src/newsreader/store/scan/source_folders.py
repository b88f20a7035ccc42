"""The folders of a source, as the jobs of a scan name them: each with its site."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from newsreader.files import is_file, is_gone
from newsreader.posts.model import Site
from newsreader.problems import Problem, split_problem
from newsreader.store.db.transactions import writing
from newsreader.store.index.site_table import known_site, site_id
from newsreader.store.scan.find_files import FoundFolder, find_folders
from newsreader.store.scan.folder_times import FolderErrors, FolderTimes, load_times
from newsreader.store.scan.jobs import Folder
from newsreader.store.scan.read_site import config_stamp, read_site
from newsreader.store.values import Source


@dataclass(slots=True)
class SourceFolders:
    """The folders with files of one source.

    Attributes:
        folders: As jobs name them.
        found: The same, as they were found.
        unknown: Prefixes of those that could not be listed; their posts stay as they are.
        problems: Sentences about those.
        site_problems: What is wrong with each site that was found.
        times: When its folders were changed.
    """

    folders: list[Folder] = field(default_factory=list)
    found: list[FoundFolder] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    site_problems: list[Problem] = field(default_factory=list)
    times: FolderTimes = field(default_factory=FolderTimes)

    @property
    def files(self) -> int:
        """How many files are known, listed or not."""
        return sum(len(found.facts) + found.kept for found in self.found)


def list_source(
    db: sqlite3.Connection,
    source: Source,
    source_id: int,
    watch: Callable[[str], None] | None,
    *,
    every_file: bool = True,
    without: frozenset[str] = frozenset(),
) -> SourceFolders:
    """Find the folders of a source, and write down sites that the index does not know.

    Args:
        db: The index.
        source: Where to look.
        source_id: Its id in the index.
        watch: Is told of every folder before it is looked into.
        every_file: Whether folders are listed even if nothing has changed in them.
        without: Folders and files inside it that are sources of their own.
    """
    times = FolderTimes() if every_file else load_times(db, source_id)
    listed = _list_folders(db, source, source_id, watch, times, without=without)
    if any(
        found.kept and times.known[found.prefix].site != folder.site
        for folder, found in zip(listed.folders, listed.found, strict=True)
    ):
        # Every post is read again where the site is another one.
        return _list_folders(db, source, source_id, watch, FolderTimes(), without=without)
    return listed


def _list_folders(
    db: sqlite3.Connection,
    source: Source,
    source_id: int,
    watch: Callable[[str], None] | None,
    times: FolderTimes,
    *,
    without: frozenset[str],
) -> SourceFolders:
    listed = SourceFolders(times=times)
    if is_gone(source.path):
        listed.unknown.append("")
        listed.problems.append(Problem("source-missing", (str(source.path),)))
        return listed
    errors = FolderErrors()
    sites: dict[str, tuple[int, Site]] = {}
    for found in find_folders(source, errors, watch=watch, times=times, without=without):
        if found.root not in sites:
            sites[found.root] = stored_site(db, found.root)
            listed.site_problems += split_problem(sites[found.root][1].problem)
        listed.folders.append(folder_of(source, source_id, found, *sites[found.root]))
        listed.found.append(found)
    listed.unknown += errors.folders
    listed.problems += errors.problems
    return listed


def stored_site(db: sqlite3.Connection, root: str) -> tuple[int, Site]:
    """The id and the facts of a site as it is now, read and written down if it has changed."""
    stamp = config_stamp(root)
    known = known_site(db, root, size=stamp[0], mtime_ns=stamp[1]) if stamp else None
    if known is not None:
        return known
    config = read_site(root)
    with writing(db, "main"):
        size, mtime_ns = config.size, config.mtime_ns
        number = site_id(db, root, config.site, size=size, mtime_ns=mtime_ns)
    return number, config.site


def folder_of(
    source: Source, source_id: int, found: FoundFolder, site_number: int, site: Site
) -> Folder:
    """A folder as jobs name it."""
    top = source.path.parent if is_file(source.path) else source.path
    return Folder(
        source=source_id,
        base=str(top).rstrip("/") + "/",
        prefix=found.prefix,
        site_prefix=found.site_prefix,
        site=site_number,
        facts=site,
        certain=found.certain,
    )
