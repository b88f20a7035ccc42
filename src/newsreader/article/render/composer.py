"""Lay out blocks as lines: their prefixes, indentation and the gaps between them."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, starmap
from typing import assert_never

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import (
    Block,
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
from newsreader.article.facts import figure_spans
from newsreader.article.render.code import code_lines
from newsreader.article.render.frames import LEAST_ROOM, Frame, inside, prefixes
from newsreader.article.render.palette import Palette
from newsreader.article.render.paragraph import (
    Flow,
    Laid,
    Line,
    Styles,
    balanced_width,
    count_visible,
)
from newsreader.article.render.placed import (
    Header,
    Layout,
    PlacedAnchor,
    PlacedHeading,
    PlacedLink,
)
from newsreader.article.render.steps import (
    MAJOR,
    BlockStep,
    EndStep,
    GapStep,
    LayoutStep,
    LeadStep,
    TermStep,
    block_steps,
    list_steps,
)
from newsreader.article.render.table_layout import table_lines
from newsreader.text import Clean, fill, join

QUOTE_BAR = "▎ "


class Composer:
    """Collects lines; walks nested blocks with an explicit stack, so any depth is safe."""

    def __init__(self, width: int, palette: Palette, token: CancellationToken = NEVER) -> None:
        self._width = width
        self._palette = palette
        self._styles = Styles(palette, token)
        self._root = Frame(None, width, palette.text)
        self._lines: list[tuple[Segment, ...]] = []
        self._counts: list[int] = []
        self._glues: list[str | None] = []
        self._prefixes: list[int] = []
        self._headings: list[PlacedHeading] = []
        self._links: list[PlacedLink] = []
        self._anchors: list[PlacedAnchor] = []
        self._leads: list[tuple[Clean, Style]] = []
        self._blanks = 0
        self._steps: list[LayoutStep] = []

    @property
    def height(self) -> int:
        """The number of lines, without blank ones at the end."""
        return len(self._lines) - self._blanks

    def add_header(self, header: Header) -> None:
        """Add the header above the text; its characters do not count as visible ones."""
        base = self._palette.text
        if header.title:
            title = Flow(self._styles, ((Span(header.title),), base + self._palette.title))
            self._add(title.lines(balanced_width(title.text, self._width)).lines, self._root)
        facts = _joined_facts(header.facts, self._width)
        if facts:
            flow = Flow(self._styles, ((Span(facts),), base + self._palette.facts))
            self._add(flow.lines(self._width).lines, self._root)
        for remark in header.remarks:
            flow = Flow(self._styles, ((Span(remark),), base + self._palette.quote))
            self._add(flow.lines(self._width).lines, self._root)
        self._counts = [0] * len(self._counts)
        self._gap(self._root, 1)

    def begin(self, blocks: tuple[Block, ...]) -> None:
        """Set the blocks below the header; `advance` adds their lines."""
        self._steps = block_steps(blocks, self._root, self._styles.token, loose=True)
        self._steps.reverse()

    def advance(self, height: int | None = None) -> bool:
        """Add blocks until there are `height` lines, or all blocks; return whether any are left.

        A block that holds no others is added as a whole, however high it is.
        """
        steps = self._steps
        while steps and (height is None or self.height < height):
            self._styles.token.check()
            step = steps.pop()
            match step:
                case BlockStep(block, frame):
                    steps.extend(reversed(self._place(block, frame)))
                case GapStep(frame, count):
                    self._gap(frame, count)
                case TermStep(spans, frame):
                    self._add_text(spans, frame.style + self._palette.term, frame)
                case LeadStep(text, style):
                    self._leads.append((text, style))
                case EndStep(frame):
                    if self._leads or (frame.marker is not None and not frame.marker.used):
                        self._add([], frame)
                case _:
                    assert_never(step)
        return bool(steps)

    def add_footer(self, sentence: Clean) -> None:
        """Add a sentence below the text, which says that something was left out."""
        self._gap(self._root, 1)
        counted = len(self._counts)
        style = self._palette.text + self._palette.dim
        self._add_text((Span(sentence),), style, self._root)
        self._counts[counted:] = [0] * (len(self._counts) - counted)

    def layout(self) -> Layout:
        """Return the layout of what was added so far."""
        height = len(self._lines)
        while height and not self._lines[height - 1]:
            height -= 1
        totals = accumulate(self._counts[: height - 1], initial=0) if height else ()
        return Layout(
            self._width,
            tuple(self._lines[:height]),
            tuple(totals),
            tuple(self._headings),
            tuple(self._links),
            tuple(self._anchors),
            tuple(self._glues[:height]),
            tuple(self._prefixes[:height]),
        )

    def _place(self, block: Block, frame: Frame) -> list[LayoutStep]:
        """Add a block's lines; of a block that holds blocks, return the steps to add those."""
        palette = self._palette
        match block:
            case Paragraph(spans):
                self._add_text(spans, frame.style, frame)
            case Heading(level, spans):
                self._add_heading(level, spans, frame)
            case Quote(blocks):
                style = frame.style + palette.quote
                bar = Segment(QUOTE_BAR, palette.text + palette.quote_bar)
                inner = inside(frame, bar, style) or replace(frame, style=style)
                return block_steps(blocks, inner, self._styles.token, loose=True)
            case List():
                return list_steps(block, frame, palette, self._styles.token)
            case CodeBlock():
                self._add(code_lines(block, frame.width, frame.style, self._styles), frame)
            case Table():
                laid = table_lines(block, frame.width, frame.style, self._styles)
                self._add_found(laid)
                self._add(laid.lines, frame)
            case Figure():
                self._add_figure(block, frame)
            case Rule():
                rule = Segment("─" * frame.width, frame.style + palette.rule)
                self._add([Line([rule])], frame)
            case _:
                assert_never(block)
        return []

    def _add_heading(self, level: int, spans: Spans, frame: Frame) -> None:
        """Add a heading; of the highest level, which a post rarely has, with a line below it."""
        palette = self._palette
        style = frame.style + (palette.heading_major if level <= MAJOR else palette.heading_minor)
        if level > MAJOR + 1:
            style += palette.emphasis
        text = " ".join("".join(span.text for span in spans).split())
        if not text:
            return
        above = len(self._lines)
        self._headings.append(PlacedHeading(above, level, text))
        self._add_text(spans, style, frame)
        if level == 1:
            indent = self._width - frame.width
            longest = max(
                sum(segment.cell_length for segment in line) for line in self._lines[above:]
            )
            rule = Segment("━" * max(1, longest - indent), frame.style + palette.rule)
            self._add([Line([rule])], frame)

    def _add_figure(self, figure: Figure, frame: Frame) -> None:
        style = frame.style + self._palette.figure
        self._add_text(figure_spans(figure), style, frame)
        if figure.caption:
            self._add_text(figure.caption, frame.style + self._palette.caption, frame)

    def _add_text(self, spans: Spans, style: Style, frame: Frame) -> None:
        """Add running text, after the markers that have no column of their own."""
        for span in self._styles.token.each(spans):
            if span.text.strip():
                break
        else:
            return
        if self._leads:
            laid = self._led_lines(spans, style, frame)
        else:
            laid = Flow(self._styles, (spans, style)).lines(frame.width)
        self._add_found(laid)
        self._add(laid.lines, frame)

    def _led_lines(self, spans: Spans, style: Style, frame: Frame) -> Laid:
        """Lay out a text after its leading markers, which do not count as visible characters."""
        leads = [((Span(text),), lead_style) for text, lead_style in self._leads]
        self._leads.clear()
        laid = Flow(self._styles, *leads, (spans, style)).lines(frame.width)
        led = sum(count_visible(lead.text) for (lead,), _ in leads)
        for line in self._styles.token.each(laid.lines):
            taken = min(led, line.visible)
            line.visible -= taken
            led -= taken
        return laid

    def _add_found(self, laid: Laid) -> None:
        """Record the links and anchors of the lines that are added next."""
        if not laid.links and not laid.anchors:
            return
        line = len(self._lines)
        each = self._styles.token.each
        self._links += [
            PlacedLink(line + at, text, target) for at, text, target in each(laid.links)
        ]
        self._anchors += [PlacedAnchor(line + at, name) for at, name in each(laid.anchors)]

    def _add(self, lines: list[Line], frame: Frame) -> None:
        """Add finished lines, after a marker on a line of its own if no line can hold it."""
        if self._leads:
            lines = [*_lead_lines(self._leads, frame.width), *lines]
            self._leads.clear()
        elif not lines:
            lines = [Line([])]
        bare = frame is self._root
        for line in self._styles.token.each(lines):
            before = () if bare else tuple(prefixes(frame))
            segments = (*before, *line.segments)
            if self._width < LEAST_ROOM:
                segments = _squeezed(segments, self._width)
            self._lines.append(segments)
            self._counts.append(line.visible)
            self._glues.append(line.glue)
            self._prefixes.append(line.prefix + sum(len(each.text) for each in before))
        self._blanks = 0

    def _gap(self, frame: Frame, count: int) -> None:
        """Make sure that `count` blank lines are here, unless nothing is above."""
        while self._lines and self._blanks < count:
            segments = list(prefixes(frame, gap=True))
            while segments and not segments[-1].text.strip():
                segments.pop()
            self._lines.append(tuple(segments))
            self._counts.append(0)
            self._glues.append(None)
            self._prefixes.append(sum(len(each.text) for each in segments))
            self._blanks += 1


