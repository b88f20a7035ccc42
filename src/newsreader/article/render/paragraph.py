"""Lay out spans as lines: apply styles to the ranges that the line breaker finds."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Emphasis, Spans
from newsreader.article.linebreak import LineRange, break_lines
from newsreader.article.render.colour_budget import ColourBudget
from newsreader.article.render.palette import Palette
from newsreader.patterns import compile_late

OPENABLE = ("http://", "https://", "mailto:")
INNER_LINK = "newsreader.anchor"
"""The key under which the `meta` of a style holds the anchor that a click on its text leads to."""
STRUCK = "~~"
"""The mark before and after struck-out text if the palette has no style for it."""

_CHECKED_LINES = 256

_BLANK = compile_late(r"[^\S\n ]|\u00ad")
_MARK = "[\u0300-\u036f\ufe00-\ufe0f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]"
_CLINGING = compile_late(f"(?:{_MARK}|\u200d.?)*+", re.DOTALL)
_MARKS = compile_late(f"{_MARK}|\u200d")
_MOST_CLINGING = 16
_JOINER = "\u200d"


class FoundLink(NamedTuple):
    """A link inside lines: the line it starts on, its whole text and its target."""

    line: int
    text: str
    target: str


class FoundAnchor(NamedTuple):
    """A place inside lines that a link may lead to: the line and the name."""

    line: int
    name: str


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
        glue: What joins it to the line above, of which it is the rest; `None`: it is none.
        prefix: How many characters at its beginning are none of the text: a margin, a mark.
    """

    segments: list[Segment]
    visible: int = 0
    glue: str | None = None
    prefix: int = 0


@dataclass(slots=True)
class Laid:
    """Finished lines with their links and anchors, whose line numbers start at the first line."""

    lines: list[Line] = field(default_factory=list)
    links: list[FoundLink] = field(default_factory=list)
    anchors: list[FoundAnchor] = field(default_factory=list)

    def append(self, more: Laid) -> None:
        """Put other lines below these."""
        self.find(more, len(self.lines))
        self.lines += more.lines

    def by_line(self) -> dict[int, Laid]:
        """Group links and anchors by line, numbered from that line, without the lines."""
        parted: dict[int, Laid] = {}
        for link in self.links:
            parted.setdefault(link.line, Laid()).links.append(link._replace(line=0))
        for anchor in self.anchors:
            parted.setdefault(anchor.line, Laid()).anchors.append(anchor._replace(line=0))
        return parted

    def find(self, more: Laid, line: int) -> None:
        """Add the links and anchors of other lines, the first of which is line `line` here."""
        self.links += [link._replace(line=line + link.line) for link in more.links]
        self.anchors += [anchor._replace(line=line + anchor.line) for anchor in more.anchors]


@dataclass
class Styles:
    """The styles, token and colour budget that all parts of one layout share.

    The styles of spans are each made once: a `Style` with a link gets an id of its own.

    Attributes:
        palette: The styles by role.
        token: Checked by every part that may take long.
        colouring: The budget that the lexers of all code share.
    """

    palette: Palette
    token: CancellationToken = NEVER
    colouring: ColourBudget = field(default_factory=ColourBudget)
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
        )

    def of(self, base: Style, emphasis: Emphasis, link: str) -> Style:
        """Return the style of a span on a base.

        An address to be opened becomes a terminal's own link; a link to an anchor must not, so it
        is a `meta` of the style, which nothing but the reader sees.
        """
        if emphasis is Emphasis.NONE and not link:
            return base
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
                elif link.startswith("#"):
                    style += Style(meta={INNER_LINK: link[1:]})
            if Emphasis.DIM in emphasis:  # last: a source link is as dim as the text around it
                style += self.palette.dim
            self._made[key] = style
        return style


