"""Read paragraphs and underlined headings as kramdown does, in GitHub's dialect.

Syntax: https://kramdown.gettalong.org/syntax.html#paragraphs. A rule, a table or a definition of a
link ends no paragraph, and the line over an underline must stand alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.article.parse.kramdown.lines import (
    OPTIONAL_INDENT,
    is_after_boundary,
    line_text,
)

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

# A line that begins with none of these continues a paragraph, or begins one.
_BLOCK_MARKS: Final = frozenset("\x02!#$*+-0123456789:<=>[\\]^_`{|}~")
_UNDERLINE: Final = re.compile(r"(?:=[=-]*+|-[=-]*+)[ \t]*+")


def read_plain_paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a paragraph whose lines cannot begin anything else, so no other rule need be tried."""
    source, starts, indents, ends = state.src, state.bMarks, state.tShift, state.eMarks
    if silent or state.is_code_block(line):
        return False
    end = state.lineMax
    after = line
    while after < end and (start := starts[after] + indents[after]) < ends[after]:
        if source[start] in _BLOCK_MARKS:
            return False
        after += 1
    if source.find("|", starts[line], ends[after - 1]) >= 0:
        return False
    _push(state, line, after)
    return True


def read_paragraph(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: ARG001 - markdown-it's call
    """Read a paragraph: all lines up to an empty one or one that another block begins with."""
    rules = state.md.block.ruler.getRules("paragraph")
    end = state.lineMax
    parent = state.parentType
    state.parentType = "paragraph"
    after = line + 1
    while after < end and not state.isEmpty(after):
        if _may_end(state, after) and any(rule(state, after, end, True) for rule in rules):
            break
        after += 1
    state.parentType = parent
    _push(state, line, after)
    return True


def _may_end(state: StateBlock, line: int) -> bool:
    """Whether another block may begin with a line."""
    start = state.bMarks[line] + state.tShift[line]
    return state.sCount[line] - state.blkIndent <= OPTIONAL_INDENT and (
        state.src[start] in _BLOCK_MARKS or state.src.find("|", start, state.eMarks[line]) >= 0
    )


def _push(state: StateBlock, line: int, after: int) -> None:
    content = state.getLines(line, after, state.blkIndent, False).strip()
    state.line = after
    state.push("paragraph_open", "p", 1).map = [line, after]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [line, after], []
    state.push("paragraph_close", "p", -1)


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
