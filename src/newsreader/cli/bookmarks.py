"""`newsreader bookmarks`: lists, adds and removes bookmarks."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from rich.cells import set_cell_size

from newsreader.cli.arguments import BookmarksFormat, BookmarksRequest
from newsreader.cli.index import update
from newsreader.cli.library import file_path, known_sources, open_store, read_config, resolve
from newsreader.cli.listing import fit
from newsreader.cli.output import complain, print_json
from newsreader.posts import format_date
from newsreader.store import Bookmark, PostStore, Source, StoreError
from newsreader.text import clean_line


def run(request: BookmarksRequest) -> int:
    """Does what the request asks; 1 where a post was not found."""
    config = read_config(request.common)
    with open_store(known_sources(request.common, config)) as store:
        match request.action:
            case "list":
                for bookmark in store.bookmarks():
                    _print_bookmark(bookmark, request.format)
                return 0
            case "add":
                return _mark_all(store, request.posts, bookmarked=True)
            case "remove":
                return _mark_all(store, request.posts, bookmarked=False)
            case _:
                assert_never(request.action)


def _print_bookmark(bookmark: Bookmark, form: BookmarksFormat) -> None:
    path = file_path(bookmark.source, bookmark.path)
    match form:
        case "json":
            print_json(
                {
                    "path": path,
                    "title": bookmark.title,
                    "date": bookmark.date.isoformat() if bookmark.date else None,
                    "saved": bookmark.saved.isoformat(),
                    "gone": bookmark.gone,
                }
            )
        case "table":
            date = format_date(bookmark.date, has_time=True)
            note = "  (the file is gone)" if bookmark.gone else ""
            print(fit(f"{set_cell_size(date, 16)}  {bookmark.title}{note}"))
            print(fit(f"{'':18}{clean_line(path)}"))
        case _:
            assert_never(form)


def _mark_all(store: PostStore, names: tuple[str, ...], *, bookmarked: bool) -> int:
    code = 0
    for name in names:
        try:
            print(_mark(store, name, bookmarked=bookmarked))
        except StoreError as error:
            complain(str(error))
            code = 1
    return code


def _mark(store: PostStore, name: str, *, bookmarked: bool) -> str:
    """Sets or takes away one bookmark; returns a sentence about it.

    Raises:
        StoreError: The post is not known, or the change cannot be written.
    """
    post_id = store.find(name)
    if post_id is None and bookmarked and _is_inside(Path(name), store.sources):
        # New since the sources were read last.
        update(store)
        post_id = store.find(name)
    row = None if post_id is None else store.row(post_id)
    if post_id is None or row is None:
        raise StoreError(_unknown(name, bookmarked=bookmarked))
    if not bookmarked and not row.bookmarked:
        raise StoreError(f"There is no bookmark for {name}.")
    store.set_bookmarked(post_id, bookmarked)
    return f"Bookmarked: {row.title}" if bookmarked else f"No longer bookmarked: {row.title}"


def _is_inside(path: Path, sources: tuple[Source, ...]) -> bool:
    """Whether a file is there and could be a post of one of the sources."""
    real = resolve(path)
    places = [source.path / path for source in sources]
    return any(place.is_file() for place in places) or (
        real.is_file() and any(real.is_relative_to(source.path) for source in sources)
    )


def _unknown(name: str, *, bookmarked: bool) -> str:
    """Why there is no such post, as a sentence."""
    if not bookmarked:
        return f"There is no bookmark for {name}."
    path = Path(name)
    if path.is_dir():
        return f"{name} is a folder; name the posts to bookmark."
    if path.exists():
        return f"{name} is in none of the sources; name its folder with --source."
    return f"There is no post {name}."
