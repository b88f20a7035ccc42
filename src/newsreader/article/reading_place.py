"""Places in the text of an article, which outlive a change of its layout or of its text.

A place is where the reader stopped: so many visible characters into the article, spaces not
counted, in front of these words. Every layout of an article counts alike
(`newsreader.article.render.Layout.offsets`), so the number leads back to the place at any width;
where the article was edited meanwhile, the words do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from newsreader.article.document import (
    CodeBlock,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from newsreader.article.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.article.document import Block, Document

CONTEXT: Final = 32
"""Characters of a context, where the text has as many left."""

MEDIA_MARK: Final = "▶ "
PICTURE: Final = "图"
_OPENABLE: Final = ("http://", "https://", "mailto:")

# How far from its old place a piece of a context may be found; a short one says little.
_REACH: Final = ((CONTEXT, 10_000_000), (CONTEXT // 2, 20_000), (CONTEXT // 4, 1_000))
_REACH_OF_LESS: Final = 100


def place_at(text: str, offset: int) -> Place:
    """The place behind `offset` characters of the `reading_text` of an article."""
    offset = max(0, min(offset, len(text)))
    return Place(offset, text[offset : offset + CONTEXT])


def find_place(text: str, place: Place) -> int:
    """Where a place is in the `reading_text` of an article, which may have been edited since.

    The place's words are looked for nearest to where they were; where they were edited too, what is
    left of them is. Where nothing is, the place is as far from the beginning as it was, at most
    at the end. Of the beginning of an article alone, the answer is sure where it is `place.offset`.

    Returns:
        The number of visible characters before the place, as `Layout.offsets` counts.

    Time is linear in the length of the text.
    """
    offset, context = max(0, place.offset), place.context[:CONTEXT]
    kept = min(offset, len(text))
    if not context or text.startswith(context, kept):
        return kept
    for size, reach in _REACH:
        if size > len(context):
            continue
        found = [
            at - start
            for start in range(0, len(context) - size + 1, size)
            if (at := _nearest(text, context[start : start + size], offset + start, reach)) >= 0
        ]
        if found:
            return max(0, min(found, key=lambda at: abs(at - offset)))
    if len(context) < _REACH[-1][0]:
        found_at = _nearest(text, context, offset, _REACH_OF_LESS)
        return kept if found_at < 0 else found_at
    return kept


def _nearest(text: str, words: str, offset: int, reach: int) -> int:
    """Where `words` stand nearest to `offset`, not farther than `reach`; -1 for nowhere."""
    before = text.rfind(words, max(0, offset - reach), offset + len(words))
    after = text.find(words, offset, offset + reach + len(words))
    if before < 0 or after < 0:
        return max(before, after)
    return before if offset - before <= after - offset else after


def reading_text(document: Document) -> str:
    """The characters of an article that places are counted in: the visible ones, without spaces.

    They are all that a layout shows but for its own marks, such as bullets, in reading order; those
    of a table row by row.
    """
    parts: list[str] = []
    for block in document.blocks:
        parts.extend(_parts(block))
    return "".join("".join(parts).split())


def _parts(block: Block) -> Iterator[str]:
    """The texts of a block. It recurses no deeper than a document's blocks, which are capped."""
    match block:
        case Heading() | Paragraph():
            yield _shown(block.spans)
        case Quote():
            for inner in block.blocks:
                yield from _parts(inner)
        case List():
            for item in block.items:
                if block.kind == "definition":
                    yield _shown(item.term)
                for inner in item.blocks:
                    yield from _parts(inner)
        case CodeBlock():
            yield block.text
        case Table():
            yield _shown(block.caption)
            for row in block.rows:
                for cell in row:
                    yield _shown(cell.spans)
        case Figure():
            yield _shown(figure_spans(block))
            yield _shown(block.caption)
        case Rule():
            pass
        case _:
            assert_never(block)


def _shown(spans: Spans) -> str:
    """The characters of spans that are drawn: soft hyphens are not."""
    text = "".join([span.text for span in spans])
    return text if text.isascii() else text.replace("\u00ad", "")


def figure_spans(figure: Figure) -> Spans:
    """What is shown in place of a figure."""
    target = figure.link or figure.source
    alt = " ".join(figure.alt.split())
    if figure.kind == "image":
        words = f"[{PICTURE}: {alt}]" if alt else f"[{PICTURE}]"
        return (Span(words, link=target if target.startswith(_OPENABLE) else ""),)
    if target:
        return (Span(f"{MEDIA_MARK}{alt} " if alt else MEDIA_MARK), Span(target, link=target))
    return (Span(MEDIA_MARK + (alt or figure.kind)),)
