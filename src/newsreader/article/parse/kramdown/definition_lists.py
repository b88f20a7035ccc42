"""Read definition lists as kramdown does.

Syntax: https://kramdown.gettalong.org/syntax.html#definition-lists. The lines of a paragraph are
the terms, what follows behind colons are their definitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.parse.kramdown.attribute_lists import ids_of
from newsreader.article.parse.kramdown.items import ItemLines
from newsreader.article.parse.kramdown.lines import (
    OPTIONAL_INDENT,
    SavedLines,
    check_cancelled,
    is_deep,
    is_end_mark,
    read_nested,
)
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_TERM_LIST: Final = compile_late(r"\s*+\{:(?!(?:\w[\w-]*+)?:|/)([^}\n]++)\}\s*+")


def read_definition_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read definitions, and make the paragraph before them their terms."""
    mark = _mark_end(state, line, OPTIONAL_INDENT)
    if mark is None or is_deep(state):
        return False
    if silent:
        return True
    tokens = state.tokens
    if not _has_terms(state, line):
        return False
    is_paragraph = state.isEmpty(line - 1)
    terms, lines = tokens[-2].content.split("\n"), tokens[-2].map
    del tokens[-3:]
    if lines is not None and _is_list_above(state, lines[0]):
        tokens.pop()
        state.level += 1
    else:
        state.push("dl_open", "dl", 1).map = lines
    for term in terms:
        _push_term(state, term, lines)
    item = ItemLines(state, line, mark)
    is_after_empty = False
    while True:
        check_cancelled(state.env)
        if item.end < end and state.isEmpty(item.end):
            item.add_empty()
            is_after_empty = True
            continue
        line = item.end
        mark = None
        if line < end and not is_end_mark(state, line):
            mark = _mark_end(state, line, item.mark_indent)
            if mark is None and item.add(state, lazy=not is_after_empty, nests=False):
                is_after_empty = False
                continue
        _push_definition(state, item, is_paragraph=is_paragraph)
        if mark is None:
            break
        is_paragraph = is_after_empty
        is_after_empty = False
        item = ItemLines(state, line, mark)
    state.push("dl_close", "dl", -1).map = [item.start, item.end]
    state.line = item.end
    return True


def _mark_end(state: StateBlock, line: int, most_indent: int) -> int | None:
    """Return the position behind the colon that begins a line; `None` if none does."""
    start = state.bMarks[line] + state.tShift[line]
    text = state.src[start : min(start + 2, state.eMarks[line])]
    if text not in (": ", ":\t") or state.sCount[line] - state.blkIndent > most_indent:
        return None
    return start + 1


def _has_terms(state: StateBlock, line: int) -> bool:
    """Whether a paragraph ends right above a line, or above one empty line."""
    tokens = state.tokens
    if not tokens or tokens[-1].type != "paragraph_close" or tokens[-1].level != state.level:
        return False
    lines = tokens[-2].map
    # A place of HTML is no term.
    if lines is None or tokens[-2].content[:1] == "\x02":
        return False
    return lines[1] == line or (lines[1] == line - 1 and state.isEmpty(line - 1))


def _is_list_above(state: StateBlock, line: int) -> bool:
    """Whether a definition list goes on at a line: nothing but empty lines is between them."""
    tokens = state.tokens
    if not tokens or tokens[-1].type != "dl_close" or tokens[-1].level != state.level:
        return False
    lines = tokens[-1].map
    return lines is not None and all(state.isEmpty(each) for each in range(lines[1], line))


def _push_term(state: StateBlock, term: str, lines: list[int] | None) -> None:
    found = _TERM_LIST.match(term)
    opener = state.push("dt_open", "dt", 1)
    if found is not None:
        term = term[found.end() :]
        for name in ids_of(found[1]):
            opener.attrSet("id", name)
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = term.strip(), lines, []
    state.push("dt_close", "dt", -1)


def _push_definition(state: StateBlock, item: ItemLines, *, is_paragraph: bool) -> None:
    """Read a definition; `is_paragraph` if its first paragraph stands apart."""
    opener = state.push("dd_open", "dd", 1)
    opener.map = [item.start, item.end]
    for name in ids_of(item.attributes):
        opener.attrSet("id", name)
    first = len(state.tokens)
    saved = SavedLines(state, item.start, item.end)
    item.move_lines(state)
    read_nested(state, item.start, item.end)
    saved.restore()
    tokens = state.tokens
    if len(tokens) > first + 2 and tokens[first].type == "paragraph_open" and not is_paragraph:
        tokens[first].hidden = tokens[first + 2].hidden = True
    state.push("dd_close", "dd", -1)
