"""`newsreader list`: the posts, or those that match a search."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, assert_never

from rich.cells import cell_len, set_cell_size

from newsreader.cli.arguments import ListFormat, ListRequest
from newsreader.cli.commands.index import update
from newsreader.cli.library import SAMPLES_NOTICE, file_path, open_library, open_store
from newsreader.cli.output import (
    complain,
    is_terminal,
    print_json,
    print_path,
    terminal_width,
)
from newsreader.messages import describe
from newsreader.posts.shown import format_date
from newsreader.search.model import QueryError
from newsreader.search.parse_query import parse_query
from newsreader.store import PostFacts, PostRow, PostStore, Query, Sort

_PAGE: Final = 2_000
_WRONG_USAGE: Final = 2
_CATEGORY: Final = 20
_NARROW_CATEGORY: Final = 10
_NARROW: Final = 80


def run(request: ListRequest) -> int:
    """Brings the index up to date and prints the posts."""
    try:
        search = parse_query(request.query, datetime.now())  # noqa: DTZ005 - days are local ones
    except QueryError as error:
        complain(describe(error.problem))
        print(*point_at(request.query, error), sep="\n", file=sys.stderr)
        return _WRONG_USAGE
    library = open_library(request.common, request.paths)
    if library.samples:
        complain(SAMPLES_NOTICE)
    query = Query(search=search, sort=Sort(request.sort))
    with open_store(library.sources) as store:
        update(store)
        for page in _pages(store, query, request.limit):
            _print_page(store, page, request.format)
    return 0


def point_at(query: str, error: QueryError) -> tuple[str, str]:
    """The query on a line, and a line that points at what is wrong with it."""
    # What has no place of its own on a line would move the arrow.
    shown = "".join(each if each.isprintable() else " " for each in query)
    before = cell_len(shown[: error.start])
    width = max(1, cell_len(shown[error.start : error.end]))
    return f"  {shown}", f"  {' ' * before}{'^' * width}"


def fit(line: str) -> str:
    """The line without spaces at its end; on a terminal no wider than that."""
    if not is_terminal(sys.stdout):
        return line.rstrip()
    return _shortened(line, terminal_width()).rstrip()


def _shortened(text: str, width: int) -> str:
    """The text, and `…` for what of it `width` cells do not hold."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _pages(store: PostStore, query: Query, limit: int | None) -> Iterator[list[PostRow]]:
    """Yields the rows page by page: a million rows are never in memory at once."""
    offset = 0
    most = math.inf if limit is None else limit
    if not query.is_gathered:
        found: Iterable[int] = iter([store.count(query)] if most else [])
    else:
        # What is found is printed at once; where that is enough, the search ends.
        found = (step.found for step in store.gather(query, lambda: offset >= most))
    for there in found:
        while offset < min(there, most):
            page = store.page(query, offset, int(min(_PAGE, there - offset, most - offset)))
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
            facts = store.facts([row.post_id for row in page])
            for row in page:
                if row.post_id in facts:
                    fact = facts[row.post_id]
                    print_path(file_path(fact.source, fact.path))
        case "json":
            facts = store.facts([row.post_id for row in page])
            for row in page:
                if row.post_id in facts:
                    _print_json(row, facts[row.post_id])
        case _:
            assert_never(form)


def _table_line(row: PostRow, room: int) -> str:
    """Date, a dot for unread and a star for bookmarked, category in `room` cells, title."""
    date = format_date(row.date, has_time=row.has_time)
    marks = ("●" if not row.read else " ") + ("★" if row.bookmarked else " ")
    category = set_cell_size(_shortened(row.category, room), room)
    return f"{date:<16}  {marks}  {category}  {row.title}"


def _print_json(row: PostRow, facts: PostFacts) -> None:
    print_json(
        {
            "path": file_path(facts.source, facts.path),
            "title": row.title,
            "date": row.date.isoformat() if row.date else None,
            "categories": facts.categories,
            "tags": facts.tags,
            "read": row.read,
            "bookmarked": row.bookmarked,
        }
    )
