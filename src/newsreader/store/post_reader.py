"""Find and read posts by their names and files, and find their sites."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from newsreader.files import LARGEST_POST, read_regular
from newsreader.posts.model import Site
from newsreader.posts.site_files import CONFIG
from newsreader.problems import Problem
from newsreader.store.databases import Databases
from newsreader.store.db.stored_path import file_path, from_stored, to_stored
from newsreader.store.db.stored_zone import zone_from
from newsreader.store.errors import StoreError, reason
from newsreader.store.index.post_names import find_name, name_of
from newsreader.store.query import PostId
from newsreader.store.scan.find_files import site_root
from newsreader.store.scan.read_site import config_stamp, read_site
from newsreader.store.state.bookmarks import SavedPost, current_version, saved_post, saved_version
from newsreader.store.values import PostImage, Source, StoredPost
from newsreader.text import clean_line

if TYPE_CHECKING:
    from newsreader.posts.model import Post


class PostReader:
    """Finds and reads posts by their names and their files."""

    def __init__(self, databases: Databases, sources: Sequence[Source]) -> None:
        self._databases = databases
        self._sources = sources

    def read(self, post_id: PostId, *, saved: bool = False) -> StoredPost:
        """The bytes of a post: of its file, or of its bookmark if the file is gone.

        Args:
            post_id: Which post.
            saved: Whether the bookmark's bytes are asked for, though there is a file.

        Raises:
            StoreError: If there is neither; it says why.
        """
        with self._databases.reading() as db:
            return read_post(db, post_id, saved=saved)

    def parse(self, stored: StoredPost) -> tuple[Post, Site]:
        """Parse what `read` gave; the post and its site."""
        from newsreader.posts.parse_post import parse_post  # noqa: PLC0415  (late: no list needs it)

        site = self.site_of(stored)
        return parse_post(stored.raw, stored.site_path, site), site

    def images(self, post_id: PostId, *, saved: bool = False) -> Sequence[PostImage]:
        """Read the images that a post shows: those of its own site, or of its bookmark.

        Args:
            post_id: Which post.
            saved: Whether the bookmark's are asked for, though there is a file.

        Raises:
            StoreError: If the post cannot be read.
        """
        from newsreader.store.transfer.capture import capture  # noqa: PLC0415  (late: it parses)

        stored = self.read(post_id, saved=saved)
        if stored.gone:
            name = to_stored(str(stored.source)), to_stored(stored.path)
            with self._databases.connection() as db:
                kept = saved_post(db, *name, with_files=True)
        else:
            kept = capture(stored, self.site_of(stored))
        if kept is None:
            return ()
        paths = {each.path: each.content for each in kept.files}
        paths |= {to_stored(path): b"" for path in kept.left_out}
        return [
            PostImage(clean_line(PurePath(from_stored(path)).name), content)
            for path, content in paths.items()
        ]

    def site_of(self, stored: StoredPost) -> Site:
        """The site of a post, as its `_config.yml` is now, or was when it was bookmarked."""
        with self._databases.connection() as db:
            return site_of(db, stored)

    def find(self, path: str | Path) -> PostId | None:
        """The post at a path of the file system, or at a path below a source.

        The given sources come first, then those of other libraries in the index.
        """
        with self._databases.reading() as db:
            known = db.execute("SELECT path FROM sources ORDER BY id").fetchall()
            ours = [str(source.path) for source in self._sources]
            tops = list(dict.fromkeys([*ours, *(from_stored(row[0]) for row in known)]))
            absolute = Path(path).absolute()
            for place in dict.fromkeys((absolute, Path(os.path.realpath(absolute)))):
                for top in tops:
                    if str(place) == top:
                        found = find_name(db, top, place.name)
                    elif place.is_relative_to(top):
                        found = find_name(db, top, place.relative_to(top).as_posix())
                    else:
                        continue
                    if found is not None:
                        return found
            for top in tops:
                found = find_name(db, top, str(path))
                if found is not None:
                    return found
            return None

    def name(self, post_id: PostId) -> tuple[Path, str] | None:
        """Find the permanent name of a post, its source and path; `None` if it is not known."""
        with self._databases.connection() as db:
            name = name_of(db, post_id)
            return (Path(from_stored(name[0])), from_stored(name[1])) if name else None

    def find_name(self, source: Path, path: str) -> PostId | None:
        """The post of a source and a path below it, as `name` gave them."""
        with self._databases.connection() as db:
            return find_name(db, str(source), path)


def source_title(db: sqlite3.Connection, source: Source) -> str:
    """Choose a source's title: its given name, else its site's title, else its folder's name."""
    return source.name or _site_title(db, str(site_root(source.path))) or source.path.name


