"""A document as readable lines, for golden files and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from newsreader.article.document import (
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from newsreader.messages import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.article.document import Block, Spans

_LETTERS = {
    Emphasis.BOLD: "b",
    Emphasis.ITALIC: "i",
    Emphasis.CODE: "c",
    Emphasis.STRIKE: "s",
    Emphasis.UNDERLINE: "u",
    Emphasis.MARK: "m",
    Emphasis.DIM: "d",
}


def dump(document: Document) -> str:
    """Every block on lines of its own, then the facts that the document has."""
    lines = [line for block in document.blocks for line in _dump_block(block)]
    if document.source_link:
        lines.append(f"source {document.source_link}")
    if document.cut:
        lines.append(f"cut {describe(document.cut)}")
    return "\n".join(lines) + "\n"


def dump_spans(spans: Spans) -> str:
    """Plain text as it is, other spans as `⟦text|letters >link #anchor⟧`."""
    parts = []
    for span in spans:
        text = span.text.replace("\n", "⏎")
        notes = "".join(letter for flag, letter in _LETTERS.items() if flag in span.emphasis)
        notes += f" >{span.link}" if span.link else ""
        notes += f" @{span.anchor}" if span.anchor else ""
        parts.append(f"⟦{text}|{notes.strip()}⟧" if notes else text)
    return "".join(parts)


def _dump_block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"h{block.level} {dump_spans(block.spans)}"
        case Paragraph():
            yield f"p {dump_spans(block.spans)}"
        case Quote():
            yield "quote"
            for inner in block.blocks:
                yield from _indent(_dump_block(inner))
        case List():
            start = f" {block.start}" if block.kind == "number" else ""
            start += f" {block.numeral}" if block.numeral != "1" else ""
            yield f"{block.kind}{start}{' loose' if block.loose else ''}"
            for item in block.items:
                own = "" if item.number is None else f"#{item.number} "
                yield f"  - {own}{dump_spans(item.term)}".rstrip()
                for inner in item.blocks:
                    yield from _indent(_indent(_dump_block(inner)))
        case CodeBlock():
            yield f"code {block.language}".rstrip()
            yield from (f"  |{line}" for line in block.text.split("\n"))
        case Table():
            yield f"table {dump_spans(block.caption)}".rstrip()
            for number, row in enumerate(block.rows):
                if number in block.groups:
                    yield "  ───"
                cells = []
                for cell in row:
                    notes = "*" if cell.heading else ""
                    notes += f"[{cell.colspan}x{cell.rowspan}]" * (cell.colspan + cell.rowspan > 2)
                    notes += {"left": "", "center": "=", "right": ">"}[cell.align]
                    cells.append(f"{notes} {dump_spans(cell.spans)}".strip())
                yield "  " + " ¦ ".join(cells)
        case Figure():
            facts = [block.kind, block.source or block.written or "-"]
            facts += [f"alt={block.alt}"] if block.alt else []
            facts += [f"caption={dump_spans(block.caption)}"] if block.caption else []
            facts += [f"link={block.link}"] if block.link else []
            yield " ".join(facts)
        case Rule():
            yield "rule"
        case _:
            assert_never(block)


def _indent(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
