"""Find the files of a source that are posts, and the site of each."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsreader.files import is_file, read_regular
from newsreader.frozen import dataclass
from newsreader.posts.site_files import CONFIG, PASSED_OVER, POST_SUFFIXES, POSTS
from newsreader.problems import Problem
from newsreader.store.errors import SourceError, reason
from newsreader.store.scan.folder_times import FolderErrors, FolderTimes
from newsreader.store.scan.inner_sources import holds_posts_folder, is_inside_any, names_without
from newsreader.store.values import Source

PART: Final = "\0"
"""The separator of a file's name, size and time: the one character that is in no name."""

_START: Final = 4096
_KIND: Final = 0o170000
"""The bits of a file's mode that say what it is: `stat.S_IFMT` costs a call per file."""


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """The files of one folder that may be posts.

    Attributes:
        prefix: The folder below the source, empty or with a final `/`; add a name for a path.
        facts: A line per file, in no order: its name, size and mtime_ns, parted by `PART`. They are
            -1 if the system does not tell.
        root: The root of their site.
        site_prefix: The folder below `root`, empty or with a final `/`.
        certain: Whether every file is a post; otherwise those with front matter are.
        kept: The number of posts in it, if it was not listed because nothing has changed in it.
    """

    prefix: str
    facts: list[str]
    root: str
    site_prefix: str
    certain: bool
    kept: int = 0

    @property
    def names(self) -> list[str]:
        """The names of the files, in no order."""
        return [line.partition(PART)[0] for line in self.facts]


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post file: its path below its source, the root of its site, and its path below that."""

    path: str
    root: str
    site_path: str


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    prefix: str
    root: str
    site_prefix: str
    inside: bool


class _Listing:
    def __init__(
        self, folders: list[str] | None = None, *, has_config: bool = False, kept: int = 0
    ) -> None:
        self.facts: list[str] = []
        self.folders = folders or []
        self.links: list[str] = []
        self.has_config = has_config
        self.has_links = False
        self.kept = kept


def is_post_name(name: str) -> bool:
    """Whether a file of this name can be a post."""
    return name.lower().endswith(POST_SUFFIXES)


def site_root(source: Path) -> Path:
    """The root of the site that the top of a source belongs to.

    The nearest folder with a `_config.yml`, from the source upwards; else the source itself, and
    the folder of a source that is a file.
    """
    top = source.parent if is_file(source) else source
    for folder in (top, *top.parents):
        if is_file(folder / CONFIG):
            return folder
    return top


def find_folders(
    source: Source,
    errors: FolderErrors,
    *,
    most: int = sys.maxsize,
    watch: Callable[[str], None] | None = None,
    times: FolderTimes | None = None,
    without: frozenset[str] = frozenset(),
) -> Iterator[FoundFolder]:
    """The folders of a source with files that may be posts, as they are found.

    Args:
        source: Where to look.
        errors: Takes what could not be listed.
        most: Stop listing a folder of posts at this many names.
        watch: Is told of every folder before it is looked into.
        times: Folders that it knows to be unchanged are not listed; takes note of all others.
        without: Folders and files inside it that are passed over: they are sources of their own.
    """
    path = source.path
    root = site_root(path)
    if is_file(path):
        site_prefix = _below(root, path.parent)
        yield FoundFolder("", [_fact(path)], str(root), site_prefix, certain=True)
        return
    inside = POSTS in path.parts
    top = _Folder(str(path), "", str(root), _below(root, path), inside)
    yield from _walk(top, errors, most, watch, times or FolderTimes(), without=without)


def find_posts(source: Source) -> Iterator[FoundPost]:
    """The posts of a source, lazily; what cannot be read is passed over."""
    for folder in find_folders(source, FolderErrors()):
        for name in folder.names:
            path = folder.prefix + name
            if folder.certain or starts_like_a_post(str(source.path / path)):
                yield FoundPost(path, folder.root, folder.site_prefix + name)


def holds_posts(source: Source) -> bool:
    """Whether there is at least one post in a source; looks no further than the first."""
    for folder in find_folders(source, FolderErrors(), most=1):
        for name in folder.names:
            if folder.certain or starts_like_a_post(str(source.path / folder.prefix / name)):
                return True
    return False


def check_source(path: Path) -> None:
    """Raise a `SourceError` if nothing can be read at `path`."""
    try:
        if path.is_file():
            with path.open("rb"):
                return
        if not path.exists():
            raise SourceError(Problem("source-missing", (str(path),)))
        if not path.is_dir():
            raise SourceError(Problem("source-neither", (str(path),)))
        with os.scandir(path):
            pass
    except OSError as error:
        raise SourceError(Problem("path-unreadable", (str(path), reason(error)))) from error
    if not holds_posts(Source(path)):
        raise SourceError(Problem("source-without-posts", (str(path),)))


def starts_like_a_post(path: str) -> bool:
    """Whether the file has front matter; False if it cannot be read."""
    from newsreader.posts.front_matter_start import has_front_matter  # noqa: PLC0415  (late: no list needs it)

    try:
        return has_front_matter(read_regular(path, _START, truncate=True).raw)
    except OSError:
        return False


def _below(root: Path, folder: Path) -> str:
    inner = folder.relative_to(root).as_posix()
    return "" if inner == "." else f"{inner}/"


def _walk(
    top: _Folder,
    errors: FolderErrors,
    most: int,
    watch: Callable[[str], None] | None,
    times: FolderTimes,
    *,
    without: frozenset[str],
) -> Iterator[FoundFolder]:
    pending = [top]
    linked: deque[tuple[_Folder, str]] = deque()
    candidates: list[FoundFolder] = []
    # A folder is listed once as a folder of posts and once as another one, so links cannot loop.
    visited: set[tuple[int, int, bool]] = set()
    posts_folder = top.inside
    real_top = os.path.realpath(top.path)
    while pending or linked:
        if pending:
            folder = pending.pop()
        else:
            # Links come last: what can be reached without one is known by its own path.
            parent, name = linked.popleft()
            followed = _follow(parent, name, real_top)
            if followed is None or is_inside_any(os.path.realpath(followed.path), without):
                continue
            folder = followed
        posts_folder = posts_folder or folder.inside
        if watch is not None:
            watch(folder.path)
        try:
            listing = _list_anew(folder, visited, real_top, most, times)
            if listing is None:
                continue
        except (FileNotFoundError, NotADirectoryError) as error:
            if folder is top:
                errors.add(folder.prefix, folder.path, error)
            continue  # It has just gone, and what was in it with it.
        except OSError as error:
            errors.add(folder.prefix, folder.path, error)
            continue
        if listing.has_config:
            folder = _Folder(folder.path, folder.prefix, folder.path, "", folder.inside)
        entered = [_enter(folder, name) for name in sorted(listing.folders)]
        if without:
            others = [each.path for each in entered if each.path in without]
            posts_folder = posts_folder or any(map(holds_posts_folder, others))
            entered = [each for each in entered if each.path not in without]
            listing.facts = names_without(folder.path, listing.facts, without, PART)
        pending += entered
        linked += [(folder, name) for name in sorted(listing.links)]
        if listing.facts or listing.kept:
            found = FoundFolder(
                folder.prefix,
                listing.facts,
                folder.root,
                folder.site_prefix,
                folder.inside,
                listing.kept,
            )
            if folder.inside:
                yield found
            else:
                candidates.append(found)
    if not posts_folder:
        yield from candidates


def _list_anew(
    folder: _Folder,
    visited: set[tuple[int, int, bool]],
    real_top: str,
    most: int,
    times: FolderTimes,
) -> _Listing | None:
    """List a folder, if it has changed; None if it was visited by another path."""
    most_here = most if folder.inside else sys.maxsize
    if folder.prefix in times.known:
        status = os.stat(folder.path)  # noqa: PTH116 - a string, as all paths here
        known = times.unchanged(folder.prefix, status.st_mtime_ns)
        if known is not None:
            if _is_visited(status, folder, visited):
                return None
            return _Listing(
                folders=times.children(folder.prefix), has_config=known.has_config, kept=known.posts
            )
    now_ns = time.time_ns()
    with _opened(folder.path) as opened:
        status = os.stat(opened)  # noqa: PTH116 - most often a descriptor
        if _is_visited(status, folder, visited):
            return None
        listing = _list(folder.path, opened, real_top, most_here)
    times.note(
        folder.prefix,
        status.st_mtime_ns,
        now_ns,
        has_config=listing.has_config,
        has_links=listing.has_links,
    )
    return listing


def _is_visited(
    status: os.stat_result, folder: _Folder, visited: set[tuple[int, int, bool]]
) -> bool:
    key = (status.st_dev, status.st_ino, folder.inside)
    if key in visited:
        return True
    visited.add(key)
    return False


@contextmanager
def _opened(path: str) -> Iterator[int | str]:
    """A folder as `os.scandir` takes it: open, if that is possible.

    Its files are then looked at without following the whole path each time, and they are all of
    one folder, whatever takes its place meanwhile.
    """
    if os.scandir not in os.supports_fd:
        yield path
        return
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _list(path: str, opened: int | str, real_top: str, most: int) -> _Listing:
    listing = _Listing()
    facts = listing.facts
    with os.scandir(opened) as entries:
        for entry in entries:
            name = entry.name
            if entry.is_file(follow_symlinks=False):
                if name.endswith(POST_SUFFIXES) or is_post_name(name):
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # It has just gone.
                    except OSError:
                        facts.append(f"{name}{PART}-1{PART}-1")
                        continue
                    if status.st_mode & _KIND != stat.S_IFREG:
                        continue  # Something else has just taken its place.
                    # An f-string with `PART` in it takes a third longer.
                    facts.append(f"{name}\0{status.st_size}\0{status.st_mtime_ns}")
                    if len(facts) >= most:
                        break
                elif name == CONFIG:
                    listing.has_config = True
            elif entry.is_dir(follow_symlinks=False):
                if is_entered(name):
                    listing.folders.append(name)
            elif entry.is_symlink():
                listing.has_links = True
                _list_link(path, entry, listing, real_top)
    return listing


def _list_link(path: str, entry: os.DirEntry[str], listing: _Listing, real_top: str) -> None:
    name = entry.name
    try:
        if entry.is_dir():
            if is_entered(name):
                listing.links.append(name)
        elif entry.is_file():
            if name == CONFIG:
                listing.has_config = True
            elif is_post_name(name) and _is_inside(f"{path.rstrip('/')}/{name}", real_top):
                status = entry.stat()
                listing.facts.append(f"{name}{PART}{status.st_size}{PART}{status.st_mtime_ns}")
    except OSError:
        return  # A link that leads nowhere or round in a circle holds no posts.


def _fact(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return f"{path.name}{PART}-1{PART}-1"
    return f"{path.name}{PART}{status.st_size}{PART}{status.st_mtime_ns}"


def is_entered(name: str) -> bool:
    """Whether posts are looked for in folders of this name."""
    return name == POSTS or not (name.startswith((".", "_")) or name in PASSED_OVER)


def _is_inside(path: str, real_top: str) -> bool:
    real = os.path.realpath(path)
    return real == real_top or real.startswith(real_top.rstrip("/") + "/")


def _enter(folder: _Folder, name: str) -> _Folder:
    return _Folder(
        path=f"{folder.path.rstrip('/')}/{name}",
        prefix=f"{folder.prefix}{name}/",
        root=folder.root,
        site_prefix=f"{folder.site_prefix}{name}/",
        inside=folder.inside or name == POSTS,
    )


def _follow(parent: _Folder, name: str, real_top: str) -> _Folder | None:
    folder = _enter(parent, name)
    return folder if _is_inside(folder.path, real_top) else None
