"""Posts to measure on are of the size and the parts that their shape promises."""

from __future__ import annotations

import re

import pytest

from benchmarks.make_posts import SHAPES, make_posts
from newsreader.article.document import CodeBlock, Figure, List, Table
from newsreader.article.parse.parse_article import parse_article
from newsreader.posts.model import Site
from newsreader.posts.parse_post import parse_post

pytestmark = pytest.mark.long

COUNT = 40
# (a shape, the least and the most bytes in the mean)
SIZES = [
    ("finews", 3_000, 4_000), ("news", 24_000, 32_000),
    ("blog", 5_000, 15_000), ("wiki", 80_000, 140_000),
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_seed_gives_the_same_posts_in_any_parts(shape: str) -> None:
    whole = list(make_posts(6, shape=shape))
    assert whole == [*make_posts(6, 1, (0, 2), shape), *make_posts(6, 1, (2, 6), shape)]
    assert whole != list(make_posts(6, 2, shape=shape))


@pytest.mark.parametrize(("shape", "least", "most"), SIZES)
def test_a_shape_has_its_size(shape: str, least: int, most: int) -> None:
    sizes = [len(post.raw) for post in make_posts(COUNT, shape=shape)]
    assert least < sum(sizes) / COUNT < most
    assert max(sizes) > 1.5 * min(sizes)


def test_pages_of_news_sites_are_nested_and_full_of_links() -> None:
    pages = [post.raw.decode("utf-8", "replace") for post in make_posts(COUNT, shape="news")]
    assert 40 < sum(page.count("<a ") for page in pages) / COUNT < 60
    for page in pages:
        depths = [0]
        for tag in re.findall("</?div", page):
            depths.append(depths[-1] + (1 if tag == "<div" else -1))
        assert 6 <= max(depths) <= 11
        assert all(part in page for part in ("<script", "display: none", "share-bar"))


@pytest.mark.parametrize(
    ("shape", "kinds"),
    [("news", {Figure, List}), ("blog", {CodeBlock, List, Table}), ("wiki", {List, Table})],
)
def test_a_shape_has_its_parts(shape: str, kinds: set[type]) -> None:
    found: set[type] = set()
    for made in make_posts(12, shape=shape):
        document = parse_article(parse_post(made.raw, made.name, Site()), Site())
        found |= {type(block) for block in document.blocks}
    assert kinds <= found
