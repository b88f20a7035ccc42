"""What an article costs grows no faster than its size, whatever it is made of.

Processor time at a size is compared with that at four times the size; seconds are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from rich.cells import cell_len

from newsreader.article.document import Document
from newsreader.article.export.html import to_html
from newsreader.article.export.markdown import to_markdown
from newsreader.article.facts import (
    count_words,
    headings,
    links,
    reading_minutes,
    reading_text,
)
from newsreader.article.parse.parse_article import parse_article, parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import TERMINAL_PALETTE
from newsreader.article.search_text.search_text import search_text
from newsreader.posts.model import Post
from newsreader.posts.parse_post import parse_post
from tests.linear import MOST_GROWTH, growth

from .constructs import CONSTRUCTS
from .steps import count_steps

pytestmark = pytest.mark.long

STOPPED_SIZE = 8_000
MOST_STEPS = 2_500
"""Most calls between two looks at a token: half a millisecond of the 100 that a stop may take. A
loop without a look makes more of them in an article of `STOPPED_SIZE`."""


@dataclass(frozen=True)
class Read:
    """A post and the document that its body is parsed into: what all stages begin with."""

    post: Post
    document: Document

    @staticmethod
    def of(body: str) -> Read:
        """Read a post of a body."""
        post = parse_post(f"---\ntitle: a\n---\n{body}".encode(), "2024-05-01-a.md")
        return Read(post, parse_article(post))


def find_facts(read: Read) -> object:
    """Find everything that is known of a document beside its lines."""
    document = read.document
    return (
        count_words(document),
        reading_minutes(document),
        reading_text(document),
        links(document),
        headings(document),
    )


STAGES: dict[str, Callable[[Read], object]] = {
    "parse": lambda read: parse_article(read.post),
    "layout": lambda read: layout(read.document, 40, TERMINAL_PALETTE),
    "search text": lambda read: search_text(read.post),
    "facts": find_facts,
    "HTML": lambda read: to_html(read.document),
    "Markdown": lambda read: to_markdown(read.post, read.document),
}
"""What is done with a post, by name; each is measured by itself."""


def expect_linear_stages(name: str, size: int) -> None:
    """Expect each stage to cost about four times as much for four times as much of a construct.

    Between two sizes may lie the one from which on something is read in another way, as text or
    no deeper: what makes a step there grows no faster between the next two.
    """
    sizes = [Read.of(CONSTRUCTS[name](factor * size)) for factor in (1, 4, 16)]
    for stage, work in STAGES.items():
        for small, large in pairwise(sizes):
            found = growth(lambda: work(small), lambda: work(large))  # noqa: B023
            if found < MOST_GROWTH:
                break
        else:
            pytest.fail(f"{stage} of {name} grows {found:.1f} times for four times as much")


# A share of them, which is another one after each that is added; all are in tests/long.
@pytest.mark.parametrize("name", [*CONSTRUCTS][::18])
def test_time_grows_no_faster_than_an_article(name: str) -> None:
    expect_linear_stages(name, 2_000)


@pytest.mark.parametrize("name", [*CONSTRUCTS][4::75])
def test_work_on_an_article_can_be_stopped_at_every_few_steps(name: str) -> None:
    expect_stops(CONSTRUCTS[name](STOPPED_SIZE))


def expect_stops(body: str) -> None:
    """Expect few steps between any two looks at the token."""
    counter = count_steps(body)
    assert counter.ours.steps < MOST_STEPS, counter.ours
    # A Markdown parser goes through all of a paragraph in several passes, with a look between two
    # of them. It is given no more than 40,000 characters that it would stop at.
    assert counter.others.steps < max(MOST_STEPS, 6 * len(body)), counter.others


@pytest.mark.parametrize("kind", sorted({name.split()[0] for name in CONSTRUCTS}))
def test_no_line_of_any_construct_is_too_wide(kind: str) -> None:
    for name, construct in CONSTRUCTS.items():
        if name.split()[0] != kind:
            continue
        document = parse_body(construct(200))
        for width in (7, 40):
            for line in layout(document, width, TERMINAL_PALETTE).lines:
                assert cell_len("".join(segment.text for segment in line)) <= width, name
