"""Write a post as Markdown: its facts, then its blocks.

Blocks are put together here, because html2text mixes them up inside list items and table cells.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TypeAlias, assert_never

from newsreader.article.document import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from newsreader.article.export.inline import InlineWriter
from newsreader.article.numerals import item_numbers
from newsreader.posts.model import Post
from newsreader.text import EMPTY, Clean, derive


def to_markdown(post: Post, document: Document, footer: Clean = EMPTY) -> str:
    """Write a post as Markdown: its facts as front matter, then the article.

    Args:
        post: The facts: title, date, categories, tags, author, language and link, under names that
            `newsreader.posts` reads.
        document: The post's body.
        footer: A sentence below it, such as what `Document.cut` means.

    Returns:
        Text that ends with a line feed. Lines are not wrapped; the dialect is CommonMark with
        the pipe tables, `~~` and definition lists that Jekyll's kramdown reads.
    """
    facts = {
        "title": json.dumps(post.title, ensure_ascii=False),
        "date": _date(post),
        "categories": json.dumps(list(post.categories), ensure_ascii=False),
        "tags": json.dumps(list(post.tags), ensure_ascii=False),
        "author": json.dumps(post.author, ensure_ascii=False),
        "lang": json.dumps(post.lang, ensure_ascii=False),
        "link": json.dumps(post.link or document.source_link, ensure_ascii=False),
    }
    lines = ["---"]
    lines += [f"{name}: {value}" for name, value in facts.items() if value not in ("", '""', "[]")]
    lines.append("---")
    body = _Markdown().write(document, footer)
    return "\n".join(lines) + "\n\n" + body if body else "\n".join(lines) + "\n"


def _date(post: Post) -> str:
    if post.date is None:
        return ""
    return post.date.strftime("%Y-%m-%d %H:%M:%S %z" if post.has_time else "%Y-%m-%d")


_Step: TypeAlias = "tuple[Block | str, str, str]"
"""A block, or lines already written, then the prefixes of its first and of its other lines."""


class _Markdown:
    """Writes blocks one below the other, with an explicit stack, so any depth is safe."""

    def __init__(self) -> None:
        self._inline = InlineWriter()
        self._lines: list[str] = []
        self._gap: str | None = None
        self._steps: list[_Step] = []

    def write(self, document: Document, footer: Clean) -> str:
        if document.blocks:
            self._push(document.blocks, "", "")
        while self._steps:
            block, first, rest = self._steps.pop()
            if isinstance(block, str):
                self._add(block, first, rest)
            else:
                self._write_block(block, first, rest)
        if footer:
            self._add(self._inline.line((Span(footer),)), "", "")
        return "".join(f"{line}\n" for line in self._lines)

    def _push(self, blocks: tuple[Block, ...], first: str, rest: str) -> None:
        """Put blocks on the stack, the first of them after a marker."""
        steps: list[_Step] = []
        for number, block in enumerate(blocks):
            steps += [(block, rest if number else first, rest), ("", rest, rest)]
        if not blocks:
            steps = [("\n", first, rest)]
        self._steps.extend(reversed(steps))

    def _add(self, text: str, first: str, rest: str) -> None:
        """Add lines after their prefixes; an empty text is a blank line before what follows."""
        if not text:
            self._gap = rest.rstrip()  # the last of several is the outermost
            return
        if self._gap is not None and self._lines:
            self._lines.append(self._gap)
        self._gap = None
        for number, line in enumerate(text.removesuffix("\n").split("\n")):
            prefixed = (rest if number else first) + line
            self._lines.append(prefixed if line else prefixed.rstrip())

    def _write_block(self, block: Block, first: str, rest: str) -> None:
        match block:
            case Heading(level, spans):
                flat = tuple(_flat(span) for span in spans)
                self._add("#" * level + " " + self._inline.line(flat), first, rest)
            case Paragraph(spans):
                self._add(self._inline.line(spans), first, rest)
            case Quote(blocks):
                self._push(blocks, first + "> ", rest + "> ")
            case List():
                self._write_list(block, first, rest)
            case CodeBlock(text, language):
                longest = max((len(run) for run in re.findall("`+", text)), default=0)
                fence = "`" * max(3, longest + 1)
                self._add(f"{fence}{language}\n{text}\n{fence}", first, rest)
            case Table():
                self._write_table(block, first, rest)
            case Figure(_, _, _, caption):
                self._add(self._inline.figure(block), first, rest)
                if caption:
                    self._add("", rest, rest)
                    self._add(self._inline.line(caption), rest, rest)
            case Rule():
                self._add("* * *", first, rest)
            case _:
                assert_never(block)

    def _write_list(self, block: List, first: str, rest: str) -> None:
        steps: list[tuple[tuple[Block, ...], str, str]] = []
        for number, item in zip(item_numbers(block), block.items, strict=True):
            match block.kind:
                case "bullet":
                    marker = "- "
                case "number":
                    marker = f"{max(0, number)}. "
                case "definition":
                    marker = ": "
                case _:
                    assert_never(block.kind)
            steps.append((item.blocks, marker, self._term(item)))
        # The stack returns the last first.
        for number in range(len(steps) - 1, -1, -1):
            blocks, marker, term = steps[number]
            before = first if number == 0 else rest
            indent = rest + " " * (4 if marker == ": " else len(marker))
            start = rest if term else before
            if not block.loose and not term and _is_short(blocks):
                self._steps.extend(
                    (inner, indent if place else start + marker, indent)
                    for place, inner in reversed(list(enumerate(blocks)))
                )
            else:
                self._push(blocks, start + marker, indent)
            if term:
                self._steps.append((term, before, rest))

    def _term(self, item: Item) -> str:
        return self._inline.line(item.term) if item.term else ""

    def _write_table(self, table: Table, first: str, rest: str) -> None:
        """Write a pipe table; spanning cells leave empty cells, which Markdown requires."""
        if table.caption:
            self._add(self._inline.line(table.caption), first, rest)
            self._add("", rest, rest)
            first = rest
        rows: list[list[str]] = []
        reaching: dict[int, int] = {}
        for row in table.rows:
            texts: list[str] = []
            for cell in row:
                while reaching.get(len(texts), 0):
                    texts.append("")
                for column in range(len(texts), len(texts) + max(1, min(cell.colspan, 100))):
                    reaching[column] = cell.rowspan
                    texts.append("")
                content = self._inline.line(cell.spans).replace("  \n", "<br>").replace("|", "\\|")
                texts[-max(1, min(cell.colspan, 100))] = content
            reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
            rows.append(texts)
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        line = ["---"] * columns
        for begin in reversed(table.groups):
            rows.insert(begin, line)
        headed = bool(table.rows[0]) and all(cell.heading for cell in table.rows[0])
        if not headed:
            rows.insert(0, [])
        rows.insert(1, line)
        filled = (row + [""] * (columns - len(row)) for row in rows)
        self._add("\n".join(f"| {' | '.join(row)} |" for row in filled), first, rest)


def _flat(span: Span) -> Span:
    """The span with its line ends turned into spaces."""
    text = span.text
    return replace(span, text=derive(text, text.replace("\n", " ")))


def _is_short(blocks: tuple[Block, ...]) -> bool:
    """Whether a tight item stays tight: text, and lists below it."""
    return (
        bool(blocks)
        and isinstance(blocks[0], Paragraph | Heading)
        and all(isinstance(block, List) for block in blocks[1:])
    )
