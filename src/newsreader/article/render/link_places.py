"""Where links stand on the lines of a layout."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style

from newsreader.article.render.placed import Layout, anchor_of
from newsreader.patterns import compile_late

FRAMES = "▎"
"""What stands before every line of a quotation."""

_MARKER = compile_late(r"[•◦▪]|\S{1,6}[.)、]")
"""The marker of an item of a list."""


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """The beginning of a link, as far as it is among the lines.

    Attributes:
        line: Its line.
        start: The cells before it on that line.
        target: An address to be opened, or `#name` of an anchor of the same layout.
    """

    line: int
    start: int
    target: str


def links_on(placed: Layout, first: int, count: int) -> tuple[LinkPlace, ...]:
    """Find the links on some lines, from the top; one that goes on over several lines is one.

    Args:
        placed: The layout.
        first: The first of the lines.
        count: How many there are.
    """
    found: list[LinkPlace] = []
    ended, above = "", dict[str, int]()
    for line in range(first, min(first + count, len(placed.lines))):
        here: dict[str, int] = {}
        column, before, last, passed = 0, "", "", ""
        for segment in placed.lines[line]:
            text, target = segment.text, _target(segment.style)
            if target and target != before and text.strip():
                at = column + cell_len(text) - cell_len(text.lstrip())
                begins = passed.strip(f" {FRAMES}")
                # It goes on from the end of the line above, or in the same column of a table.
                goes_on = (not begins and target == ended) or (
                    above.get(target) == at and not _MARKER.fullmatch(begins)
                )
                if not goes_on:
                    found.append(LinkPlace(line, at, target))
                here.setdefault(target, at)
            before = target
            last = target if text.strip() else last
            passed += text
            column += cell_len(text)
        ended, above = last, here
    return tuple(found)


def _target(style: Style | None) -> str:
    """Where text in a style leads to; empty: nowhere."""
    if style is None:
        return ""
    anchor = anchor_of(style)
    return f"#{anchor}" if anchor else style.link or ""
