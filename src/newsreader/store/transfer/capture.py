"""What a bookmark is to keep of a post: the bytes of its file, its facts and its images.

It brings the parser with it, so it is imported when the first bookmark is made.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.store.db.stored_path import file_path, storable, to_stored
from newsreader.store.db.transactions import reading
from newsreader.store.index.site_table import zone_name
from newsreader.store.post_reader import read_post, site_of
from newsreader.store.state.bookmarks import SavedPost, saved_post
from newsreader.store.transfer.images import FoundImages, find_images
from newsreader.store.values import PostId, StoredPost


def collect(db: sqlite3.Connection, post_id: PostId) -> SavedPost:
    """All that a bookmark keeps of a post as its file is now.

    Where the file is gone: what a bookmark kept that was removed and can still come back.

    Raises:
        StoreError: Where the post cannot be read.
    """
    with reading(db):
        stored = read_post(db, post_id)
        source, path = to_stored(str(stored.source)), to_stored(stored.path)
        if stored.gone:
            saved = saved_post(db, source, path, with_files=True)
            if saved is not None:
                return saved
        site = site_of(db, stored)
    post = parse_post(stored.raw, stored.site_path, site)
    return _saved(stored, post, site, _images(stored, post, site))


def _images(stored: StoredPost, post: Post, site: Site) -> FoundImages:
    file = str(file_path(to_stored(str(stored.source)), to_stored(stored.path)))
    root = file.removesuffix(stored.site_path)
    if not root.endswith(os.sep):
        return FoundImages()
    return find_images(post, site, Path(root), stored.site_path)


def _saved(stored: StoredPost, post: Post, site: Site, images: FoundImages) -> SavedPost:
    source, path = to_stored(str(stored.source)), to_stored(stored.path)
    try:
        mtime_ns = os.stat(file_path(source, path)).st_mtime_ns  # noqa: PTH116 - as in postfiles
    except OSError:
        mtime_ns = -1
    return SavedPost(
        source=source,
        path=path,
        site_path=to_stored(stored.site_path),
        raw=stored.raw,
        title=storable(post.title),
        date=post.date.isoformat() if post.date else None,
        has_time=post.has_time,
        categories=tuple(map(storable, post.categories)),
        tags=tuple(map(storable, post.tags)),
        site_title=storable(site.title),
        site_url=storable(site.url),
        site_timezone=zone_name(site.timezone),
        mtime_ns=mtime_ns,
        files=images.files,
        left_out=tuple(map(storable, images.left_out)),
    )
