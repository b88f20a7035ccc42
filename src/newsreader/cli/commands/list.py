"""`newsreader list`: print the posts, or those that match a search."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final, assert_never

from rich.cells import cell_len

from newsreader.cells import blank, fit
from newsreader.cli.indexing import update_index
from newsreader.cli.library import open_library, open_store, post_path, samples_notice
from newsreader.cli.output import (
    complain,
    print_json,
    print_line,
    print_path,
    print_row,
    terminal_width,
)
from newsreader.cli.requests import ListRequest
from newsreader.messages import describe
from newsreader.posts.format_date import format_date
from newsreader.problems import Problem
from newsreader.search.model import QueryError, Search
from newsreader.store import NoRoomError, PostFacts, PostRow, PostStore, Query, Sort, Source
from newsreader.text import Clean, clean_line, clean_text, fill, join, literal

_PAGE_ROWS: Final = 2_000
_WRONG_USAGE: Final = 2
_CATEGORY: Final = 20
_NARROW_CATEGORY: Final = 10
_NARROW: Final = 80
"""Cells below which a terminal leaves the category less room."""


def run(request: ListRequest) -> int:
    """Bring the index up to date and print the posts."""
    try:
        search = _parse(request.query)
    except QueryError as error:
        complain(error.problem)
        print_line(join("\n", point_at(request.query, error)), sys.stderr)
        return _WRONG_USAGE
    library = open_library(request.common, request.paths)
    if library.samples:
        complain(samples_notice())
    query = Query(search=search, sort=Sort(request.sort))
    found = False
    with _indexed_store(library.sources) as store:
        for page in _pages(store, query, request.limit):
            _print_page(store, page, request)
            found = True
        # While another process indexes, nobody knows yet what there is.
        found = found or request.limit == 0 or store.scans.progress().running
    if found:
        return 0
    if search is None:
        complain(literal("There are no posts."))
    else:
        complain(fill("No post is found by: {}", clean_line(request.query)))
    return 1


def _parse(query: str) -> Search | None:
    """What to search for; `None` for all posts."""
    if not query.strip():
        return None
    # Late, because a list of all posts needs no words to be split.
    from newsreader.search.parse_query import parse_query  # noqa: PLC0415

    return parse_query(query, datetime.now())  # noqa: DTZ005 - days are local ones


@contextmanager
def _indexed_store(sources: Sequence[Source]) -> Iterator[PostStore]:
    """Open the store with an index that is up to date; a temporary one if there is no room for it.

    That there is none is only known when the posts do not go in: how much they need nobody knows
    before they were read.
    """
    problem: Problem | None = None
    with open_store(sources) as store:
        try:
            update_index(store)
        except NoRoomError as error:
            problem = error.problem
        else:
            yield store
    if problem is not None:
        with open_store(sources, problem) as store:
            update_index(store)
            yield store


def point_at(query: str, error: QueryError) -> tuple[Clean, Clean]:
    """The query on a line, and a line that points at what is wrong with it."""
    # What has no place of its own on a line would move the arrow.
    printable = "".join(each if each.isprintable() else " " for each in query)
    places = (slice(error.start), slice(error.start, error.end), slice(error.end, None))
    before, wrong, after = (clean_text(printable[place]) for place in places)
    width = max(1, cell_len(wrong))
    return (
        fill("  {}{}{}", before, wrong, after),
        fill("  {}{:^^{}}", blank(cell_len(before)), literal("^"), width),
    )


def _pages(store: PostStore, query: Query, limit: int | None) -> Iterator[list[PostRow]]:
    """Yield the rows page by page: a million rows are never in memory at once."""
    offset = 0
    most = math.inf if limit is None else limit
    if not query.needs_snapshot:
        found: Iterable[int] = iter([store.lists.count(query)] if most else [])
    else:
        # What is found is printed at once; once that is enough, the search ends.
        found = (step.found for step in store.lists.collect(query, lambda: offset >= most))
    for total in found:
        while offset < min(total, most):
            page = store.lists.page(
                query, offset, int(min(_PAGE_ROWS, total - offset, most - offset))
            )
            if not page:
                return
            yield page
            offset += len(page)


def _print_page(store: PostStore, page: list[PostRow], request: ListRequest) -> None:
    match request.format:
        case "table":
            room = _NARROW_CATEGORY if terminal_width() < _NARROW else _CATEGORY
            for row in page:
                print_row(_table_row(row, room))
        case "paths":
            end = "\0" if request.is_null_separated else "\n"
            facts = store.lists.facts([row.post_id for row in page])
            for row in page:
                if row.post_id in facts:
                    fact = facts[row.post_id]
                    print_path(post_path(fact.source, fact.path), end)
        case "json":
            facts = store.lists.facts([row.post_id for row in page])
            for row in page:
                if row.post_id in facts:
                    _print_json(row, facts[row.post_id])
        case _:
            assert_never(request.format)


def _table_row(row: PostRow, room: int) -> Clean:
    """Format a row: date, dot for unread, star for bookmarked, category in `room` cells, title."""
    date = format_date(row.date, has_time=row.has_time)
    dot, star = literal(" " if row.read else "●"), literal("★" if row.bookmarked else " ")
    title = row.title or describe(row.problem)
    return fill("{:<16}  {}{}  {}  {}", date, dot, star, fit(row.category, room), title)


def _print_json(row: PostRow, facts: PostFacts) -> None:
    print_json(
        {
            "path": post_path(facts.source, facts.path),
            "title": row.title,
            "date": row.date.isoformat() if row.date else None,
            "categories": facts.categories,
            "tags": facts.tags,
            "read": row.read,
            "bookmarked": row.bookmarked,
        }
    )
