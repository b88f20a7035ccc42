"""From a stored post to an article that can be shown: slow, pure of the screen, run in a thread."""

from __future__ import annotations

from newsreader.article import parse_article, reading_minutes
from newsreader.article.render import Header, Layout, Palette, layout
from newsreader.posts import Post, parse_post
from newsreader.store import PostStore
from newsreader.tui.values import Article, PostId


def make_header(post: Post, category: str, minutes: int, *, gone: bool) -> Header:
    """Title and facts of a post, as they stand above its text."""
    facts: list[str] = []
    if post.date is None:
        facts.append("undated")
    else:
        facts.append(post.date.strftime("%Y-%m-%d %H:%M" if post.has_time else "%Y-%m-%d"))
    facts += [category, post.author, f"{minutes} min"]
    if gone:
        facts.append("the file is gone; this is the bookmark's copy")
    facts.append(post.problem)
    return Header(post.title, tuple(fact for fact in facts if fact))


def load_article(store: PostStore, post_id: PostId) -> Article:
    """Read and parse a post.

    Raises:
        StoreError: It can be read neither from its file nor from a bookmark.
    """
    stored = store.read(post_id)
    site = store.site_for(stored)
    post = parse_post(stored.raw, stored.site_path, site)
    document = parse_article(post, site)
    row = store.row(post_id)
    category = row.category if row else ""
    header = make_header(post, category, reading_minutes(document), gone=stored.gone)
    return Article(post_id, header, document)


def load_and_lay_out(
    store: PostStore, post_id: PostId, width: int, palette: Palette
) -> tuple[Article, Layout]:
    """Read, parse and lay out a post.

    Raises:
        StoreError: It can be read neither from its file nor from a bookmark.
    """
    article = load_article(store, post_id)
    return article, layout(article.document, width, palette, article.header)
