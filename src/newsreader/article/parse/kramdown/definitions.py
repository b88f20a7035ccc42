"""Read what a text defines for other places: addresses of links, footnotes, abbreviations.

Syntax: https://kramdown.gettalong.org/syntax.html#link-definitions. Each is told by its line
alone, so that a broken one spoils no other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.token import Token

from newsreader.article.parse.kramdown.attribute_lists import attribute_list_end
from newsreader.article.parse.kramdown.lines import (
    SavedLines,
    begin_line_at,
    begins_html,
    is_deep,
    is_end_mark,
    line_text,
    read_nested,
    remove_indent,
)
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_LINK: Final = compile_late(r"\[([^\n\]]++)\]:[ \t]*+(?=\S)")
_TITLE_START: Final = compile_late(r"(?<![ \t])[ \t]++([\"'])")
_FOOTNOTE: Final = compile_late(r"\[\^([^\s\]]++)\]:[ \t]*+")
_ABBREVIATION: Final = compile_late(r"\*\[[^\]\n]++\]:.*+")
_CODE_INDENT: Final = 4


def read_link_definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read the address of a reference link, and its title, which may be in the next line."""
    if silent or state.is_code_block(line):
        return False
    text = line_text(state, line).rstrip()
    label = _LINK.match(text) if text[:1] == "[" else None
    if label is None:
        return False
    split = _split_title(text[label.end() :])
    if split is None:
        return False
    address, title = split
    after = line + 1
    if not title and after < end:
        below = line_text(state, after).strip()
        if len(below) > 2 and below[0] in "\"'" and below[0] == below[-1]:
            title = below[1:-1]
            after += 1
    if address[:1] == "<" and address[-1:] == ">":
        address = address[1:-1]
    state.line = after
    name = normalizeReference(label[1])
    if name:
        references = state.env.setdefault("references", {})
        references[name] = {
            "title": title,
            "href": state.md.normalizeLink(unescapeAll(address)),
            "map": [line, after],
        }
    return True


def _split_title(rest: str) -> tuple[str, str] | None:
    """Split an address from its title; `None` if a quotation mark is where none may be."""
    if rest[:1] == "<" and (close := rest.find(">")) > 0 and rest[close + 1 : close + 2] == "":
        return rest, ""
    start = _TITLE_START.search(rest)
    if start is None:
        return rest, ""
    if start.end() >= len(rest) - 1 or rest[-1] != start[1]:
        return None
    return rest[: start.start()], rest[start.end() : -1]


def read_abbreviation(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Skip the meaning of an abbreviation, which a page shows only under the pointer."""
    start = state.bMarks[line] + state.tShift[line]
    if silent or not state.src.startswith("*[", start) or state.is_code_block(line):
        return False
    if _ABBREVIATION.fullmatch(line_text(state, line)) is None:
        return False
    state.line = line + 1
    return True


def read_footnote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a footnote: its line, then lines that are indented, over empty ones too."""
    label = _footnote_label(state, line)
    if silent or label is None or is_deep(state):
        return False
    after = _footnote_end(state, line, end)
    notes = state.env.setdefault("footnotes", {})
    notes.setdefault("list", {})
    notes.setdefault("refs", {})[f":{label[1]}"] = -1
    state.tokens.append(
        Token("footnote_reference_open", "", 1, level=state.level, meta={"label": label[1]})
    )
    state.level += 1
    saved = SavedLines(state, line, after)
    begin_line_at(state, line, label.end())
    for below in range(line + 1, after):
        if state.sCount[below] >= _CODE_INDENT:
            remove_indent(state, below, _CODE_INDENT)
    read_nested(state, line, after)
    saved.restore()
    state.level -= 1
    state.tokens.append(Token("footnote_reference_close", "", -1, level=state.level))
    state.line = after
    return True


def _footnote_label(state: StateBlock, line: int) -> re.Match[str] | None:
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("[^", start) or state.is_code_block(line):
        return None
    return _FOOTNOTE.match(state.src, start, state.eMarks[line])


def _footnote_end(state: StateBlock, line: int, end: int) -> int:
    """Return the line behind a footnote: lines without indent only follow indented ones."""
    after = line + 1
    may_be_lazy = is_after_empty = False
    at = after
    while at < end:
        if state.isEmpty(at):
            is_after_empty = True
        elif state.sCount[at] >= _CODE_INDENT:
            after = at + 1
            may_be_lazy, is_after_empty = True, False
        elif (
            may_be_lazy
            and not is_after_empty
            and not is_end_mark(state, at)
            and not begins_html(state, at)
            and attribute_list_end(state, at) is None
            and _footnote_label(state, at) is None
        ):
            after = at + 1
        else:
            break
        at += 1
    return after
