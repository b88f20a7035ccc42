"""The images of a post that lie in its own site, for its bookmark to keep."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from newsreader.article.image_links import image_addresses
from newsreader.posts.model import Post, Site
from newsreader.store.db.files import FileTooLargeError, read_regular
from newsreader.store.db.stored_path import to_stored
from newsreader.store.state.bookmarks import SavedFile

MOST_IMAGES: Final = 200
LARGEST_IMAGE: Final = 8 << 20
LARGEST_SUM: Final = 24 << 20

_HOST: Final = "https://the.site.invalid"


@dataclass(frozen=True, slots=True)
class FoundImages:
    """The images of a post: those that were read, and where those lie that were too large."""

    files: tuple[SavedFile, ...] = ()
    left_out: tuple[str, ...] = ()


def find_images(post: Post, site: Site, root: Path, site_path: str) -> FoundImages:
    """Read the images that a post shows from its site; never raises.

    An address is taken from the root of the site where it begins with `/` or with the site's own
    address; else it is looked for beside the post, then below the root. What lies outside the
    root, also through `..` or a symlink, and what begins with a dot, is never read.

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
    for address in image_addresses(post.body, base):
        for path in _candidates(address, site, folder):
            if path in files:
                break
            file = root / path
            try:
                content = _read(file, real_root, min(room, LARGEST_IMAGE))
            except FileTooLargeError:
                content = None
            except (OSError, ValueError):
                continue  # It is not there, or none of the site's.
            if content is None or len(files) >= MOST_IMAGES:
                left_out.append(f"/{path}")
            else:
                room -= len(content)
                files[path] = SavedFile(to_stored(path), content)
            break
    return FoundImages(tuple(files.values()), tuple(left_out[:MOST_IMAGES]))


def _candidates(address: str, site: Site, folder: PurePosixPath) -> list[str]:
    """Where below the root of the site an image may lie; nowhere if it is another's."""
    for home in (_HOST, site.url.rstrip("/")):
        if home and address.startswith(home + "/"):
            place = unquote(urlsplit(address[len(home) :]).path, errors="surrogateescape")
            break
    else:
        return []
    path = PurePosixPath(place.lstrip("/"))
    found = [path]
    if home == _HOST and folder.parts and path.is_relative_to(folder):
        found.append(path.relative_to(folder))
    return [
        str(each)
        for each in found
        if each.parts and not any(part.startswith(".") for part in each.parts)
    ]


def _read(file: Path, real_root: str, limit: int) -> bytes:
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
