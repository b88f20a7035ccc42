"""A whole document as lines: where blocks stand, what is in front of them, what parts them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeAlias, assert_never

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

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
    Spans,
    Table,
)
from newsreader.article.render.code import code_lines
from newsreader.article.render.flow import (
    OPENABLE,
    Flow,
    FoundLink,
    Line,
    Styles,
    balanced_width,
    count_visible,
)
from newsreader.article.render.frames import LEAST_ROOM, Frame, Marker, inside, prefixes
from newsreader.article.render.palette import TERMINAL_PALETTE, Palette
from newsreader.article.render.placed import Header, Layout, PlacedHeading, PlacedLink
from newsreader.article.render.tables import table_lines

QUOTE_BAR = "▎ "
BULLETS = "•◦▪"
MEDIA_MARK = "▶ "
PICTURE = "图"


def layout(
    document: Document,
    width: int,
    palette: Palette = TERMINAL_PALETTE,
    header: Header | None = None,
) -> Layout:
    """Lay a document out.

    Args:
        document: The article.
        width: Cells of the column, 1 or more; the caller sees to it that lines are not too long
            to be read.
        palette: The styles.
        header: What stands above it, if anything.

    Returns:
        The lines, none wider than `width`.
    """
    composer = _Composer(max(1, width), palette)
    if header is not None:
        composer.add_header(header)
    composer.add_blocks(document.blocks)
    if document.cut:
        composer.add_cut(document.cut)
    return composer.finish()


@dataclass(frozen=True, slots=True)
class _Gap:
    """A step that parts two blocks by blank lines."""

    frame: Frame
    lines: int = 1


@dataclass(frozen=True, slots=True)
class _Place:
    """A step that adds a block inside a frame."""

    block: Block
    frame: Frame


@dataclass(frozen=True, slots=True)
class _Term:
    """A step that adds what an item of a definition list defines."""

    spans: Spans
    frame: Frame


@dataclass(frozen=True, slots=True)
class _Lead:
    """A step that begins an item whose marker has no column of its own, but leads its text."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class _End:
    """A step that ends an item: its bullet stands even if nothing followed it."""

    frame: Frame


_Step: TypeAlias = _Gap | _Place | _Term | _Lead | _End


