"""Blocks of code as lines: exact spaces, a mark where a line was too long, syntax colours."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from newsreader.article.document import CodeBlock
from newsreader.article.linebreak import break_anywhere
from newsreader.article.render.palette import Palette
from newsreader.article.render.paragraph import Line, Run, count_visible

WRAP_MARK = "↪ "
TAB_SIZE = 4
LARGEST_COLOURED = 50_000
"""More code than this many characters gets no syntax colours: lexers are slow, some on purpose."""


def code_lines(block: CodeBlock, width: int, base: Style, palette: Palette) -> list[Line]:
    """A block of code as lines, indented, and filled up where the palette has a background."""
    style = base + palette.code_block
    margin = 2 if width >= 12 else 0
    room = width - margin - (1 if style.bgcolor and margin else 0)
    mark = WRAP_MARK if room >= 8 else ""
    text = block.text.expandtabs(TAB_SIZE)
    runs = _coloured(text, block.language, style, palette.code_theme)
    lines: list[Line] = []
    at = 0
    current = 0
    for row in text.split("\n"):
        ranges = break_anywhere(row, room, cell_len)
        if len(ranges) > 1 and mark:
            # The first line may be longer than the others, which begin with the mark.
            first = ranges[0][1]
            rest = break_anywhere(row[first:], room - len(mark), cell_len)
            ranges = [ranges[0], *((first + start, first + end) for start, end in rest)]
        for number, (start, end) in enumerate(ranges):
            segments = [Segment(" " * margin, style)] if margin and (row or style.bgcolor) else []
            if number and mark:
                segments.append(Segment(mark, style + palette.mark))
            while current < len(runs) - 1 and runs[current].end <= at + start:
                current += 1
            number_of_run = current
            while number_of_run < len(runs) and runs[number_of_run].start < at + end:
                run = runs[number_of_run]
                piece = text[max(at + start, run.start) : min(at + end, run.end)]
                if piece:
                    segments.append(Segment(piece, run.style))
                number_of_run += 1
            if style.bgcolor:
                used = sum(segment.cell_length for segment in segments)
                segments.append(Segment(" " * max(0, width - used), style))
            lines.append(Line(segments, count_visible(row[start:end])))
        at += len(row) + 1
    return lines


def _coloured(text: str, language: str, style: Style, theme_name: str) -> list[Run]:
    """The runs of a code's colours; one run where the language is unknown."""
    plain = [Run(0, len(text), style, "")]
    if not language or not theme_name or len(text) > LARGEST_COLOURED:
        return plain
    # Imported here: they bring pygments, which takes longer to import than most posts to lay out.
    from rich.syntax import Syntax, TokenType  # noqa: PLC0415

    from newsreader.article.render.colours import syntax_theme, token_style  # noqa: PLC0415

    lexer = Syntax("", language).lexer
    if lexer is None:
        return plain
    theme = syntax_theme(theme_name)
    tokens: Iterable[tuple[TokenType, str]] = lexer.get_tokens(text)
    styles: dict[TokenType, Style] = {}
    runs: list[Run] = []
    at = 0
    for kind, value in tokens:
        if kind not in styles:
            styles[kind] = token_style(theme, kind, style)
        runs.append(Run(at, at + len(value), styles[kind], ""))
        at += len(value)
    # The lexer adds a line feed at the end; if it changed anything else, its places do not fit.
    return runs if at in (len(text), len(text) + 1) else plain
