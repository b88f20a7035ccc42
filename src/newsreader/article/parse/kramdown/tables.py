"""Read tables as kramdown does: without a row of headings too, with bodies and a footer.

Syntax: https://kramdown.gettalong.org/syntax.html#tables. A table is a paragraph with a bar in
every line. What follows GitHub's rules and not these is read by markdown-it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.rules_block.table import table as read_github_table

from newsreader.article.parse.kramdown.attribute_lists import attribute_list_end
from newsreader.article.parse.kramdown.lines import (
    OPTIONAL_INDENT,
    check_cancelled,
    is_after_boundary,
    is_boundary,
    line_text,
)
from newsreader.article.parse.tables import DATA_TABLE
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

# A bar that is no text.
_BAR: Final = compile_late(r"\||.*?[^\\]\|")
_LINE: Final = compile_late(r"[+|: \t-]*+")
_FOOTER_LINE: Final = compile_late(r"[+|: \t=]*+")
_ALIGN: Final = compile_late(r"(:?)-++(:?)")
_SPLIT: Final = compile_late(r"\\[|`\\]|`++|\||<code\b")
_MOST_COLUMNS: Final = 500
# Most cells, beside ten times those that are written, that are added to short rows.
_MOST_ADDED: Final = 2_000

Row = list[str]


def read_table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a table; between the lines of a paragraph, only one by GitHub's rules."""
    if state.src.find("|", state.bMarks[line], state.eMarks[line]) < 0:
        return False
    if not silent:
        table = _Table(state, line, end)
        if table.after is not None:
            table.push(state, line)
            state.line = table.after
            return True
    if not _has_rule_below(state, line):
        return False
    first = len(state.tokens)
    if not read_github_table(state, line, end, silent):
        return False
    if not silent:
        state.tokens[first].attrSet(DATA_TABLE, "")
    return True


def _has_rule_below(state: StateBlock, line: int) -> bool:
    """Whether a row of dashes and bars is below a line, as GitHub asks for."""
    below = line + 1
    if below >= state.lineMax or state.sCount[below] > OPTIONAL_INDENT:
        return False
    text = line_text(state, below)
    return "|" in text and "-" in text and _LINE.fullmatch(text) is not None


class _Table:
    """The rows of a table, by their groups.

    Attributes:
        after: The line behind the table; `None` if there is none.
    """

    __slots__ = ("_aligns", "_columns", "_groups", "after")

    def __init__(self, state: StateBlock, line: int, end: int) -> None:
        self.after: int | None = None
        self._aligns: list[str] = []
        self._groups: list[tuple[str, list[Row]]] = []
        self._columns = 0
        if state.sCount[line] > OPTIONAL_INDENT or not is_after_boundary(state, line):
            return
        rows: list[Row] = []
        has_leading_bar = line_text(state, line).startswith("|")
        has_footer = has_body = has_heads = False
        at = line
        while at < end and not state.isEmpty(at):
            check_cancelled(state.env)
            text = line_text(state, at).rstrip()
            if _BAR.match(text) is None:
                break
            if "-" in text and _LINE.fullmatch(text) is not None:
                if rows and not (has_heads or has_body or has_footer):
                    has_heads = True
                    self._add("thead", rows)
                    self._aligns = [_align(left, right) for left, right in _ALIGN.findall(text)]
                    rows = []
                elif rows and not has_footer:
                    has_body = True
                    self._add("tbody", rows)
                    rows = []
            elif "=" in text and _FOOTER_LINE.fullmatch(text) is not None:
                if rows:
                    has_body = True
                    self._add("tbody", rows)
                    rows = []
                has_footer = True
            else:
                row = _split(text, has_leading_bar=has_leading_bar)
                if row is None:
                    return
                rows.append(row)
                self._columns = max(self._columns, len(row))
            at += 1
        if at < end and not is_boundary(state, at) and attribute_list_end(state, at) is None:
            return
        if rows:
            self._add("tfoot" if has_footer else "tbody", rows)
            has_body = has_body or not has_footer
        if has_body and 0 < self._columns <= _MOST_COLUMNS:
            self.after = at

    def _add(self, group: str, rows: list[Row]) -> None:
        self._groups.append((group, rows))

    def push(self, state: StateBlock, line: int) -> None:
        """Write the table's tokens; its first line is `line`."""
        opener = state.push("table_open", "table", 1)
        opener.map = [line, self.after or line]
        opener.attrSet(DATA_TABLE, "")
        all_rows = [row for _, rows in self._groups for row in rows]
        written = sum(map(len, all_rows))
        if self._columns * len(all_rows) <= 10 * written + _MOST_ADDED:
            for row in all_rows:
                row.extend([""] * (self._columns - len(row)))
        for group, rows in self._groups:
            state.push(f"{group}_open", group, 1)
            tag = "th" if group == "thead" else "td"
            for row in rows:
                check_cancelled(state.env)
                state.push("tr_open", "tr", 1)
                for column, text in enumerate(row):
                    cell = state.push(f"{tag}_open", tag, 1)
                    if column < len(self._aligns) and self._aligns[column]:
                        cell.attrSet("style", f"text-align:{self._aligns[column]}")
                    inline = state.push("inline", "", 0)
                    inline.content, inline.children, inline.map = text, [], opener.map
                    state.push(f"{tag}_close", tag, -1)
                state.push("tr_close", "tr", -1)
            state.push(f"{group}_close", group, -1)
        state.push("table_close", "table", -1)


def _align(left: str, right: str) -> str:
    if left and right:
        return "center"
    return "left" if left else "right" if right else ""


def _split(text: str, *, has_leading_bar: bool) -> Row | None:
    """Split a row at the bars that are neither escaped nor in code; `None` if it has none."""
    cells: Row = []
    cell: list[str] = []
    last_code_end = text.rfind("</code>")
    unclosed: set[str] = set()
    at = 0
    while (found := _SPLIT.search(text, at)) is not None:
        mark = found[0]
        cell.append(text[at : found.start()])
        at = found.end()
        if mark == "|":
            cells.append("".join(cell).strip())
            cell = []
        elif mark == "\\|":
            cell.append("|")
        else:
            close = -1
            if mark[0] == "`" and mark not in unclosed:
                close = text.find(mark, at)
                if close < 0:
                    unclosed.add(mark)
            elif mark[0] == "<" and at <= last_code_end:
                mark, close = "<code", text.find("</code>", at)
            start = found.start()
            if close >= 0:
                at = close + (len(mark) if mark[0] == "`" else len("</code>"))
            cell.append(text[start:at])
    if not cells:
        return None
    cells.append("".join([*cell, text[at:]]).strip())
    if has_leading_bar and not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        cells.pop()
    return cells
