"""Facts about a document: its text, headings, links and length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.document import CodeBlock, Figure, Heading, Span, leaves
from newsreader.article.parse.inline import spans_text
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, fill, join, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.article.document import Document, Leaf, MediumKind, Spans

_CJK_RANGES: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK: Final = compile_late(rf"[{_CJK_RANGES}]++")
_WORD: Final = compile_late(rf"[^\W_{_CJK_RANGES}](?:['’.,_-]?[^\W_{_CJK_RANGES}])*+")
_CJK_PER_MINUTE: Final = 400
_WORDS_PER_MINUTE: Final = 220
MEDIA_MARK: Final = literal("▶ ")
PICTURE: Final = literal("图")
_KINDS: Final[dict[MediumKind, Clean]] = {
    "image": PICTURE,
    "video": literal("video"),
    "audio": literal("audio"),
    "frame": literal("frame"),
}
_OPENABLE: Final = ("http://", "https://", "mailto:")


def plain_text(document: Document) -> Clean:
    """Join all visible text of a document, with line feeds between blocks, items and cells."""
    return join("\n", filter(None, map(_leaf_text, leaves(document.blocks))))


def _leaf_text(leaf: Leaf) -> Clean:
    if isinstance(leaf, tuple):
        return spans_text(leaf)
    return leaf.text if isinstance(leaf, CodeBlock) else leaf.alt


def reading_text(document: Document) -> str:
    """Join the characters that reading places are counted in: the visible ones, without spaces.

    They are all that a layout shows except its own marks, such as bullets, in reading order; those
    of a table row by row.
    """
    return "".join("".join(map(_drawn_text, leaves(document.blocks))).split())


def _drawn_text(leaf: Leaf) -> str:
    """Return the characters of a leaf that are drawn: soft hyphens of running text are not."""
    if isinstance(leaf, CodeBlock):
        return leaf.text
    spans = figure_spans(leaf) if isinstance(leaf, Figure) else leaf
    text = "".join([span.text for span in spans])
    return text if text.isascii() else text.replace("\u00ad", "")


def figure_spans(figure: Figure) -> Spans:
    """Make the words that stand for a figure, which a terminal cannot show."""
    target = figure.link or figure.source
    alt = figure.alt if figure.alt.strip() else EMPTY
    if figure.kind == "image":
        words = fill("[{}: {}]", PICTURE, alt) if alt else fill("[{}]", PICTURE)
        return (Span(words, link=target if target.startswith(_OPENABLE) else EMPTY),)
    if target:
        mark = fill("{}{} ", MEDIA_MARK, alt) if alt else MEDIA_MARK
        return (Span(mark), Span(target, link=target))
    words = join(" ", filter(None, (alt, figure.written))) or _KINDS[figure.kind]
    return (Span(fill("{}{}", MEDIA_MARK, words)),)


def headings(document: Document) -> tuple[Heading, ...]:
    """List the section headings, in order; those inside quotes and lists are none."""
    return tuple(block for block in document.blocks if isinstance(block, Heading))


def links(document: Document, *, with_media: bool = False) -> tuple[tuple[str, str], ...]:
    """List text and address of every link that leads out of the article, in order.

    Args:
        document: The article.
        with_media: Whether images and players, which a terminal cannot show, count as links to
            themselves and to where a click on them leads. One without words is named by its kind;
            an address is relative if nothing tells what to.

    A link of several styles counts once.
    """
    found: list[tuple[str, str]] = []
    for leaf in leaves(document.blocks):
        if isinstance(leaf, Figure) and with_media:
            found.extend(_figure_links(leaf))
            continue
        last = ""
        for span in leaf if isinstance(leaf, tuple) else ():
            if span.link and not span.link.startswith("#"):
                text = " ".join(span.text.split())
                if span.link == last:
                    found[-1] = (found[-1][0] + text, span.link)
                else:
                    found.append((text, span.link))
            last = span.link
    return tuple(found)


def _figure_links(figure: Figure) -> Iterator[tuple[str, str]]:
    text = " ".join(figure.alt.split()) or figure.kind
    address = figure.source or figure.written
    if figure.link.startswith(_OPENABLE):
        yield text, figure.link
    if address and address != figure.link:
        yield text, address


def count_words(document: Document) -> int:
    """Count words: a Chinese or Japanese character is one, so is a Latin or Korean word."""
    return sum(_count(document))


def reading_minutes(document: Document) -> int:
    """Estimate how long reading takes, in whole minutes, at least 1."""
    cjk, words = _count(document)
    return max(1, round(cjk / _CJK_PER_MINUTE + words / _WORDS_PER_MINUTE))


def _count(document: Document) -> tuple[int, int]:
    """Count the Chinese and Japanese characters, and the words of all other letters."""
    text = plain_text(document)
    return sum(map(len, _CJK.findall(text))), len(_WORD.findall(text))
