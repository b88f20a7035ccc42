"""Read quotes as kramdown does.

Syntax: https://kramdown.gettalong.org/syntax.html#blockquotes. A quote reaches to an empty line;
what its lines hold without their marks is a text of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.article.parse.kramdown.attribute_lists import attribute_list_end
from newsreader.article.parse.kramdown.lines import (
    OPTIONAL_INDENT,
    SavedLines,
    begin_line_at,
    begins_html,
    check_cancelled,
    is_boundary,
    is_deep,
    read_nested,
)

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock


def read_quote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a quote."""
    if not _is_marked(state, line) or is_deep(state):
        return False
    if silent:
        return True
    after = line + 1
    while (
        after < end
        and not is_boundary(state, after)
        and attribute_list_end(state, after) is None
        and not begins_html(state, after)
    ):
        check_cancelled(state.env)
        after += 1
    opener = state.push("blockquote_open", "blockquote", 1)
    opener.markup, opener.map = ">", [line, after]
    saved = SavedLines(state, line, after)
    for number in range(line, after):
        if _is_marked(state, number):
            start = state.bMarks[number] + state.tShift[number] + 1
            begin_line_at(state, number, start + state.src.startswith(" ", start))
    read_nested(state, line, after)
    saved.restore()
    state.push("blockquote_close", "blockquote", -1)
    state.line = after
    return True


def _is_marked(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    return (
        state.sCount[line] <= OPTIONAL_INDENT
        and state.src[start : min(start + 1, state.eMarks[line])] == ">"
    )
