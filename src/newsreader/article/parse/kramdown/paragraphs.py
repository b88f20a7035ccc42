"""Read paragraphs and underlined headings as kramdown does, in GitHub's dialect.

Syntax: https://kramdown.gettalong.org/syntax.html#paragraphs. A rule, a table or a definition of a
link ends no paragraph, and the line over an underline must stand alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.parse.kramdown.lines import (
    OPTIONAL_INDENT,
    is_after_boundary,
    line_text,
)
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

# A line that begins with none of these continues a paragraph, or begins one.
_BLOCK_MARKS: Final = frozenset("\x02!#$*+-0123456789:<=>[\\]^_`{|}~")
_UNDERLINE: Final = compile_late(r"(?:=[=-]*+|-[=-]*+)[ \t]*+")


def read_plain_paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a paragraph whose first line cannot begin anything else, so that no rule is tried."""
    source, starts, indents, ends = state.src, state.bMarks, state.tShift, state.eMarks
    start = starts[line] + indents[line]
    if silent or source[start] in _BLOCK_MARKS or state.is_code_block(line):
        return False
    if source.find("|", start, ends[line]) >= 0:
        return False
    below = line + 1
    if below < state.lineMax and source.startswith(("=", "-"), starts[below] + indents[below]):
        return False
    return read_paragraph(state, line, end, silent)


def read_paragraph(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: ARG001 - markdown-it's call
    """Read a paragraph: all lines up to an empty one or one that another block begins with."""
    source, starts, indents, ends = state.src, state.bMarks, state.tShift, state.eMarks
    end = state.lineMax
    after = line + 1
    while after < end and (start := starts[after] + indents[after]) < ends[after]:
        may_end = source[start] in _BLOCK_MARKS or source.find("|", start, ends[after]) >= 0
        if may_end and _is_ended(state, after, end):
            break
        after += 1
    if after == line + 1:
        content = source[starts[line] : ends[line]]
    elif state.blkIndent:
        content = state.getLines(line, after, state.blkIndent, False)
    else:
        content = "".join([source[starts[each] : ends[each] + 1] for each in range(line, after)])
    state.line = after
    state.push("paragraph_open", "p", 1).map = [line, after]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content.strip(), [line, after], []
    state.push("paragraph_close", "p", -1)
    return True


def _is_ended(state: StateBlock, line: int, end: int) -> bool:
    """Whether another block begins with a line of a paragraph."""
    if state.sCount[line] - state.blkIndent > OPTIONAL_INDENT:
        return False
    parent = state.parentType
    state.parentType = "paragraph"
    is_ended = any(
        rule(state, line, end, True) for rule in state.md.block.ruler.getRules("paragraph")
    )
    state.parentType = parent
    return is_ended


def read_underlined_heading(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read one line with `===` or `---` below it as a heading."""
    below = line + 1
    if silent or below >= end or state.is_code_block(line) or state.isEmpty(below):
        return False
    start = state.bMarks[below]
    mark = state.src[start]
    if mark not in "=-" or _UNDERLINE.fullmatch(state.src, start, state.eMarks[below]) is None:
        return False
    if not is_after_boundary(state, line):
        return False
    level = 1 if mark == "=" else 2
    opener = state.push("heading_open", f"h{level}", 1)
    opener.markup, opener.map = mark, [line, below + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = line_text(state, line).strip(), [line, below], []
    state.push("heading_close", f"h{level}", -1)
    state.line = below + 1
    return True
