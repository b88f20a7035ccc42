"""`newsreader show`: print posts as text, Markdown, HTML or JSON."""

from __future__ import annotations

import html
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import assert_never

from newsreader.article.document import Document
from newsreader.article.facts import count_words, headings, links, reading_minutes
from newsreader.article.parse.parse_article import parse_article
from newsreader.article.render.header import post_header
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import PLAIN_PALETTE, TERMINAL_PALETTE, Palette
from newsreader.article.render.placed import Layout, render_lines, to_text
from newsreader.cli.errors import CommandError, explain_os_error
from newsreader.cli.input import STANDARD_INPUT, read_standard_input
from newsreader.cli.library import (
    known_sources,
    open_store,
    post_path,
    read_config,
    resolve,
)
from newsreader.cli.output import (
    MAX_COLUMN,
    JsonValue,
    complain,
    is_capable_terminal,
    print_json,
    print_line,
    takes_colours,
    terminal_width,
)
from newsreader.cli.pager import paged
from newsreader.cli.requests import Color, ShowRequest
from newsreader.files import LARGEST_POST, read_regular
from newsreader.messages import describe, phrase
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.store import Source, StoreError, check_source, find_posts, read_site
from newsreader.text import EMPTY, Clean, clean_line, clean_text, fill, join


@dataclass(frozen=True, slots=True)
class _FoundPost:
    """A post to print.

    Attributes:
        path: Where its file lies, or lay.
        post: Its facts.
        document: Its article.
        gone: Whether it comes from its bookmark, because the file is gone.
    """

    path: str
    post: Post
    document: Document
    gone: bool = False

    @property
    def footer(self) -> Clean:
        """The text below the article: that a part of it is missing, for example."""
        return describe(self.document.cut)


@dataclass(frozen=True, slots=True)
class _Failure:
    """The reason, as a sentence, why something cannot be printed."""

    sentence: Clean


def run(request: ShowRequest) -> int:
    """Print the posts in the order they are named; 1 if one of them cannot be printed."""
    write = _writer(request)  # by the terminal, not by the pager's input
    code, held = 0, list[Clean]()
    with paged(wanted=request.pager) as has_pager:
        for name in request.posts:
            for found in _read(name, request):
                match found:
                    case _FoundPost():
                        write(found)
                    case _Failure(sentence):
                        code = 1
                        if has_pager:
                            held.append(sentence)
                        else:
                            complain(sentence)
                    case _:
                        assert_never(found)
    for sentence in held:
        complain(sentence)
    return code


def _read(name: str, request: ShowRequest) -> Iterator[_FoundPost | _Failure]:
    """Yield the posts that a word of the command line names, and what cannot be read."""
    try:
        yield from _find(name, request)
    except StoreError as error:
        yield _Failure(describe(error.problem))
    except CommandError as error:
        yield _Failure(join(" ", error.sentences))
    except OSError as error:
        yield _Failure(explain_os_error(error))


def _find(name: str, request: ShowRequest) -> Iterator[_FoundPost | _Failure]:
    """Yield the posts that a word of the command line names.

    Raises:
        CommandError: There is neither a file nor a bookmark.
        StoreError: What is there cannot be read.
        OSError: It cannot be read.
    """
    if name == STANDARD_INPUT:
        yield _parsed(name, parse_post(read_standard_input(LARGEST_POST), name), Site())
        return
    path = _existing(Path(name), request)
    if path is None:
        yield _find_bookmark(name, request)
    elif path.is_dir():
        check_source(path)
        yield from _read_source(Source(resolve(path)))
    elif path.is_file():
        # Not resolved: the folders that the link stands in give the categories.
        yield from _read_source(Source(Path(os.path.normpath(path.absolute()))))
    else:
        # A pipe, such as the shell's <(command).
        with path.open("rb") as pipe:
            yield _parsed(name, parse_post(pipe.read(LARGEST_POST), path.name), Site())


def _parsed(path: str, post: Post, site: Site, *, gone: bool = False) -> _FoundPost:
    return _FoundPost(path, post, parse_article(post, site), gone)


def _existing(path: Path, request: ShowRequest) -> Path | None:
    """The path itself, or below one of the named sources; `None` if nothing is there."""
    places = [path, *(source / path for source in request.common.sources)]
    return next((place for place in places if place.exists()), None)


def _read_source(source: Source) -> Iterator[_FoundPost | _Failure]:
    """Read the posts of a source, the newest file names first, straight from their files.

    One that is not published is left out, unless it is the source itself.
    """
    found = sorted(find_posts(source), key=lambda post: (Path(post.path).name, post.path))
    for each in reversed(found):
        path = post_path(source.path, each.path)
        try:
            raw = read_regular(path, LARGEST_POST, truncate=True).raw
        except OSError as error:
            yield _Failure(explain_os_error(error))
            continue
        site = _site(each.root)
        post = parse_post(raw, each.site_path, site)
        if post.published or source.path.is_file():
            yield _parsed(path, post, site)


