"""A post as Markdown, for the clipboard, a file, or another program."""

from __future__ import annotations

from dataclasses import dataclass

from newsreader.messages import describe
from newsreader.posts.model import Post
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.values import PostId


@dataclass(frozen=True, slots=True)
class ExportedPost:
    """A post and its Markdown."""

    post: Post
    markdown: str


def export_post(store: StoreParts, post_id: PostId, *, saved: bool = False) -> ExportedPost:
    """Read a post anew and write it as Markdown. Slow: called in a thread.

    Args:
        store: Where it is.
        post_id: Which it is.
        saved: Whether the version that was bookmarked is wanted, though there is a file.

    Raises:
        StoreError: It can be read neither from its file nor from a bookmark.
    """
    # html2text takes 30 ms to import: only who exports needs it.
    from newsreader.article.export.markdown import to_markdown  # noqa: PLC0415
    from newsreader.article.parse.parse_article import parse_article  # noqa: PLC0415

    stored = store.posts.read(post_id, saved=saved)
    post, site = store.posts.parse(stored)
    document = parse_article(post, site)
    return ExportedPost(post, to_markdown(post, document, describe(document.cut)))
