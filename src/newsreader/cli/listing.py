"""`newsreader list`: the posts, newest first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final, assert_never

from rich.cells import cell_len, set_cell_size

from newsreader.cli.arguments import ListFormat, ListRequest
from newsreader.cli.index import update
from newsreader.cli.library import SAMPLES_NOTICE, file_path, open_library, open_store
from newsreader.cli.output import (
    complain,
    is_terminal,
    print_json,
    print_path,
    terminal_width,
)
from newsreader.posts import format_date
from newsreader.store import PostRow, PostStore, Query, StoreError

_PAGE: Final = 2_000
_CATEGORY: Final = 20
_NARROW_CATEGORY: Final = 10
_NARROW: Final = 80


def run(request: ListRequest) -> int:
    """Brings the index up to date and prints the posts."""
    library = open_library(request.common, request.paths)
    if library.samples:
        complain(SAMPLES_NOTICE)
    with open_store(library.sources) as store:
        update(store)
        for page in _pages(store, request.limit):
            _print_page(store, page, request.format)
    return 0


def fit(line: str) -> str:
    """The line without spaces at its end; on a terminal no wider than that."""
    if not is_terminal(sys.stdout):
        return line.rstrip()
    return _shortened(line, terminal_width()).rstrip()


def _shortened(text: str, width: int) -> str:
    """The text, and `…` for what of it `width` cells do not hold."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _pages(store: PostStore, limit: int | None) -> Iterator[list[PostRow]]:
    """Yields the rows page by page: a million rows are never in memory at once."""
    offset = 0
    while limit is None or offset < limit:
        wanted = _PAGE if limit is None else min(_PAGE, limit - offset)
        page = store.page(Query(), offset, wanted)
        if not page:
            return
        yield page
        offset += len(page)


def _print_page(store: PostStore, page: list[PostRow], form: ListFormat) -> None:
    match form:
        case "table":
            room = _NARROW_CATEGORY if terminal_width() < _NARROW else _CATEGORY
            for row in page:
                print(fit(_table_line(row, room)))
        case "paths":
            for row in page:
                _print_row_path(store, row)
        case "json":
            for row in page:
                _print_row_json(store, row)
        case _:
            assert_never(form)


def _table_line(row: PostRow, room: int) -> str:
    """Date, a dot for unread and a star for bookmarked, category in `room` cells, title."""
    date = format_date(row.date, has_time=row.has_time)
    marks = ("●" if not row.read else " ") + ("★" if row.bookmarked else " ")
    category = set_cell_size(_shortened(row.category, room), room)
    return f"{date:<16}  {marks}  {category}  {row.title}"


def _print_row_path(store: PostStore, row: PostRow) -> None:
    try:
        stored = store.read(row.post_id)
    except StoreError as error:
        # Removed since it was indexed.
        complain(str(error))
    else:
        print_path(file_path(stored.source, stored.path))


def _print_row_json(store: PostStore, row: PostRow) -> None:
    try:
        stored = store.read(row.post_id)
    except StoreError as error:
        complain(str(error))
        return
    post, _ = store.parse(stored)
    print_json(
        {
            "path": file_path(stored.source, stored.path),
            "title": row.title,
            "date": row.date.isoformat() if row.date else None,
            "categories": post.categories,
            "tags": post.tags,
            "read": row.read,
            "bookmarked": row.bookmarked,
        }
    )
