"""Lay out blocks of code: exact spaces, marks at wrapped lines, syntax colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from newsreader.article.document import CodeBlock
from newsreader.article.linebreak import break_anywhere
from newsreader.article.render.paragraph import (
    Line,
    Run,
    Styles,
    count_clinging,
    count_joiners,
    count_visible,
)

if TYPE_CHECKING:
    from rich.syntax import TokenType

WRAP_MARK = "↪ "
TAB_SIZE = 4


def code_lines(block: CodeBlock, width: int, base: Style, styles: Styles) -> list[Line]:
    """Lay out a block of code, indented, and filled up if the palette has a background."""
    palette, check = styles.palette, styles.token.check
    style = base + palette.code_block
    margin = 2 if width >= 12 else 0
    room = width - margin - (1 if style.bgcolor and margin else 0)
    mark = WRAP_MARK if room >= 8 else ""
    text = block.text.expandtabs(TAB_SIZE)
    runs = _coloured(text, block.language, style, styles)
    lines: list[Line] = []
    at = 0
    current = 0
    for row in text.split("\n"):
        check()
        ranges = break_anywhere(row, room, cell_len, check)
        if len(ranges) > 1 and mark:
            # The first line may be longer than the others, which begin with the mark.
            first = ranges[0][1]
            rest = break_anywhere(row[first:], room - len(mark), cell_len, check)
            ranges = [ranges[0], *((first + start, first + end) for start, end in rest)]
        for number, (start, end) in enumerate(styles.token.each(ranges)):
            segments = [Segment(" " * margin, style)] if margin and (row or style.bgcolor) else []
            prefix = margin if segments else 0
            if number and mark:
                segments.append(Segment(mark, style + palette.mark))
                prefix += len(mark)
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
            glue = "" if number else None
            lines.append(Line(segments, count_visible(row[start:end]), glue, prefix))
        at += len(row) + 1
    return lines


def _coloured(text: str, language: str, style: Style, styles: Styles) -> list[Run]:
    """Split code into runs by colour; one run if the language is unknown or the budget spent."""
    plain = [Run(0, len(text), style, "")]
    theme_name = styles.palette.code_theme
    if not language or not theme_name or not styles.colouring.begin(text):
        return plain
    # Imported here: they import pygments, which takes longer than laying out most posts.
    from newsreader.article.render.colours import code_lexer, syntax_theme, token_style  # noqa: PLC0415

    lexer = code_lexer(language)
    if lexer is None:
        return plain
    theme = syntax_theme(theme_name)
    kinds: dict[TokenType, Style] = {}
    runs: list[Run] = []
    at = joiners = 0
    for kind, value in lexer.get_tokens(text):
        styles.token.check()
        if not styles.colouring.go_on():
            return plain
        if kind not in kinds:
            kinds[kind] = token_style(theme, kind, style)
        end = at + len(value)
        if runs and not value.isascii():
            # Lexers split a joiner from its letters; apart, they would be measured as more cells.
            at += count_clinging(joiners, value)
            runs[-1] = runs[-1]._replace(end=at)
        if at < end:
            runs.append(Run(at, end, kinds[kind], ""))
        at = end
        joiners = count_joiners(joiners, value)
    # The lexer adds a line feed at the end; if it changed anything else, its positions are wrong.
    return runs if at in (len(text), len(text) + 1) else plain
