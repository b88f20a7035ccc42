"""Extract the words of a post's body for the full-text index."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from newsreader.article.parse.body_html import body_html
from newsreader.article.parse.liquid import show_spaces
from newsreader.article.search_text.page_text import page_text
from newsreader.posts.model import Site
from newsreader.text import clean_text

if TYPE_CHECKING:
    from newsreader.posts.model import Post


def search_text(post: Post, site: Site | None = None) -> str:
    """Extract the words of a post's body for the full-text index.

    Args:
        post: The post.
        site: Its site, whose options say how Markdown is read.

    Returns:
        Every word and phrase that the article shows, and no hidden ones; a line feed wherever a
        block ends, so that no phrase runs over it. White space and order may differ from the
        article's, and what an article shows once (its title, its digest, the same image twice in a
        row) may stand here twice.

    Time is linear in the length of the body. Never raises.
    """
    site = site or Site()
    body = body_html(post.body, is_html=post.is_html, options=site.kramdown)
    text = page_text(body.html)
    if not body.digest:
        return text
    digest = clean_text(html.unescape(show_spaces(body.digest)))
    return f"{digest}\n{text}"