class Flow:
    """Spans joined to one text with the runs of its styles.

    Attributes:
        text: The characters of all spans.
        runs: The ranges of its styles, without gaps.
    """

    def __init__(self, styles: Styles, *spans_on: tuple[Spans, Style]) -> None:
        self.text = ""
        self.runs: list[Run] = []
        self._parts: list[str] = []
        self._size = 0
        self._anchors: list[tuple[int, str]] = []
        self._ours: list[int] = []
        self._token = styles.token
        self._clung = 0
        self._joiners = 0
        marks = STRUCK if not styles.palette.strike else ""
        struck: Run | None = None
        for spans, base in spans_on:
            begun = self._size
            for span in spans:
                self._token.check()
                text = _BLANK.sub(_plain_blank, span.text)
                if self._size > begun:
                    text = self._cling(text)
                style = styles.of(base, span.emphasis, span.link)
                is_struck = bool(marks) and Emphasis.STRIKE in span.emphasis
                if struck is not None and not is_struck and text:
                    self._mark(marks, struck)
                    struck = None
                if span.anchor:
                    self._anchors.append((self._size, span.anchor))
                if is_struck and struck is None and text:
                    self._mark(marks, Run(0, 0, style, span.link))
                self._write(text, style, span.link)
                if is_struck and text:
                    struck = self.runs[-1]
            if struck is not None:
                self._mark(marks, struck)
                struck = None
        self.text = "".join(self._parts)
        del self._parts

    def _cling(self, text: str) -> str:
        """Attach the start of a text to the last character so far if it belongs to it.

        A mark belongs to the character before it, whatever style it was given: apart from it, it
        would be measured, and drawn, as something else.
        """
        clinging = count_clinging(self._joiners, text)
        if clinging:
            last = self.runs[-1]
            # Spans are clean one by one: marks in spans of their own could still be piled up.
            room = max(0, _MOST_CLINGING - self._clung)
            self._clung += clinging
            clung = text[:clinging]
            self._write(clung[:room] + _MARKS.sub("", clung[room:]), last.style, last.target)
        if clinging < len(text):
            self._clung = 0
        return text[clinging:]

    def _mark(self, mark: str, like: Run) -> None:
        """Add a mark that the post does not have, in the style of a run."""
        self._ours.extend(range(self._size, self._size + len(mark)))
        self._write(mark, like.style, like.target)

    def _write(self, text: str, style: Style, target: str) -> None:
        if not text:
            return
        end = self._size + len(text)
        if self.runs and self.runs[-1].style is style and self.runs[-1].target == target:
            self.runs[-1] = self.runs[-1]._replace(end=end)
        else:
            self.runs.append(Run(self._size, end, style, target))
        self._parts.append(text)
        self._size = end
        self._joiners = count_joiners(self._joiners, text) if text[-1] == _JOINER else 0

    def lines(self, width: int) -> Laid:
        """Break the text into lines of a width, with their links and anchors."""
        ranges = break_lines(self.text, width, cell_len, self._token.check)
        return Laid(self.lines_of(ranges), self.links_of(ranges), self.anchors_of(ranges))

    def lines_of(self, ranges: list[LineRange]) -> list[Line]:
        """Make the lines of given ranges, which must ascend."""
        text, runs = self.text, self.runs
        lines: list[Line] = []
        if len(runs) == 1 and not self._ours:
            style = runs[0].style
            for at in range(0, len(ranges), _CHECKED_LINES):
                self._token.check()
                pieces = [text[start:end] for start, end in ranges[at : at + _CHECKED_LINES]]
                lines += [
                    Line([Segment(piece, style)] if piece else [], count_visible(piece))
                    for piece in pieces
                ]
            self._note_glues(lines, ranges)
            return lines
        current = 0
        for start, end in ranges:
            self._token.check()
            segments: list[Segment] = []
            while current < len(runs) and runs[current].end <= start:
                current += 1
            number = current
            while number < len(runs) and runs[number].start < end:
                run = runs[number]
                segments.append(Segment(text[max(start, run.start) : min(end, run.end)], run.style))
                number += 1
            visible = count_visible(text[start:end])
            if self._ours:
                visible -= bisect_left(self._ours, end) - bisect_left(self._ours, start)
            lines.append(Line(segments, visible))
        self._note_glues(lines, ranges)
        return lines

    def _note_glues(self, lines: list[Line], ranges: list[LineRange]) -> None:
        """Note what stood between two lines: a space or nothing, if the text has no line end."""
        for at in range(1, len(lines)):
            between = self.text[ranges[at - 1][1] : ranges[at][0]]
            if "\n" not in between:
                lines[at].glue = between

    @property
    def visible(self) -> int:
        """The number of visible characters: the article's own, without spaces."""
        return count_visible(self.text) - len(self._ours)

    def links_of(self, ranges: list[LineRange]) -> list[FoundLink]:
        """Return the links in given ranges; neighbouring runs with one target are one link."""
        found: list[FoundLink] = []
        line = 0
        before = ""
        for run in self._token.each(self.runs):
            if run.target:
                text = self.text[run.start : run.end]
                if run.target == before:
                    found[-1] = found[-1]._replace(text=found[-1].text + text)
                else:
                    line = _line_of(run.start, ranges, line)
                    found.append(FoundLink(line, text, run.target))
            before = run.target
        return found

    def anchors_of(self, ranges: list[LineRange]) -> list[FoundAnchor]:
        """Return the anchors in given ranges."""
        if not self._anchors:
            return []
        found: list[FoundAnchor] = []
        line = 0
        for place, name in self._token.each(self._anchors):
            line = _line_of(place, ranges, line)
            found.append(FoundAnchor(line, name))
        return found


def _line_of(place: int, ranges: list[LineRange], line: int) -> int:
    """Find the line that holds a place, or the spaces before it, searching from `line` on."""
    while line < len(ranges) - 1 and ranges[line][1] <= place:
        line += 1
    return line


def count_joiners(before: int, text: str) -> int:
    """Count the joiners at the end of a text that follows on a text with so many at its end."""
    joiners = len(text) - len(text.rstrip(_JOINER))
    return joiners + (before if joiners == len(text) else 0)


def count_clinging(joiners: int, text: str) -> int:
    """Count the characters at the start of a text that belong to the last one before it.

    Args:
        joiners: How many zero-width joiners stand right before the text. Each takes the character
            after it, which may be another joiner: of an even number the last is taken itself.
        text: Begins a span.
    """
    start = 1 if joiners % 2 and text else 0
    found = _CLINGING.match(text, start)
    return found.end() if found else start


def _plain_blank(blank: re.Match[str]) -> str:
    """Return the space that a blank is drawn as; nothing for a soft hyphen.

    Terminals disagree on U+00AD: some draw a hyphen in mid-line, rich gives it a cell everywhere.
    """
    if blank[0] == "\u00ad":
        return ""
    return blank[0] if blank[0] in "\u00a0\u202f\u2007\u3000" else " "


def count_visible(text: str) -> int:
    """Count the characters that are not spaces, the unit of a reading place."""
    return len("".join(text.split()))


def balanced_width(text: str, width: int) -> int:
    """Find the width at which a title's lines are even, and no more than at `width`.

    If a width not far from the least one lets every line end at a space or a punctuation mark, it
    is that one: a title should not be broken inside a word.
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
