"""From a stored post to an article that can be shown: slow, pure of the screen, run in a thread."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.article.render import Header, Layout, Palette, layout_steps
from newsreader.posts import Post, parse_post
from newsreader.store import PostStore
from newsreader.tui.values import Article, PostId


def make_header(post: Post, category: str, minutes: int | None, *, gone: bool) -> Header:
    """Title and facts of a post, as they stand above its text.

    Args:
        post: The post.
        category: The name that its category is shown by.
        minutes: How long it takes to read it; None: not known yet.
        gone: Whether its file is.
    """
    facts: list[str] = []
    if post.date is None:
        facts.append("undated")
    else:
        facts.append(post.date.strftime("%Y-%m-%d %H:%M" if post.has_time else "%Y-%m-%d"))
    facts += [category, post.author, "" if minutes is None else f"{minutes} min"]
    if gone:
        facts.append("the file is gone; this is the bookmark's copy")
    facts.append(post.problem)
    return Header(post.title, tuple(fact for fact in facts if fact))


def load_article(
    store: PostStore, post_id: PostId, width: int, palette: Palette
) -> Iterator[tuple[Article, Layout]]:
    """Read, parse and lay out a post, its beginning first where it is long.

    Yields:
        The article and its layout at `width` cells, each time with more of it; the last is whole.

    Raises:
        StoreError: It can be read neither from its file nor from a bookmark.
    """
    # The parser takes 40 ms to import: here nobody waits for it, the lists are drawn.
    from newsreader.article import parse_article, reading_minutes  # noqa: PLC0415
    from newsreader.article.beginning import parse_beginning  # noqa: PLC0415

    stored = store.read(post_id)
    site = store.site_for(stored)
    post = parse_post(stored.raw, stored.site_path, site)
    row = store.row(post_id)
    category = row.category if row else ""

    beginning = parse_beginning(post, site)
    if beginning is not None:
        header = make_header(post, category, None, gone=stored.gone)
        yield (
            Article(post_id, header, beginning),
            next(layout_steps(beginning, width, palette, header)),
        )
    document = parse_article(post, site)
    header = make_header(post, category, reading_minutes(document), gone=stored.gone)
    article = Article(post_id, header, document)
    for laid_out in layout_steps(document, width, palette, header):
        yield article, laid_out
