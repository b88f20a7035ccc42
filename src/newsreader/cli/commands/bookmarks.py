"""`newsreader bookmarks`: list, change, export and import bookmarks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from newsreader.cli.errors import CommandError
from newsreader.cli.indexing import update_index
from newsreader.cli.library import (
    known_sources,
    open_state_files,
    open_store,
    post_path,
    read_config,
    resolve,
)
from newsreader.cli.output import complain, complain_of_all, print_json, print_line, print_row
from newsreader.cli.requests import BookmarksFormat, BookmarksRequest
from newsreader.messages import describe
from newsreader.posts.format_date import format_date
from newsreader.problems import Problem
from newsreader.store import (
    Bookmark,
    PostRow,
    PostStore,
    Source,
    StoreError,
    UnsavedError,
    name_loss,
)
from newsreader.text import EMPTY, Clean, clean_line, clean_text, fill, join, literal


def run(request: BookmarksRequest) -> int:
    """Do what the request asks; 1 if something of it could not be done."""
    match request.action:
        case "export":
            return _export(request)
        case "import":
            return _import(request)
    config = read_config(request.common)
    with open_store(known_sources(request.common, config)) as store:
        match request.action:
            case "list":
                for bookmark in store.bookmarks.all():
                    _print_bookmark(bookmark, request.format)
                return 0
            case "add":
                lost = Problem("not-bookmarked")
                code = _each(request.words, lambda name: _add(store, name), lost)
            case "remove":
                lost = Problem("bookmark-not-removed")
                code = _each(request.words, lambda name: _remove(store, name), lost)
            case "update":
                lost = Problem("bookmark-not-updated")
                code = _each(request.words, lambda name: _update(store, name), lost)
            case "note":
                code = _note(store, *request.words)
            case _:
                assert_never(request.action)
        store.backups.make()
    return code


def _print_bookmark(bookmark: Bookmark, form: BookmarksFormat) -> None:
    path = post_path(bookmark.source, bookmark.path)
    match form:
        case "json":
            print_json(
                {
                    "path": path,
                    "title": bookmark.title,
                    "date": bookmark.date.isoformat() if bookmark.date else None,
                    "saved": bookmark.saved.isoformat(),
                    "gone": bookmark.gone,
                    "changed": bookmark.changed,
                    "note": bookmark.note,
                    "left_out": bookmark.left_out,
                }
            )
        case "table":
            date = format_date(bookmark.date, has_time=True)
            print_row(fill("{:<16}  {}{}", date, bookmark.title, _file_state(bookmark)))
            print_row(fill("{:18}{}", EMPTY, clean_line(path)))
            for line in bookmark.note.splitlines():
                print_row(fill("{:18}“{}”", EMPTY, clean_line(line)))
        case _:
            assert_never(form)


def _file_state(bookmark: Bookmark) -> Clean:
    if bookmark.gone:
        return literal("  (the file is gone)")
    return literal("  (the file has changed)" if bookmark.changed else "")


def _export(request: BookmarksRequest) -> int:
    """Export from the reading state alone: no index is needed, and no config."""
    target = Path(request.words[0])
    with open_state_files(must_save=False) as files:
        done = files.export_to(target, describe, is_folder=request.words[0].endswith("/"))
    complain_of_all(done.problems)
    there = fill("{:,} {} in {}", done.posts, _bookmarks(done.posts), clean_line(str(target)))
    unit = literal("file" if done.written == 1 else "files")
    wrote = fill("{:,} {}", done.written, unit) if done.written else literal("nothing new")
    print_line(fill("{}; {} written.", there, wrote))
    return 1 if done.problems else 0


def _import(request: BookmarksRequest) -> int:
    try:
        with open_state_files(must_save=True) as files:
            done = files.import_from(Path(request.words[0]))
    except UnsavedError as error:
        complain(name_loss(error, Problem("nothing-imported")))
        return 1
    complain_of_all(done.problems)
    said = [fill("{:,} {} imported", done.added, _bookmarks(done.added))]
    said += [fill("{} updated", done.updated)] if done.updated else []
    said += [fill("{} were there already", done.known)] if done.known else []
    print_line(fill("{}.", join(", ", said)))
    return 1 if done.problems else 0


def _bookmarks(count: int) -> Clean:
    return literal("bookmark" if count == 1 else "bookmarks")


def _each(names: tuple[str, ...], act: Callable[[str], Clean], lost: Problem) -> int:
    """Do something to each post, and print what was done or why not.

    Args:
        names: Of the posts.
        act: Does it, and gives what was done.
        lost: The message, before the reason, if it cannot be saved.
    """
    code = 0
    for name in names:
        try:
            print_line(act(name))
        except CommandError as error:
            complain(join(" ", error.sentences))
            code = 1
        except StoreError as error:
            complain(name_loss(error, lost))
            code = 1
    return code


def _add(store: PostStore, name: str) -> Clean:
    post_id = store.posts.find(name)
    if post_id is None and _is_inside(Path(name), store.sources):
        # New since the sources were read last.
        update_index(store, every_file=True)
        post_id = store.posts.find(name)
    row = None if post_id is None else store.lists.row(post_id)
    if row is None:
        raise CommandError(_unknown(name))
    left_out = describe(store.bookmarks.set_bookmarked(row.post_id, True))
    return fill("Bookmarked: {} {}" if left_out else "Bookmarked: {}", row.title, left_out)


def _remove(store: PostStore, name: str) -> Clean:
    row = _bookmarked(store, name)
    store.bookmarks.set_bookmarked(row.post_id, False)
    return fill("No longer bookmarked: {}", row.title)


def _update(store: PostStore, name: str) -> Clean:
    row = _bookmarked(store, name)
    if store.bookmarks.update(row.post_id):
        return fill("Updated: {}", row.title)
    return fill("The file has not changed: {}", row.title)


def _note(store: PostStore, name: str, note: str | None = None) -> int:
    row = _bookmarked(store, name)
    if note is not None:
        try:
            store.bookmarks.set_note(row.post_id, clean_text(note).strip())
        except UnsavedError as error:
            complain(name_loss(error, Problem("note-not-saved")))
            return 1
        print_line(fill("Noted: {}" if note.strip() else "No longer noted: {}", row.title))
    else:
        for line in store.bookmarks.note(row.post_id).splitlines():
            print_line(clean_line(line))
    return 0


def _bookmarked(store: PostStore, name: str) -> PostRow:
    """The post of a bookmark.

    Raises:
        CommandError: There is none.
    """
    post_id = store.posts.find(name)
    row = None if post_id is None else store.lists.row(post_id)
    if row is None or not row.bookmarked:
        raise CommandError(clean_line(f"There is no bookmark for {name}."))
    return row


def _is_inside(path: Path, sources: tuple[Source, ...]) -> bool:
    """Whether there is a file that could be a post of one of the sources."""
    real = resolve(path)
    places = [source.path / path for source in sources]
    return any(place.is_file() for place in places) or (
        real.is_file() and any(real.is_relative_to(source.path) for source in sources)
    )


def _unknown(name: str) -> Clean:
    """Explain as a sentence why there is no such post to bookmark."""
    path = Path(name)
    if path.is_dir():
        return clean_line(f"{name} is a folder; name the posts to bookmark.")
    if path.exists():
        return clean_line(f"{name} is in none of the sources; name its folder with --source.")
    return clean_line(f"There is no post {name}.")
