"""Turn a stored post into lines that can be shown: slow, and run in a thread."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from newsreader.frozen import dataclass
from newsreader.messages import describe, phrase
from newsreader.posts.format_date import format_recent, on_site_clock
from newsreader.text import EMPTY, Clean, fill
from newsreader.tui import clock
from newsreader.tui.control.reading.prepared import PreparedArticle, PreparedArticles
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.date_words import date_words
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.values import Article, PostId, PostRow

if TYPE_CHECKING:
    from newsreader.article.cancellation import CancellationToken
    from newsreader.article.document import Document
    from newsreader.article.reading_place import ReadingPlace
    from newsreader.article.render.palette import Palette
    from newsreader.article.render.placed import Layout


@dataclass(frozen=True, slots=True)
class ArticleStep:
    """A post, as far as it was read.

    Attributes:
        article: What was read.
        layout: Its lines.
        whole: Whether that is known to be all of it.
    """

    article: Article
    layout: Layout
    whole: bool = False


def load_article(
    store: StoreParts,
    post_id: PostId,
    width: int,
    palette: Palette,
    *,
    token: CancellationToken,
    height: int | None = None,
    keymap: Keymap = DEFAULT_KEYMAP,
    saved: bool = False,
    prepared: PreparedArticles | None = None,
) -> Iterator[ArticleStep]:
    """Read, parse and lay out a post, its beginning first if it is long.

    Args:
        store: Where it is.
        post_id: Which it is.
        width: Cells of the column.
        palette: The styles.
        token: Cancelled from another thread, it ends the work within 100 ms.
        height: Lines of the pane, which are laid out first; None: all at once.
        keymap: The keys as they are bound.
        saved: Whether the version that was bookmarked is wanted, though there is a file.
        prepared: Holds those that were loaded last, this one too from then on if it is not huge.

    Yields:
        The article and its layout at `width` cells, each time with more of it; the last is whole.

    Raises:
        WorkCancelledError: The token was cancelled.
        StoreError: It can be read neither from its file nor from a bookmark.
    """
    # The parser takes 40 ms to import: here nobody waits for it, the lists are drawn.
    from dataclasses import replace  # noqa: PLC0415

    from newsreader.article.document import CodeBlock, leaves  # noqa: PLC0415
    from newsreader.article.facts import reading_minutes, reading_text  # noqa: PLC0415
    from newsreader.article.parse.parse_article import article_parser  # noqa: PLC0415
    from newsreader.article.reading_place import find_place  # noqa: PLC0415
    from newsreader.article.render.header import post_header  # noqa: PLC0415
    from newsreader.article.render.layout import layout_steps  # noqa: PLC0415

    stored = store.posts.read(post_id, saved=saved)
    digest = hash(stored.raw)
    post, site = store.posts.parse(stored)
    row = store.lists.row(post_id)
    labels = ((row.category,),) if row else ()
    remarks = tuple(_remarks(store, row, keymap, saved=saved)) if row and row.bookmarked else ()
    shown_date = on_site_clock(post.date, has_time=post.has_time, zone=site.timezone)
    facts = partial(
        post_header,
        post,
        labels,
        date=format_recent(
            shown_date,
            has_time=post.has_time,
            now=clock.now_here(),
            with_year=True,
            words=date_words(),
        ),
        gone=phrase("the file is gone; this is the bookmark's copy") if stored.gone else EMPTY,
        problem=describe(post.problem),
        remarks=remarks,
    )
    place = store.places.load(post_id)
    first_lines = sys.maxsize if height is None else height
    lay_out = partial(layout_steps, first_lines=first_lines, token=token)
    # The first code in a language compiles its patterns for up to 35 ms; colours move no line.
    plain = replace(palette, code_theme="")

    known = None if prepared is None else prepared.document(post_id, (post, site))
    if known is None:
        parser = article_parser(post, site, token)
        beginning = None if height is None else parser.parse_beginning()
        if beginning is not None:
            header = facts()
            yield ArticleStep(
                Article(post_id, header, beginning, digest=digest),
                next(lay_out(beginning, width, plain, header)),
            )
        known = parser.parse()
    document = known
    minutes = reading_minutes(document)
    header = facts(length=phrase("{} min", minutes))
    left_at = find_place(reading_text(document), place) if place and place.offset else 0
    article = Article(post_id, header, document, left_at, describe(document.cut), minutes, digest)
    lines = None if prepared is None else prepared.layout(article, width, palette)
    if lines is not None:
        yield ArticleStep(article, lines, whole=True)
        return
    if height is not None and any(
        isinstance(leaf, CodeBlock) and leaf.language for leaf in leaves(document.blocks)
    ):
        yield ArticleStep(article, next(lay_out(document, width, plain, header)))
    for laid_out in lay_out(document, width, palette, header, footer=article.footer):
        # A first layout that is lower than it might be is the only one.
        whole = len(laid_out.lines) < first_lines
        lines = laid_out
        if whole and prepared is not None:
            prepared.keep(PreparedArticle((post, site), article, width, palette, lines))
        yield ArticleStep(article, laid_out, whole)
    if lines is not None and prepared is not None:
        prepared.keep(PreparedArticle((post, site), article, width, palette, lines))


def _remarks(store: StoreParts, row: PostRow, keymap: Keymap, *, saved: bool) -> Iterator[Clean]:
    """Say what there is to know of a bookmark."""
    if saved:
        yield phrase(
            "This is the version you bookmarked; {} shows the file as it is now.",
            keymap.name("post.other-version"),
        )
    elif row.changed:
        yield phrase(
            "The file has changed since you bookmarked it: {} shows your copy, {} replaces it.",
            keymap.name("post.other-version"),
            keymap.name("post.update-bookmark"),
        )
    note = store.bookmarks.note(row.post_id)
    if note:
        yield fill("✎ {}", note)


def reading_place(document: Document, offset: int) -> ReadingPlace:
    """Find the place after so many visible characters of an article, with its words."""
    from newsreader.article.facts import reading_text  # noqa: PLC0415  (as above)
    from newsreader.article.reading_place import place_at  # noqa: PLC0415

    return place_at(reading_text(document), offset)
