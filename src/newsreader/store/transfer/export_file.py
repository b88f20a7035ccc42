"""All bookmarks in one file to read elsewhere: Markdown, HTML or JSON."""

from __future__ import annotations

import base64
import html
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from newsreader.article.document import Document
from newsreader.article.export.html import to_html
from newsreader.article.export.markdown import to_markdown
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_article
from newsreader.patterns import compile_late
from newsreader.posts.format_date import format_date
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.problems import Describe
from newsreader.store.db.stored_path import from_stored
from newsreader.store.db.stored_zone import zone_from
from newsreader.store.db.transactions import reading
from newsreader.store.transfer.export_site import read_bookmarks
from newsreader.store.transfer.manifest import BookmarkRecord, ManifestValue, facts_json
from newsreader.store.transfer.whole_files import replace_export
from newsreader.store.values import Exported
from newsreader.text import EMPTY, Clean, clean_line, escape_json, join

_MARK: Final = "newsreader bookmarks"
# Nothing in the page fetches anything: this holds if something slips in, and for what a browser
# does by itself, such as looking up the hosts of links.
_NO_NETWORK: Final = """\
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; form-action 'none'">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="referrer" content="no-referrer">
"""
_SPECIAL: Final = compile_late(r"([\\`*_{}\[\]<>#|])")


def export_file(db: sqlite3.Connection, path: Path, describe: Describe) -> Exported:
    """Write all bookmarks into one file, as its suffix says; a file of something else stays.

    What is there is replaced if it begins, byte for byte, as an export of this kind does: whoever
    names the same file again wants that. Whose export it was is not asked. A symlink is nobody's
    export, wherever it leads.

    It is for reading: what brings bookmarks back is the folder of `export_site`. Images are in it
    by their addresses only.

    Args:
        db: The reading state.
        path: The file.
        describe: Gives the words of a problem that a reader of the file should know.

    Raises:
        StoreError: If the file is another's, or cannot be written, or would become empty.
    """
    write = WRITERS[path.suffix.lower()]
    with reading(db):
        bookmarks = [*read_bookmarks(db)]
    content = "".join(write(bookmarks, describe)).encode("utf-8", "replace")
    beginning = b"".join(content.partition(_MARK.encode())[:2])
    return replace_export(path, content, beginning, len(bookmarks))


def _parsed(bookmark: BookmarkRecord) -> tuple[Post, Document]:
    saved = bookmark.post
    site = Site(saved.site_title, saved.site_url, zone_from(saved.site_timezone))
    post = parse_post(saved.raw, from_stored(saved.site_path), site)
    return post, parse_article(post, site)


def _facts(post: Post) -> list[Clean]:
    """Date and categories of a post, those that it has."""
    date = format_date(post.date, has_time=post.has_time) if post.date else EMPTY
    return [fact for fact in (date, join(", ", post.categories)) if fact]


def _address(post: Post, document: Document) -> Clean:
    """The address of a post; empty if it has none."""
    return post.link or document.source_link


def _markdown(bookmarks: Iterable[BookmarkRecord], describe: Describe) -> Iterator[str]:
    yield f"<!-- {_MARK} -->\n"
    for bookmark in bookmarks:
        post, document = _parsed(bookmark)
        yield f"\n# {_escaped(post.title)}\n"
        facts = [_escaped(fact) for fact in _facts(post)]
        if address := _address(post, document):
            facts.append(f"<{address}>")
        if facts:
            yield "\n" + " · ".join(facts) + "\n"
        if bookmark.note:
            lines = (f"> {_escaped(line)}".rstrip() for line in bookmark.note.splitlines())
            yield "\n" + "\n".join(lines) + "\n"
        # Its front matter ends with the first line of hyphens: the values are JSON.
        _, _, body = to_markdown(post, document, describe(document.cut))[4:].partition("\n---\n")
        yield f"{body}\n---\n" if body else "\n---\n"


def _html(bookmarks: Iterable[BookmarkRecord], describe: Describe) -> Iterator[str]:
    yield f"<!doctype html>\n<!-- {_MARK} -->\n<html>\n<head>\n"
    yield f'<meta charset="utf-8">\n{_NO_NETWORK}<title>Bookmarks</title>\n</head>\n<body>\n'
    for bookmark in bookmarks:
        post, document = _parsed(bookmark)
        language = f' lang="{html.escape(post.lang)}"' if post.lang else ""
        yield f"<article{language}>\n<h1>{html.escape(post.title, quote=False)}</h1>\n"
        facts = [html.escape(fact) for fact in _facts(post)]
        if address := html.escape(_address(post, document)):
            facts.append(f'<a href="{address}">{address}</a>')
        yield f"<p><small>{' · '.join(facts)}</small></p>\n"
        if bookmark.note:
            lines = "<br>\n".join(html.escape(line) for line in bookmark.note.splitlines())
            yield f"<blockquote><p>{lines}</p></blockquote>\n"
        yield f"{to_html(document, describe(document.cut))}</article>\n<hr>\n"
    yield "</body>\n</html>\n"


def _json(bookmarks: Iterable[BookmarkRecord], _describe: Describe) -> Iterator[str]:
    found: list[ManifestValue] = []
    for bookmark in bookmarks:
        post, document = _parsed(bookmark)
        raw: ManifestValue
        try:
            raw = bookmark.post.raw.decode()
        except UnicodeDecodeError:
            raw = {"base64": base64.b64encode(bookmark.post.raw).decode()}
        more: dict[str, ManifestValue] = {
            "link": post.link or document.source_link,
            "text": plain_text(document),
            "raw": raw,
        }
        found.append({**facts_json(bookmark), **more})
    whole = {"format": f"{_MARK} to read", "bookmarks": found}
    yield escape_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean_line(text))


WRITERS: Final[dict[str, Callable[[Iterable[BookmarkRecord], Describe], Iterator[str]]]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
}
"""How a file of each suffix is written."""
