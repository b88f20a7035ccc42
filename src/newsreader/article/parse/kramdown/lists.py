"""Read lists as kramdown does, in GitHub's dialect.

Syntax: https://kramdown.gettalong.org/syntax.html#ordered-and-unordered-lists. Unlike in
CommonMark, a number ends with a full stop, every numbered list begins with 1, another mark begins
no other list, and an item is loose by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.parse.kramdown.attribute_lists import (
    ATTRIBUTES,
    attribute_list_end,
    ids_of,
)
from newsreader.article.parse.kramdown.items import ItemLines
from newsreader.article.parse.kramdown.lines import (
    OPTIONAL_INDENT,
    SavedLines,
    check_cancelled,
    is_deep,
    is_end_mark,
    is_rule,
    line_text,
    read_nested,
)
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_MARK: Final = compile_late(r"(?:[*+-]|([0-9]++)([.)]))(?=[ \t])")
# Lines in which the second item of a list with `1)` must be found.
_NEAR: Final = 30


class _Mark:
    """The mark of an item: its kind, and the position behind it."""

    __slots__ = ("end", "kind", "number")

    def __init__(self, kind: str, number: int, end: int) -> None:
        self.kind = kind
        self.number = number
        self.end = end


def read_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a list."""
    mark = _mark(state, line)
    if mark is None or state.is_code_block(line) or is_deep(state):
        return False
    if mark.kind == ")" and not _counts(state, line, mark):
        return False
    if silent:
        return True
    items, after, is_ended = _collect(state, line, end, mark)
    ordered = mark.kind != "*"
    opener = state.push("ordered_list_open" if ordered else "bullet_list_open", "ol", 1)
    opener.tag = "ol" if ordered else "ul"
    opener.map = [line, after]
    opener.markup = mark.kind
    has_tight = False
    for item in items:
        first = len(state.tokens)
        _push_item(state, item)
        is_last = item is items[-1]
        if is_last and len(items) > 1 and not has_tight:
            break
        if _is_tight(state, first, item, is_last=is_last and not is_ended):
            has_tight = True
    state.push("ordered_list_close" if ordered else "bullet_list_close", opener.tag, -1)
    state.line = after
    return True


def _mark(state: StateBlock, line: int) -> _Mark | None:
    start = state.bMarks[line] + state.tShift[line]
    found = _MARK.match(state.src, start, state.eMarks[line])
    if found is None:
        return None
    if found[1] is None:
        return _Mark("*", 0, found.end())
    return _Mark(found[2], int(found[1][:9]), found.end())


def _counts(state: StateBlock, line: int, mark: _Mark) -> bool:
    """Whether `1)` begins a list: the next line that begins like it has `2)`.

    kramdown has no such lists, and a line of running text may begin with `1)`.
    """
    if mark.number != 1:
        return False
    for below in range(line + 1, min(line + 1 + _NEAR, state.lineMax)):
        if state.sCount[below] <= state.sCount[line] and not state.isEmpty(below):
            other = _mark(state, below)
            if other is not None and other.kind == ")":
                return other.number == 2
            if state.isEmpty(below - 1):
                return False
    return False


def _collect(
    state: StateBlock, line: int, end: int, mark: _Mark
) -> tuple[list[ItemLines], int, bool]:
    """Find the items of a list.

    Returns:
        The items, the line behind the list, and whether `^` ended it.
    """
    item = ItemLines(state, line, mark.end)
    items = [item]
    is_after_empty = False
    while item.end < end:
        check_cancelled(state.env)
        line = item.end
        if state.isEmpty(line):
            item.add_empty()
            is_after_empty = True
            continue
        if is_end_mark(state, line):
            return items, line + 1, True
        near = state.sCount[line] <= OPTIONAL_INDENT
        if is_after_empty and near and is_rule(line_text(state, line)):
            break
        found = _mark(state, line) if state.sCount[line] <= item.mark_indent else None
        if (
            found is not None
            and found.kind == mark.kind
            and (mark.kind != ")" or found.number == mark.number + len(items))
        ):
            item = ItemLines(state, line, found.end)
            items.append(item)
        elif not item.add(state, lazy=not is_after_empty):
            break
        is_after_empty = False
    return items, item.end, False


def _push_item(state: StateBlock, item: ItemLines) -> None:
    opener = state.push("list_item_open", "li", 1)
    opener.map = [item.start, item.end]
    for name in ids_of(item.attributes):
        opener.attrSet("id", name)
    saved = SavedLines(state, item.start, item.end)
    item.move_lines(state)
    read_nested(state, item.start, item.end)
    saved.restore()
    state.push("list_item_close", "li", -1)


def _is_tight(state: StateBlock, opener: int, item: ItemLines, *, is_last: bool) -> bool:
    """Whether the first paragraph of an item is its text itself; if so, mark it.

    It is none of its own if no empty line follows it, or nothing else in the last item.

    Returns:
        Also true if the item does not begin with a paragraph.
    """
    tokens = state.tokens
    first = tokens[opener + 1]
    if first.type != "paragraph_open" or first.map is None:
        return True
    line = first.map[1]
    while line < item.end and (after := attribute_list_end(state, line)) is not None:
        line = after
    is_alone = all(token.type == ATTRIBUTES for token in tokens[opener + 4 : -1])
    if line < item.end and state.isEmpty(line) and not (is_last and is_alone):
        return False
    first.hidden = tokens[opener + 3].hidden = True
    return True
