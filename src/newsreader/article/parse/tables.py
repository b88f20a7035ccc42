"""Read the cells of tables, and tell tables of data from those used for layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Cell, Table
from newsreader.article.parse.inline import is_visible
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from newsreader.article.document import Spans

DATA_TABLE: Final = "data-table"
"""The attribute of a table that a Markdown text marks as one, which is none for layout."""
_MAX_COLSPAN: Final = 100
_MAX_ROWSPAN: Final = 1_000
_MAX_CELL_TEXT: Final = 200
_STRUCTURE_NAMES = "table blockquote h1 h2 h3 h4 h5 h6 pre figure hr article section"
_STRUCTURE: Final = frozenset(_STRUCTURE_NAMES.split())
# In a table with headings, these are lines of a cell's text.
_LINES: Final = frozenset(("ul", "ol", "dl", "center"))
_ALIGN: Final = compile_late(r"(?:^|;)\s*text-align\s*:\s*(left|center|right)\b")


def is_layout_table(table: LexborNode, token: CancellationToken = NEVER) -> bool:
    """Whether a table is used only for layout: one row, or blocks inside its cells.

    A `p` or `div` in a cell counts as a block only if the cell is long, since word processors
    put every cell's text into one. Heading cells show that a table holds data: then one column is
    enough, and short lists may be in its cells.
    """
    rows = columns = width = 0
    has_heads = has_lines = False
    in_block = 0
    cell_text = 0
    stack: list[LexborNode] = []
    node = table.first_child
    while True:
        while node is None:
            if not stack:
                return rows < 2 or (not has_heads and (columns < 2 or has_lines))
            parent = stack.pop()
            if parent.tag in ("p", "div", "li"):
                in_block += 1
            node = parent.next
        token.check()
        tag = node.tag or ""
        if tag in _STRUCTURE:
            return True
        if tag in _LINES:
            has_lines = True
        elif tag == "tr":
            rows += 1
            width = 0
        elif tag in ("td", "th"):
            has_heads = has_heads or tag == "th"
            width += 1
            columns = max(columns, width)
            cell_text = in_block = 0
        elif tag == "-text":
            text = node.text_content or ""
            cell_text += len(text.strip()) if is_visible(text) else 0
            if in_block > 1 and cell_text > _MAX_CELL_TEXT:
                return True
        child = node.first_child
        if child is not None:
            stack.append(node)
            node = child
        else:
            node = node.next


class TableReader:
    """Collects the rows and cells of a table in order.

    Attributes:
        caption: The words over or under the table.
    """

    def __init__(self) -> None:
        self.caption: Spans = ()
        self._in_head = False
        self._groups: list[int] = []
        self._rows: list[tuple[Cell, ...]] = []
        self._row: list[Cell] = []
        self._pending: tuple[Mapping[str, str | None], bool] = ({}, False)

    def begin_group(self, *, is_head: bool) -> None:
        """Begin a body, the footer, or the rows of headings."""
        self.end_row()
        if self._rows and not (self._in_head or is_head):
            self._groups.append(len(self._rows))
        self._in_head = is_head

    def begin_row(self) -> None:
        """Begin a row."""
        self.end_row()

    def begin_cell(self, attributes: Mapping[str, str | None], *, heading: bool) -> None:
        """Begin a cell; its text is passed to `end_cell`."""
        self._pending = (attributes, heading)

    def end_cell(self, spans: Spans) -> None:
        """End the current cell."""
        attributes, heading = self._pending
        self._row.append(
            Cell(
                spans,
                _count(attributes.get("colspan"), _MAX_COLSPAN),
                _count(attributes.get("rowspan"), _MAX_ROWSPAN),
                heading or self._in_head,
                _align(attributes),
            )
        )

    def end_row(self) -> None:
        """End the current row."""
        if self._row:
            self._rows.append(tuple(self._row))
            self._row = []

    def finish(self) -> Table | None:
        """Return the table; None if all its cells are empty."""
        self.end_row()
        begins = frozenset(self._groups)
        rows: list[tuple[Cell, ...]] = []
        groups: list[int] = []
        is_new = False
        for number, row in enumerate(self._rows):
            is_new = is_new or number in begins
            if any(cell.spans for cell in row):
                if is_new and rows:
                    groups.append(len(rows))
                is_new = False
                rows.append(row)
        if len(groups) + 1 >= len(rows):
            # Where every row is a group of its own, no lines are needed to tell them.
            groups = groups if len(rows) == 2 else []
        return Table(tuple(rows), self.caption, tuple(groups)) if rows else None


def _count(text: str | None, limit: int) -> int:
    text = (text or "").strip()
    return max(1, min(int(text[:6]), limit)) if text.isascii() and text.isdigit() else 1


def _align(attributes: Mapping[str, str | None]) -> Literal["left", "center", "right"]:
    found = _ALIGN.search((attributes.get("style") or "").lower())
    match found[1] if found is not None else (attributes.get("align") or "").lower():
        case "center":
            return "center"
        case "right":
            return "right"
        case _:
            return "left"
