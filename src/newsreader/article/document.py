"""The values that make up a parsed article: blocks that hold blocks and spans.

Everything in a document has been cleaned for the terminal (`newsreader.text.clean_text`), and
every link target is one that may be opened (`newsreader.text.safe_link`) or a place in the same
document (`#name`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Flag, auto
from typing import Literal, TypeAlias, assert_never

from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.text import EMPTY, Clean


class Emphasis(Flag):
    """How a span differs from plain text; several may hold at once."""

    NONE = 0
    BOLD = auto()
    ITALIC = auto()
    CODE = auto()
    STRIKE = auto()
    UNDERLINE = auto()
    MARK = auto()
    DIM = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.

    Attributes:
        text: Whitespace is final: single spaces, and line feeds only at forced line ends.
        emphasis: How the text stands out.
        link: `http:`, `https:` or `mailto:` address, or `#name` of an anchor here; empty: no link.
        anchor: The name by which a link `#name` reaches this place; empty: none.
    """

    text: Clean
    emphasis: Emphasis = Emphasis.NONE
    link: Clean = EMPTY
    anchor: Clean = EMPTY


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; `level` is 1 to 6, and a line feed in `spans` separates its lines."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, or the digest in front of a news post."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list.

    Attributes:
        blocks: What it holds.
        term: What a definition list defines; empty elsewhere.
        number: Its number, if it is not one more than that of the item before.
    """

    blocks: tuple[Block, ...]
    term: Spans = ()
    number: int | None = None


Numeral: TypeAlias = Literal["1", "a", "A", "i", "I", "一"]
"""Numerals of a list, by the first of them: digits, letters, Roman or Chinese numerals."""


@dataclass(frozen=True, slots=True)
class List:
    """A list of items.

    Attributes:
        kind: Bullets, numbers, or definitions.
        items: At least one.
        start: The number of the first item of a numbered list.
        loose: Whether blank lines separate its items.
        numeral: How the numbers of its items are written.
    """

    kind: Literal["bullet", "number", "definition"]
    items: tuple[Item, ...]
    start: int = 1
    loose: bool = False
    numeral: Numeral = "1"


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Text whose spaces and line ends are kept exactly.

    Attributes:
        text: Without a final line feed.
        language: The name that the post gives (`ruby`), lower case; empty if it gives none.
    """

    text: Clean
    language: Clean = EMPTY


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; the spans count from 1."""

    spans: Spans
    colspan: int = 1
    rowspan: int = 1
    heading: bool = False
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as written: a cell that spans rows stands in its first row only.

    Attributes:
        rows: At least one.
        caption: The words over it.
        groups: The numbers of the rows that begin another body, or the footer, after other rows
            that are no heads.
    """

    rows: tuple[tuple[Cell, ...], ...]
    caption: Spans = ()
    groups: tuple[int, ...] = ()


MediumKind: TypeAlias = Literal["image", "video", "audio", "frame"]


@dataclass(frozen=True, slots=True)
class Figure:
    """An image or other medium, which a terminal cannot show.

    Attributes:
        kind: What it is.
        source: Its address, complete if the site's address is known; empty if it is not.
        alt: What it shows, in words; empty if the post does not say.
        caption: The words under it.
        link: Where a click on it leads; empty: nowhere.
        written: The address as the post has it, if `source` is empty because it is relative and
            the site's own address is unknown. It is no link; that of a player is shown.
    """

    kind: MediumKind
    source: Clean
    alt: Clean = EMPTY
    caption: Spans = ()
    link: Clean = EMPTY
    written: Clean = EMPTY


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the column."""


Block: TypeAlias = Heading | Paragraph | Quote | List | CodeBlock | Table | Figure | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """A whole article.

    Attributes:
        blocks: In reading order.
        source_link: The post's own address: its front matter's, else the autolink at its end;
            empty if it has none.
        cut: What was left out because the article passes a limit; `None` if nothing was.
    """

    blocks: tuple[Block, ...]
    source_link: Clean = EMPTY
    cut: Problem | None = None


Leaf: TypeAlias = Spans | CodeBlock | Figure
"""A block that holds text and no blocks; the caption of a figure is a leaf of its own."""


def leaves(blocks: Iterable[Block]) -> Iterator[Leaf]:
    """Walk through blocks and all that they hold, in reading order, tables row by row.

    It recurses no deeper than blocks are nested, which the parser limits to 12.
    """
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.spans
            case Quote():
                yield from leaves(block.blocks)
            case List():
                for item in block.items:
                    if block.kind == "definition":
                        yield item.term
                    yield from leaves(item.blocks)
            case CodeBlock():
                yield block
            case Table():
                yield block.caption
                for row in block.rows:
                    for cell in row:
                        yield cell.spans
            case Figure():
                yield block
                yield block.caption
            case Rule():
                pass
            case _:
                assert_never(block)
