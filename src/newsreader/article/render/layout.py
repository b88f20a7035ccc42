"""Lay out a whole document, at once or bit by bit."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Document
from newsreader.article.render.composer import Composer
from newsreader.article.render.palette import TERMINAL_PALETTE, Palette
from newsreader.article.render.placed import Header, Layout
from newsreader.text import EMPTY, Clean

FIRST_LINES = 200
"""Least height of the first layout: fills any terminal, with some lines to scroll into."""
GROWTH = 10
"""How many times higher each successive layout is than the one before it."""


def layout(
    document: Document,
    width: int,
    palette: Palette = TERMINAL_PALETTE,
    header: Header | None = None,
    token: CancellationToken = NEVER,
    *,
    footer: Clean = EMPTY,
) -> Layout:
    """Lay a document out.

    Args:
        document: The article.
        width: Cells of the column, 1 or more; callers make sure that lines are not too long to
            be read.
        palette: The styles.
        header: The header above it, if any.
        token: Cancelled from another thread, it ends the work within 100 ms.
        footer: A sentence below it, such as what `Document.cut` means.

    Returns:
        The lines, none wider than `width`.

    Raises:
        WorkCancelledError: The token was cancelled.
    """
    composer = _begin(document, width, palette, header, token)
    composer.advance()
    return _finish(composer, footer)


def layout_steps(
    document: Document,
    width: int,
    palette: Palette = TERMINAL_PALETTE,
    header: Header | None = None,
    *,
    footer: Clean = EMPTY,
    first_lines: int = FIRST_LINES,
    token: CancellationToken = NEVER,
) -> Iterator[Layout]:
    """Lay a document out bit by bit, so that its beginning can be shown before its end is done.

    Args:
        document: The article.
        width: As for `layout`.
        palette: The styles.
        header: The header above it, if any.
        footer: As for `layout`.
        first_lines: The least height of the first layout, unless the whole one is lower.
        token: As for `layout`.

    Yields:
        Layouts of the same article, each of which begins with the lines, offsets, headings, links
        and anchors of the one before it and is ten times as high; the last is what `layout`
        returns. A short article has just the last. A block is never split, so one long paragraph,
        table or piece of code is there at once or not at all.
    """
    composer = _begin(document, width, palette, header, token)
    height = max(1, first_lines)
    while composer.advance(height):
        yield composer.layout()
        height = max(height, composer.height) * GROWTH
    yield _finish(composer, footer)


def _begin(
    document: Document,
    width: int,
    palette: Palette,
    header: Header | None,
    token: CancellationToken,
) -> Composer:
    composer = Composer(max(1, width), palette, token)
    if header is not None:
        composer.add_header(header)
    composer.begin(document.blocks)
    return composer


def _finish(composer: Composer, footer: Clean) -> Layout:
    if footer:
        composer.add_footer(footer)
    return composer.layout()
