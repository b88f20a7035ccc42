"""Find text in an article as it is laid out: pure, and linear in its length.

Words are parted by the ends of lines, so the lines are joined again first, without what only
decorates them; what is found is then painted line by line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from rich.segment import Segment
from rich.style import Style

from newsreader.article.render.placed import Layout
from newsreader.search.highlight import match_spans
from newsreader.search.model import Search
from newsreader.search.tokens import SEPARATOR, fold_pieces

FRAMES = "▎"
"""What stands before every line of a block, and parts nothing."""

WIDE_FROM = "\u2e80"
"""From here on characters are written without spaces between them."""


@dataclass(frozen=True, slots=True)
class MatchSpan:
    """A piece of a match that stands on one line.

    Attributes:
        line: The line of the layout.
        start: Its first character there.
        end: The one after its last.
        match: The number of the match, from 0.
    """

    line: int
    start: int
    end: int
    match: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches in a layout, from its top.

    Attributes:
        first_lines: The line that each match begins on.
        spans: What there is to paint on a line.
    """

    first_lines: tuple[int, ...] = ()
    spans: dict[int, tuple[MatchSpan, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of matches."""
        return len(self.first_lines)


NO_MATCHES = Matches()


class JoinedLines:
    """The text of a layout without its line ends, and the way back to its lines."""

    def __init__(self, placed: Layout) -> None:
        self._starts: list[int] = []
        self._homes: list[tuple[int, int]] = []
        pieces: list[str] = []
        length, before = 0, ""
        for line, (text, skipped, apart) in enumerate(_contents(placed)):
            content = text[skipped:].rstrip()
            if not content:
                before = ""
                continue
            glue = _glue(before, content, apart=apart) if pieces else ""
            pieces += [glue, content]
            self._starts.append(length + len(glue))
            self._homes.append((line, skipped))
            length += len(glue) + len(content)
            before = content
        self.text = "".join(pieces)

    def matches(self, ranges: Iterable[tuple[int, int]]) -> Matches:
        """Find the lines that ranges of the text stand on."""
        first_lines: list[int] = []
        spans: dict[int, list[MatchSpan]] = {}
        for number, (start, end) in enumerate(ranges):
            for at, span in enumerate(self._spans_of(start, end, number)):
                if not at:
                    first_lines.append(span.line)
                spans.setdefault(span.line, []).append(span)
        return Matches(tuple(first_lines), {line: tuple(found) for line, found in spans.items()})

    def _spans_of(self, start: int, end: int, number: int) -> Iterator[MatchSpan]:
        home = bisect_right(self._starts, start) - 1
        while home < len(self._starts) and self._starts[home] < end:
            line, skipped = self._homes[home]
            shift = skipped - self._starts[home]
            following = self._starts[home + 1] if home + 1 < len(self._starts) else end
            first, last = max(start, self._starts[home]), min(end, following)
            yield MatchSpan(line, first + shift, last + shift, number)
            home += 1

    @cached_property
    def _folded(self) -> tuple[str, list[int], list[int]]:
        """The text as `find` compares it, and for each character the piece that it comes from."""
        folded: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        pieces, folds = fold_pieces(self.text)
        for piece, fold in zip(pieces, folds, strict=True):
            for character in _comparable(piece, fold):
                folded.append(character)
                starts.append(at)
                ends.append(at + len(piece))
            at += len(piece)
        return "".join(folded), starts, ends

    def find(self, wanted: str) -> Matches:
        """Find a piece of text: case, width, spaces and line ends make no difference."""
        needle = "".join(
            _comparable(piece, fold) for piece, fold in zip(*fold_pieces(wanted), strict=True)
        )
        if not needle:
            return NO_MATCHES
        folded, starts, ends = self._folded
        ranges: list[tuple[int, int]] = []
        at = folded.find(needle)
        while at >= 0:
            ranges.append((starts[at], ends[at + len(needle) - 1]))
            at = folded.find(needle, at + len(needle))
        return self.matches(ranges)

    def search(self, search: Search) -> Matches:
        """Find the words of a search."""
        return self.matches(match_spans(search, self.text))


def _comparable(piece: str, fold: str) -> str:
    """Fold a piece of text for `find`: punctuation counts, spaces do not."""
    compared = normalize("NFKC", piece) if SEPARATOR in fold else fold
    return "".join(compared.split())


def _contents(placed: Layout) -> Iterator[tuple[str, int, bool]]:
    """Every line's text, how much of its beginning is decoration, and whether that parts lines."""
    counts = [after - at for at, after in zip(placed.offsets, placed.offsets[1:], strict=False)]
    in_header = True
    for line, segments in enumerate(placed.lines):
        text = "".join(segment.text for segment in segments)
        visible = counts[line] if line < len(counts) else None
        in_header = in_header and not visible
        if in_header:
            visible = None
        skipped, apart = _decoration(text, visible)
        yield text, skipped, apart


def _decoration(text: str, visible: int | None) -> tuple[int, bool]:
    """Count the characters at the beginning of a line that are none of the article's.

    Args:
        text: The line.
        visible: How many of its characters, spaces aside, are the article's; `None`: not known.
    """
    if visible is None:
        content = text.lstrip(f" {FRAMES}")
        return len(text) - len(content), False
    spare = len("".join(text.split())) - visible
    apart = False
    at = 0
    while at < len(text) and (spare > 0 or text[at].isspace()):
        if not text[at].isspace():
            spare -= 1
            apart = apart or text[at] not in FRAMES
        at += 1
    return at, apart


def _glue(before: str, after: str, *, apart: bool) -> str:
    """Choose what joins two lines: nothing, a space, or the end of a block."""
    if apart or not before or "  " in before or "  " in after:
        return "\n"
    return "" if before[-1] >= WIDE_FROM and after[0] >= WIDE_FROM else " "


def painted(
    segments: Sequence[Segment], spans: Iterable[tuple[int, int, Style]]
) -> Iterator[Segment]:
    """Segments with styles laid over some of their characters.

    Args:
        segments: Of one line.
        spans: First character, the one after the last, and the style; in order, none overlapping.
    """
    waiting = list(spans)[::-1]
    at = 0
    for segment in segments:
        text, style, _ = segment
        begin, stop = at, at + len(text)
        while at < stop:
            while waiting and waiting[-1][1] <= at:
                waiting.pop()
            if not waiting or waiting[-1][0] >= stop:
                yield Segment(text[at - begin :], style) if at > begin else segment
                at = stop
                break
            first, end, over = waiting[-1]
            if first > at:
                yield Segment(text[at - begin : first - begin], style)
                at = first
            end = min(end, stop)
            yield Segment(text[at - begin : end - begin], (style or Style()) + over)
            at = end
