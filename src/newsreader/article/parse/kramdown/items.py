"""Collect the lines of an item of a list or of a definition, which follow the same rules.

Syntax: https://kramdown.gettalong.org/syntax.html#lists. The first text after the mark says how
far an item's content is indented; less indented lines belong to it as long as no empty line is
between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.parse.kramdown.attribute_lists import attribute_list_end
from newsreader.article.parse.kramdown.lines import (
    OPTIONAL_INDENT,
    begin_line_at,
    begins_html,
    remove_indent,
)
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

# Where the content of an item begins that has none in its first line.
_EMPTY_INDENT: Final = 4
_ITEM_LIST: Final = compile_late(r"\s*+\{:(?!(?:\w[\w-]*+)?:|/)([^}\n]++)\}\s*+")
_ITEM_START: Final = compile_late(r"(?:[*+-]|[0-9]++\.)[ \t]")


class ItemLines:
    """The lines of an item.

    Attributes:
        start: Its first line.
        end: The line behind its last one.
        indent: The column at which its content begins.
        attributes: What an attribute list right after the mark says.
        has_nested: Whether a list in it may have begun.
    """

    __slots__ = ("_content", "_moves", "attributes", "end", "has_nested", "indent", "start")

    def __init__(self, state: StateBlock, line: int, after_mark: int) -> None:
        """Begin an item at a line whose mark ends at `after_mark`."""
        source, end = state.src, state.eMarks[line]
        found = _ITEM_LIST.match(source, after_mark, end)
        self.attributes = found[1] if found is not None else ""
        text = found.end() if found is not None else after_mark
        while text < end and source[text] in " \t":
            text += 1
        begin = state.bMarks[line]
        mark_column = state.sCount[line] + after_mark - begin - state.tShift[line]
        if text >= end:
            self.indent = _EMPTY_INDENT
        else:
            blanks = len(source[after_mark:end]) - len(source[after_mark:end].lstrip(" \t"))
            padding = " " * mark_column + source[after_mark : after_mark + blanks]
            self.indent = len(padding.expandtabs(4))
        self.start = line
        self.end = line + 1
        self._content = text
        self.has_nested = _ITEM_START.match(source, text, end) is not None
        # For each further line: whether the indent is removed, and columns that are added.
        self._moves: list[tuple[bool, int]] = []

    @property
    def mark_indent(self) -> int:
        """How far the mark of the next item may be indented."""
        return min(self.indent - 1, OPTIONAL_INDENT)

    def add_empty(self) -> None:
        """Add an empty line."""
        self.has_nested = True
        self._moves.append((True, 0))
        self.end += 1

    def add(self, state: StateBlock, *, lazy: bool, nests: bool = True) -> bool:
        """Add the next line, if it is indented enough or, if `lazy`, continues the one above it.

        `nests` says that a line which begins with the mark of a list goes on with a list inside.
        """
        line = self.end
        indented = state.sCount[line] >= self.indent
        if not indented and not (lazy and self._may_be_lazy(state, line)):
            return False
        added = 0
        column = state.sCount[line] - (self.indent if indented else 0)
        start = state.bMarks[line] + state.tShift[line]
        if (
            nests
            and column <= OPTIONAL_INDENT
            and not (indented and self.has_nested)
            and _ITEM_START.match(state.src, start, state.eMarks[line]) is not None
        ):
            if indented:
                self.has_nested = True
            elif self.has_nested:
                # It goes on with the innermost item.
                added = self.indent + _EMPTY_INDENT
        self._moves.append((indented, added))
        self.end += 1
        return True

    def _may_be_lazy(self, state: StateBlock, line: int) -> bool:
        if state.sCount[line] > min(self.indent, OPTIONAL_INDENT):
            return True
        return not begins_html(state, line) and attribute_list_end(state, line) is None

    def move_lines(self, state: StateBlock) -> None:
        """Move the beginnings of its lines to where its content begins."""
        begin_line_at(state, self.start, self._content)
        for line, (indented, added) in enumerate(self._moves, self.start + 1):
            if indented:
                remove_indent(state, line, self.indent)
            state.sCount[line] += added