@lru_cache(maxsize=64)
def _site(root: str) -> Site:
    return read_site(root).site


def _find_bookmark(name: str, request: ShowRequest) -> _FoundPost:
    """The bookmarked post whose file was there.

    Raises:
        CommandError: There is none.
    """
    missing = clean_line(f"There is no folder, file or bookmark {name}.")
    config = read_config(request.common)
    try:
        store = open_store(known_sources(request.common, config))
    except StoreError as error:
        raise CommandError(missing, describe(error.problem)) from error
    with store:
        post_id = store.posts.find(name)
        if post_id is None:
            raise CommandError(missing)
        stored = store.posts.read(post_id)
        post, site = store.posts.parse(stored)
    path = post_path(stored.source, stored.path)
    return _parsed(path, post, site, gone=stored.gone)


def _writer(request: ShowRequest) -> Callable[[_FoundPost], None]:
    """The function that prints one post as the request wants it."""
    width = request.width or min(MAX_COLUMN, terminal_width())
    match request.format:
        case "json":
            return lambda found: print_json(_json(found, width))
        case "markdown":
            return _Separated(lambda found: _print_block(_markdown(found)), EMPTY)
        case "html":
            return _Separated(lambda found: _print_block(_html(found)), EMPTY)
        case "text":
            rule = fill("\n{:─^{}}\n", EMPTY, width)
            if _is_coloured(request.color):
                return _Separated(_coloured_writer(width, request.color), rule)
            return _Separated(lambda found: _print_block(_text(found, width)), rule)
        case _:
            assert_never(request.format)


@dataclass(slots=True)
class _Separated:
    """Print posts with something between them."""

    write: Callable[[_FoundPost], None]
    separator: Clean
    begun: bool = False

    def __call__(self, found: _FoundPost) -> None:
        if self.begun:
            print_line(self.separator)
        self.begun = True
        self.write(found)


def _print_block(text: str) -> None:
    print_line(clean_text(text.rstrip("\n")))


def _json(found: _FoundPost, width: int) -> dict[str, JsonValue]:
    """The post as a JSON object; `text` is the article laid out, without styles."""
    post, document = found.post, found.document
    return {
        "path": found.path,
        "title": post.title,
        "date": post.date.isoformat() if post.date else None,
        "categories": post.categories,
        "tags": post.tags,
        "link": document.source_link,
        "headings": [
            {"level": each.level, "text": "".join(span.text for span in each.spans)}
            for each in headings(document)
        ],
        "links": [{"text": text, "url": url} for text, url in links(document, with_media=True)],
        "words": count_words(document),
        "text": to_text(layout(document, width, PLAIN_PALETTE, footer=found.footer)).rstrip("\n"),
    }


def _markdown(found: _FoundPost) -> str:
    from newsreader.article.export.markdown import to_markdown  # noqa: PLC0415  (late: it brings html2text)

    return to_markdown(found.post, found.document, found.footer)


def _html(found: _FoundPost) -> str:
    """The post as an element that can be put into a page."""
    from newsreader.article.export.html import to_html  # noqa: PLC0415  (late: text needs none)

    title = html.escape(found.post.title, quote=False)
    return f"<article>\n<h1>{title}</h1>\n{to_html(found.document, found.footer)}</article>"


def _text(found: _FoundPost, width: int) -> str:
    return to_text(_laid_out(found, width, PLAIN_PALETTE))


def _laid_out(found: _FoundPost, width: int, palette: Palette) -> Layout:
    post = found.post
    header = post_header(
        post,
        (post.categories, post.tags),
        length=phrase("{} min", reading_minutes(found.document)),
        gone=phrase("the file is gone; this is the bookmark's copy") if found.gone else EMPTY,
        problem=describe(post.problem),
    )
    return layout(found.document, width, palette, header, footer=found.footer)


def _is_coloured(color: Color) -> bool:
    match color:
        case "always":
            return True
        case "never":
            return False
        case "auto":
            return takes_colours(sys.stdout)
        case _:
            assert_never(color)


def _coloured_writer(width: int, color: Color) -> Callable[[_FoundPost], None]:
    """Print with styles; NO_COLOR takes the colours away but leaves bold, unless asked for."""
    from rich.console import Console  # noqa: PLC0415  (late: 25 ms, and a pipe takes plain text)

    class QuietConsole(Console):
        """A console that tells of a closed pipe as all else does: rich ends the process."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = QuietConsole(
        force_terminal=True,
        color_system="auto" if is_capable_terminal(sys.stdout) else "256",
        no_color=False if color == "always" else None,
        legacy_windows=False,
        highlight=False,
    )

    def write(found: _FoundPost) -> None:
        for line in render_lines(_laid_out(found, width, TERMINAL_PALETTE)):
            console.print(line, soft_wrap=True)

    return write