def _site_title(db: sqlite3.Connection, root: str) -> str:
    """The title of the site at `root`; one that the index knows is not read again."""
    stamp = config_stamp(root)
    if stamp is None:
        return ""
    known = db.execute(
        "SELECT title FROM main.sites WHERE root = ? AND size = ? AND mtime_ns = ?",
        (to_stored(root), *stamp),
    ).fetchone()
    return known[0] if known else read_site(root).site.title


def read_post(db: sqlite3.Connection, post_id: PostId, *, saved: bool = False) -> StoredPost:
    """The bytes of a post: of its file, or of its bookmark if the file is gone.

    Args:
        db: A connection in a transaction.
        post_id: Which post.
        saved: Whether the bookmark's bytes are asked for, though there is a file.

    Raises:
        StoreError: If there is neither.
    """
    row = db.execute(
        "SELECT s.path, p.path, sites.root FROM posts AS p JOIN sources AS s ON s.id = p.source"
        " LEFT JOIN sites ON sites.id = p.site WHERE p.id = ?",
        (post_id,),
    ).fetchone()
    if row is None:
        raise StoreError(Problem("post-not-indexed"))
    source, path, root = row
    if saved:
        version = current_version(db, (source, path))
        if version is None:
            raise StoreError(Problem("post-not-bookmarked"))
        return _of_bookmark(saved_version(db, version.number, with_files=False))
    file = file_path(source, path)
    try:
        content = read_regular(file, LARGEST_POST, truncate=True)
    except OSError as error:
        saved_copy = saved_post(db, source, path)
        if saved_copy is not None:
            return _of_bookmark(saved_copy)
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise StoreError(Problem("post-file-gone", (str(file),))) from error
        raise StoreError(Problem("file-unreadable", (str(file), reason(error)))) from error
    if root is None:  # it was put in as a bookmark, without a look at its file
        saved_copy = saved_post(db, source, path)
        site_path = from_stored(path if saved_copy is None else saved_copy.site_path)
    else:
        site_path = str(file).removeprefix(from_stored(root).rstrip("/") + "/")
    return StoredPost(
        Path(from_stored(source)),
        from_stored(path),
        site_path,
        content.raw,
        mtime_ns=content.mtime_ns,
    )


def _of_bookmark(saved: SavedPost) -> StoredPost:
    return StoredPost(
        Path(from_stored(saved.source)),
        from_stored(saved.path),
        from_stored(saved.site_path),
        saved.raw,
        gone=True,
    )


def site_of(db: sqlite3.Connection, stored: StoredPost) -> Site:
    """The site of a post, as its `_config.yml` is now, or was when it was bookmarked."""
    if stored.gone:
        saved = saved_post(db, to_stored(str(stored.source)), to_stored(stored.path))
        if saved is not None:
            return Site(saved.site_title, saved.site_url, zone_from(saved.site_timezone))
    file = file_path(to_stored(str(stored.source)), to_stored(stored.path))
    # The part of the file's path below its site's root is known, so the root is what is left.
    root = str(file).removesuffix(stored.site_path)
    try:
        status = (Path(root) / CONFIG).stat()
        return _site(root, status.st_size, status.st_mtime_ns)
    except OSError:
        return Site()


@lru_cache(maxsize=64)
def _site(root: str, size: int, mtime_ns: int) -> Site:  # noqa: ARG001 - what makes it another
    return read_site(root).site
