"""A post's body, parsed: the one way from text to `Document`."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Block, Document, Paragraph, Quote, Span
from newsreader.article.parse.article_shape import drop_title, find_headings, part_end, repeats
from newsreader.article.parse.body_html import body_html
from newsreader.article.parse.html_page import read_page
from newsreader.article.parse.inline import is_visible
from newsreader.article.parse.liquid import show_spaces
from newsreader.posts.model import Site
from newsreader.text import clean_line, safe_link

if TYPE_CHECKING:
    from newsreader.posts.model import Post


def parse_article(
    post: Post, site: Site | None = None, token: CancellationToken = NEVER
) -> Document:
    """The article of a post; raises nothing but `WorkCancelledError`, once `token` is cancelled."""
    site = site or Site()
    return parse_body(post.body, title=post.title, site_url=site.url, link=post.link, token=token)


def parse_body(
    body: str,
    *,
    title: str = "",
    site_url: str = "",
    link: str = "",
    token: CancellationToken = NEVER,
) -> Document:
    """Parses a post's body: Markdown, HTML, or one after the other.

    Raises nothing but `WorkCancelledError`, once `token` is cancelled.

    Args:
        body: What follows the front matter.
        title: The post's title; a heading of level 1 that repeats it is left out.
        site_url: The base of links such as `/about`.
        link: The address that the front matter gives, which goes before the one in the body.
        token: Cancelled from another thread, it ends the work within 100 ms.

    Time is linear in the length of `body`, of which 2,000,000 characters are read.
    """
    page = body_html(body, token)
    drafts = drop_title(read_page(page.html, site_url, token=token), title)
    drafts, tail, found_link = part_end(drafts)
    drafts = find_headings(drafts)
    blocks: list[Block] = [draft.block for draft in (*drafts, *tail)]
    if page.digest and not repeats(html.unescape(page.digest), drafts):
        blocks[:0] = _read_digest(page.digest)
    return Document(tuple(blocks), safe_link(link, site_url) or found_link, page.cut)


def _read_digest(text: str) -> tuple[Quote, ...]:
    """The quote that a digest is shown as; nothing if none of it can be seen."""
    lines = (clean_line(html.unescape(line)) for line in show_spaces(text).split("\n"))
    blocks = tuple(Paragraph((Span(line),)) for line in lines if is_visible(line))
    return (Quote(blocks),) if blocks else ()
