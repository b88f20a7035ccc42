"""What can be asked of a document: its text, headings, links and length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never

from newsreader.article.document import (
    CodeBlock,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from newsreader.article.parse.inline import spans_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.article.document import Block, Document, Spans

_WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"(?:['’.,_-]?[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff])*+"
)
_CJK_A_MINUTE: Final = 400
_WORDS_A_MINUTE: Final = 220


def plain_text(document: Document) -> str:
    """All visible text of a document, blocks, items and cells parted by a line feed."""
    lines = (text for block in document.blocks for text in _texts(block))
    return "\n".join(text for text in lines if text)


def _texts(block: Block) -> Iterator[str]:
    """The texts of a block. It recurses no deeper than a document's blocks, which are capped."""
    match block:
        case Heading() | Paragraph():
            yield spans_text(block.spans)
        case Quote():
            for inner in block.blocks:
                yield from _texts(inner)
        case List():
            for item in block.items:
                yield spans_text(item.term)
                for inner in item.blocks:
                    yield from _texts(inner)
        case CodeBlock():
            yield block.text
        case Table():
            yield spans_text(block.caption)
            for row in block.rows:
                for cell in row:
                    yield spans_text(cell.spans)
        case Figure():
            yield block.alt
            yield spans_text(block.caption)
        case Rule():
            pass
        case _:
            assert_never(block)


def _all_spans(block: Block) -> Iterator[Spans]:
    match block:
        case Heading() | Paragraph():
            yield block.spans
        case Quote():
            for inner in block.blocks:
                yield from _all_spans(inner)
        case List():
            for item in block.items:
                yield item.term
                for inner in item.blocks:
                    yield from _all_spans(inner)
        case Table():
            yield block.caption
            for row in block.rows:
                for cell in row:
                    yield cell.spans
        case Figure():
            yield block.caption
        case CodeBlock() | Rule():
            pass
        case _:
            assert_never(block)


def headings(document: Document) -> tuple[Heading, ...]:
    """The section headings, in order; those inside quotes and lists are none."""
    return tuple(block for block in document.blocks if isinstance(block, Heading))


def links(document: Document) -> tuple[tuple[str, str], ...]:
    """Text and address of every link that leads out of the article, in order.

    A link of several styles counts once. Figures are not links.
    """
    found: list[tuple[str, str]] = []
    for block in document.blocks:
        for spans in _all_spans(block):
            last = ""
            for span in spans:
                if span.link and not span.link.startswith("#"):
                    text = " ".join(span.text.split())
                    if span.link == last:
                        found[-1] = (found[-1][0] + text, span.link)
                    else:
                        found.append((text, span.link))
                last = span.link
    return tuple(found)


def count_words(document: Document) -> int:
    """The number of words: a Chinese or Japanese character is one, so is a Latin or Korean word."""
    return sum(1 for _ in _WORD.finditer(plain_text(document)))


def reading_minutes(document: Document) -> int:
    """How long reading takes, in whole minutes, at least 1."""
    words = _WORD.findall(plain_text(document))
    cjk = sum(1 for word in words if len(word) == 1 and word >= "\u3040" and not _is_hangul(word))
    return max(1, round(cjk / _CJK_A_MINUTE + (len(words) - cjk) / _WORDS_A_MINUTE))


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7af"