class _Composer:
    """Collects lines; walks blocks by a stack of its own, however deep they are nested."""

    def __init__(self, width: int, palette: Palette) -> None:
        self._width = width
        self._palette = palette
        self._styles = Styles(palette)
        self._root = Frame(None, width, palette.text)
        self._lines: list[tuple[Segment, ...]] = []
        self._counts: list[int] = []
        self._headings: list[PlacedHeading] = []
        self._links: list[PlacedLink] = []
        self._leads: list[Segment] = []
        self._blanks = 0

    def add_header(self, header: Header) -> None:
        """Add the title and the facts, which are no part of the article's visible characters."""
        base = self._palette.text
        if header.title:
            title = Flow(self._styles, ((Span(header.title),), base + self._palette.title))
            lines, _ = title.lines(balanced_width(title.text, self._width))
            self._add(lines, self._root)
        facts = _joined_facts(header.facts, self._width)
        if facts:
            flow = Flow(self._styles, ((Span(facts),), base + self._palette.facts))
            self._add(flow.lines(self._width)[0], self._root)
        self._counts = [0] * len(self._counts)
        self._gap(self._root, 1)

    def add_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Add blocks, one below the other, parted by blank lines."""
        steps: list[_Step] = _steps_of(blocks, self._root, loose=True)
        steps.reverse()
        while steps:
            step = steps.pop()
            match step:
                case _Gap(frame, count):
                    self._gap(frame, count)
                case _Term(spans, frame):
                    self._add_text(spans, frame.style + self._palette.term, frame)
                case _Lead(segment):
                    self._leads.append(segment)
                case _End(frame):
                    if self._leads or (frame.marker is not None and not frame.marker.used):
                        self._add([], frame)
                case _Place(block, frame):
                    steps.extend(reversed(self._place(block, frame)))
                case _:
                    assert_never(step)

    def add_cut(self, sentence: str) -> None:
        """Say at the end that something was left out."""
        self._gap(self._root, 1)
        counted = len(self._counts)
        style = self._palette.text + self._palette.dim
        self._add_text((Span(sentence),), style, self._root)
        self._counts[counted:] = [0] * (len(self._counts) - counted)

    def finish(self) -> Layout:
        """The layout of what was added."""
        while self._lines and not self._lines[-1]:
            self._lines.pop()
            self._counts.pop()
        totals = accumulate(self._counts[:-1], initial=0) if self._counts else ()
        return Layout(
            self._width,
            tuple(self._lines),
            tuple(totals),
            tuple(self._headings),
            tuple(sorted(self._links, key=lambda link: link.line)),
        )

    def _place(self, block: Block, frame: Frame) -> list[_Step]:
        """Add a block's lines; of a block that holds blocks, return the steps to add those."""
        palette = self._palette
        match block:
            case Paragraph(spans):
                self._add_text(spans, frame.style, frame)
            case Heading(level, spans):
                role = palette.heading_major if level <= 2 else palette.heading_minor
                text = " ".join("".join(span.text for span in spans).split())
                if text:
                    self._headings.append(PlacedHeading(len(self._lines), level, text))
                self._add_text(spans, frame.style + role, frame)
            case Quote(blocks):
                style = frame.style + palette.quote
                bar = Segment(QUOTE_BAR, palette.text + palette.quote_bar)
                inner = inside(frame, bar, style) or replace(frame, style=style)
                return _steps_of(blocks, inner, loose=True)
            case List():
                return self._list_steps(block, frame)
            case CodeBlock():
                self._add(code_lines(block, frame.width, frame.style, palette), frame)
            case Table():
                lines, links = table_lines(block, frame.width, frame.style, self._styles)
                self._add_links(links)
                self._add(lines, frame)
            case Figure():
                self._add_figure(block, frame)
            case Rule():
                rule = Segment("─" * frame.width, frame.style + palette.rule)
                self._add([Line([rule])], frame)
            case _:
                assert_never(block)
        return []

    def _list_steps(self, block: List, frame: Frame) -> list[_Step]:
        steps: list[_Step] = []
        last = block.start + len(block.items) - 1
        digits = max(len(str(block.start)), len(str(last)))
        for number, item in enumerate(block.items, block.start):
            if steps and block.loose:
                steps.append(_Gap(frame))
            match block.kind:
                case "bullet":
                    marker = BULLETS[frame.depth % len(BULLETS)] + " "
                    steps += self._item_steps(item, marker, frame, block.loose)
                case "number":
                    marker = f"{number}.".rjust(digits + 1) + " "
                    steps += self._item_steps(item, marker, frame, block.loose)
                case "definition":
                    if item.term:
                        steps.append(_Term(item.term, frame))
                    indent = Segment("    " if frame.width >= 40 else "  ", frame.style)
                    inner = inside(frame, indent, frame.style) or frame
                    steps += _steps_of(item.blocks, inner, loose=block.loose)
                case _:
                    assert_never(block.kind)
        return steps

    def _item_steps(self, item: Item, marker: str, frame: Frame, loose: bool) -> list[_Step]:
        bullet = Segment(marker, frame.style + self._palette.bullet)
        indent = Segment(" " * cell_len(marker), frame.style)
        inner = inside(frame, indent, frame.style, Marker(bullet))
        if inner is not None:
            return [*_steps_of(item.blocks, inner, loose=loose), _End(inner)]
        inner = replace(frame, depth=frame.depth + 1)
        return [_Lead(bullet), *_steps_of(item.blocks, inner, loose=loose), _End(inner)]

    def _add_figure(self, figure: Figure, frame: Frame) -> None:
        style = frame.style + self._palette.figure
        target = figure.link or figure.source
        alt = " ".join(figure.alt.split())
        if figure.kind == "image":
            words = f"[{PICTURE}: {alt}]" if alt else f"[{PICTURE}]"
            shown: Spans = (Span(words, link=target if target.startswith(OPENABLE) else ""),)
        elif target:
            said = f"{MEDIA_MARK}{alt} " if alt else MEDIA_MARK
            shown = (Span(said), Span(target, link=target))
        else:
            shown = (Span(MEDIA_MARK + (alt or figure.kind)),)
        self._add_text(shown, style, frame)
        if figure.caption:
            self._add_text(figure.caption, frame.style + self._palette.caption, frame)

    def _add_text(self, spans: Spans, style: Style, frame: Frame) -> None:
        """Add running text; markers without a column of their own lead it."""
        if not any(map(str.strip, (span.text for span in spans))):
            return
        leads = [((Span(lead.text),), lead.style or style) for lead in self._leads]
        self._leads.clear()
        flow = Flow(self._styles, *leads, (spans, style))
        lines, links = flow.lines(frame.width)
        led = sum(count_visible(lead.text) for (lead,), _ in leads)
        for line in lines:
            taken = min(led, line.visible)
            line.visible -= taken
            led -= taken
        self._add_links(links)
        self._add(lines, frame)

    def _add_links(self, links: list[FoundLink]) -> None:
        """Note links whose lines are counted from the line that comes next."""
        line = len(self._lines)
        self._links += [PlacedLink(line + at, text, target) for at, text, target in links]

    def _add(self, lines: list[Line], frame: Frame) -> None:
        """Add finished lines; after a marker alone, where one is due and no line can hold it."""
        if self._leads:
            lines = [Line(list(self._leads)), *lines]
            self._leads.clear()
        elif not lines:
            lines = [Line([])]
        for line in lines:
            segments = (*prefixes(frame), *line.segments)
            if self._width < LEAST_ROOM:
                segments = _squeezed(segments, self._width)
            self._lines.append(segments)
            self._counts.append(line.visible)
        self._blanks = 0

    def _gap(self, frame: Frame, count: int) -> None:
        """Make sure that `count` blank lines stand here, unless nothing is above."""
        while self._lines and self._blanks < count:
            segments = list(prefixes(frame, gap=True))
            while segments and not segments[-1].text.strip():
                segments.pop()
            self._lines.append(tuple(segments))
            self._counts.append(0)
            self._blanks += 1


