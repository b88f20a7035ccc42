"""Articles that are prepared while nobody types, and what is never shown of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.article.cancellation import CancellationToken, WorkCancelledError
from newsreader.article.document import Document
from newsreader.article.parse import parse_article
from newsreader.article.render.header import post_header
from newsreader.article.render.layout import layout as lay_out
from newsreader.article.render.palette import TERMINAL_PALETTE
from newsreader.posts.model import Site
from newsreader.posts.parse_post import parse_post
from newsreader.problems import Problem
from newsreader.store import PostStore, StoreError
from newsreader.text import literal
from newsreader.tui.control.article_steps import ArticleStep
from newsreader.tui.control.reading import prepared as prepared_articles
from newsreader.tui.control.reading.prepared import (
    REST_SECONDS,
    NeighbourControl,
    PreparedArticle,
    PreparedArticles,
)
from newsreader.tui.values import Article, PostId
from tests.tui.control.fakes import ControlsOnFakes, FakeScreen, row_of
from tests.tui.driving import OpenReader


class Neighbours:
    """The neighbours in a list of posts, with what was loaded."""

    def __init__(self, count: int) -> None:
        self.fakes = ControlsOnFakes(*(row_of(number) for number in range(1, count + 1)))
        self.screen: FakeScreen = self.fakes.screen
        self.loaded: list[int] = []
        self.tokens: list[CancellationToken] = []
        self.error: StoreError | None = None
        self.control = NeighbourControl(
            self.screen.parts.posts, self.screen.parts.services, self.load
        )

    def load(self, post_id: PostId, token: CancellationToken) -> Iterator[ArticleStep]:
        self.tokens.append(token)
        if self.error is not None:
            raise self.error
        self.loaded.append(post_id)
        return iter(())

    async def rest_at(self, row: int) -> list[int]:
        """The posts that are prepared after a rest on a row."""
        self.loaded.clear()
        self.screen.posts.cursor = row
        self.control.rest()
        timer = self.screen.services.timers[-1]
        assert timer.seconds == REST_SECONDS
        timer.call()
        await self.fakes.settle()
        return self.loaded


async def test_the_post_where_one_goes_is_prepared_first() -> None:
    neighbours = Neighbours(5)
    await neighbours.fakes.settle()
    assert await neighbours.rest_at(1) == [3, 1]
    assert await neighbours.rest_at(2) == [4, 2]
    assert await neighbours.rest_at(1) == [1, 3]


async def test_there_is_nothing_beyond_the_ends_of_the_list() -> None:
    neighbours = Neighbours(2)
    await neighbours.fakes.settle()
    assert await neighbours.rest_at(0) == [2]
    assert await neighbours.rest_at(1) == [1]


async def test_a_post_that_cannot_be_read_is_left_to_whoever_goes_there() -> None:
    neighbours = Neighbours(3)
    await neighbours.fakes.settle()
    neighbours.error = StoreError(Problem("not-remembered"))
    assert await neighbours.rest_at(1) == []


async def test_whoever_goes_on_stops_what_is_prepared() -> None:
    neighbours = Neighbours(5)
    await neighbours.fakes.settle()
    neighbours.control.rest()
    timer = neighbours.screen.services.timers[-1]
    neighbours.control.stop()
    assert timer.stopped

    await neighbours.rest_at(1)
    token = neighbours.tokens[-1]
    neighbours.control.stop()
    with pytest.raises(WorkCancelledError):
        token.check()


@pytest.mark.parametrize("long_body", [parse_article.LONG_BODY, 0])
async def test_a_neighbour_is_drawn_without_parsing_it_again_and_is_not_marked(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch, long_body: int
) -> None:
    monkeypatch.setattr(parse_article, "LONG_BODY", long_body)
    parsed: list[str] = []
    parse = parse_article.ArticleParser.parse

    def note(parser: parse_article.ArticleParser) -> Document:
        parsed.append("parsed")
        return parse(parser)

    monkeypatch.setattr(parse_article.ArticleParser, "parse", note)
    async with open_reader() as reader:
        unread = store.lists.overview().everything.unread
        await reader.press("j")
        await asyncio.sleep(5 * REST_SECONDS)
        await reader.settle()
        before = len(parsed)
        assert before >= 3  # the two that were shown, and the next one
        await reader.press("j")
        assert reader.article == reader.title
        await reader.press("k")
        assert reader.article == reader.title
        assert len(parsed) <= before + 1  # the one after that may be prepared by now
        assert store.lists.overview().everything.unread == unread


async def test_a_file_that_has_changed_since_it_was_prepared_is_read_anew(
    open_reader: OpenReader, library: Path
) -> None:
    async with open_reader() as reader:
        await asyncio.sleep(5 * REST_SECONDS)
        await reader.settle()
        changed = library / "_posts" / "2026-03-11-water-11.md"
        changed.write_text(changed.read_text(encoding="utf-8") + "\nNew words.\n", encoding="utf-8")
        await reader.press("j")
        pane = reader.screen.article
        text = "".join(pane.render_line(y).text for y in range(pane.size.height))
        assert "New words." in text


def test_only_the_last_few_are_held() -> None:
    prepared = PreparedArticles(most=2)
    for number in (1, 2, 1, 3):
        prepared.keep(made(number))
    assert prepared.document(PostId(1), MADE_OF) is not None
    assert prepared.document(PostId(2), MADE_OF) is None
    assert len(prepared) == 2


def test_a_huge_article_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    one = made(1)
    for most, held in ((len(one.layout.lines), 1), (len(one.layout.lines) - 1, 0)):
        monkeypatch.setattr(prepared_articles, "_MOST_LINES", most)
        prepared = PreparedArticles()
        prepared.keep(one)
        assert len(prepared) == held


def test_lines_are_those_of_the_same_article_width_and_colours() -> None:
    prepared = PreparedArticles()
    kept = made(1)
    prepared.keep(kept)
    article, palette = kept.article, kept.palette
    assert prepared.layout(article, 40, palette) is kept.layout
    assert prepared.layout(article, 41, palette) is None
    assert prepared.layout(article, 40, replace(palette, title=palette.facts)) is None
    other = replace(article, header=replace(article.header, title=literal("Another")))
    assert prepared.layout(other, 40, palette) is None
    assert prepared.layout(made(2).article, 40, palette) is None
    assert prepared.document(PostId(1), (replace(POST, body="Other."), Site())) is None


POST = parse_post(b"---\ntitle: A title\n---\nWords.\n", "_posts/2026-01-01-a.md", Site())
MADE_OF = (POST, Site())


def made(number: int) -> PreparedArticle:
    """An article of one paragraph."""
    document = parse_article.parse_article(POST)
    article = Article(PostId(number), post_header(POST, ()), document)
    layout = lay_out(document, 40, TERMINAL_PALETTE, article.header)
    return PreparedArticle(MADE_OF, article, 40, TERMINAL_PALETTE, layout)
