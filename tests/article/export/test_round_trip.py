"""A post says the same as Markdown, as HTML and as text: all the sample posts are read back."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsreader.article.document import Document, Figure
from newsreader.article.export.html import to_html
from newsreader.article.export.markdown import to_markdown
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_article
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import PLAIN_PALETTE
from newsreader.article.render.placed import to_text
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post

SAMPLES = Path(__file__).parents[3] / "sample_posts" / "_posts"
POSTS = sorted(SAMPLES.glob("*.md"))
SITE = Site(url="https://a.org")


def read(raw: bytes, name: str) -> tuple[Post, Document]:
    post = parse_post(raw, f"_posts/{name}", SITE)
    return post, parse_article(post, SITE)


def said(text: str, document: Document) -> str:
    """A text without spaces, and without what stands for a medium that has no words."""
    for block in document.blocks:
        if isinstance(block, Figure):
            text = text.replace(block.source, "")
    return re.sub(r"[\s▶→]", "", text)


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_markdown_is_the_post_again(path: Path) -> None:
    post, document = read(path.read_bytes(), path.name)
    again, reread = read(to_markdown(post, document).encode(), path.name)
    assert (again.title, again.date, again.has_time) == (post.title, post.date, post.has_time)
    assert (again.categories, again.tags) == (post.categories, post.tags)
    assert (again.author, again.lang) == (post.author, post.lang)
    assert again.link == (post.link or document.source_link)
    assert said(plain_text(reread), document) == said(plain_text(document), document)


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_html_holds_all_of_the_text(path: Path) -> None:
    _, document = read(path.read_bytes(), path.name)
    body = LexborHTMLParser(f"<body>{to_html(document)}").body
    assert body is not None
    assert not body.css("[src], [srcset], [style], script, link, iframe, object, base, meta")
    assert said(body.text(), document) == said(plain_text(document), document)


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [40, 80])
def test_text_holds_every_character_of_the_text(path: Path, width: int) -> None:
    _, document = read(path.read_bytes(), path.name)
    shown = said(to_text(layout(document, width, PLAIN_PALETTE)), document)
    wanted = said(plain_text(document), document)
    # Cells that wrap stand side by side, so the order is not that of the text.
    for character in set(wanted):
        assert shown.count(character) >= wanted.count(character)
