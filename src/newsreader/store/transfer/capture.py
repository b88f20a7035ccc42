"""Capture a post for a bookmark: the bytes of its file, its facts, images of its own site.

It brings the parser with it, so it is imported when the first bookmark is made.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote, unquote

from newsreader.article.image_links import image_addresses
from newsreader.files import FileTooLargeError, read_regular
from newsreader.frozen import dataclass
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.store.db.stored_path import file_path, to_stored
from newsreader.store.db.stored_zone import zone_name
from newsreader.store.state.bookmarks import SavedFile, SavedPost
from newsreader.store.transfer.image_files import (
    LARGEST_IMAGE,
    LARGEST_SUM,
    MOST_IMAGES,
    is_image,
    may_be_image,
)
from newsreader.store.values import StoredPost
from newsreader.text import clean_line

_HOST: Final = "https://the.site.invalid"


def capture(stored: StoredPost, site: Site) -> SavedPost:
    """All that a bookmark keeps of a post as its file is now.

    Args:
        stored: The post, read from its file.
        site: Its site.
    """
    post = parse_post(stored.raw, stored.site_path, site)
    source, path = to_stored(str(stored.source)), to_stored(stored.path)
    file = file_path(source, path)
    images = _Images()
    root = str(file).removesuffix(stored.site_path)
    if root.endswith(os.sep):
        images = _find_images(post, site, Path(root), stored.site_path)
    return SavedPost(
        source=source,
        path=path,
        site_path=to_stored(stored.site_path),
        raw=stored.raw,
        title=post.title,
        date=post.date.isoformat() if post.date else None,
        has_time=post.has_time,
        categories=post.categories,
        tags=post.tags,
        site_title=site.title,
        site_url=site.url,
        site_timezone=zone_name(site.timezone),
        mtime_ns=stored.mtime_ns,
        files=images.files,
        left_out=tuple(map(clean_line, images.left_out)),
    )


@dataclass(frozen=True, slots=True)
class _Images:
    """The images of a post: those that were read, and the paths of those that are too large."""

    files: tuple[SavedFile, ...] = ()
    left_out: tuple[str, ...] = ()


def _find_images(post: Post, site: Site, root: Path, site_path: str) -> _Images:
    """Read the images that a post shows from its site; never raises.

    An address is taken from the root of the site if it begins with `/` or with the site's own
    address; else it is looked for beside the post, then below the root. What lies outside the
    root, also through `..` or a symlink, and what may not be an image by its name, is never read;
    what is none by its bytes is not taken.

    Args:
        post: The post.
        site: Its site.
        root: The folder of its site.
        site_path: Where its file lies below `root`.
    """
    folder = PurePosixPath(site_path).parent
    base = _HOST + quote(str(PurePosixPath("/") / folder))
    real_root = os.path.realpath(root)
    files: dict[str, SavedFile] = {}
    left_out: list[str] = []
    room = LARGEST_SUM
    for address in image_addresses(post, site, base):
        for path in _candidates(address, site, folder):
            if path in files:
                break
            file = root / path
            try:
                content = _read_image(file, real_root, min(room, LARGEST_IMAGE))
            except FileTooLargeError:
                content = None
            except (OSError, ValueError):
                continue  # It is not there, or none of the site's.
            if content is not None and not is_image(path, content):
                continue
            if content is None or len(files) >= MOST_IMAGES:
                left_out.append(f"/{path}")
            else:
                room -= len(content)
                files[path] = SavedFile(to_stored(path), content)
            break
    return _Images(tuple(files.values()), tuple(left_out[:MOST_IMAGES]))


def _candidates(address: str, site: Site, folder: PurePosixPath) -> list[str]:
    """List the paths below the root of the site that an image may have; none if it is another's."""
    for home in (_HOST, site.url.rstrip("/")):
        if home and address.startswith(home + "/"):
            # Not `urlsplit`, which takes `//[` for a host with a mistake in it.
            before = re.split("[?#]", address[len(home) :], maxsplit=1)[0]
            place = unquote(before, errors="surrogateescape")
            break
    else:
        return []
    path = PurePosixPath(place.lstrip("/"))
    found = [path]
    if home == _HOST and folder.parts and path.is_relative_to(folder):
        found.append(path.relative_to(folder))
    return [str(each) for each in found if may_be_image(str(each))]


def _read_image(file: Path, real_root: str, limit: int) -> bytes:
    """The bytes of a file.

    Raises:
        FileTooLargeError: If there are more than `limit`.
        OSError: If it cannot be read.
        ValueError: If it lies outside the root.
    """
    real = os.path.realpath(file)
    if os.path.commonpath((real, real_root)) != real_root:
        raise ValueError(real)
    return read_regular(real, limit).raw