def _joined_facts(facts: tuple[str, ...], width: int) -> str:
    """Facts on as few lines as keep every one whole that fits into a line."""
    lines: list[str] = []
    for fact in facts:
        if lines and cell_len(lines[-1]) + cell_len(fact) + 3 <= width:
            lines[-1] += f" · {fact}"
        elif fact:
            lines.append(fact)
    return "\n".join(lines)


def _steps_of(blocks: tuple[Block, ...], frame: Frame, *, loose: bool) -> list[_Step]:
    steps: list[_Step] = []
    for number, block in enumerate(blocks):
        if number and isinstance(block, Heading) and block.level <= 2 and frame.parent is None:
            steps.append(_Gap(frame, 2))
        elif number and (loose or not isinstance(block, List)):
            steps.append(_Gap(frame))
        steps.append(_Place(block, frame))
    return steps


def _squeezed(segments: tuple[Segment, ...], width: int) -> tuple[Segment, ...]:
    """A line cut to a width that no character may fit: what does not is shown as `…`."""
    kept: list[Segment] = []
    left = width
    for text, style, _ in segments:
        size = cell_len(text)
        if size <= left:
            kept.append(Segment(text, style))
            left -= size
        elif left:
            cut = set_cell_size(text, left)
            kept.append(Segment(cut if cut.strip() else "…" * left, style))
            left = 0
    return tuple(kept)
