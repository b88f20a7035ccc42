"""The cost of every construct, at sizes of real articles, and of the worst there can be."""

from __future__ import annotations

import pytest

from newsreader.article.export.html import to_html
from newsreader.article.export.markdown import to_markdown
from newsreader.article.parse.parse_article import parse_body
from newsreader.article.search_text import search_text
from newsreader.posts.parse_post import parse_post
from tests.hostile.constructs import CONSTRUCTS
from tests.hostile.test_growth import MOST_GROWTH, growth


@pytest.mark.parametrize("name", CONSTRUCTS)
@pytest.mark.parametrize("size", [8_000, 32_000])
def test_time_grows_no_faster_than_an_article(name: str, size: int) -> None:
    assert growth(name, size) < MOST_GROWTH


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_every_construct_can_be_exported_and_indexed(name: str) -> None:
    body = CONSTRUCTS[name](4_000)
    post = parse_post(f"---\ntitle: a\n---\n{body}".encode(), "2024-05-01-a.md")
    document = parse_body(body)
    to_html(document)
    to_markdown(post, document)
    search_text(post)
