"""A post's body, parsed: the one way from text to `Document`."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Block, Document, Paragraph, Quote, Span
from newsreader.article.parse.article_shape import drop_title, find_headings, part_end, repeats
from newsreader.article.parse.body_parts import split_body
from newsreader.article.parse.html_page import read_page
from newsreader.article.parse.html_tags import tame_html
from newsreader.article.parse.inline import is_visible
from newsreader.article.parse.liquid import show_spaces
from newsreader.article.parse.markdown import join_html
from newsreader.posts.model import Site
from newsreader.text import clean_line, clean_text, safe_link

if TYPE_CHECKING:
    from newsreader.posts.model import Post

MAX_BODY: Final = 2_000_000


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
    cut = ""
    if len(body) > MAX_BODY:
        body = body[:MAX_BODY]
        cut = f"This article is very long: only its first {MAX_BODY:,} characters are shown."
    text = clean_text(body)
    segments = split_body(text.expandtabs(4) if "\t" in text else text, token)
    joined, plain = join_html(segments, token)
    page, too_many_tags = tame_html(joined, token)
    if too_many_tags:
        cut = "This article has too many parts: its end is shown as plain text."
    elif plain and not cut:
        cut = "This article is very long: a part of it is shown as plain text."
    drafts, tail, found_link = part_end(drop_title(read_page(page, site_url, token=token), title))
    drafts = find_headings(drafts)
    blocks: list[Block] = [draft.block for draft in (*drafts, *tail)]
    for segment in segments:
        if segment.kind == "digest" and not repeats(html.unescape(segment.text), drafts):
            digest = _read_digest(segment.text)
            if digest is not None:
                blocks.insert(0, digest)
    return Document(tuple(blocks), safe_link(link, site_url) or found_link, cut)


def _read_digest(text: str) -> Quote | None:
    paragraphs = (clean_line(html.unescape(line)) for line in show_spaces(text).split("\n"))
    blocks = tuple(
        Paragraph((Span(paragraph),)) for paragraph in paragraphs if is_visible(paragraph)
    )
    return Quote(blocks) if blocks else None
