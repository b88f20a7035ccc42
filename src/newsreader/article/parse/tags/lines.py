"""Read the line that a place of a body is on, and the list item around it."""

from __future__ import annotations

from typing import Final

from newsreader.patterns import compile_late

MARKER: Final = compile_late(r"[ ]*(?:[*+-]|[0-9]{1,9}[.)])[ ]+")
"""The begin of a list item, at the start of a line."""
NEAR: Final = 2_000
"""How many characters around a place are looked at."""


def rest_of_line(body: str, at: int) -> str:
    """Return what follows on the line; a part of it if it is long."""
    end = body.find("\n", at, at + NEAR)
    return body[at : at + NEAR] if end < 0 else body[at:end]


def line_start(body: str, at: int) -> int:
    """Return where the line of a place begins, or a place before that if it is long."""
    start = max(0, at - NEAR)
    return max(start, body.rfind("\n", start, at) + 1)


def list_indent(body: str, at: int) -> int:
    """Return the indentation of the text of the list item around `at`; 0 outside of lists."""
    begin = line_start(body, at)
    before = body[begin:at]
    if (item := MARKER.match(before)) is not None:
        return item.end()
    indent = len(before) - len(before.lstrip(" "))
    if not indent:
        return 0
    for line in reversed(body[max(0, begin - NEAR) : begin].split("\n")):
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            item = MARKER.match(line)
            return item.end() if item is not None and item.end() <= indent + 1 else 0
    return 0