def _lead_lines(leads: list[tuple[Clean, Style]], width: int) -> list[Line]:
    """Lay out markers that no text follows, as many per line as fit."""
    rows: list[list[Segment]] = [[]]
    for lead in starmap(Segment, leads):
        if rows[-1] and sum(each.cell_length for each in rows[-1]) + lead.cell_length > width:
            rows.append([])
        rows[-1].append(lead)
    return [Line(row) for row in rows]


def _joined_facts(facts: tuple[Clean, ...], width: int) -> Clean:
    """Join facts on few lines, without breaking a fact that fits into a line."""
    lines: list[Clean] = []
    for fact in facts:
        if lines and cell_len(lines[-1]) + cell_len(fact) + 3 <= width:
            lines[-1] = fill("{} · {}", lines[-1], fact)
        elif fact:
            lines.append(fact)
    return join("\n", lines)


def _squeezed(segments: tuple[Segment, ...], width: int) -> tuple[Segment, ...]:
    """Cut a line to a width, perhaps too narrow for any character; `…` replaces what is cut."""
    fitting: list[Segment] = []
    left = width
    for text, style, _ in segments:
        size = cell_len(text)
        if size <= left:
            fitting.append(Segment(text, style))
            left -= size
        elif left:
            cut = set_cell_size(text, left)
            fitting.append(Segment(cut if cut.strip() else "…" * left, style))
            left = 0
    return tuple(fitting)
