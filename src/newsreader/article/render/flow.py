"""Spans as lines: styles laid over the ranges that the line breaker finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from newsreader.article.document import Emphasis, Spans
from newsreader.article.linebreak import LineRange, break_lines
from newsreader.article.render.palette import Palette

OPENABLE = ("http://", "https://", "mailto:")

_BLANK = re.compile(r"[^\S\n]")
_CLINGING = re.compile(
    "(?:[\u0300-\u036f\ufe00-\ufe0f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]|\u200d.?)*+", re.DOTALL
)
_JOINER = "\u200d"


class FoundLink(NamedTuple):
    """A link inside lines: the line it starts on, its whole text and where it leads."""

    line: int
    text: str
    target: str


class Run(NamedTuple):
    """Characters `start` to `end` of a text in one style; a target makes them a link."""

    start: int
    end: int
    style: Style
    target: str


@dataclass(slots=True)
class Line:
    """A finished line.

    Attributes:
        segments: What is drawn.
        visible: How many of its characters are the article's own and no space.
    """

    segments: list[Segment]
    visible: int = 0


@dataclass
class Styles:
    """The styles of spans, each made once: a `Style` with a link gets an id of its own."""

    palette: Palette
    _made: dict[tuple[Style, Emphasis, str], Style] = field(default_factory=dict)

    @cached_property
    def _by_emphasis(self) -> tuple[tuple[Emphasis, Style], ...]:
        palette = self.palette
        return (
            (Emphasis.BOLD, palette.strong),
            (Emphasis.ITALIC, palette.emphasis),
            (Emphasis.STRIKE, palette.strike),
            (Emphasis.UNDERLINE, palette.underline),
            (Emphasis.MARK, palette.highlight),
            (Emphasis.CODE, palette.code),
            (Emphasis.DIM, palette.dim),
        )

    def of(self, base: Style, emphasis: Emphasis, link: str) -> Style:
        """The style of a span on a base; an address to be opened becomes a terminal's own link."""
        key = base, emphasis, link
        style = self._made.get(key)
        if style is None:
            style = base
            if emphasis:
                for flag, over in self._by_emphasis:
                    if flag in emphasis:
                        style += over
            if link:
                style += self.palette.link
                if link.startswith(OPENABLE):
                    style += Style(link=link)
            self._made[key] = style
        return style


class Flow:
    """Spans as one text with the runs of its styles."""

    def __init__(self, styles: Styles, *spans_on: tuple[Spans, Style]) -> None:
        self.runs: list[Run] = []
        parts: list[str] = []
        at = 0
        for span, base, follows in (
            (span, base, number > 0)
            for spans, base in spans_on
            for number, span in enumerate(spans)
        ):
            text = _BLANK.sub(_plain_blank, span.text)
            style = styles.of(base, span.emphasis, span.link)
            target = span.link if span.link.startswith(OPENABLE) else ""
            clinging = _clinging(parts[-1], text) if follows and parts else 0
            if clinging:
                # A mark belongs to the character before it, whatever style it was given:
                # apart from it, it would be measured, and drawn, as something else.
                self.runs[-1] = self.runs[-1]._replace(end=at + clinging)
                parts.append(text[:clinging])
                at += clinging
                text = text[clinging:]
            if not text:
                continue
            if self.runs and self.runs[-1].style is style and self.runs[-1].target == target:
                self.runs[-1] = self.runs[-1]._replace(end=at + len(text))
            else:
                self.runs.append(Run(at, at + len(text), style, target))
            parts.append(text)
            at += len(text)
        self.text = "".join(parts)

    def lines(self, width: int) -> tuple[list[Line], list[FoundLink]]:
        """The lines at a width, and the links in them by number of line."""
        ranges = break_lines(self.text, width, cell_len)
        return self.lines_of(ranges), self.links_of(ranges)

    def lines_of(self, ranges: list[LineRange]) -> list[Line]:
        """The lines of given ranges, which must ascend."""
        text, runs = self.text, self.runs
        lines: list[Line] = []
        current = 0
        for start, end in ranges:
            segments: list[Segment] = []
            while current < len(runs) and runs[current].end <= start:
                current += 1
            number = current
            while number < len(runs) and runs[number].start < end:
                run = runs[number]
                segments.append(Segment(text[max(start, run.start) : min(end, run.end)], run.style))
                number += 1
            lines.append(Line(segments, count_visible(text[start:end])))
        return lines

    def links_of(self, ranges: list[LineRange]) -> list[FoundLink]:
        """The links of given ranges; neighbouring runs with one target are one link."""
        found: list[FoundLink] = []
        line = 0
        before = ""
        for run in self.runs:
            text = self.text[run.start : run.end]
            if run.target and run.target == before:
                found[-1] = found[-1]._replace(text=found[-1].text + text)
            elif run.target:
                while line < len(ranges) - 1 and ranges[line][1] <= run.start:
                    line += 1
                found.append(FoundLink(line, text, run.target))
            before = run.target
        return found


def _clinging(before: str, text: str) -> int:
    """How many characters at the start of a text belong to the last one before it."""
    start = 1 if before.endswith(_JOINER) and text else 0
    found = _CLINGING.match(text, start)
    return found.end() if found else start


def _plain_blank(blank: re.Match[str]) -> str:
    return blank[0] if blank[0] in "\u00a0\u202f\u2007\u3000" else " "


def count_visible(text: str) -> int:
    """How many characters of a text are no space: what a reading place is counted in."""
    return len(text) - sum(map(str.isspace, text))


def balanced_width(text: str, width: int) -> int:
    """The width at which a title's lines are even, without being more lines than at `width`.

    Where a width not far from the least one lets every line end at a space or a punctuation mark,
    it is that one: a title should not be parted inside a word.
    """
    count = len(break_lines(text, width, cell_len))
    if not 1 < count <= 4:
        return width
    low, high = width // 2, width
    while low < high:
        middle = (low + high) // 2
        if len(break_lines(text, middle, cell_len)) > count:
            low = middle + 1
        else:
            high = middle
    for wider in range(high, width + 1):
        ranges = break_lines(text, wider, cell_len)
        ends = [text[end - 1 : end + 1] for _, end in ranges[:-1]]
        if len(ranges) == count and not any(map(str.isalnum, ends)):
            return wider
    return high
